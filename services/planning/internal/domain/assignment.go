package domain

import "time"

// AssignmentKind is how a position is held, named as in the contract without prefix.
type AssignmentKind string

// The kinds of assignment: definitive, acting in a vacancy (Plt), acting in an absence (Plh).
const (
	AssignmentDefinitive  AssignmentKind = "DEFINITIVE"
	AssignmentActing      AssignmentKind = "ACTING"
	AssignmentDailyActing AssignmentKind = "DAILY_ACTING"
)

// Assignment says that a person holds a position over an interval of days.
type Assignment struct {
	Tenant     string
	ID         string
	Person     string
	Position   string
	Kind       AssignmentKind
	Interval   Interval
	Revision   int64
	CreateTime time.Time
}

// NewAssignment returns the assignment at its first revision, or the rules that it breaks by itself.
func NewAssignment(a Assignment, now time.Time) (Assignment, RuleErrors) {
	var v RuleErrors
	a.Interval.check(&v, "assignment.start_date", "assignment.end_date")
	a.Revision, a.CreateTime = 1, now
	return a, v
}

// EndOn returns the assignment with the day as the first one after it, and the days that it loses by that. The end that it
// has already changes nothing: the revision stays. A later one is refused, because those days may be another's by now.
func (a Assignment) EndOn(end Date) (ended Assignment, lost Interval, problems RuleErrors) {
	const field = "end_date"
	ended, lost = a, Interval{Start: end, End: a.Interval.End}
	ended.Interval.End = end
	ended.Interval.check(&problems, field, field)
	switch {
	case len(problems) > 0:
	case end.IsZero():
		add(&problems, field, RuleDate, "problem", DateMissing)
	case !a.Interval.End.IsZero() && a.Interval.End.Before(end):
		add(&problems, field, RuleDate, "problem", DateAfterEnd)
	case end != a.Interval.End:
		ended.Revision++
	}
	return ended, lost, problems
}

// The sides of RuleOverlap, its detail `of`.
const (
	OverlapPosition = "position"
	OverlapPerson   = "person"
)

// CheckOverlap compares the assignment with those of its position and of its person. At any time a position has one
// definitive holder and one acting official at most, and a person one definitive position. The error names the first
// assignment in the way.
func (a Assignment) CheckOverlap(others []Assignment) error {
	for _, o := range others {
		if !a.Interval.Overlaps(o.Interval) {
			continue
		}
		if a.Position == o.Position && a.definitive() == o.definitive() {
			return Refuse(RuleOverlap, "assignment", o.ID, "of", OverlapPosition)
		}
		if a.Person == o.Person && a.definitive() && o.definitive() {
			return Refuse(RuleOverlap, "assignment", o.ID, "of", OverlapPerson)
		}
	}
	return nil
}

func (a Assignment) definitive() bool { return a.Kind == AssignmentDefinitive }
