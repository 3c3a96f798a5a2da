package domain

import (
	"maps"
	"slices"
	"time"
)

// Realisation is the latest report on one indicator.
type Realisation struct {
	Indicator string
	Value     string
	// Report is the id of the report, ReportTime when it was made.
	Report     string
	ReportTime time.Time
	// Plan is the id of the plan that it is of; empty for a report that is older than this record.
	Plan string
}

// PersonFacts are the current facts about one person in one period. What is nil or empty does not exist.
type PersonFacts struct {
	Person string
	// Plan is the id of the plan that they are of, where they are divided by plan; empty when it is not known.
	Plan         string
	Realisations []Realisation
	Rating       *Rating
	Peers        *PeerTally
	Attendance   *Attendance
}

// Latest returns when the newest of the facts was recorded.
func (f PersonFacts) Latest() time.Time {
	var latest time.Time
	for _, r := range f.Realisations {
		latest = later(latest, r.ReportTime)
	}
	if f.Rating != nil {
		latest = later(latest, f.Rating.UpdateTime)
	}
	if f.Peers != nil {
		latest = later(latest, f.Peers.Day.Start())
	}
	if f.Attendance != nil {
		latest = later(latest, f.Attendance.UpdateTime)
	}
	return latest
}

// ByPlan returns the facts divided by the plans that reports and the rating were told of. The last division is of the plan of the
// newest of them, and has what names no plan: the answers of peers, the attendance, and what is older than the record of plans.
// Those before it are in the order of the plans' ids.
func (f PersonFacts) ByPlan() []PersonFacts {
	last := PersonFacts{Person: f.Person, Plan: f.newestPlan(), Peers: f.Peers, Attendance: f.Attendance}
	before := map[string]*PersonFacts{}
	of := func(plan string) *PersonFacts {
		if plan == "" || plan == last.Plan {
			return &last
		}
		if before[plan] == nil {
			before[plan] = &PersonFacts{Person: f.Person, Plan: plan}
		}
		return before[plan]
	}
	for _, r := range f.Realisations {
		division := of(r.Plan)
		division.Realisations = append(division.Realisations, r)
	}
	if f.Rating != nil {
		of(f.Rating.Plan).Rating = f.Rating
	}
	var all []PersonFacts
	for _, plan := range slices.Sorted(maps.Keys(before)) {
		all = append(all, *before[plan])
	}
	return append(all, last)
}

// newestPlan returns the plan of the newest fact that names one, and "" when none does. A rating counts as newer than a report of
// the same time.
func (f PersonFacts) newestPlan() string {
	var plan string
	var at time.Time
	for _, r := range f.Realisations {
		if r.Plan != "" && r.ReportTime.After(at) {
			plan, at = r.Plan, r.ReportTime
		}
	}
	if f.Rating != nil && f.Rating.Plan != "" && !f.Rating.UpdateTime.Before(at) {
		plan = f.Rating.Plan
	}
	return plan
}

// UnitFacts are the current facts about one unit in one period. What is nil does not exist.
type UnitFacts struct {
	Unit   string
	Survey *SurveyTally
	Rating *OrganizationRating
}

// Latest returns when the newest of the facts was recorded.
func (f UnitFacts) Latest() time.Time {
	var latest time.Time
	if f.Survey != nil {
		latest = later(f.Survey.Survey.CreateTime, f.Survey.Day.Start())
	}
	if f.Rating != nil {
		latest = later(latest, f.Rating.UpdateTime)
	}
	return latest
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
