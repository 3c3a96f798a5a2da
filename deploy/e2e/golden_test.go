package e2e

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
)

const (
	period    = "/v1/tenants/3402/periods/2026"
	nurse     = demo.NurseID
	nurseHead = "kepala-melati"
)

// score is what a client sees of a score.
type score struct {
	State, Predicate, ResultRating, BehaviorRating string
	Achievement, SurveyIndex, Credit               string
	RulePack, RulePackHash, Revision               string
	Missing                                        []struct{ Input, Policy string }
	Explanation                                    []string
	Trace                                          struct {
		Inputs []struct{ ID, Value, Label, Source string }
		Steps  []struct{ ID, Rule, Result string }
	}
}

func (s *suite) score(t *testing.T, person string) score {
	t.Helper()
	answer := s.Do(t, s.admin(t), http.MethodGet, period+"/scores/"+person+"?view=VIEW_FULL", "")
	if answer.Status != http.StatusOK {
		t.Fatalf("the score of %s: %d %s", person, answer.Status, answer.Body)
	}
	var got score
	answer.Decode(t, &got)
	return got
}

// workedExamples are the Puskesmas nurse and the ten survey responses, whose numbers are known.
func workedExamples(t *testing.T, s *suite) {
	t.Helper()
	got := s.score(t, nurse)
	type facts struct{ State, Predicate, Achievement, SurveyIndex, Credit string }
	want := facts{"STATE_COMPLETE", "PREDICATE_GOOD", "99.76", "81.94", "12.50"}
	if diff := cmp.Diff(want, facts{got.State, got.Predicate, got.Achievement, got.SurveyIndex, got.Credit}); diff != "" {
		t.Errorf("the nurse's score (-want +got):\n%s", diff)
	}
	achievements := []string{"110.0000", "104.8780", "110.0000", "100.0000", "97.9592", "100.0000", "75.0000", "100.0000", "100.0000"}
	var steps []string
	for _, step := range got.Trace.Steps {
		if strings.HasPrefix(step.Rule, "achievement.") && strings.Contains(step.ID, "indicators/") {
			steps = append(steps, step.Result)
		}
	}
	if diff := cmp.Diff(achievements, steps); diff != "" {
		t.Errorf("the achievements in the trace (-want +got):\n%s", diff)
	}
	if len(got.Trace.Inputs) == 0 || len(got.RulePackHash) != 64 {
		t.Errorf("the trace has %d inputs and the pack's hash is %q", len(got.Trace.Inputs), got.RulePackHash)
	}
	if !slices.ContainsFunc(got.Explanation, func(line string) bool { return strings.Contains(line, "predikat") && strings.Contains(line, "Baik") }) {
		t.Errorf("no sentence says which predicate it is: %q", got.Explanation)
	}
	surveyExample(t, s)
	surveySamples(t, s)
}

func surveyExample(t *testing.T, s *suite) {
	t.Helper()
	type element struct{ Element, Sum, Mean string }
	type index struct {
		ResponseCount                                        int
		Elements                                             []element
		Lowest                                               []string
		Value, Grade, PrintedWeightValue, PrintedWeightGrade string
	}
	var got index
	s.Do(t, "", http.MethodGet, period+"/surveyIndexes/"+demo.SurveyUnitID, "").Decode(t, &got)
	want := index{
		ResponseCount: 10, Lowest: []string{"SURVEY_ELEMENT_TIME"},
		Value: "81.94", Grade: "B", PrintedWeightValue: "81.13", PrintedWeightGrade: "B",
		Elements: []element{
			{"SURVEY_ELEMENT_REQUIREMENTS", "33", "3.300"},
			{"SURVEY_ELEMENT_PROCEDURE", "31", "3.100"},
			{"SURVEY_ELEMENT_TIME", "28", "2.800"},
			{"SURVEY_ELEMENT_COST", "40", "4.000"},
			{"SURVEY_ELEMENT_PRODUCT", "33", "3.300"},
			{"SURVEY_ELEMENT_COMPETENCE", "34", "3.400"},
			{"SURVEY_ELEMENT_BEHAVIOR", "34", "3.400"},
			{"SURVEY_ELEMENT_COMPLAINTS", "30", "3.000"},
			{"SURVEY_ELEMENT_FACILITIES", "32", "3.200"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the satisfaction index (-want +got):\n%s", diff)
	}
}

// surveySamples asks, as anybody may, how many respondents a survey needs.
func surveySamples(t *testing.T, s *suite) {
	t.Helper()
	const path = "/v1/surveySamples:calculate?population="
	type sample struct {
		Population, SampleSize int
		Explanation            string
	}
	for population, want := range map[int]int{150: 108, 500: 217, 3000: 341, 20000: 377, 100000: 383} {
		var got sample
		s.Do(t, "", http.MethodGet, path+strconv.Itoa(population), "").Decode(t, &got)
		if got.Population != population || got.SampleSize != want {
			t.Errorf("a population of %d: %+v, want %d respondents", population, got, want)
		}
		if population == 20000 && got.Explanation != "Untuk populasi 20.000 orang diperlukan sekurang-kurangnya 377 responden: "+
			"3,841 × 20.000 × 0,25 ÷ (0,0025 × 19.999 + 3,841 × 0,25), dibulatkan ke bilangan bulat terdekat (Krejcie–Morgan)." {
			t.Errorf("explanation %q", got.Explanation)
		}
	}
	for _, population := range []string{"0", "1000000001", "", "banyak"} {
		answer := s.Do(t, "", http.MethodGet, path+population, "")
		if answer.Status != http.StatusBadRequest || !strings.Contains(string(answer.Body), "population") {
			t.Errorf("a population of %q: %d %s", population, answer.Status, answer.Body)
		}
	}
}

// nineCells has the superior set each pair of ratings of the nurse, over HTTP, and reads the report.
func nineCells(t *testing.T, s *suite) {
	t.Helper()
	const above, meets, below = "EXPECTATION_ABOVE", "EXPECTATION_MEETS", "EXPECTATION_BELOW"
	cells := []struct{ result, behavior, predicate, label, credit string }{
		{above, above, "PREDICATE_VERY_GOOD", "Sangat Baik", "18.75"},
		{above, meets, "PREDICATE_GOOD", "Baik", "12.50"},
		{above, below, "PREDICATE_POOR", "Kurang/Misconduct", "6.25"},
		{meets, above, "PREDICATE_GOOD", "Baik", "12.50"},
		{meets, meets, "PREDICATE_GOOD", "Baik", "12.50"},
		{meets, below, "PREDICATE_POOR", "Kurang/Misconduct", "6.25"},
		{below, above, "PREDICATE_NEEDS_IMPROVEMENT", "Butuh Perbaikan", "9.38"},
		{below, meets, "PREDICATE_NEEDS_IMPROVEMENT", "Butuh Perbaikan", "9.38"},
		{below, below, "PREDICATE_VERY_POOR", "Sangat Kurang", "3.13"},
	}
	for _, c := range cells {
		body := fmt.Sprintf(`{"resultRating":%q,"behaviorRating":%q,"feedback":"Dibahas dalam dialog kinerja.","feedbackDate":{"year":2026,"month":7,"day":6}}`,
			c.result, c.behavior)
		answer := s.Do(t, s.person(t, nurseHead), http.MethodPatch, period+"/ratings/"+nurse, body)
		if answer.Status != http.StatusOK {
			t.Fatalf("rate: %d %s", answer.Status, answer.Body)
		}
		var got struct{ ResultRating, BehaviorRating, Predicate, PredicateLabel, Credit string }
		harness.Await(t, func() string {
			s.Do(t, s.admin(t), http.MethodGet, period+"/personReports/"+nurse, "").Decode(t, &got)
			if got.ResultRating != c.result || got.BehaviorRating != c.behavior {
				return fmt.Sprintf("the report shows %s and %s, want %s and %s", got.ResultRating, got.BehaviorRating, c.result, c.behavior)
			}
			return ""
		})
		if got.Predicate != c.predicate || got.PredicateLabel != c.label || got.Credit != c.credit {
			t.Errorf("%s and %s give %s (%s) with %s, want %s (%s) with %s", c.result, c.behavior,
				got.Predicate, got.PredicateLabel, got.Credit, c.predicate, c.label, c.credit)
		}
	}
}

// counts are those of a unit or of the tenant.
type counts struct {
	Name                                        string
	PeopleCount, ApprovedPlanCount, ScoredCount int
	Distribution                                []struct {
		Label string
		Count int
	}
	SurveyIndex, SurveyGrade string
}

type summary struct {
	counts

	DisplayName string
	Units       []counts
}

// reports: the tables of the units add up to the tenant's summary, which may follow them by a moment.
func reports(t *testing.T, s *suite) {
	t.Helper()
	var tenant summary
	harness.Await(t, func() string {
		tenant = summary{}
		s.Do(t, s.admin(t), http.MethodGet, period+"/summary", "").Decode(t, &tenant)
		for _, u := range tenant.Units {
			diff := cmp.Diff(u, s.unitReport(t, u.Name))
			if diff != "" {
				return "the unit in the summary and by itself (-summary +report):\n" + diff
			}
		}
		return ""
	})
	if tenant.DisplayName != "Kabupaten Bantul" || tenant.PeopleCount != 59 || tenant.ScoredCount != 59 || len(tenant.Units) != 7 {
		t.Errorf("the summary of the tenant is %+v", tenant)
	}
	people := 0
	for _, u := range tenant.Units {
		people += u.PeopleCount
		counted := s.countTable(t, u.Name)
		for _, d := range u.Distribution {
			if counted[d.Label] != d.Count {
				t.Errorf("%s: %d people have %s in the table, %d in the distribution", u.Name, counted[d.Label], d.Label, d.Count)
			}
		}
	}
	if people != tenant.PeopleCount {
		t.Errorf("the units have %d people together, the tenant %d", people, tenant.PeopleCount)
	}
}

func (s *suite) unitReport(t *testing.T, name string) counts {
	t.Helper()
	var report counts
	s.Do(t, s.admin(t), http.MethodGet, "/v1/"+name, "").Decode(t, &report)
	return report
}

// countTable counts the people of the unit's table by the label of their predicate.
func (s *suite) countTable(t *testing.T, report string) map[string]int {
	t.Helper()
	unit := "tenants/3402/units/" + report[strings.LastIndexByte(report, '/')+1:]
	var table struct {
		PersonReports []struct{ PredicateLabel string }
	}
	s.Do(t, s.admin(t), http.MethodGet, period+"/personReports?pageSize=200&unit="+unit, "").Decode(t, &table)
	counted := map[string]int{}
	for _, r := range table.PersonReports {
		counted[r.PredicateLabel]++
	}
	return counted
}

func same(t *testing.T, person string, before, after score) {
	t.Helper()
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the score of %s (-before +after):\n%s", person, diff)
	}
}
