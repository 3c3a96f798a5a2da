package scoring_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
)

// readTable reads a table that an official can read.
func readTable(t *testing.T, path string, into any) {
	t.Helper()
	content, err := os.ReadFile(path)
	must(t, err)
	must(t, yaml.Unmarshal(content, into))
}

func TestCalculateSurveySample_answers_as_the_table_says(t *testing.T) {
	var samples struct {
		Rows []struct {
			Population int32 `yaml:"population"`
			Sample     int32 `yaml:"sample"`
		} `yaml:"rows"`
	}
	readTable(t, "internal/domain/testdata/krejcie-morgan.yaml", &samples)
	if len(samples.Rows) == 0 {
		t.Fatal("the table has no rows")
	}
	s := one(t)
	client := scoringv1.NewSurveySampleServiceClient(dial(t, s.dial, nil))
	for _, row := range samples.Rows {
		got, err := client.CalculateSurveySample(t.Context(), &scoringv1.CalculateSurveySampleRequest{Population: row.Population})
		must(t, err)
		if got.GetSampleSize() != row.Sample || got.GetPopulation() != row.Population {
			t.Errorf("%d people need %v, want %d", row.Population, got, row.Sample)
		}
	}
}

// surveyed is what a survey gives. What the table leaves out is not compared.
type surveyed struct {
	Index        string   `yaml:"survey_index"`
	Grade        string   `yaml:"survey_grade"`
	PrintedIndex string   `yaml:"printed_index"`
	PrintedGrade string   `yaml:"printed_grade"`
	Means        []string `yaml:"means"`
	Lowest       []string `yaml:"lowest"`
}

// survey sets the sums of U1 to U9 of a unit, and waits for its index.
func (s *suite) survey(unit string, responses int32, sums []int64) *scoringv1.SurveyIndex {
	s.t.Helper()
	s.peers.judge(unit, responses, 1, good)
	s.peers.change(func() {
		for _, tally := range s.peers.units[unitName(unit)].GetElements() {
			tally.Sum = sums[tally.GetElement()-1]
		}
	})
	s.unitFact("e-"+unit, "survey.answered", unit)
	s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
	index, err := s.anonymous().scores.GetSurveyIndex(s.t.Context(), &scoringv1.GetSurveyIndexRequest{Name: periodName + "/surveyIndexes/" + unit})
	must(s.t, err)
	return index
}

func TestGetSurveyIndex_answers_as_the_table_says(t *testing.T) {
	var surveys struct {
		Cases []struct {
			Name  string `yaml:"name"`
			Given struct {
				Survey struct {
					Responses int32   `yaml:"responses"`
					Sums      []int64 `yaml:"sums"`
				} `yaml:"survey"`
			} `yaml:"given"`
			Expected surveyed `yaml:"expected"`
		} `yaml:"cases"`
	}
	readTable(t, "internal/pack/testdata/survei.yaml", &surveys)
	if len(surveys.Cases) == 0 {
		t.Fatal("the table has no cases")
	}
	s := one(t)
	s.run()
	for i, c := range surveys.Cases {
		index := s.survey(fmt.Sprintf("survei-%d", i+1), c.Given.Survey.Responses, c.Given.Survey.Sums)
		got := surveyed{Index: index.GetValue(), Grade: index.GetGrade()}
		if c.Expected.PrintedIndex != "" {
			got.PrintedIndex, got.PrintedGrade = index.GetPrintedWeightValue(), index.GetPrintedWeightGrade()
		}
		if c.Expected.Means != nil {
			for _, element := range index.GetElements() {
				got.Means = append(got.Means, element.GetMean())
			}
		}
		if c.Expected.Lowest != nil {
			for _, element := range index.GetLowest() {
				got.Lowest = append(got.Lowest, elementWord(element))
			}
		}
		if diff := cmp.Diff(c.Expected, got); diff != "" || index.GetResponseCount() != c.Given.Survey.Responses {
			t.Errorf("%s: index of %d responses (-want +got):\n%s", c.Name, index.GetResponseCount(), diff)
		}
	}
}

// elementWord returns an element as rule packs write it.
func elementWord(element assessmentv1.SurveyElement) string {
	return strings.ToLower(strings.TrimPrefix(element.String(), "SURVEY_ELEMENT_"))
}
