package domain

import (
	"cmp"
	"slices"
	"time"
)

// Approved is the state of a plan that is fixed. States are the names of the contract without their prefix; those that
// this package does not name only pass through.
const Approved = "APPROVED"

// PeriodKey names a period of a tenant.
type PeriodKey struct{ Tenant, Period string }

// PersonKey names the report of a person.
type PersonKey struct{ Tenant, Period, Person string }

// PeriodKey returns the period of the report.
func (k PersonKey) PeriodKey() PeriodKey { return PeriodKey{k.Tenant, k.Period} }

// Plan is what a report shows of the plan. Revision 0 means that no plan is known.
type Plan struct {
	Revision      int64
	State         string
	PositionTitle string
}

// Missing is an input that a score went without.
type Missing struct {
	Input       string `json:"input"`
	Description string `json:"description"`
	Policy      string `json:"policy"`
}

// Score is what a report shows of the score. Revision 0 means that no score is known.
type Score struct {
	Revision  int64
	State     string
	Predicate Predicate
	// PredicateWord is the predicate in the words of the score's rules; empty where nobody has said it.
	PredicateWord  string
	ResultRating   string
	BehaviorRating string
	Achievement    string
	SurveyIndex    string
	Credit         string
	// Value and Suggestion are the number and the rating of the rule pack that decide nothing; empty where it has none.
	Value      string
	Suggestion string
	// Final is whether people have fixed the predicate.
	Final       bool
	Missing     []Missing
	InputTime   time.Time
	ComputeTime time.Time
}

// PlanChange is a revision of a plan.
type PlanChange struct {
	Key  PersonKey
	Unit string
	Plan Plan
}

// ScoreChange is a revision of a score.
type ScoreChange struct {
	Key   PersonKey
	Unit  string
	Score Score
}

// Report is what is known of one person in one period.
type Report struct {
	Key PersonKey
	// DisplayName and UnitDisplayName are empty until the directory knows them.
	DisplayName     string
	UnitDisplayName string
	// Unit is the id of the plan's unit; that of the score until there is a plan.
	Unit  string
	Plan  Plan
	Score Score
	// Revision is that of the row, 0 before it is first written.
	Revision    int64
	VisibleTime time.Time
}

// ApplyPlan takes over a plan that is newer than the known one, and passes over any other.
func (r *Report) ApplyPlan(c PlanChange) {
	if c.Plan.Revision <= r.Plan.Revision {
		return
	}
	r.Plan, r.Unit = c.Plan, c.Unit
}

// ApplyScore takes over a score that is newer than the known one, and passes over any other.
func (r *Report) ApplyScore(c ScoreChange) {
	if c.Score.Revision <= r.Score.Revision {
		return
	}
	r.Score = c.Score
	if r.Plan.Revision == 0 {
		r.Unit = c.Unit
	}
}

// Equal reports whether both show the same, whatever their row revision and visible time.
func (r *Report) Equal(o *Report) bool {
	return r.Key == o.Key && r.DisplayName == o.DisplayName && r.UnitDisplayName == o.UnitDisplayName &&
		r.Unit == o.Unit && r.Plan == o.Plan && r.Score.equal(&o.Score)
}

func (s *Score) equal(o *Score) bool {
	return s.Revision == o.Revision && s.State == o.State && s.Predicate == o.Predicate && s.PredicateWord == o.PredicateWord &&
		s.ResultRating == o.ResultRating && s.BehaviorRating == o.BehaviorRating &&
		s.Achievement == o.Achievement && s.SurveyIndex == o.SurveyIndex && s.Credit == o.Credit &&
		s.Value == o.Value && s.Suggestion == o.Suggestion && s.Final == o.Final &&
		slices.Equal(s.Missing, o.Missing) && s.InputTime.Equal(o.InputTime) && s.ComputeTime.Equal(o.ComputeTime)
}

// PredicateLabel returns the predicate in Indonesian: in the words of the score's rules, else in those of the law in force.
func (s *Score) PredicateLabel() string { return cmp.Or(s.PredicateWord, s.Predicate.Label()) }

// Counts returns what the report adds to the counts of its unit: nothing while no plan is known.
func (r *Report) Counts() Counts {
	if r.Plan.Revision == 0 {
		return Counts{}
	}
	c := Counts{People: 1}
	if r.Plan.State == Approved {
		c.Approved = 1
	}
	i := slices.Index(predicates[:], r.Score.Predicate)
	if i >= 0 {
		c.Predicates[i] = 1
	}
	return c
}

// NextRevision returns the revision of a row that is written at the given time after revision old: greater than old,
// and not less than the time in microseconds. So a row that was rebuilt from nothing still passes every view that was
// made of it before.
func NextRevision(old int64, at time.Time) int64 { return max(old+1, at.UnixMicro()) }
