package domain_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// rules returns the rule pack that the suite ships.
func rules(tb testing.TB) *domain.Pack {
	tb.Helper()
	catalog, err := pack.Embedded()
	if err != nil {
		tb.Fatal(err)
	}
	file, err := catalog.File("rulePacks/permenpanrb-6-2022/versions/1")
	if err != nil {
		tb.Fatal(err)
	}
	return file.Pack
}

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
	elements = []domain.SurveyElement{
		domain.ElementRequirements, domain.ElementProcedure, domain.ElementTime, domain.ElementCost, domain.ElementProduct,
		domain.ElementCompetence, domain.ElementBehavior, domain.ElementComplaints, domain.ElementFacilities,
	}
)

// randomInput returns facts that could be, each of which may be missing.
func randomInput(r *rand.Rand) domain.Input {
	in := domain.Input{Plan: domain.Plan{
		Source: "plans/p", Unit: "units/u", UnitHead: r.IntN(4) == 0,
		FunctionalLevel: pick(r, levels), Months: 1 + r.Int64N(12),
	}}
	for n := range r.IntN(8) {
		indicator := randomIndicator(r, fmt.Sprintf("results/r%d/indicators/i%d", n/3+1, n%3+1))
		in.Plan.Indicators = append(in.Plan.Indicators, indicator)
		if r.IntN(4) > 0 {
			in.Realisations = append(in.Realisations, domain.Realisation{
				Indicator: indicator.ID, Value: amount(r, 0), Source: fmt.Sprintf("progressReports/%d", n),
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
		in.Survey = randomSurvey(r)
	}
	return in
}

func randomIndicator(r *rand.Rand, id string) domain.Indicator {
	i := domain.Indicator{
		ID: id, Description: "Indikator " + id, Unit: "dokumen", Formula: pick(r, formulas), Source: domain.SourceReported,
	}
	if r.IntN(5) == 0 {
		i.Source = domain.SourceSurveyIndex
	}
	if i.Formula == domain.FormulaNormal || i.Formula == domain.FormulaLowerIsBetter {
		i.Target = amount(r, 1)
		return i
	}
	i.Low = amount(r, 1)
	high, err := i.Low.Add(amount(r, 1))
	if err != nil {
		panic(err)
	}
	i.High = high
	return i
}

func randomSurvey(r *rand.Rand) *domain.Survey {
	s := &domain.Survey{Source: "surveys/s", Responses: r.Int64N(200)}
	if s.Responses == 0 {
		return s
	}
	for _, element := range elements {
		s.Sums = append(s.Sums, domain.ElementSum{Element: element, Sum: s.Responses + r.Int64N(s.Responses*3+1)})
	}
	return s
}

// amount returns a number of at least least units of its last digit.
func amount(r *rand.Rand, least int64) decimal.Decimal {
	return decimal.MustNew(least+r.Int64N(1_000_000), r.IntN(5))
}

func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// shuffled returns the same facts in another order.
func shuffled(r *rand.Rand, in domain.Input) domain.Input {
	in.Realisations = append([]domain.Realisation(nil), in.Realisations...)
	r.Shuffle(len(in.Realisations), func(i, j int) {
		in.Realisations[i], in.Realisations[j] = in.Realisations[j], in.Realisations[i]
	})
	if in.Survey == nil {
		return in
	}
	survey := *in.Survey
	survey.Sums = append([]domain.ElementSum(nil), survey.Sums...)
	r.Shuffle(len(survey.Sums), func(i, j int) { survey.Sums[i], survey.Sums[j] = survey.Sums[j], survey.Sums[i] })
	in.Survey = &survey
	return in
}
