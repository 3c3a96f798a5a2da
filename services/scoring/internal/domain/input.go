package domain

import (
	"errors"

	"github.com/govalues/decimal"
)

// ErrInvalidInput reports facts that no service of the suite would record, so they are a defect and not a mistake of
// a person. Its text lists every problem by its path, without values that could name anybody.
var ErrInvalidInput = errors.New("the input is not valid")

const (
	// maxMonths is the longest plan, and the sum of all of one person, in months.
	maxMonths = 12
	// maxSegments is how many plans one person may have in a period.
	maxSegments = 12
)

// Input is every fact about one person in one period: one segment for each plan, in the order of time, 1 to 12. Nearly
// everybody has one; whoever was transferred in mid-year has one for each assignment.
type Input struct {
	Segments []Segment
}

// Segment is every fact about one person while one plan held. What is nil is not known. Sources are resource names, for
// the trace only.
type Segment struct {
	Plan Plan
	// Realisations are in any order, at most one of each indicator; those of no indicator of the plan are ignored.
	Realisations []Realisation
	Rating       *Rating
	// Behavior is the numeric value of behaviour that older regulations ask for.
	Behavior *Behavior
	// Panels are in any order, at most one of each group.
	Panels       []Panel
	Attendance   *Attendance
	Survey       *Survey
	Organization *Organization
	// Contributions are in any order, each goal once.
	Contributions []Contribution
	// Innovations are nil while nobody has said whether there are any.
	Innovations *Innovations
	Tasks       *Tasks
	// Prior is nil for whoever has no earlier assessment to take over.
	Prior *Prior
}

// Plan is an approved performance plan.
type Plan struct {
	// Source is the name of the plan.
	Source string
	// Unit is the id of its unit, UnitKind its class; the latter is empty when it is not known.
	Unit     string
	UnitKind UnitKind
	// UnitHead says whether the person heads the unit.
	UnitHead bool
	// Position is the class of the post and Family its occupation; empty when they are not known.
	Position PositionKind
	Family   JobFamily
	// FunctionalLevel is empty for a position that is not functional.
	FunctionalLevel FunctionalLevel
	// Months is how many months it covers, 1 to 12.
	Months int64
	// Indicators are in the order of the plan.
	Indicators []Indicator
}

// Indicator is one measure of a plan with its target.
type Indicator struct {
	// ID is its path within the plan, results/{result}/indicators/{indicator}.
	ID string
	// Description and Unit say what is measured and in which unit, in Indonesian.
	Description string
	Unit        string
	// Work is whether the result is a main or an additional one; empty is main.
	Work Work
	// Aspect is what of the result is measured, Level whether it is an output or an outcome; empty when the plan does not
	// say.
	Aspect  Aspect
	Level   Level
	Formula Formula
	// Target is for formulas without a range, Low and High are for those with one; they are amounts above 0.
	Target, Low, High decimal.Decimal
	// Attainable says that nothing above the target can be attained, such as 100 percent.
	Attainable bool
	// Weight is how many points the result of the indicator is worth in full, for additional work: an amount, 0 when the
	// plan does not say, and the same for all indicators of a result.
	Weight decimal.Decimal
	// Source is where the realisation comes from.
	Source Source
}

// Realisation is the latest reported value of an indicator.
type Realisation struct {
	// Indicator is the ID of the indicator.
	Indicator string
	// Value is an amount of 0 or more.
	Value  decimal.Decimal
	Source string
}

// Rating is the two ratings by the superior. That of results may be empty for whom it follows from the rating of the unit.
type Rating struct {
	Result, Behavior Expectation
	Source           string
}

// Behavior is the numeric value of behaviour, an amount.
type Behavior struct {
	Value  decimal.Decimal
	Source string
}

// Panel sums what one group of raters has answered about a person. Who answered what is not known here.
type Panel struct {
	Group Group
	// Count is how many have answered, each of them Questions questions.
	Count, Questions int64
	// Sum is the sum of all their answers.
	Sum int64
}

// Attendance counts working days.
type Attendance struct {
	// WorkingDays is 1 or more, PresentDays at most that.
	WorkingDays, PresentDays int64
	// LateMinutes is the sum of lateness and early leave.
	LateMinutes int64
	Source      string
}

// Survey sums the responses to the satisfaction survey of a unit.
type Survey struct {
	Source string
	// Responses is how many there are.
	Responses int64
	// Sums are in any order, one for each element of the pack when there are responses.
	Sums []ElementSum
}

// ElementSum is the sum of the answers to one element.
type ElementSum struct {
	Element SurveyElement
	Sum     int64
}

// Organization is the rating of the organisation of the unit.
type Organization struct {
	Level  OrganizationLevel
	Source string
}

// Contribution is what somebody adds to a goal of the organisation.
type Contribution struct {
	// Goal is the name of the goal, Description says it in Indonesian.
	Goal        string
	Description string
	// Share is the weight of the contribution, an amount above 0.
	Share decimal.Decimal
	// Achievement is that of the goal in percent, an amount.
	Achievement decimal.Decimal
	Source      string
}

// Innovations are the verified ones.
type Innovations struct {
	// Counts is how many there are of each reach, in any order; without entries there are none.
	Counts []InnovationCount
	Source string
}

// InnovationCount is how many verified innovations reach so far.
type InnovationCount struct {
	Reach Reach
	Count int64
}

// Tasks is the number of additional tasks, 0 or more.
type Tasks struct {
	Count  int64
	Source string
}
