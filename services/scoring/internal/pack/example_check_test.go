package pack

import (
	"slices"
	"strings"
	"testing"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

func TestLint_refuses_facts_of_an_example_that_cannot_be(t *testing.T) {
	t.Parallel()
	const facts = "behavior: 78.67"
	cases := []struct{ name, old, replacement, want string }{
		{"a_target_of_0", "target: 10, realisation", "target: 0, realisation", "baris 81, kolom 20, examples[0].given.indicators[0]: target harus lebih dari 0"},
		{"a_year_of_13_months", facts, facts + "\n      months: 13", "baris 83, kolom 15, examples[0].given.months: harus 1 sampai 12"},
		{"more_days_present_than_worked", facts, facts + "\n      attendance: {working_days: 10, present_days: 12}", "baris 83, kolom 7, examples[0].given.attendance: hari hadir harus"},
		{"less_than_no_lateness", facts, facts + "\n      attendance: {working_days: 10, late_minutes: -1}", "examples[0].given.attendance.late_minutes: harus 0 sampai"},
		{"a_panel_twice", facts, facts + "\n      panels: [{group: peers}, {group: parents}, {group: parents}]", "examples[0].given.panels[1]: ditulis dua kali"},
		{"a_contribution_of_nothing", facts, facts + "\n      contributions: [{share: 1}, {share: 0}]", "examples[0].given.contributions[1]: harus menyebut tujuan"},
		{"less_than_no_innovations", facts, facts + "\n      innovations: {agency: -1}", "baris 83, kolom 29, examples[0].given.innovations.agency: harus 0 sampai"},
		{"less_than_no_tasks", facts, facts + "\n      tasks: -1", "examples[0].given.tasks: harus 0 sampai"},
		{"less_than_no_behavior", facts, "behavior: -1", "examples[0].given.behavior: harus 0 atau lebih"},
		{"less_than_no_prior_value", facts, facts + "\n      prior: -1", "examples[0].given.prior: harus 0 atau lebih"},
		{"indicators_of_a_result_apart", "attainable: true}]", "attainable: true}, {result: r2, formula: normal, target: 1}, {result: r1, formula: normal, target: 1}]", "examples[0].given.indicators[2]: harus satu kali dan berurutan"},
		{"numbers_that_overflow", "target: 10, realisation: 10, attainable: true}]\n      " + facts, "target: 0.0001, realisation: 999999999999}]\n      " + facts, "examples[0].given: angkanya terlalu besar untuk dihitung"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			content := string(small(t))
			if strings.Count(content, c.old) != 1 {
				t.Fatalf("%q occurs %d times", c.old, strings.Count(content, c.old))
			}
			file, problems := Lint([]byte(strings.Replace(content, c.old, c.replacement, 1)), nil)
			if file != nil || !slices.ContainsFunc(lines(problems), func(line string) bool { return strings.Contains(line, c.want) }) {
				t.Fatalf("no problem says %q:\n%s", c.want, strings.Join(lines(problems), "\n"))
			}
		})
	}
}

func TestLint_places_what_is_wrong_in_a_segment_of_an_example(t *testing.T) {
	t.Parallel()
	content, _, _ := strings.Cut(string(small(t)), "examples:")
	for _, c := range []struct{ segments, want string }{
		{"[{behavior: 1}, {behavior: 1, months: 13}]", "examples[0].given.segments[1].months: harus 1 sampai 12"},
		{"[{behavior: -1}]", "examples[0].given.segments[0].behavior: harus 0 atau lebih"},
		{"[{months: 7}, {months: 7}]", "examples[0].given: lebih dari 12 bulan seluruhnya"},
	} {
		_, problems := Lint([]byte(content+"examples:\n  - {name: pindah, given: {segments: "+c.segments+"}, expected: {state: complete}}\n"), nil)
		if !strings.Contains(strings.Join(lines(problems), "\n"), c.want) {
			t.Errorf("no problem says %q: %v", c.want, lines(problems))
		}
	}
}

// TestIsStep_knows_every_step_that_is_made holds the steps that examples may name to those of all shipped examples.
func TestIsStep_knows_every_step_that_is_made(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range catalog.Files() {
		def := file.Pack.Definition()
		for _, example := range file.Examples {
			in := example.Given.Input(file.Pack)
			result, err := domain.Compute(file.Pack, in)
			if err != nil {
				t.Fatal(err)
			}
			for _, step := range result.Trace.Steps {
				if !isStep(&def, &in, step.ID) {
					t.Errorf("%s, %s: step %s is not known", file.Pack.Name(), example.Name, step.ID)
				}
			}
		}
	}
}

func TestIsStep_refuses_what_no_rule_makes(t *testing.T) {
	t.Parallel()
	p := replaced(t).Pack
	def := p.Definition()
	one := []Indicator{{Formula: domain.FormulaNormal, Target: scalar{1, 0}.decimal()}}
	alone := Given{Segment: Segment{Indicators: one}}.Input(p)
	two := Given{Segments: []Segment{{Months: 6, Indicators: one}, {Months: 6}}}.Input(p)
	for _, id := range []string{
		"", "foo", "predicates", "components/foo", "components/plan/foo", "results/r1/foo", "results/r2/plan", "results/r1/indicators/i2/achievement",
		"survey.means/time", "segments/2/suggestion",
	} {
		if isStep(&def, &alone, id) {
			t.Errorf("%q is taken", id)
		}
	}
	for id, want := range map[string]bool{"segments/2/components/plan/unbounded": true, "segments/0/predicate": false, "segments/3/predicate": false} {
		if isStep(&def, &two, id) != want {
			t.Errorf("%q: want %t", id, want)
		}
	}
}
