package domain

import (
	"errors"

	"github.com/govalues/decimal"
)

// ErrInvalidInput reports facts that no service of the suite would record, so they are a defect and not a mistake of
// a person. Its text lists every problem by its path, without values that could name anybody.
var ErrInvalidInput = errors.New("the input is not valid")

// maxMonths is the longest plan, in months.
const maxMonths = 12

// Input is every fact about one person in one period. What is nil is not known. Sources are resource names, for the
// trace only.
type Input struct {
	Plan Plan
	// Realisations are in any order, at most one of each indicator; those of no indicator of the plan are ignored.
	Realisations []Realisation
	Rating       *Rating
	Peers        *Peers
	Attendance   *Attendance
	Survey       *Survey
	Organization *Organization
}

// Plan is an approved performance plan.
type Plan struct {
	// Source is the name of the plan.
	Source string
	// Unit is the id of its unit.
	Unit string
	// UnitHead says whether the person heads the unit.
	UnitHead bool
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
	Formula     Formula
	// Target is for formulas without a range, Low and High are for those with one; they are amounts above 0.
	Target, Low, High decimal.Decimal
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

// Rating is the two ratings by the superior.
type Rating struct {
	Result, Behavior Expectation
	Source           string
}

// Peers sums what peers have answered about a person. Who answered what is not known here.
type Peers struct {
	// Count is how many peers have answered.
	Count int64
	// Sum is the sum of all their answers on all values.
	Sum int64
}

// Attendance counts working days.
type Attendance struct {
	// WorkingDays is 1 or more, PresentDays at most that.
	WorkingDays, PresentDays int64
	Source                   string
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
