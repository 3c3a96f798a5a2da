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
		string(r.BehaviorRating), string(r.Suggestion), r.Value, r.Achievement, r.SurveyIndex, r.Credit)
	d.numbers(r.Segments, int64(len(r.Missing)))
	for _, m := range r.Missing {
		d.texts(m.Input, m.Description, string(m.Policy))
	}
	d.facts(&r.Record.Facts)
	d.bytes(r.Record.Results)
	return d.sum()
}

// Outcome identifies what the result says of the person: state, predicate, ratings, value, achievement and angka kredit. Two
// results with the same outcome may differ in what stands beside it, such as answers to a survey that decide nothing.
func (r *Result) Outcome() string {
	const usual = 128
	d := make(digest, 0, usual)
	d.texts(string(r.State), string(r.Predicate), string(r.ResultRating), string(r.BehaviorRating), r.Value, r.Achievement, r.Credit)
	return d.sum()
}

// Digest identifies facts in their order: two inputs have the same digest only when they are the same.
func (in *Input) Digest() string {
	const usual = 4096
	d := make(digest, 0, usual)
	d.facts(in)
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
	d.number(int64(len(in.Segments)))
	for i := range in.Segments {
		d.segment(&in.Segments[i])
	}
}

func (d *digest) segment(in *Segment) {
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
	if d.known(in.Behavior != nil) {
		d.decimal(in.Behavior.Value)
		d.texts(in.Behavior.Source)
	}
	d.panels(in.Panels)
	if d.known(in.Attendance != nil) {
		d.numbers(in.Attendance.WorkingDays, in.Attendance.PresentDays, in.Attendance.LateMinutes)
		d.texts(in.Attendance.Source)
	}
	d.survey(in.Survey)
	if d.known(in.Organization != nil) {
		d.texts(string(in.Organization.Level), in.Organization.Source)
	}
	d.others(in)
}

func (d *digest) panels(panels []Panel) {
	d.number(int64(len(panels)))
	for i := range panels {
		d.texts(string(panels[i].Group))
		d.numbers(panels[i].Count, panels[i].Questions, panels[i].Sum)
	}
}

func (d *digest) survey(s *Survey) {
	if !d.known(s != nil) {
		return
	}
	d.texts(s.Source)
	d.numbers(s.Responses, int64(len(s.Sums)))
	for _, sum := range s.Sums {
		d.texts(string(sum.Element))
		d.number(sum.Sum)
	}
}

// others takes contributions, innovations, tasks and the value of an earlier assessment.
func (d *digest) others(in *Segment) {
	d.number(int64(len(in.Contributions)))
	for i := range in.Contributions {
		goal := &in.Contributions[i]
		d.texts(goal.Goal, goal.Description, goal.Source)
		d.decimal(goal.Share)
		d.decimal(goal.Achievement)
	}
	if d.known(in.Innovations != nil) {
		d.texts(in.Innovations.Source)
		d.number(int64(len(in.Innovations.Counts)))
		for _, entry := range in.Innovations.Counts {
			d.texts(string(entry.Reach))
			d.number(entry.Count)
		}
	}
	if d.known(in.Tasks != nil) {
		d.number(in.Tasks.Count)
		d.texts(in.Tasks.Source)
	}
	if d.known(in.Prior != nil) {
		d.decimal(in.Prior.Value)
		d.texts(in.Prior.Source)
	}
}

func (d *digest) plan(plan *Plan) {
	d.texts(plan.Source, plan.Unit, string(plan.UnitKind), string(plan.Position), string(plan.Family), string(plan.FunctionalLevel))
	d.known(plan.UnitHead)
	d.numbers(plan.Months, int64(len(plan.Indicators)))
	for n := range plan.Indicators {
		i := &plan.Indicators[n]
		d.texts(i.ID, i.Description, i.Unit, string(i.Work), string(i.Aspect), string(i.Level), string(i.Formula), string(i.Source))
		d.decimal(i.Target)
		d.decimal(i.Low)
		d.decimal(i.High)
		d.known(i.Attainable)
		d.decimal(i.Weight)
	}
}

func (d *digest) texts(texts ...string) {
	for _, text := range texts {
		*d = binary.AppendUvarint(*d, uint64(len(text)))
		*d = append(*d, text...)
	}
}

func (d *digest) bytes(all []byte) {
	*d = binary.AppendUvarint(*d, uint64(len(all)))
	*d = append(*d, all...)
}

func (d *digest) number(n int64) { *d = binary.AppendVarint(*d, n) }

func (d *digest) numbers(all ...int64) {
	for _, n := range all {
		d.number(n)
	}
}

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
