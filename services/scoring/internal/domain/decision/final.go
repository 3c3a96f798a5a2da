package decision

import (
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Final is the predicate that people have fixed.
type Final struct {
	Predicate domain.Predicate
	// Credit is the angka kredit by the predicate; empty without a functional position.
	Credit string
	// Decision is the number of the decision, Revision that of the score that was decided on, Digest that of its result.
	Decision, Revision int64
	Digest             string
	AdoptTime          time.Time
	// Author and Approver are ids of people; there is no approver where no second person was needed.
	Author, Approver string
	// Outdated is whether what is computed now differs from what was decided on.
	Outdated bool
}

// Final returns what the decision, which must be adopted, makes of the score. credit is the angka kredit by its
// predicate, digest that of the result which was decided on.
func (d Decision) Final(credit, digest string) Final {
	return Final{
		Predicate: d.Predicate, Credit: credit, Decision: d.Number, Revision: d.Revision, Digest: digest,
		AdoptTime: d.AnswerTime, Author: d.Author, Approver: d.Approver,
	}
}

// Carry returns what stays final for a result with the digest: all of it, outdated when the result is another one than
// was decided on. It returns nil for nil.
func (f *Final) Carry(digest string) *Final {
	if f == nil {
		return nil
	}
	carried := *f
	carried.Outdated = digest != f.Digest
	return &carried
}
