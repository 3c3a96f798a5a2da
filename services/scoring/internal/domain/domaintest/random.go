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
	positions = []domain.PositionKind{
		"", domain.PositionRegionalHead, domain.PositionLeadership, domain.PositionAdministrator, domain.PositionSupervisor,
		domain.PositionFunctional, domain.PositionExecutor,
	}
	families = []domain.JobFamily{"", domain.FamilyTeacher, domain.FamilyHealth, domain.FamilyLicensing, domain.FamilyOther}
	kinds    = []domain.UnitKind{
		"", domain.UnitGovernment, domain.UnitAgency, domain.UnitSection, domain.UnitHealthCenter, domain.UnitSchool,
		domain.UnitDistrict, domain.UnitVillage, domain.UnitTechnical,
	}
	organizations = []domain.OrganizationLevel{
		domain.OrganizationExcellent, domain.OrganizationGood, domain.OrganizationNeedsImprovement,
		domain.OrganizationPoor, domain.OrganizationVeryPoor,
	}
	formulas = []domain.Formula{
		domain.FormulaNormal, domain.FormulaLowerIsBetter, domain.FormulaRange, domain.FormulaRangeLowerIsBetter,
	}
	works           = []domain.Work{"", domain.WorkMain, domain.WorkAdditional}
	aspects         = []domain.Aspect{"", domain.AspectQuantity, domain.AspectQuality, domain.AspectTime, domain.AspectCost}
	indicatorLevels = []domain.Level{"", domain.LevelOutput, domain.LevelOutcome}
	reaches         = []domain.Reach{domain.ReachUnit, domain.ReachAgency, domain.ReachNational}
	descriptions    = []string{"Indikator ", " “Laporan” \"akhir\"\t", "Waktu < 3 & > 1 hari\n", ""}
	units           = []string{"dokumen", "%", "m²", ""}
	// Elements are those of the shipped pack, in its order.
	Elements = []domain.SurveyElement{
		domain.ElementRequirements, domain.ElementProcedure, domain.ElementTime, domain.ElementCost, domain.ElementProduct,
		domain.ElementCompetence, domain.ElementBehavior, domain.ElementComplaints, domain.ElementFacilities,
	}
)

// group is who answers a panel, with the range of an answer.
type group struct {
	group        domain.Group
	lowest, most int64
}

// Input returns facts that could be, each of which may be missing: those of one plan, or rarely of several. Panels fit
// the packs, whose answers are read from them.
func Input(r *rand.Rand, p *domain.Pack) domain.Input {
	if r.IntN(6) > 0 {
		return domain.Input{Segments: []domain.Segment{Segment(r, p, 1+r.Int64N(12))}}
	}
	var in domain.Input
	for left := int64(12); left > 0 && len(in.Segments) < 4; {
		months := 1 + r.Int64N(left)
		in.Segments = append(in.Segments, Segment(r, p, months))
		left -= months
	}
	return in
}

// Segment returns facts of a plan of so many months.
func Segment(r *rand.Rand, p *domain.Pack, months int64) domain.Segment {
	s := domain.Segment{Plan: domain.Plan{
		Source: "plans/p", Unit: "units/u", UnitKind: pick(r, kinds), UnitHead: r.IntN(4) == 0, Position: pick(r, positions),
		Family: pick(r, families), FunctionalLevel: pick(r, levels), Months: months,
	}}
	for n := range r.IntN(8) {
		indicator := Indicator(r, fmt.Sprintf("results/r%d/indicators/i%d", n/3+1, n%3+1))
		if n%3 > 0 {
			indicator.Weight = s.Plan.Indicators[n-1].Weight
		}
		s.Plan.Indicators = append(s.Plan.Indicators, indicator)
		if r.IntN(5) > 0 {
			s.Realisations = append(s.Realisations, domain.Realisation{
				Indicator: indicator.ID, Value: Amount(r, 0), Source: fmt.Sprintf("progressReports/%d", n),
			})
		}
	}
	if r.IntN(4) > 0 {
		s.Rating = &domain.Rating{Result: pick(r, expectations), Behavior: pick(r, expectations), Source: "ratings/p"}
	}
	if r.IntN(3) > 0 {
		s.Organization = &domain.Organization{Level: pick(r, organizations), Source: "organizationRatings/u"}
	}
	if r.IntN(3) > 0 {
		days := 1 + r.Int64N(250)
		s.Attendance = &domain.Attendance{
			WorkingDays: days, PresentDays: r.Int64N(days + 1), LateMinutes: r.Int64N(3) * r.Int64N(9000), Source: "attendances/p",
		}
	}
	if r.IntN(3) > 0 {
		s.Survey = Survey(r)
	}
	s.Panels = panels(r, p)
	others(r, &s)
	return s
}

// panels returns answers of groups that the pack reads, which may be too few.
func panels(r *rand.Rand, p *domain.Pack) []domain.Panel {
	var drawn []domain.Panel
	components := p.Definition().Components
	for _, k := range components {
		if k.Panel == nil || r.IntN(3) == 0 {
			continue
		}
		of := group{k.Panel.Group, k.Panel.AnswerMin, k.Panel.AnswerMax}
		known := false
		for _, panel := range drawn {
			known = known || panel.Group == of.group
		}
		if !known {
			drawn = append(drawn, of.panel(r))
		}
	}
	return drawn
}

func (g group) panel(r *rand.Rand) domain.Panel {
	panel := domain.Panel{Group: g.group, Count: r.Int64N(12), Questions: 1 + r.Int64N(9)}
	answers := panel.Count * panel.Questions
	panel.Sum = answers*g.lowest + r.Int64N(answers*(g.most-g.lowest)+1)
	return panel
}

// others draws what few people have.
func others(r *rand.Rand, s *domain.Segment) {
	if r.IntN(3) > 0 {
		s.Behavior = &domain.Behavior{Value: decimal.MustNew(r.Int64N(12000), 2), Source: "behaviors/p"}
	}
	for n := range r.IntN(4) {
		s.Contributions = append(s.Contributions, domain.Contribution{
			Goal: fmt.Sprintf("objectives/o%d", n), Description: pick(r, descriptions), Share: decimal.MustNew(1+r.Int64N(500), r.IntN(3)),
			Achievement: decimal.MustNew(r.Int64N(15000), 2), Source: "objectives/",
		})
	}
	if r.IntN(3) > 0 {
		s.Innovations = &domain.Innovations{Source: "innovations/p"}
		for _, reach := range reaches {
			if r.IntN(2) == 0 {
				s.Innovations.Counts = append(s.Innovations.Counts, domain.InnovationCount{Reach: reach, Count: r.Int64N(4)})
			}
		}
	}
	if r.IntN(2) == 0 {
		s.Tasks = &domain.Tasks{Count: r.Int64N(9), Source: "tasks/p"}
	}
	if r.IntN(3) > 0 {
		s.Prior = &domain.Prior{Value: decimal.MustNew(r.Int64N(12000), 2), Source: "scores/p/revisions/4"}
	}
}

// Indicator returns an indicator with a valid target.
func Indicator(r *rand.Rand, id string) domain.Indicator {
	i := domain.Indicator{
		ID: id, Description: pick(r, descriptions) + id, Unit: pick(r, units), Work: pick(r, works), Aspect: pick(r, aspects),
		Level: pick(r, indicatorLevels), Formula: pick(r, formulas), Attainable: r.IntN(3) == 0, Source: domain.SourceReported,
	}
	if r.IntN(2) == 0 {
		i.Weight = decimal.MustNew(r.Int64N(600), 2)
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
