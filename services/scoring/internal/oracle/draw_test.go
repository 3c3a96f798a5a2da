package oracle_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// drawer draws people for one pack. It favours what the pack tells apart: facts that its components read, and numbers at
// the edges that its terms name.
type drawer struct {
	*rand.Rand
	pack node
	// edges are achievements at which something changes, in percent.
	edges []*big.Rat
	// gaps is how often a fact is missing, in percent.
	gaps int
}

func newDrawer(r *rand.Rand, pack node) *drawer {
	return &drawer{Rand: r, pack: pack, edges: edgesOf(pack)}
}

func pick[T any](r *drawer, of []T) T { return of[r.IntN(len(of))] }

// chance is true in so many of a hundred cases.
func (r *drawer) chance(percent int) bool { return r.IntN(100) < percent }

func (r *drawer) there() bool { return !r.chance(r.gaps) }

// input returns somebody.
func (r *drawer) input() domain.Input {
	r.gaps = pick(r, []int{2, 10, 40})
	segments := 1
	if r.chance(12) {
		segments = 2 + r.IntN(2)
	}
	in := domain.Input{}
	left := int64(12)
	for n := range segments {
		months := 1 + r.Int64N(left-int64(segments-n-1))
		left -= months
		in.Segments = append(in.Segments, r.segment(months))
	}
	if r.chance(35) {
		r.seek(&in.Segments[r.IntN(segments)])
	}
	return in
}

func (r *drawer) segment(months int64) domain.Segment {
	s := domain.Segment{Plan: domain.Plan{
		Source: "plans/p1", Unit: "u1", UnitHead: r.chance(20), Months: months,
		Position: pick(r, positions), Family: pick(r, families), UnitKind: pick(r, unitKinds),
	}}
	if r.chance(70) {
		s.Plan.FunctionalLevel = pick(r, levels)
	}
	r.plan(&s)
	if r.there() {
		s.Rating = &domain.Rating{Result: pick(r, expectations), Behavior: pick(r, expectations)}
		if s.Plan.UnitHead && len(r.pack.at("unit_head", "ratings").fields) > 0 && r.chance(20) {
			s.Rating.Result = "" // that of a head follows from the unit's, so a superior may judge behaviour alone
		}
	}
	if r.there() {
		s.Behavior = &domain.Behavior{Value: r.percent(120)}
	}
	if r.there() {
		s.Organization = &domain.Organization{Level: pick(r, organizations)}
	}
	if r.there() {
		s.Attendance = r.attendance()
	}
	if r.there() {
		s.Survey = r.survey()
	}
	for _, group := range groups {
		if r.there() {
			s.Panels = append(s.Panels, r.panel(group))
		}
	}
	r.Shuffle(len(s.Panels), func(a, b int) { s.Panels[a], s.Panels[b] = s.Panels[b], s.Panels[a] })
	if r.there() {
		for n := range r.IntN(5) {
			s.Contributions = append(s.Contributions, domain.Contribution{
				Goal: fmt.Sprintf("goals/g%d", 9-n), Description: "Sasaran",
				Share: units(1+r.Int64N(1_000), r.IntN(3)), Achievement: r.percent(150),
			})
		}
	}
	if r.there() {
		s.Innovations = r.innovations()
	}
	if r.there() {
		s.Tasks = &domain.Tasks{Count: r.tasks()}
	}
	if r.there() {
		s.Prior = &domain.Prior{Value: r.percent(120)}
	}
	return s
}

func (r *drawer) innovations() *domain.Innovations {
	all := &domain.Innovations{}
	for _, reach := range []domain.Reach{domain.ReachNational, domain.ReachUnit, domain.ReachAgency} {
		if r.chance(40) {
			all.Counts = append(all.Counts, domain.InnovationCount{Reach: reach, Count: r.Int64N(4)})
		}
	}
	return all
}

// tasks favours the numbers at which the points change.
func (r *drawer) tasks() int64 {
	for _, c := range r.pack.at("components").list {
		if steps := c.at("tasks", "steps").list; len(steps) > 0 && r.chance(70) {
			return max(0, pick(r, steps).at("from").whole()-1+r.Int64N(3))
		}
	}
	return r.Int64N(15)
}

func (r *drawer) attendance() *domain.Attendance {
	a := &domain.Attendance{WorkingDays: 1 + r.Int64N(260)}
	a.PresentDays = r.Int64N(a.WorkingDays + 1)
	if r.chance(50) {
		a.PresentDays = a.WorkingDays - r.Int64N(min(a.WorkingDays, 5))
	}
	switch r.IntN(4) {
	case 0:
		a.LateMinutes = r.Int64N(2_000)
	case 1:
		a.LateMinutes = r.Int64N(200_000)
	}
	return a
}

// panel draws around the minimum of the component that reads the group.
func (r *drawer) panel(group domain.Group) domain.Panel {
	p := domain.Panel{Group: group, Questions: pick(r, []int64{1, 3, 5, 7, 10})}
	low, high, minimum := int64(1), int64(4), int64(3)
	for _, c := range r.pack.at("components").list {
		if way := c.at("panel"); way.at("group").text == string(group) {
			low, high, minimum = way.at("answer_min").whole(), way.at("answer_max").whole(), way.at("minimum").whole()
		}
	}
	p.Count = max(0, minimum-1+r.Int64N(8))
	if r.chance(20) {
		p.Count = r.Int64N(minimum + 2)
	}
	answers := p.Count * p.Questions
	p.Sum = low*answers + r.Int64N((high-low)*answers+1)
	switch r.IntN(10) {
	case 0:
		p.Sum = low * answers
	case 1, 2:
		p.Sum = high * answers
	}
	return p
}

// survey draws an index next to the edge of a grade in every third case.
func (r *drawer) survey() *domain.Survey {
	terms := r.pack.at("survey")
	elements := terms.at("elements").texts()
	if len(elements) == 0 {
		return nil
	}
	minimum := terms.at("minimum_responses").whole()
	s := &domain.Survey{Responses: max(0, minimum-1+r.Int64N(3))}
	if r.chance(80) {
		s.Responses = minimum + r.Int64N(300)
	}
	if s.Responses == 0 {
		return s
	}
	k, low, high := int64(len(elements)), terms.at("answer_min").whole(), terms.at("answer_max").whole()
	total := s.Responses*k*low + r.Int64N(s.Responses*k*(high-low)+1)
	if r.chance(35) {
		band := pick(r, terms.at("bands").list)
		edge := sub(band.at("from").amount, big.NewRat(1, 200))
		exact := quo(mul(edge, whole(s.Responses*k)), terms.at("factor").amount)
		total = new(big.Int).Quo(exact.Num(), exact.Denom()).Int64() + r.Int64N(3) - 1
		total = min(max(total, s.Responses*k*low), s.Responses*k*high)
	}
	sums := make([]int64, k)
	for n := range sums {
		sums[n] = total / k
		if int64(n) < total%k {
			sums[n]++
		}
	}
	for range 4 * k {
		a, b := r.IntN(len(sums)), r.IntN(len(sums))
		if moved := r.Int64N(s.Responses + 1); sums[a]+moved <= high*s.Responses && sums[b]-moved >= low*s.Responses {
			sums[a], sums[b] = sums[a]+moved, sums[b]-moved
		}
	}
	for n, element := range elements {
		s.Sums = append(s.Sums, domain.ElementSum{Element: domain.SurveyElement(element), Sum: sums[n]})
	}
	r.Shuffle(len(s.Sums), func(a, b int) { s.Sums[a], s.Sums[b] = s.Sums[b], s.Sums[a] })
	return s
}

// percent returns a number of 0 or more, mostly between 50 and the limit.
func (r *drawer) percent(limit int64) decimal.Decimal {
	switch r.IntN(6) {
	case 0:
		return units(r.Int64N(limit+1), 0)
	case 1:
		return units(r.Int64N(2*limit*10_000), 4)
	}
	return units(5_000+r.Int64N(100*(limit-50)), 2)
}

// units returns a count of units of the last digit as a decimal.
func units(count int64, places int) decimal.Decimal { return decimal.MustNew(count, places) }

// The vocabularies, with the empty code where a plan need not say.
var (
	positions = []domain.PositionKind{
		"", domain.PositionRegionalHead, domain.PositionLeadership, domain.PositionAdministrator,
		domain.PositionSupervisor, domain.PositionFunctional, domain.PositionExecutor,
	}
	families  = []domain.JobFamily{"", domain.FamilyTeacher, domain.FamilyHealth, domain.FamilyLicensing, domain.FamilyOther}
	unitKinds = []domain.UnitKind{
		"", domain.UnitGovernment, domain.UnitAgency, domain.UnitSection, domain.UnitHealthCenter, domain.UnitSchool,
		domain.UnitDistrict, domain.UnitVillage, domain.UnitTechnical,
	}
	levels = []domain.FunctionalLevel{
		domain.LevelPemula, domain.LevelTerampil, domain.LevelMahir, domain.LevelPenyelia,
		domain.LevelAhliPertama, domain.LevelAhliMuda, domain.LevelAhliMadya, domain.LevelAhliUtama,
	}
	expectations  = []domain.Expectation{domain.ExpectationAbove, domain.ExpectationMeets, domain.ExpectationBelow}
	organizations = []domain.OrganizationLevel{
		domain.OrganizationExcellent, domain.OrganizationGood, domain.OrganizationNeedsImprovement,
		domain.OrganizationPoor, domain.OrganizationVeryPoor,
	}
	groups = []domain.Group{
		domain.GroupPublic, domain.GroupSuperior, domain.GroupPeers, domain.GroupSubordinates, domain.GroupParents,
		domain.GroupPupils,
	}
	elements = []domain.SurveyElement{
		domain.ElementRequirements, domain.ElementProcedure, domain.ElementTime, domain.ElementCost, domain.ElementProduct,
		domain.ElementCompetence, domain.ElementBehavior, domain.ElementComplaints, domain.ElementFacilities,
	}
	formulas = []domain.Formula{
		domain.FormulaNormal, domain.FormulaLowerIsBetter, domain.FormulaRange, domain.FormulaRangeLowerIsBetter,
	}
	aspects = []domain.Aspect{"", domain.AspectQuantity, domain.AspectQuality, domain.AspectTime, domain.AspectCost}
)
