package domaintest

import (
	"fmt"
	"math/rand/v2"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// What facts are drawn from.
var (
	expectations = []domain.Expectation{domain.ExpectationAbove, domain.ExpectationMeets, domain.ExpectationBelow}
	levels       = []domain.FunctionalLevel{
		"", domain.LevelPemula, domain.LevelTerampil, domain.LevelMahir, domain.LevelPenyelia,
		domain.LevelAhliPertama, domain.LevelAhliMuda, domain.LevelAhliMadya, domain.LevelAhliUtama,
	}
	organizations = []domain.OrganizationLevel{
		domain.OrganizationExcellent, domain.OrganizationGood, domain.OrganizationNeedsImprovement,
		domain.OrganizationPoor, domain.OrganizationVeryPoor,
	}
	formulas = []domain.Formula{
		domain.FormulaNormal, domain.FormulaLowerIsBetter, domain.FormulaRange, domain.FormulaRangeLowerIsBetter,
	}
	descriptions = []string{"Indikator ", " “Laporan” \"akhir\"\t", "Waktu < 3 & > 1 hari\n", ""}
	units        = []string{"dokumen", "%", "m²", ""}
	// Elements are those of the shipped pack, in its order.
	Elements = []domain.SurveyElement{
		domain.ElementRequirements, domain.ElementProcedure, domain.ElementTime, domain.ElementCost, domain.ElementProduct,
		domain.ElementCompetence, domain.ElementBehavior, domain.ElementComplaints, domain.ElementFacilities,
	}
)

// Input returns facts that could be, each of which may be missing.
func Input(r *rand.Rand) domain.Input {
	in := domain.Input{Plan: domain.Plan{
		Source: "plans/p", Unit: "units/u", UnitHead: r.IntN(4) == 0,
		FunctionalLevel: pick(r, levels), Months: 1 + r.Int64N(12),
	}}
	for n := range r.IntN(8) {
		indicator := Indicator(r, fmt.Sprintf("results/r%d/indicators/i%d", n/3+1, n%3+1))
		in.Plan.Indicators = append(in.Plan.Indicators, indicator)
		if r.IntN(4) > 0 {
			in.Realisations = append(in.Realisations, domain.Realisation{
				Indicator: indicator.ID, Value: Amount(r, 0), Source: fmt.Sprintf("progressReports/%d", n),
			})
		}
	}
	if r.IntN(4) > 0 {
		in.Rating = &domain.Rating{Result: pick(r, expectations), Behavior: pick(r, expectations), Source: "ratings/p"}
	}
	if r.IntN(3) > 0 {
		in.Organization = &domain.Organization{Level: pick(r, organizations), Source: "organizationRatings/u"}
	}
	if r.IntN(3) > 0 {
		count := r.Int64N(9)
		in.Peers = &domain.Peers{Count: count, Sum: count*7 + r.Int64N(count*21+1)}
	}
	if r.IntN(3) > 0 {
		days := 1 + r.Int64N(250)
		in.Attendance = &domain.Attendance{WorkingDays: days, PresentDays: r.Int64N(days + 1), Source: "attendances/p"}
	}
	if r.IntN(3) > 0 {
		in.Survey = Survey(r)
	}
	return in
}

// Indicator returns an indicator with a valid target.
func Indicator(r *rand.Rand, id string) domain.Indicator {
	i := domain.Indicator{
		ID: id, Description: pick(r, descriptions) + id, Unit: pick(r, units), Formula: pick(r, formulas), Source: domain.SourceReported,
	}
	if r.IntN(5) == 0 {
		i.Source = domain.SourceSurveyIndex
	}
	if i.Formula == domain.FormulaNormal || i.Formula == domain.FormulaLowerIsBetter {
		i.Target = Amount(r, 1)
		return i
	}
	i.Low = Amount(r, 1)
	high, err := i.Low.Add(Amount(r, 1))
	if err != nil {
		panic(err)
	}
	i.High = high
	return i
}

// Survey returns a survey of the shipped instrument, which may be without responses.
func Survey(r *rand.Rand) *domain.Survey {
	s := &domain.Survey{Source: "surveys/s", Responses: r.Int64N(200)}
	if s.Responses == 0 {
		return s
	}
	for _, element := range Elements {
		s.Sums = append(s.Sums, domain.ElementSum{Element: element, Sum: s.Responses + r.Int64N(s.Responses*3+1)})
	}
	return s
}

// Amount returns a number of at least least units of its last digit.
func Amount(r *rand.Rand, least int64) decimal.Decimal {
	return decimal.MustNew(least+r.Int64N(1_000_000), r.IntN(5))
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }
