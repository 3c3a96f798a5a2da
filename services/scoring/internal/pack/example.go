package pack

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Example is a worked example: facts, and what the rules must make of them. What Expected does not name is not
// compared.
type Example struct {
	// Name says what the example shows.
	Name string `yaml:"name"`
	// Source is where the expected values come from.
	Source   string   `yaml:"source"`
	Given    Given    `yaml:"given"`
	Expected Expected `yaml:"expected"`
}

// Given is the facts of an example. A plan of 12 months is meant unless Months is given.
type Given struct {
	FunctionalLevel domain.FunctionalLevel   `yaml:"functional_level"`
	UnitHead        bool                     `yaml:"unit_head"`
	Months          int64                    `yaml:"months"`
	Indicators      []Indicator              `yaml:"indicators"`
	Rating          *Rating                  `yaml:"rating"`
	Organization    domain.OrganizationLevel `yaml:"organization"`
	Survey          *Survey                  `yaml:"survey"`
	Peers           *Peers                   `yaml:"peers"`
	Attendance      *Attendance              `yaml:"attendance"`
}

// Indicator is an indicator with its realisation, in one line. Its path is results/r1/indicators/i1, i2 and so on.
type Indicator struct {
	Description string           `yaml:"description"`
	Unit        string           `yaml:"unit"`
	Formula     domain.Formula   `yaml:"formula"`
	Target      decimal.Decimal  `yaml:"target"`
	Low         decimal.Decimal  `yaml:"low"`
	High        decimal.Decimal  `yaml:"high"`
	Source      domain.Source    `yaml:"source"`
	Realisation *decimal.Decimal `yaml:"realisation"`
}

// Rating is the two ratings.
type Rating struct {
	Result   domain.Expectation `yaml:"result"`
	Behavior domain.Expectation `yaml:"behavior"`
}

// Survey is a survey with the sum of each element in the order of the pack.
type Survey struct {
	Responses int64   `yaml:"responses"`
	Sums      []int64 `yaml:"sums"`
}

// Peers is what peers answered.
type Peers struct {
	Count int64 `yaml:"count"`
	Sum   int64 `yaml:"sum"`
}

// Attendance is days present of working days.
type Attendance struct {
	WorkingDays int64 `yaml:"working_days"`
	PresentDays int64 `yaml:"present_days"`
}

// Expected is what must come out; empty fields are not compared.
type Expected struct {
	State        string   `yaml:"state"`
	Predicate    string   `yaml:"predicate"`
	ResultRating string   `yaml:"result_rating"`
	Credit       string   `yaml:"credit"`
	Achievement  string   `yaml:"achievement"`
	Achievements []string `yaml:"achievements"`
	SurveyIndex  string   `yaml:"survey_index"`
	SurveyGrade  string   `yaml:"survey_grade"`
	PrintedIndex string   `yaml:"printed_index"`
	PrintedGrade string   `yaml:"printed_grade"`
	Means        []string `yaml:"means"`
	Lowest       []string `yaml:"lowest"`
	PeersMean    string   `yaml:"peers_mean"`
	Present      string   `yaml:"present_percent"`
	Missing      []string `yaml:"missing"`
}

// prove runs the examples and joins the errors of those that fail.
func prove(p *domain.Pack, examples []Example) error {
	var errs []error
	for _, example := range examples {
		errs = append(errs, example.Run(p))
	}
	return errors.Join(errs...)
}

// Run computes the example with the pack. Its error names the example and every field that came out otherwise, with
// what was wanted and what was got.
func (e Example) Run(p *domain.Pack) error {
	in := e.Given.input(p)
	result, err := domain.Compute(p, in)
	if err != nil {
		return fmt.Errorf("example %q of %s: %w", e.Name, p.Name(), err)
	}
	var index domain.Index
	if in.Survey != nil {
		index, err = domain.SurveyIndex(p, *in.Survey)
		if err != nil {
			return fmt.Errorf("example %q of %s: %w", e.Name, p.Name(), err)
		}
	}
	differences := e.Expected.compare(result, index)
	if len(differences) == 0 {
		return nil
	}
	return fmt.Errorf("example %q of %s: %s", e.Name, p.Name(), strings.Join(differences, "; "))
}

// compare returns what came out otherwise, one text for each field.
func (want Expected) compare(result domain.Result, index domain.Index) []string {
	var differences []string
	compare := func(field, want, got string) {
		if want != "" && want != got {
			differences = append(differences, fmt.Sprintf("%s: want %s, got %s", field, want, got))
		}
	}
	list := func(field string, want, got []string) {
		if want != nil && !slices.Equal(want, got) {
			differences = append(differences, fmt.Sprintf("%s: want %v, got %v", field, want, got))
		}
	}
	compare("state", want.State, string(result.State))
	compare("predicate", want.Predicate, string(result.Predicate))
	compare("result_rating", want.ResultRating, string(result.ResultRating))
	compare("credit", want.Credit, result.Credit)
	compare("achievement", want.Achievement, result.Achievement)
	list("achievements", want.Achievements, results(result.Trace, isAchievement))
	compare("survey_index", want.SurveyIndex, result.SurveyIndex)
	compare("survey_grade", want.SurveyGrade, index.Grade)
	compare("printed_index", want.PrintedIndex, index.PrintedValue)
	compare("printed_grade", want.PrintedGrade, index.PrintedGrade)
	list("means", want.Means, results(result.Trace, isRule(domain.RuleSurveyMean)))
	list("lowest", want.Lowest, texts(index.Lowest))
	compare("peers_mean", want.PeersMean, strings.Join(results(result.Trace, isRule(domain.RulePeersMean)), ""))
	compare("present_percent", want.Present, strings.Join(results(result.Trace, isRule(domain.RuleAttendancePresent)), ""))
	list("missing", want.Missing, missing(result))
	return differences
}

// results returns the results of the steps that are meant, in order.
func results(t domain.Trace, meant func(domain.TraceStep) bool) []string {
	var found []string
	for _, step := range t.Steps {
		if meant(step) {
			found = append(found, step.Result)
		}
	}
	return found
}

func isRule(id string) func(domain.TraceStep) bool {
	return func(step domain.TraceStep) bool { return step.Rule == id }
}

func isAchievement(step domain.TraceStep) bool {
	return domain.IndicatorOf(step.ID) != "" && strings.HasSuffix(step.ID, "/achievement")
}

func missing(result domain.Result) []string {
	ids := make([]string, len(result.Missing))
	for i, m := range result.Missing {
		ids[i] = m.Input
	}
	return ids
}

func texts[T ~string](codes []T) []string {
	all := make([]string, len(codes))
	for i, code := range codes {
		all[i] = string(code)
	}
	return all
}
