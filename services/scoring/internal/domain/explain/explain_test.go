package explain_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestSentences(t *testing.T) {
	t.Parallel()
	catalog, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file, err := catalog.File("rulePacks/permenpanrb-6-2022/versions/1")
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name  string
		given domain.Input
	}{
		{"complete", complete()},
		{"nothing_but_a_plan", domain.Input{Plan: plan()}},
		{"unit_head", head()},
		{"without_organization_rating", withoutOrganization()},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			result, err := domain.Compute(file.Pack, c.given)
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(explain.Sentences(file.Pack, result), "\n") + "\n"
			path := filepath.Join("testdata", c.name+".golden")
			if *update {
				err = os.WriteFile(path, []byte(got), 0o600)
				if err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Fatalf("sentences (-want +got):\n%s", diff)
			}
		})
	}
}

func plan() domain.Plan {
	number := decimal.MustParse
	return domain.Plan{
		Source: "plans/p1", Unit: "units/u1", FunctionalLevel: domain.LevelAhliPertama, Months: 8,
		Indicators: []domain.Indicator{
			{
				ID: "results/r1/indicators/i1", Description: "Jumlah pasien dilayani", Unit: "pasien",
				Formula: domain.FormulaNormal, Target: number("1200"), Source: domain.SourceReported,
			},
			{
				ID: "results/r1/indicators/i2", Description: "Waktu tunggu", Unit: "menit",
				Formula: domain.FormulaLowerIsBetter, Target: number("10"), Source: domain.SourceReported,
			},
			{
				ID: "results/r1/indicators/i3", Description: "Cakupan imunisasi", Unit: "persen",
				Formula: domain.FormulaRange, Low: number("80"), High: number("90"), Source: domain.SourceReported,
			},
			{
				ID: "results/r2/indicators/i1", Description: "Waktu penyusunan laporan", Unit: "bulan",
				Formula: domain.FormulaRangeLowerIsBetter, Low: number("7"), High: number("8"), Source: domain.SourceReported,
			},
			{
				ID: "results/r2/indicators/i2", Description: "Jumlah laporan", Unit: "dokumen",
				Formula: domain.FormulaNormal, Target: number("12"), Source: domain.SourceReported,
			},
		},
	}
}

// complete has every fact but the realisation of the last indicator.
func complete() domain.Input {
	in := domain.Input{
		Plan:         plan(),
		Rating:       &domain.Rating{Result: domain.ExpectationAbove, Behavior: domain.ExpectationMeets},
		Organization: &domain.Organization{Level: domain.OrganizationGood},
		Peers:        &domain.Peers{Count: 4, Sum: 91},
		Attendance:   &domain.Attendance{WorkingDays: 240, PresentDays: 230},
		Survey:       &domain.Survey{Responses: 20},
	}
	for _, element := range []domain.SurveyElement{
		domain.ElementRequirements, domain.ElementProcedure, domain.ElementTime, domain.ElementCost, domain.ElementProduct,
		domain.ElementCompetence, domain.ElementBehavior, domain.ElementComplaints, domain.ElementFacilities,
	} {
		in.Survey.Sums = append(in.Survey.Sums, domain.ElementSum{Element: element, Sum: 71})
	}
	for i, value := range []string{"1320", "25.5", "92", "6.5"} {
		in.Realisations = append(in.Realisations, domain.Realisation{
			Indicator: in.Plan.Indicators[i].ID, Value: decimal.MustParse(value),
		})
	}
	return in
}

func head() domain.Input {
	in := domain.Input{Plan: domain.Plan{Months: 12, UnitHead: true}}
	in.Rating = &domain.Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationAbove}
	in.Organization = &domain.Organization{Level: domain.OrganizationExcellent}
	return in
}

func withoutOrganization() domain.Input {
	in := domain.Input{Plan: domain.Plan{Months: 12}}
	in.Rating = &domain.Rating{Result: domain.ExpectationBelow, Behavior: domain.ExpectationBelow}
	return in
}
