package domain_test

import (
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// nurseRows is the nurse of PermenPANRB 8/2021: three results of three aspects each.
var nurseRows = []string{
	"r1 quantity 1200 1320", "r1 quality 82 86", "r1 time 10 9 lower",
	"r2 quantity 12 12", "r2 quality 98 96", "r2 time 12 12 lower",
	"r3 quantity 60 45", "r3 quality 100 100", "r3 time 100 100",
}

// categories8 are those of PermenPANRB 8/2021 for administrators and functional positions.
func categories8() *domain.CategoryTerms {
	return &domain.CategoryTerms{
		Bands: []domain.CategoryBand{
			{Category: domain.PredicateVeryGood, From: ref("101")},
			{Category: domain.PredicateGood, From: ref("100")},
			{Category: domain.PredicateNeedsImprovement, From: ref("80")},
			{Category: domain.PredicatePoor, From: ref("60")},
			{Category: domain.PredicateVeryPoor},
		},
		Combine: []domain.CategoryCombination{
			{Category: domain.PredicateVeryPoor, AtLeast: map[domain.Predicate]int{domain.PredicateVeryPoor: 2}},
			{Category: domain.PredicatePoor, AtLeast: map[domain.Predicate]int{domain.PredicateVeryPoor: 1}},
			{Category: domain.PredicatePoor, AtLeast: map[domain.Predicate]int{domain.PredicatePoor: 2}},
			{Category: domain.PredicateNeedsImprovement, AtLeast: map[domain.Predicate]int{domain.PredicatePoor: 1}},
			{Category: domain.PredicateNeedsImprovement, AtLeast: map[domain.Predicate]int{domain.PredicateNeedsImprovement: 2}},
			{Category: domain.PredicateGood, AtLeast: map[domain.Predicate]int{domain.PredicateNeedsImprovement: 1}},
			{Category: domain.PredicateVeryGood, AtLeast: map[domain.Predicate]int{domain.PredicateVeryGood: 2}},
			{Category: domain.PredicateGood},
		},
		Values: map[domain.Predicate]decimal.Decimal{
			domain.PredicateVeryGood: dec("120"), domain.PredicateGood: dec("100"), domain.PredicateNeedsImprovement: dec("80"),
			domain.PredicatePoor: dec("60"), domain.PredicateVeryPoor: dec("25"),
		},
	}
}

func TestIndicators_are_selected_and_combined(t *testing.T) {
	t.Parallel()
	floor := func(d *domain.Definition) { d.Achievement.Floor = ref("0") }
	mixed := []string{
		"r1 quantity 100 90 output", "r1 quality 100 70 outcome", "r2 time 100 50 output",
		"r3 - 100 80 additional weight=2", "r4 cost 100 120 additional outcome weight=0.5 attainable", "r5 quality 100 - output",
	}
	cases := []struct {
		name  string
		way   domain.IndicatorsWay
		given []string
		want  map[string]string
	}{
		{"the_mean_of_all", domain.IndicatorsWay{}, mixed, map[string]string{"components/k": "82.0000"}},
		{"main_work", domain.IndicatorsWay{Works: []domain.Work{domain.WorkMain}}, mixed, map[string]string{"components/k": "70.0000"}},
		{"additional_work", domain.IndicatorsWay{Works: []domain.Work{domain.WorkAdditional}}, mixed, map[string]string{"components/k": "100.0000"}},
		{"two_aspects", domain.IndicatorsWay{Aspects: []domain.Aspect{domain.AspectTime, domain.AspectCost}}, mixed, map[string]string{"components/k": "85.0000"}},
		{"a_level", domain.IndicatorsWay{Levels: []domain.Level{domain.LevelOutcome}}, mixed, map[string]string{"components/k": "95.0000"}},
		{
			"all_filters_together",
			domain.IndicatorsWay{Works: []domain.Work{domain.WorkMain}, Levels: []domain.Level{domain.LevelOutput}, Aspects: []domain.Aspect{domain.AspectQuantity}},
			mixed,
			map[string]string{"components/k": "90.0000"},
		},
		{"nothing_selected", domain.IndicatorsWay{Aspects: []domain.Aspect{domain.AspectTime}}, mixed[:1], map[string]string{"components/k": ""}},
		{
			"the_mean_of_results",
			domain.IndicatorsWay{Combine: domain.CombineResults},
			mixed,
			map[string]string{"results/r1/k": "80.0000", "results/r2/k": "50.0000", "results/r5/k": "", "components/k": "82.5000"},
		},
		{
			"the_weakest_of_results_leaves_out_half_known_pairs",
			domain.IndicatorsWay{Combine: domain.CombineWeakest},
			[]string{"r1 quantity 100 90", "r1 quality 100 70", "r2 quantity 100 60", "r2 quality 100 -", "r3 quantity 100 50"},
			map[string]string{"results/r1/k": "70.0000", "results/r2/k": "", "results/r3/k": "50.0000", "components/k": "60.0000"},
		},
		{
			"points_of_additional_work",
			domain.IndicatorsWay{Combine: domain.CombinePoints, Works: []domain.Work{domain.WorkAdditional}},
			mixed,
			map[string]string{"components/k": "2.2000"}, // 0.8 × 2 + 1.2 × 0.5
		},
		{
			"points_of_a_result_are_rounded_once",
			domain.IndicatorsWay{Combine: domain.CombinePoints},
			[]string{"r1 - 3 1 weight=0.0002", "r1 - 3 1 weight=0.0002", "r2 - 100 100 weight=10", "r2 - 100 100 weight=10", "r2 - 100 100 weight=10"},
			map[string]string{"results/r1/k": "0.0001", "results/r2/k": "10.0000", "components/k": "10.0001"}, // 0.0000666666
		},
		{
			"points_of_what_has_a_value_and_a_weight",
			domain.IndicatorsWay{Combine: domain.CombinePoints, Levels: []domain.Level{domain.LevelOutput}},
			[]string{
				"r1 - 100 100 weight=3 output", "r1 - 100 - weight=3 output", "r1 - 100 50 weight=3 outcome", "r2 - 100 - weight=1 output",
				"r3 - 100 100 output",
			},
			map[string]string{"results/r1/k": "3.0000", "results/r2/k": "", "results/r3/k": "", "components/k": "3.0000"},
		},
		{
			"categories_of_the_nurse",
			domain.IndicatorsWay{Combine: domain.CombineCategories, Categories: categories8()},
			nurseRows,
			map[string]string{
				"results/r1/indicators/i1/k": "very_good", "results/r2/indicators/i5/k": "needs_improvement", "results/r3/indicators/i7/k": "poor",
				"results/r1/k/category": "very_good", "results/r2/k/category": "good", "results/r3/k/category": "needs_improvement",
				"results/r1/k": "120.0000", "results/r2/k": "100.0000", "results/r3/k": "80.0000", "components/k": "100.0000",
			},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			expect(t, steps(t, small(t, floor, mean("k", c.way)), planned(c.given...)), c.want)
		})
	}
}

// TestCategories_of_a_result reads the decision list of PermenPANRB 8/2021 as far as two applications agree on it.
func TestCategories_of_a_result(t *testing.T) {
	t.Parallel()
	p := small(t, func(d *domain.Definition) { d.Achievement.Floor = ref("0") },
		mean("k", domain.IndicatorsWay{Combine: domain.CombineCategories, Categories: categories8()}))
	cases := []struct {
		achievements []string
		want         string
	}{
		{[]string{"101"}, "very_good"},
		{[]string{"100"}, "good"},
		{[]string{"99"}, "needs_improvement"},
		{[]string{"80"}, "needs_improvement"},
		{[]string{"79"}, "poor"},
		{[]string{"60"}, "poor"},
		{[]string{"59"}, "very_poor"},
		{[]string{"-", "59"}, "very_poor"}, // what has no realisation does not make two of one
		{[]string{"110", "110", "100"}, "very_good"},
		{[]string{"110", "100", "100"}, "good"},
		{[]string{"110", "110", "99"}, "good"},
		{[]string{"100", "98", "100"}, "good"},
		{[]string{"100", "98", "98"}, "needs_improvement"},
		{[]string{"75", "110", "110"}, "needs_improvement"},
		{[]string{"75", "70", "110"}, "poor"},
		{[]string{"10", "110", "110"}, "poor"},
		{[]string{"10", "20", "110"}, "very_poor"},
	}
	for _, c := range cases {
		t.Run(strings.Join(c.achievements, "_"), func(t *testing.T) {
			t.Parallel()
			var lines []string
			for _, achievement := range c.achievements {
				lines = append(lines, "r1 - 100 "+achievement)
			}
			expect(t, steps(t, p, planned(lines...)), map[string]string{"results/r1/k/category": c.want})
		})
	}
}

// TestCurve_of_8_2021 turns whole achievements into values, as PermenPANRB 8/2021 does for leaders.
func TestCurve_of_8_2021(t *testing.T) {
	t.Parallel()
	part := func(from, to, low, high string) domain.CurvePart {
		part := domain.CurvePart{From: dec(from), Low: dec(low)}
		if to != "" {
			part.To, part.High = ref(to), dec(high)
		}
		return part
	}
	curve := []domain.CurvePart{
		part("0", "59", "0", "49"), part("60", "79", "50", "69"), part("80", "99", "70", "89"), part("100", "100", "109", "109"),
		part("101", "110", "110", "120"), part("111", "", "120", ""),
	}
	curve[3].Attainable = ref("120")
	p := smallWhole(t, mean("k", domain.IndicatorsWay{Curve: curve}))
	for achievement, want := range map[string]string{
		"111": "120.0000", "110": "120.0000", "105": "114.4444", "104": "113.3333", "102": "111.1111", "101": "110.0000", "100": "109.0000",
		"99": "89.0000", "98": "88.0000", "92": "82.0000", "80": "70.0000", "79": "69.0000", "60": "50.0000", "59": "49.0000", "0": "0.0000",
		"99.5": "109.0000", "99.4": "89.0000", "500": "120.0000",
	} {
		t.Run(achievement, func(t *testing.T) {
			t.Parallel()
			expect(t, steps(t, p, planned("r1 - 100 "+achievement)), map[string]string{"results/r1/indicators/i1/k": want, "components/k": want})
		})
	}
	t.Run("at_the_most_that_can_be_attained", func(t *testing.T) {
		t.Parallel()
		expect(t, steps(t, p, planned("r1 - 100 100 attainable", "r2 - 100 98 attainable")), map[string]string{
			"results/r1/indicators/i1/k": "120.0000", "results/r2/indicators/i2/k": "88.0000", "components/k": "104.0000",
		})
	})
	t.Run("a_head_of_department", func(t *testing.T) { // KU 2830/27 of domain: 104.8148
		t.Parallel()
		got := steps(t, p, planned("r1 - 12000 12480", "r2 - 10 9.5 lower", "r3 - - 92 range=80-90", "r4 - 100 100 attainable", "r5 - 85 83.3", "r6 - 500 540 lower"))
		expect(t, got, map[string]string{
			"results/r1/indicators/i1/achievement": "104", "results/r2/indicators/i2/achievement": "105", "results/r3/indicators/i3/achievement": "102",
			"results/r6/indicators/i6/k": "82.0000", "components/k": "104.8148",
		})
	})
}

func TestAchievements_are_bounded_and_shown_before(t *testing.T) {
	t.Parallel()
	p := small(t, func(d *domain.Definition) { d.Achievement.Floor, d.Achievement.Cap = ref("10"), ref("120") }, mean("k", domain.IndicatorsWay{}))
	expect(t, steps(t, p, planned("r1 - 100 5", "r2 - 100 10", "r3 - 100 120", "r4 - 100 120.01", "r5 - 10 25 lower")), map[string]string{
		"results/r1/indicators/i1/achievement_unbounded": "5.0000", "results/r1/indicators/i1/achievement": "10.0000",
		"results/r2/indicators/i2/achievement_unbounded": "", "results/r2/indicators/i2/achievement": "10.0000",
		"results/r3/indicators/i3/achievement_unbounded": "", "results/r3/indicators/i3/achievement": "120.0000",
		"results/r4/indicators/i4/achievement_unbounded": "120.0100", "results/r4/indicators/i4/achievement": "120.0000",
		"results/r5/indicators/i5/achievement_unbounded": "-50.0000", "results/r5/indicators/i5/achievement": "10.0000",
		"components/k": "54.0000",
	})
}
