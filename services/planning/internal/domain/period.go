package domain

import (
	"strings"
	"time"
)

// maxMonths is how many calendar months a plan can cover: angka kredit counts twelfths of a year.
const maxMonths = 12

// PeriodState says whether a period takes facts, named as in the contract without prefix.
type PeriodState string

// The states of a period.
const (
	PeriodOpen   PeriodState = "OPEN"
	PeriodClosed PeriodState = "CLOSED"
)

// Period is an assessment period of at most a year. It pins the rule pack that scores it.
type Period struct {
	Tenant      string
	ID          string
	DisplayName string
	Interval    Interval
	RulePack    string
	State       PeriodState
	Revision    int64
	CreateTime  time.Time
}

// NewPeriod returns the open period at its first revision, or the rules that it breaks.
func NewPeriod(p Period, now time.Time) (Period, RuleErrors) {
	var v RuleErrors
	p.DisplayName = strings.TrimSpace(p.DisplayName)
	required(&v, "period.display_name", p.DisplayName)
	before := len(v)
	p.Interval.check(&v, "period.start_date", "period.end_date")
	if len(v) == before && p.Interval.End.IsZero() {
		add(&v, "period.end_date", RuleDate, "problem", DateMissing)
	}
	if len(v) == before && p.Interval.Start.addYears(1).Before(p.Interval.End) {
		add(&v, "period.end_date", RuleDate, "problem", DateTooLong)
	}
	p.State, p.Revision, p.CreateTime = PeriodOpen, 1, now
	return p, v
}

// RulePack is a published rule pack.
type RulePack struct {
	Name string
	// From and Until are the first and the last day on which a period that it scores may begin; Until may be no date.
	From, Until Date
}

// CheckRulePack returns an error when the period begins on a day on which its rule pack may not be used. Scoring asks the same
// of a period that it scores.
func (p Period) CheckRulePack(pack RulePack) RuleErrors {
	late := !pack.Until.IsZero() && pack.Until.Before(p.Interval.Start)
	if !late && !p.Interval.Start.Before(pack.From) {
		return nil
	}
	return RuleErrors{At("period.rule_pack", RulePackNotInForce,
		"resource", pack.Name, "from", pack.From.String(), "until", pack.Until.String())}
}

// CheckOverlap returns an error when one of the others, periods of the tenant, has a day of p. One with the id of p is passed
// over: it is p itself, which exists already.
func (p Period) CheckOverlap(others []Period) error {
	for _, o := range others {
		if o.ID != p.ID && o.Interval.Overlaps(p.Interval) {
			return RuleErrors{At("period.start_date", RulePeriodOverlap, "period", o.ID)}
		}
	}
	return nil
}

// CheckOpen returns an error when the period takes no more facts.
func (p Period) CheckOpen() error {
	if p.State != PeriodOpen {
		return Refuse(RulePeriodClosed, "period", p.ID)
	}
	return nil
}

// FactDate returns the day at which a plan of the period looks at the organisation: today, or the nearest day of the
// period.
func (p Period) FactDate(today Date) Date { return p.Interval.Clamp(today) }

// MonthsHeld returns the number of calendar months of the period in which one of the intervals is in force, 1 to 12.
// A plan exists only for somebody who held its position, so none, as after an end that was told late, counts as one. A month
// that is touched counts whole: nobody has a second plan in the period whose month it could be. By the contract it would be
// the later plan's alone.
func (p Period) MonthsHeld(held []Interval) int32 {
	var n int32
	for _, month := range p.Interval.months() {
		for _, i := range held {
			if i.Overlaps(month) {
				n++
				break
			}
		}
	}
	return min(max(n, 1), maxMonths)
}

// Objective is a result that a unit has promised for a period.
type Objective struct {
	Tenant     string
	Period     string
	ID         string
	Unit       string
	Title      string
	Revision   int64
	CreateTime time.Time
}

// NewObjective returns the objective at its first revision, or the rules that it breaks.
func NewObjective(o Objective, now time.Time) (Objective, RuleErrors) {
	var v RuleErrors
	o.Title = strings.TrimSpace(o.Title)
	required(&v, "objective.title", o.Title)
	o.Revision, o.CreateTime = 1, now
	return o, v
}
