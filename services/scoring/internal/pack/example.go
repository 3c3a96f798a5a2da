package pack

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

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

// Expected is what must come out; what is not given is not compared. Numbers are texts, because their digits count.
type Expected struct {
	State        domain.State       `yaml:"state"`
	Predicate    domain.Predicate   `yaml:"predicate"`
	ResultRating domain.Expectation `yaml:"result_rating"`
	Suggestion   domain.Expectation `yaml:"suggestion"`
	Credit       string             `yaml:"credit"`
	Value        string             `yaml:"value"`
	Achievement  string             `yaml:"achievement"`
	// Achievements are those of the indicators that have one, in the order of the plans.
	Achievements []string `yaml:"achievements"`
	// Components are numbers by the id of the component, in the last segment; an empty text demands that there is none.
	Components   map[string]string `yaml:"components"`
	SurveyIndex  string            `yaml:"survey_index"`
	SurveyGrade  string            `yaml:"survey_grade"`
	PrintedIndex string            `yaml:"printed_index"`
	PrintedGrade string            `yaml:"printed_grade"`
	// Means are those of the elements in the order of the pack, Lowest the elements with the lowest.
	Means  []string `yaml:"means"`
	Lowest []string `yaml:"lowest"`
	// Missing lists what is not there, in the order of the computation; an empty list demands that nothing is.
	Missing []string `yaml:"missing"`
	// Steps are results by the id of the step; an empty text demands that there is no such step.
	Steps map[string]string `yaml:"steps"`
}

// Outcome is how an example came out.
type Outcome struct {
	Example Example
	// Line is where it stands in the file.
	Line int
	// Differences say in Indonesian what came out otherwise; none when all is as expected.
	Differences []string
}

// Try runs every example of the file, in order.
func (f *File) Try() []Outcome {
	outcomes := make([]Outcome, len(f.Examples))
	for i, e := range f.Examples {
		outcomes[i] = Outcome{Example: e, Line: f.places.find(example(i)).line, Differences: e.differences(f.Pack)}
	}
	return outcomes
}

// Run computes the example with the pack. Its error names the example and every field that came out otherwise, with
// what was wanted and what was got.
func (e Example) Run(p *domain.Pack) error {
	differences := e.differences(p)
	if len(differences) == 0 {
		return nil
	}
	return fmt.Errorf("contoh “%s” dari %s: %s", e.Name, p.Name(), strings.Join(differences, "; "))
}

func (e Example) differences(p *domain.Pack) []string {
	in := e.Given.Input(p)
	result, err := domain.Compute(p, in)
	if err != nil {
		return []string{uncomputable(err)}
	}
	var index domain.Index
	last := in.Segments[len(in.Segments)-1]
	if last.Survey != nil && len(p.Definition().Survey.Elements) > 0 && e.Expected.asksIndex() {
		index, err = domain.SurveyIndex(p, *last.Survey)
		if err != nil && !errors.Is(err, domain.ErrTooFewResponses) { // too few give no index, and so no grade
			return []string{uncomputable(err)}
		}
	}
	return e.Expected.compare(result, index, len(in.Segments))
}

// asksIndex reports whether the example expects what only the index itself shows.
func (want Expected) asksIndex() bool {
	return want.SurveyGrade != "" || want.PrintedIndex != "" || want.PrintedGrade != "" || want.Lowest != nil
}

// comparison collects what came out otherwise.
type comparison []string

func (c *comparison) text(field, want, got string) {
	if want == "" || want == got {
		return
	}
	if got == "" {
		got = "tidak ada"
	}
	*c = append(*c, fmt.Sprintf("%s seharusnya %s, tetapi hasilnya %s", field, want, got))
}

func (c *comparison) list(field string, want, got []string) {
	if want != nil && !slices.Equal(want, got) {
		*c = append(*c, fmt.Sprintf("%s seharusnya [%s], tetapi hasilnya [%s]", field, strings.Join(want, ", "), strings.Join(got, ", ")))
	}
}

// step compares a step of the trace; an empty wish demands that there is none.
func (c *comparison) step(field, want string, steps map[string]string, id string) {
	got, ok := steps[id]
	if want == "" && ok {
		*c = append(*c, fmt.Sprintf("%s seharusnya tidak ada, tetapi hasilnya %s", field, got))
	}
	c.text(field, want, got)
}

// compare returns what came out otherwise, one text for each field.
func (want Expected) compare(result domain.Result, index domain.Index, segments int) []string {
	var c comparison
	c.text("state", string(want.State), string(result.State))
	c.text("predicate", string(want.Predicate), string(result.Predicate))
	c.text("result_rating", string(want.ResultRating), string(result.ResultRating))
	c.text("suggestion", string(want.Suggestion), string(result.Suggestion))
	c.text("credit", want.Credit, result.Credit)
	c.text("value", want.Value, result.Value)
	c.text("achievement", want.Achievement, result.Achievement)
	c.text("survey_index", want.SurveyIndex, result.SurveyIndex)
	c.text("survey_grade", want.SurveyGrade, index.Grade)
	c.text("printed_index", want.PrintedIndex, index.PrintedValue)
	c.text("printed_grade", want.PrintedGrade, index.PrintedGrade)
	c.list("achievements", want.Achievements, results(result.Trace, isAchievement))
	c.list("means", want.Means, results(result.Trace, isRule(domain.RuleSurveyMean)))
	c.list("lowest", want.Lowest, texts(index.Lowest))
	c.list("missing", want.Missing, missing(result))
	steps := make(map[string]string, len(result.Trace.Steps))
	for _, step := range result.Trace.Steps {
		steps[step.ID] = step.Result
	}
	prefix := ""
	if segments > 1 {
		prefix = fmt.Sprintf("segments/%d/", segments)
	}
	for _, id := range slices.Sorted(maps.Keys(want.Components)) {
		c.step("components."+id, want.Components[id], steps, prefix+"components/"+id)
	}
	for _, id := range slices.Sorted(maps.Keys(want.Steps)) {
		c.step("steps."+id, want.Steps[id], steps, id)
	}
	return c
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

// isAchievement reports whether a step is the achievement of an indicator, in whichever segment.
func isAchievement(step domain.TraceStep) bool {
	return strings.HasSuffix(step.ID, "/achievement") && strings.Contains(step.ID, "/indicators/")
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
