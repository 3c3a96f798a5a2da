package domain_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// operandCase is facts with every step that a pack makes of them.
type operandCase struct {
	name  string
	pack  *domain.Pack
	given []domain.Segment
	want  string
}

// TestSteps_say_how_they_were_rounded has the number of a result, which is a mean or the lowest as it is.
func TestSteps_say_how_they_were_rounded(t *testing.T) {
	t.Parallel()
	for combine, want := range map[domain.Combine]int{
		domain.CombineResults: 4, domain.CombineCategories: 4, domain.CombineWeakest: domain.Unrounded,
	} {
		t.Run(string(combine), func(t *testing.T) {
			t.Parallel()
			way := domain.IndicatorsWay{Combine: combine}
			if combine == domain.CombineCategories {
				way.Categories = categories8()
			}
			p := small(t, func(d *domain.Definition) { d.Achievement.Floor = ref("0") }, mean("k", way))
			for _, step := range compute(t, p, one(planned("r1 - 10 9", "r1 - 10 7"))).Trace.Steps {
				if step.ID == "results/r1/k" && step.Places != want {
					t.Errorf("%s keeps %d places, want %d", step.ID, step.Places, want)
				}
			}
		})
	}
}

// TestSteps_name_what_they_come_from holds every step of small computations to its rule, its operands and its result.
func TestSteps_name_what_they_come_from(t *testing.T) {
	t.Parallel()
	for _, c := range append(operandsOfIndicators(t), append(operandsOfComponents(t), operandsOfPredicates(t)...)...) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, step := range compute(t, c.pack, domain.Input{Segments: c.given}).Trace.Steps {
				got = append(got, step.ID+" = "+step.Rule+"("+strings.Join(step.Operands, ", ")+") = "+step.Result)
			}
			want := strings.Split(strings.TrimSpace(strings.ReplaceAll(c.want, "\t", "")), "\n")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("steps (-want +got):\n%s", diff)
			}
		})
	}
}

func operandsOfIndicators(t *testing.T) []operandCase {
	t.Helper()
	bounded := func(d *domain.Definition) { d.Achievement.Floor, d.Achievement.Cap = ref("10"), ref("120") }
	zero := func(d *domain.Definition) {
		d.Achievement.Missing, d.Achievement.MissingReason = domain.PolicyZero, "begitulah aturannya"
		d.Achievement.Efficiency = &domain.EfficiencyTerms{Aspects: []domain.Aspect{domain.AspectTime}, Factor: dec("1.76"), Limit: dec("24"), Top: dec("76")}
	}
	curved := domain.IndicatorsWay{Curve: []domain.CurvePart{{From: dec("0"), To: ref("99.9999"), Low: dec("0"), High: dec("89")}, {From: dec("100"), Low: dec("109"), Attainable: ref("120")}}}
	curve := small(t, func(d *domain.Definition) { d.Achievement.Floor = ref("0") }, mean("k", curved))
	even := small(t, func(d *domain.Definition) { d.Achievement.Floor = ref("0") }, mean("k", domain.IndicatorsWay{Curve: []domain.CurvePart{{From: dec("0"), Low: dec("120"), Attainable: ref("120")}}}))
	floored := func(d *domain.Definition) { d.Achievement.Floor = ref("0") }
	way := func(combine domain.Combine) domain.Component {
		return mean("k", domain.IndicatorsWay{Combine: combine})
	}
	two := []domain.Segment{planned("r1 - 10 9", "r1 - 10 7", "r2 - 10 5")}
	categories := mean("k", domain.IndicatorsWay{Combine: domain.CombineCategories, Categories: categories8()})
	return []operandCase{
		{
			"a_floor_and_a_cap", small(t, bounded, way(domain.CombineMean)), []domain.Segment{planned("r1 - 100 5", "r2 - 100 121")}, `
			results/r1/indicators/i1/achievement_unbounded = achievement.normal(results/r1/indicators/i1/realisation, results/r1/indicators/i1/target) = 5.0000
			results/r1/indicators/i1/achievement = achievement.floor(results/r1/indicators/i1/achievement_unbounded) = 10.0000
			results/r2/indicators/i2/achievement_unbounded = achievement.normal(results/r2/indicators/i2/realisation, results/r2/indicators/i2/target) = 121.0000
			results/r2/indicators/i2/achievement = achievement.cap(results/r2/indicators/i2/achievement_unbounded) = 120.0000
			components/k = components/k(results/r1/indicators/i1/achievement, results/r2/indicators/i2/achievement) = 65.0000
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"no_realisation_counts_zero", small(t, zero, way(domain.CombineMean)), []domain.Segment{planned("r1 - 10 -", "r2 time - 9 lower-range=7-8", "r3 - - - range=7-8")}, `
			results/r1/indicators/i1/achievement = achievement.normal(results/r1/indicators/i1/target) = 0.0000
			results/r2/indicators/i2/achievement = achievement.efficiency(results/r2/indicators/i2/realisation, results/r2/indicators/i2/target_low, results/r2/indicators/i2/target_high) = 63.5000
			results/r3/indicators/i3/achievement = achievement.range(results/r3/indicators/i3/target_low, results/r3/indicators/i3/target_high) = 0.0000
			components/k = components/k(results/r1/indicators/i1/achievement, results/r2/indicators/i2/achievement, results/r3/indicators/i3/achievement) = 21.1667
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"a_curve_that_is_worth_as_much_without_the_mark", even, []domain.Segment{planned("r1 - 100 100 attainable")}, `
			results/r1/indicators/i1/achievement = achievement.normal(results/r1/indicators/i1/realisation, results/r1/indicators/i1/target) = 100.0000
			results/r1/indicators/i1/k = components/k(results/r1/indicators/i1/achievement) = 120.0000
			components/k = components/k(results/r1/indicators/i1/k) = 120.0000
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"a_curve", curve, []domain.Segment{planned("r1 - 100 100 attainable", "r2 - 100 100", "r3 - 100 50 attainable")}, `
			results/r1/indicators/i1/achievement = achievement.normal(results/r1/indicators/i1/realisation, results/r1/indicators/i1/target) = 100.0000
			results/r2/indicators/i2/achievement = achievement.normal(results/r2/indicators/i2/realisation, results/r2/indicators/i2/target) = 100.0000
			results/r3/indicators/i3/achievement = achievement.normal(results/r3/indicators/i3/realisation, results/r3/indicators/i3/target) = 50.0000
			results/r1/indicators/i1/k = components/k(results/r1/indicators/i1/achievement, results/r1/indicators/i1/attainable) = 120.0000
			results/r2/indicators/i2/k = components/k(results/r2/indicators/i2/achievement) = 109.0000
			results/r3/indicators/i3/k = components/k(results/r3/indicators/i3/achievement) = 44.5000
			components/k = components/k(results/r1/indicators/i1/k, results/r2/indicators/i2/k, results/r3/indicators/i3/k) = 91.1667
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"results", small(t, nil, way(domain.CombineResults)), two, `
			results/r1/indicators/i1/achievement = achievement.normal(results/r1/indicators/i1/realisation, results/r1/indicators/i1/target) = 90.0000
			results/r1/indicators/i2/achievement = achievement.normal(results/r1/indicators/i2/realisation, results/r1/indicators/i2/target) = 70.0000
			results/r2/indicators/i3/achievement = achievement.normal(results/r2/indicators/i3/realisation, results/r2/indicators/i3/target) = 50.0000
			results/r1/k = components/k(results/r1/indicators/i1/achievement, results/r1/indicators/i2/achievement) = 80.0000
			results/r2/k = components/k(results/r2/indicators/i3/achievement) = 50.0000
			components/k = components/k(results/r1/k, results/r2/k) = 65.0000
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"the_weakest", small(t, nil, way(domain.CombineWeakest)), two, `
			results/r1/indicators/i1/achievement = achievement.normal(results/r1/indicators/i1/realisation, results/r1/indicators/i1/target) = 90.0000
			results/r1/indicators/i2/achievement = achievement.normal(results/r1/indicators/i2/realisation, results/r1/indicators/i2/target) = 70.0000
			results/r2/indicators/i3/achievement = achievement.normal(results/r2/indicators/i3/realisation, results/r2/indicators/i3/target) = 50.0000
			results/r1/k = components/k(results/r1/indicators/i1/achievement, results/r1/indicators/i2/achievement) = 70.0000
			results/r2/k = components/k(results/r2/indicators/i3/achievement) = 50.0000
			components/k = components/k(results/r1/k, results/r2/k) = 60.0000
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"points", small(t, nil, way(domain.CombinePoints)), []domain.Segment{planned("r1 - 10 9 weight=2", "r2 - 10 5")}, `
			results/r1/indicators/i1/achievement = achievement.normal(results/r1/indicators/i1/realisation, results/r1/indicators/i1/target) = 90.0000
			results/r2/indicators/i2/achievement = achievement.normal(results/r2/indicators/i2/realisation, results/r2/indicators/i2/target) = 50.0000
			results/r1/k = components/k(results/r1/indicators/i1/achievement, results/r1/weight) = 1.8000
			components/k = components/k(results/r1/k) = 1.8000
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"categories", small(t, floored, categories), two, `
			results/r1/indicators/i1/achievement = achievement.normal(results/r1/indicators/i1/realisation, results/r1/indicators/i1/target) = 90.0000
			results/r1/indicators/i2/achievement = achievement.normal(results/r1/indicators/i2/realisation, results/r1/indicators/i2/target) = 70.0000
			results/r2/indicators/i3/achievement = achievement.normal(results/r2/indicators/i3/realisation, results/r2/indicators/i3/target) = 50.0000
			results/r1/indicators/i1/k = components/k(results/r1/indicators/i1/achievement) = needs_improvement
			results/r1/indicators/i2/k = components/k(results/r1/indicators/i2/achievement) = poor
			results/r1/k/category = components/k(results/r1/indicators/i1/k, results/r1/indicators/i2/k) = needs_improvement
			results/r1/k = components/k(results/r1/k/category) = 80.0000
			results/r2/indicators/i3/k = components/k(results/r2/indicators/i3/achievement) = very_poor
			results/r2/k/category = components/k(results/r2/indicators/i3/k) = very_poor
			results/r2/k = components/k(results/r2/k/category) = 25.0000
			components/k = components/k(results/r1/k, results/r2/k) = 52.5000
			predicate = predicate.bands(components/k) = good`,
		},
	}
}

func operandsOfComponents(t *testing.T) []operandCase {
	t.Helper()
	variants := weighted("k", weight("b", "60"), weight("t", "40"))
	variants.Weighted.Variants = []domain.WeightVariant{
		{Label: "Guru", When: domain.Condition{Families: []domain.JobFamily{domain.FamilyTeacher}}, Of: []domain.Weight{weight("b", "1")}},
		{Label: "Pelaksana", When: domain.Condition{Positions: []domain.PositionKind{domain.PositionExecutor}}, Of: []domain.Weight{weight("b", "2"), weight("t", "1")}},
		{Label: "Sekolah", When: domain.Condition{Units: []domain.UnitKind{domain.UnitSchool}, Has: []string{"b", "t"}}, Of: []domain.Weight{weight("t", "1")}},
	}
	weights := small(t, nil, behavior("b"), tasks("t"), variants)
	of := func(s domain.Segment, change func(*domain.Plan)) []domain.Segment {
		change(&s.Plan)
		return []domain.Segment{s}
	}
	capped := sum("k", "b", "t")
	capped.Floor, capped.Cap = ref("10"), ref("100")
	sums := small(t, nil, behavior("b"), tasks("t"), capped)
	attended := planned()
	attended.Attendance = &domain.Attendance{WorkingDays: 20, PresentDays: 19, LateMinutes: 45}
	minutes := small(t, nil, domain.Component{ID: "k", Places: 2, Attendance: &domain.AttendanceWay{MinutesPerDay: 450}})
	rated := planned()
	rated.Rating = &domain.Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationAbove}
	known := everything()
	known.Survey = nil
	return []operandCase{
		{
			"weights", weights, []domain.Segment{judged("90", 4)}, `
			components/b = components/b(behavior/value) = 90.0000
			components/t = components/t(tasks/count) = 2.0000
			components/k = components/k(components/b, components/t) = 54.8000
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"weights_of_what_is_known", weights, []domain.Segment{judged("90", -1)}, `
			components/b = components/b(behavior/value) = 90.0000
			components/k = components/k(components/b) = 90.0000
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"weights_by_family", weights, of(judged("90", 4), func(plan *domain.Plan) { plan.Family = domain.FamilyTeacher }), `
			components/b = components/b(behavior/value) = 90.0000
			components/t = components/t(tasks/count) = 2.0000
			components/k/variant = component.variant(plan/family) = Guru
			components/k = components/k(components/b) = 90.0000
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"weights_by_position", weights, of(judged("90", 4), func(plan *domain.Plan) { plan.Position = domain.PositionExecutor }), `
			components/b = components/b(behavior/value) = 90.0000
			components/t = components/t(tasks/count) = 2.0000
			components/k/variant = component.variant(plan/position) = Pelaksana
			components/k = components/k(components/b, components/t) = 60.6667
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"weights_by_unit_and_number", weights, of(judged("", 4), func(plan *domain.Plan) { plan.UnitKind = domain.UnitSchool }), `
			components/t = components/t(tasks/count) = 2.0000
			components/k/variant = component.variant(plan/unit_kind, components/t) = Sekolah
			components/k = components/k(components/t) = 2.0000
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"a_sum_with_a_cap", sums, []domain.Segment{judged("99", 4)}, `
			components/b = components/b(behavior/value) = 99.0000
			components/t = components/t(tasks/count) = 2.0000
			components/k/unbounded = components/k(components/b, components/t) = 101.0000
			components/k = component.cap(components/k/unbounded) = 100.0000
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"a_sum_with_a_floor", sums, []domain.Segment{judged("1", -1)}, `
			components/b = components/b(behavior/value) = 1.0000
			components/k/unbounded = components/k(components/b) = 1.0000
			components/k = component.floor(components/k/unbounded) = 10.0000
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"attendance_in_minutes", minutes, []domain.Segment{attended}, `
			components/k = components/k(attendance.present_days, attendance.working_days, attendance/late_minutes) = 94.50
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"a_rating", small(t, nil, ratings("k", domain.RatingResult)), []domain.Segment{rated}, `
			components/k = components/k(rating.result) = 80
			predicate = predicate.bands(components/k) = good`,
		},
		{
			"everything_else", small(t, nil, others()...), []domain.Segment{known}, `
			results/r1/indicators/i1/achievement = achievement.normal(results/r1/indicators/i1/realisation, results/r1/indicators/i1/target) = 110.0000
			components/r = components/r(rating.behavior) = 80
			components/o = components/o(organization.level) = 100
			components/c = components/c(contributions/1/share, contributions/1/achievement) = 90.00
			components/i = components/i(innovations/unit, innovations/agency, innovations/national) = 3
			components/e = components/e(prior/value) = 88.25
			components/t = components/t(tasks/count) = 2.0000
			predicate = predicate.bands(components/t) = good`,
		},
	}
}

// ratings is a component of a rating by the superior.
func ratings(id string, of domain.RatingKind) domain.Component {
	return domain.Component{ID: id, Rating: &domain.RatingWay{Of: of, Values: map[domain.Expectation]decimal.Decimal{
		domain.ExpectationAbove: dec("100"), domain.ExpectationMeets: dec("80"), domain.ExpectationBelow: dec("50"),
	}}}
}

// others are components of facts that few people have.
func others() []domain.Component {
	return []domain.Component{
		ratings("r", domain.RatingBehavior),
		{ID: "o", Organization: &domain.OrganizationWay{Values: map[domain.OrganizationLevel]decimal.Decimal{
			domain.OrganizationExcellent: dec("110"), domain.OrganizationGood: dec("100"), domain.OrganizationNeedsImprovement: dec("80"),
			domain.OrganizationPoor: dec("60"), domain.OrganizationVeryPoor: dec("40"),
		}}},
		{ID: "c", Places: 2, Contributions: &domain.ContributionsWay{}},
		{ID: "i", Innovations: &domain.InnovationsWay{Points: map[domain.Reach]decimal.Decimal{
			domain.ReachUnit: dec("3"), domain.ReachAgency: dec("6"), domain.ReachNational: dec("12"),
		}}},
		{ID: "e", Places: 2, Prior: &domain.PriorWay{}},
		tasks("t"),
	}
}

func operandsOfPredicates(t *testing.T) []operandCase {
	t.Helper()
	head := nurse()
	head.Plan.UnitHead, head.Survey, head.Panels, head.Attendance = true, nil, nil, nil
	innovative := part(8, "96")
	innovative.Innovations = &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachUnit, Count: 1}}}
	uninventive := part(12, "96")
	uninventive.Innovations = &domain.Innovations{}
	unrounded := small(t, func(d *domain.Definition) {
		d.Suggestion = domain.SuggestionTerms{Of: "b", Thresholds: []domain.Threshold{{Rating: domain.ExpectationAbove, From: ref("100")}, {Rating: domain.ExpectationMeets, From: ref("80")}, {Rating: domain.ExpectationBelow}}}
	}, behavior("b"))
	return []operandCase{
		{
			"the_rating_of_a_head", rules(t), []domain.Segment{head}, `
			results/r1/indicators/i1/achievement = achievement.normal(results/r1/indicators/i1/realisation, results/r1/indicators/i1/target) = 110.0000
			components/plan = components/plan(results/r1/indicators/i1/achievement) = 110.00
			unit_head.result_rating = unit_head.result_rating(organization.level) = meets
			predicate = predicate.matrix(unit_head.result_rating, rating.behavior) = good
			credit.percent = credit.percent(predicate) = 100
			credit.coefficient = credit.coefficient(position.functional_level) = 12.5
			credit = credit.convert(credit.percent, credit.coefficient, plan.months) = 12.50`,
		},
		{
			"bands_and_a_suggestion", unrounded, []domain.Segment{judged("80", -1)}, `
			components/b = components/b(behavior/value) = 80.0000
			suggestion = suggestion.rating(components/b) = meets
			predicate = predicate.bands(components/b) = good`,
		},
		{
			"a_band_that_asks_for_an_innovation", merging(t, domain.SegmentLast), []domain.Segment{innovative}, `
			components/b = components/b(behavior/value) = 96.0000
			predicate/rounded = predicate.round(components/b) = 96
			predicate = predicate.bands(predicate/rounded, innovations/unit, innovations/agency, innovations/national) = very_good
			credit.percent = credit.percent(predicate) = 150
			credit.coefficient = credit.coefficient(position.functional_level) = 12.5
			credit = credit.convert(credit.percent, credit.coefficient, plan.months) = 12.5000`,
		},
		{
			"a_band_without_the_innovation", merging(t, domain.SegmentLast), []domain.Segment{uninventive}, `
			components/b = components/b(behavior/value) = 96.0000
			predicate/rounded = predicate.round(components/b) = 96
			predicate = predicate.bands(predicate/rounded, innovations/unit, innovations/agency, innovations/national) = good
			credit.percent = credit.percent(predicate) = 100
			credit.coefficient = credit.coefficient(position.functional_level) = 12.5
			credit = credit.convert(credit.percent, credit.coefficient, plan.months) = 12.5000`,
		},
		{
			"a_band_below_it", merging(t, domain.SegmentLast), []domain.Segment{part(12, "80")}, `
			components/b = components/b(behavior/value) = 80.0000
			predicate/rounded = predicate.round(components/b) = 80
			predicate = predicate.bands(predicate/rounded) = good
			credit.percent = credit.percent(predicate) = 100
			credit.coefficient = credit.coefficient(position.functional_level) = 12.5
			credit = credit.convert(credit.percent, credit.coefficient, plan.months) = 12.5000`,
		},
		{
			"the_last_of_two_segments", merging(t, domain.SegmentLast), []domain.Segment{part(8, "80"), part(4, "67")}, `
			segments/1/components/b = components/b(segments/1/behavior/value) = 80.0000
			segments/1/predicate/rounded = predicate.round(segments/1/components/b) = 80
			segments/1/predicate = predicate.bands(segments/1/predicate/rounded) = good
			segments/1/credit.percent = credit.percent(segments/1/predicate) = 100
			segments/1/credit.coefficient = credit.coefficient(segments/1/position.functional_level) = 12.5
			segments/1/credit = credit.convert(segments/1/credit.percent, segments/1/credit.coefficient, segments/1/plan.months) = 8.3333
			segments/2/components/b = components/b(segments/2/behavior/value) = 67.0000
			segments/2/predicate/rounded = predicate.round(segments/2/components/b) = 67
			segments/2/predicate = predicate.bands(segments/2/predicate/rounded) = poor
			segments/2/credit.percent = credit.percent(segments/2/predicate) = 50
			segments/2/credit.coefficient = credit.coefficient(segments/2/position.functional_level) = 12.5
			segments/2/credit = credit.convert(segments/2/credit.percent, segments/2/credit.coefficient, segments/2/plan.months) = 2.0833
			value = segments.value(segments/1/components/b, segments/1/plan.months, segments/2/components/b, segments/2/plan.months) = 75.6667
			predicate = segments.predicate(segments/2/predicate) = poor
			credit = segments.credit(segments/1/credit, segments/2/credit) = 10.4166`,
		},
		{
			"the_value_of_two_segments", merging(t, domain.SegmentValue), []domain.Segment{innovative, part(4, "82")}, `
			segments/1/components/b = components/b(segments/1/behavior/value) = 96.0000
			segments/1/predicate/rounded = predicate.round(segments/1/components/b) = 96
			segments/1/predicate = predicate.bands(segments/1/predicate/rounded, segments/1/innovations/unit, segments/1/innovations/agency, segments/1/innovations/national) = very_good
			segments/1/credit.percent = credit.percent(segments/1/predicate) = 150
			segments/1/credit.coefficient = credit.coefficient(segments/1/position.functional_level) = 12.5
			segments/1/credit = credit.convert(segments/1/credit.percent, segments/1/credit.coefficient, segments/1/plan.months) = 12.5000
			segments/2/components/b = components/b(segments/2/behavior/value) = 82.0000
			segments/2/predicate/rounded = predicate.round(segments/2/components/b) = 82
			segments/2/predicate = predicate.bands(segments/2/predicate/rounded) = good
			segments/2/credit.percent = credit.percent(segments/2/predicate) = 100
			segments/2/credit.coefficient = credit.coefficient(segments/2/position.functional_level) = 12.5
			segments/2/credit = credit.convert(segments/2/credit.percent, segments/2/credit.coefficient, segments/2/plan.months) = 4.1667
			value = segments.value(segments/1/components/b, segments/1/plan.months, segments/2/components/b, segments/2/plan.months) = 91.3333
			predicate/rounded = predicate.round(value) = 91
			predicate = segments.predicate(predicate/rounded, segments/1/innovations/unit, segments/1/innovations/agency, segments/1/innovations/national) = very_good
			credit = segments.credit(segments/1/credit, segments/2/credit) = 16.6667`,
		},
	}
}
