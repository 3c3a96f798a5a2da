package decision

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Final is the predicate that people have fixed.
type Final struct {
	Predicate domain.Predicate
	// Decision is the number of the decision, Revision that of the score that was decided on.
	Decision, Revision int64
	Basis
	AdoptTime time.Time
	// Author and Approver are ids of people; there is no approver where no second person was needed.
	Author, Approver string
	// Outdated is whether the outcome of what is computed now differs from that of what was decided on.
	Outdated bool
}

// Basis is what follows from the result that was decided on.
type Basis struct {
	// Credit is the angka kredit by the predicate that was fixed; empty without a functional position.
	Credit string
	// Digest is that of the whole result, Outcome that of its outcome.
	Digest, Outcome string
}

// BasisOf returns the basis that a result is, with the angka kredit by the predicate that was fixed.
func BasisOf(r *domain.Result, credit string) Basis { return Basis{credit, r.Digest(), r.Outcome()} }

// Final returns what the decision, which must be adopted, makes of the score.
func (d Decision) Final(on Basis) Final {
	return Final{
		Predicate: d.Predicate, Decision: d.Number, Revision: d.Revision, Basis: on,
		AdoptTime: d.AnswerTime, Author: d.Author, Approver: d.Approver,
	}
}

// Made reports whether f is what the decision, which must be adopted, has made final, as far as the decision states it: it knows
// neither its basis nor what came later. Nothing is made by no decision.
func (d Decision) Made(f *Final) bool {
	if f == nil {
		return false
	}
	made := d.Final(f.Basis)
	made.Outdated = f.Outdated
	return made.Sum() == f.Sum()
}

// Carry returns what stays final beside the result: all of it, outdated when its outcome is another one than was decided on. It
// returns nil for nil.
func (f *Final) Carry(r *domain.Result) *Final {
	if f == nil {
		return nil
	}
	carried := *f
	carried.Outdated = r.Outcome() != f.Outcome
	return &carried
}

// Sum identifies what is final: two have the same sum only when all their fields are the same, times to the microsecond. It
// is empty for nil.
func (f *Final) Sum() string {
	if f == nil {
		return ""
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", f.texts())) // quoted, so that no two fields run together
	return hex.EncodeToString(sum[:])
}

// Differences returns what differs between what was final and what is; nil is nothing.
func Differences(before, after *Final) []domain.Difference {
	was, is := before.texts(), after.texts()
	var all []domain.Difference
	for i, field := range fields {
		if was[i] != is[i] {
			all = append(all, domain.Difference{ID: field.id, Label: field.label, Before: was[i], After: is[i]})
		}
	}
	return all
}

// IDs of the fields of a final that are told to people.
const (
	FieldNumber    = "final.decision"
	FieldPredicate = "final.predicate"
	FieldCredit    = "final.credit"
	FieldOutdated  = "final.outdated"
)

// fields names those of a final in the order of texts.
var fields = [...]struct{ id, label string }{
	{FieldNumber, "Nomor keputusan penetapan"},
	{FieldPredicate, "Predikat yang ditetapkan"},
	{FieldCredit, "Angka kredit menurut penetapan"},
	{"final.revision", "Revisi yang menjadi dasar penetapan"},
	{"final.digest", "Sidik digital hasil yang menjadi dasar penetapan"},
	{"final.outcome", "Sidik digital simpulan yang menjadi dasar penetapan"},
	{"final.adopt_time", "Waktu penetapan"},
	{"final.author", "Pejabat yang menetapkan"},
	{"final.approver", "Pejabat yang menyetujui"},
	{FieldOutdated, "Hasil perhitungan berbeda dari dasar penetapan"},
}

// texts returns the fields as text, all empty for nil.
func (f *Final) texts() (texts [len(fields)]string) {
	if f == nil {
		return texts
	}
	outdated := ""
	if f.Outdated {
		outdated = "true"
	}
	return [...]string{
		strconv.FormatInt(f.Decision, 10), string(f.Predicate), f.Credit, strconv.FormatInt(f.Revision, 10), f.Digest, f.Outcome,
		f.AdoptTime.UTC().Format("2006-01-02T15:04:05.000000Z07:00"), f.Author, f.Approver, outdated,
	}
}
