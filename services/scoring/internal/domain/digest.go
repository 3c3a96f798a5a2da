package domain

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"github.com/govalues/decimal"
)

// Digest identifies the result: two results have the same digest only when all their fields are the same. The trace
// takes no part, since it follows from the record and the rule pack: it is the same when the digest is.
func (r *Result) Digest() string {
	const usual = 4096
	d := make(digest, 0, usual)
	d.texts(r.RulePack, r.RulePackHash, r.Unit, string(r.State), string(r.Predicate), string(r.ResultRating),
		string(r.BehaviorRating), r.Achievement, r.SurveyIndex, r.Credit)
	d.number(int64(len(r.Missing)))
	for _, m := range r.Missing {
		d.texts(m.Input, m.Description, string(m.Policy))
	}
	d.facts(&r.Record.Facts)
	d.number(int64(len(r.Record.Results)))
	d.texts(r.Record.Results...)
	return d.sum()
}

// Digest identifies the index: two have the same digest only when all their fields are the same.
func (i *Index) Digest() string {
	const usual = 1024
	d := make(digest, 0, usual)
	d.texts(i.RulePack, i.RulePackHash, i.Source, i.Value, i.Grade, i.PrintedValue, i.PrintedGrade)
	d.number(i.Responses)
	d.number(int64(len(i.Elements)))
	for _, e := range i.Elements {
		d.texts(string(e.Element), e.Mean)
		d.number(e.Sum)
	}
	d.number(int64(len(i.Lowest)))
	for _, element := range i.Lowest {
		d.texts(string(element))
	}
	return d.sum()
}

// digest is what is hashed: texts with their lengths and lists with theirs, so that no two sequences run together.
type digest []byte

func (d *digest) facts(in *Input) {
	d.plan(&in.Plan)
	d.number(int64(len(in.Realisations)))
	for i := range in.Realisations {
		r := &in.Realisations[i]
		d.texts(r.Indicator, r.Source)
		d.decimal(r.Value)
	}
	if d.known(in.Rating != nil) {
		d.texts(string(in.Rating.Result), string(in.Rating.Behavior), in.Rating.Source)
	}
	if d.known(in.Peers != nil) {
		d.number(in.Peers.Count)
		d.number(in.Peers.Sum)
	}
	if d.known(in.Attendance != nil) {
		d.number(in.Attendance.WorkingDays)
		d.number(in.Attendance.PresentDays)
		d.texts(in.Attendance.Source)
	}
	if d.known(in.Survey != nil) {
		d.texts(in.Survey.Source)
		d.number(in.Survey.Responses)
		d.number(int64(len(in.Survey.Sums)))
		for _, sum := range in.Survey.Sums {
			d.texts(string(sum.Element))
			d.number(sum.Sum)
		}
	}
	if d.known(in.Organization != nil) {
		d.texts(string(in.Organization.Level), in.Organization.Source)
	}
}

func (d *digest) plan(plan *Plan) {
	d.texts(plan.Source, plan.Unit, string(plan.FunctionalLevel))
	d.known(plan.UnitHead)
	d.number(plan.Months)
	d.number(int64(len(plan.Indicators)))
	for n := range plan.Indicators {
		i := &plan.Indicators[n]
		d.texts(i.ID, i.Description, i.Unit, string(i.Formula), string(i.Source))
		d.decimal(i.Target)
		d.decimal(i.Low)
		d.decimal(i.High)
	}
}

func (d *digest) texts(texts ...string) {
	for _, text := range texts {
		*d = binary.AppendUvarint(*d, uint64(len(text)))
		*d = append(*d, text...)
	}
}

func (d *digest) number(n int64) { *d = binary.AppendVarint(*d, n) }

// decimal takes all digits: 2.5 and 2.50 are not the same in a trace.
func (d *digest) decimal(x decimal.Decimal) {
	d.known(x.IsNeg())
	d.number(int64(x.Scale()))
	*d = binary.AppendUvarint(*d, x.Coef())
}

// known takes whether something is there, and returns it.
func (d *digest) known(known bool) bool {
	mark := byte(0)
	if known {
		mark = 1
	}
	*d = append(*d, mark)
	return known
}

func (d *digest) sum() string {
	sum := sha256.Sum256(*d)
	return hex.EncodeToString(sum[:])
}
