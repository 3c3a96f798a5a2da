package pack

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

func TestExample_says_everything_that_came_out_otherwise(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	p, err := catalog.Pack("rulePacks/permenpanrb-6-2022/versions/1")
	if err != nil {
		t.Fatal(err)
	}
	example := Example{
		Name: "uji",
		Given: Given{Segment: Segment{
			FunctionalLevel: domain.LevelMahir, Organization: domain.OrganizationGood,
			Rating: &Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationMeets},
			Survey: &Survey{Responses: 1, Sums: []int64{3, 3, 3, 3, 3, 3, 3, 3, 2}},
		}},
		Expected: Expected{
			State: domain.StateProvisional, Predicate: domain.PredicatePoor, ResultRating: domain.ExpectationAbove, Suggestion: domain.ExpectationMeets,
			Credit: "1.00", Value: "2.00", Achievement: "3.00", Achievements: []string{"4.00"}, Missing: []string{},
			SurveyIndex: "5.00", SurveyGrade: "A", PrintedIndex: "6.00", PrintedGrade: "D", Lowest: []string{"time"},
			Components: map[string]string{"survey": "", "peers": "7.00"}, Steps: map[string]string{"predicate": "", "tidak/ada": "x"},
		},
	}
	want := []string{
		"state seharusnya provisional, tetapi hasilnya complete",
		"predicate seharusnya poor, tetapi hasilnya good",
		"result_rating seharusnya above, tetapi hasilnya meets",
		"suggestion seharusnya meets, tetapi hasilnya tidak ada",
		"credit seharusnya 1.00, tetapi hasilnya 12.50",
		"value seharusnya 2.00, tetapi hasilnya tidak ada",
		"achievement seharusnya 3.00, tetapi hasilnya tidak ada",
		"survey_index seharusnya 5.00, tetapi hasilnya 72.22",
		"survey_grade seharusnya A, tetapi hasilnya C",
		"printed_index seharusnya 6.00, tetapi hasilnya 71.50",
		"printed_grade seharusnya D, tetapi hasilnya C",
		"achievements seharusnya [4.00], tetapi hasilnya []",
		"lowest seharusnya [time], tetapi hasilnya [facilities]",
		"missing seharusnya [], tetapi hasilnya [components/plan, components/peers, components/attendance]",
		"components.peers seharusnya 7.00, tetapi hasilnya tidak ada",
		"components.survey seharusnya tidak ada, tetapi hasilnya 72.22",
		"steps.predicate seharusnya tidak ada, tetapi hasilnya good",
		"steps.tidak/ada seharusnya x, tetapi hasilnya tidak ada",
	}
	diff := cmp.Diff(want, example.differences(p))
	if diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	err = example.Run(p)
	if err == nil || !strings.Contains(err.Error(), "contoh “uji” dari rulePacks/permenpanrb-6-2022/versions/1: ") {
		t.Fatalf("error is %v", err)
	}
}

func TestTry_says_where_an_example_stands(t *testing.T) {
	t.Parallel()
	outcomes := replaced(t, "realisation: 10,", "realisation: 5,").Try()
	if len(outcomes) != 1 || outcomes[0].Line != 78 || len(outcomes[0].Differences) != 2 {
		t.Fatalf("%+v", outcomes)
	}
}

func TestExample_says_in_Indonesian_why_it_cannot_be_computed(t *testing.T) {
	t.Parallel()
	p := replaced(t).Pack
	huge := decimal.MustParse("999999999999")
	cases := []struct {
		name  string
		given Segment
		want  string
	}{
		{"months", Segment{Months: 13}, "tidak dapat dihitung: plan.months: harus 1 sampai 12"},
		{"overflow", Segment{Behavior: &huge, Indicators: []Indicator{
			{Formula: domain.FormulaNormal, Target: decimal.MustParse("0.0001"), Realisation: &huge},
		}}, "tidak dapat dihitung: angkanya terlalu besar untuk dihitung; kecilkan"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			example := Example{Name: c.name, Given: Given{Segment: c.given}, Expected: Expected{State: domain.StateComplete}}
			diff := cmp.Diff([]string{c.want}, example.differences(p))
			if diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestExample_of_several_segments_compares_the_components_of_the_last(t *testing.T) {
	t.Parallel()
	p := replaced(t).Pack
	ten := []Indicator{{Formula: domain.FormulaNormal, Target: scalar{10, 0}.decimal(), Realisation: new(scalar{10, 0}.decimal())}}
	first, last := scalar{80, 0}.decimal(), scalar{90, 0}.decimal()
	example := Example{
		Name:  "pindah tugas",
		Given: Given{Segments: []Segment{{Months: 3, Indicators: ten, Behavior: &first}, {Months: 9, Indicators: ten, Behavior: &last}}},
		Expected: Expected{
			Components: map[string]string{"attitude": "90.00", "total": "97.00"}, Achievements: []string{"100.00", "100.00"},
			// (3 × 94 + 9 × 97) / 12
			Value: "96.25", Steps: map[string]string{"segments/1/components/total": "94.00"},
		},
	}
	err := example.Run(p)
	if err != nil {
		t.Fatal(err)
	}
}
