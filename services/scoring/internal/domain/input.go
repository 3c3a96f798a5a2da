package domain

import (
	"errors"
	"slices"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
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

// check returns ErrInvalidInput with every problem of the facts, or nil.
func (in *Input) check(p *Pack) error {
	var ps problems
	in.Plan.check(&ps)
	in.checkRealisations(&ps)
	if in.Rating != nil && !expectationWords.has(in.Rating.Result) {
		ps.add(InputResultRating, "%q is not known", in.Rating.Result)
	}
	if in.Rating != nil && !expectationWords.has(in.Rating.Behavior) {
		ps.add(InputBehaviorRating, "%q is not known", in.Rating.Behavior)
	}
	if in.Organization != nil && !organizationWords.has(in.Organization.Level) {
		ps.add(InputOrganization, "%q is not known", in.Organization.Level)
	}
	a := in.Attendance
	if a != nil && (a.WorkingDays < 1 || a.PresentDays < 0 || a.PresentDays > a.WorkingDays) {
		ps.add(InputAttendance, "days present are not among the working days")
	}
	in.Peers.check(&ps, p.def.Peers)
	in.Survey.check(&ps, p.def.Survey)
	return ps.err(ErrInvalidInput)
}

func (plan *Plan) check(ps *problems) {
	if plan.Months < 1 || plan.Months > maxMonths {
		ps.add("plan.months", "not 1 to %d", maxMonths)
	}
	if plan.FunctionalLevel != "" && !functionalLevelWords.has(plan.FunctionalLevel) {
		ps.add("position.functional_level", "%q is not known", plan.FunctionalLevel)
	}
	seen := make(map[string]bool, len(plan.Indicators))
	for i := range plan.Indicators {
		indicator := &plan.Indicators[i]
		if !IsIndicator(indicator.ID) || seen[indicator.ID] {
			ps.add(indicator.ID, "not the path of one indicator")
		}
		seen[indicator.ID] = true
		indicator.check(ps)
	}
}

func (i *Indicator) check(ps *problems) {
	if !slices.Contains(formulas, i.Formula) {
		ps.add(i.ID, "formula %q is not known", i.Formula)
		return
	}
	if !slices.Contains(sources, i.Source) {
		ps.add(i.ID, "source %q is not known", i.Source)
	}
	if !i.Formula.ranged() {
		if !i.Target.IsPos() || !num.IsAmount(i.Target) {
			ps.add(i.ID, "target is not an amount above 0")
		}
		return
	}
	if !i.Low.IsPos() || !num.IsAmount(i.Low) || !num.IsAmount(i.High) || i.Low.Cmp(i.High) >= 0 {
		ps.add(i.ID, "target is not a range of amounts above 0")
	}
}

func (in *Input) checkRealisations(ps *problems) {
	seen := make(map[string]bool, len(in.Realisations))
	for _, r := range in.Realisations {
		if seen[r.Indicator] {
			ps.add(r.Indicator, "two realisations")
		}
		seen[r.Indicator] = true
		if !num.IsAmount(r.Value) {
			ps.add(r.Indicator, "realisation is not an amount of 0 or more")
		}
	}
}

func (peers *Peers) check(ps *problems, terms PeerTerms) {
	if peers == nil || peers.Count < terms.Minimum {
		return // the sums are withheld
	}
	if peers.Count > maxResponses {
		ps.add(InputPeers, "more peers than %d", maxResponses)
		return
	}
	answers := peers.Count * terms.Values
	if peers.Sum < answers*terms.AnswerMin || peers.Sum > answers*terms.AnswerMax {
		ps.add(InputPeers, "the sum does not fit the number of peers")
	}
}

// maxResponses bounds counts, so that no product of them overflows.
const maxResponses = 1_000_000_000

func (s *Survey) check(ps *problems, terms SurveyTerms) {
	if s == nil || s.Responses < terms.MinimumResponses {
		return
	}
	if s.Responses > maxResponses {
		ps.add(InputSurvey, "more responses than %d", maxResponses)
		return
	}
	for _, element := range terms.Elements {
		sum, n := s.sum(element)
		if n != 1 {
			ps.add(InputSurvey, "element %s has %d sums", element, n)
			continue
		}
		if sum < s.Responses*terms.AnswerMin || sum > s.Responses*terms.AnswerMax {
			ps.add(InputSurvey, "the sum of element %s does not fit the number of responses", element)
		}
	}
	if len(s.Sums) != len(terms.Elements) {
		ps.add(InputSurvey, "%d sums for %d elements", len(s.Sums), len(terms.Elements))
	}
}

// sum returns the sum of an element and how many sums it has.
func (s *Survey) sum(element SurveyElement) (int64, int) {
	var sum int64
	n := 0
	for _, entry := range s.Sums {
		if entry.Element == element {
			sum, n = entry.Sum, n+1
		}
	}
	return sum, n
}
