package domain_test

import (
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// TestEfficiency_of_pp_46_2011 holds time and cost to the vectors of Perka BKN 1/2013: a target, what was needed, the value.
func TestEfficiency_of_pp_46_2011(t *testing.T) {
	t.Parallel()
	p := small(t, func(d *domain.Definition) {
		d.Achievement.Efficiency = &domain.EfficiencyTerms{
			Aspects: []domain.Aspect{domain.AspectTime, domain.AspectCost}, Factor: dec("1.76"), Limit: dec("24"), Top: dec("76"),
		}
	}, mean("k", domain.IndicatorsWay{Combine: domain.CombineResults}))
	for line, want := range map[string]string{
		"r1 time 5 4 lower":                "96.0000",
		"r1 time 12 12 lower":              "76.0000",
		"r1 time 12 11 lower":              "84.3333",
		"r1 time 12 6 lower":               "50.0000",
		"r1 time 10 12 lower":              "56.0000",
		"r1 time 100 76 lower":             "100.0000",
		"r1 cost 100 75 lower":             "75.0000",
		"r1 cost 30 20 lower":              "66.6667",
		"r1 time 100 75.9999 lower":        "75.9999",
		"r1 time - 6 lower-range=7-8":      "90.2857", // below: the lower bound
		"r1 time - 9 lower-range=7-8":      "63.5000", // above: the upper bound
		"r1 time - 7 lower-range=7-8":      "76.0000", // within: on target
		"r1 time - 7.4 lower-range=7-8":    "76.0000",
		"r1 time - 7.6 lower-range=7-8":    "76.0000",
		"r1 time - 8 lower-range=7-8":      "76.0000",
		"r1 time - 6.9999 lower-range=7-8": "76.0014",
		"r1 time - 8.0001 lower-range=7-8": "75.9988",
		"r1 quantity 50 48":                "96.0000", // another aspect has the formula of its indicator
		"r1 time 1000 0.0001 lower":        "0.0000",
		"r1 time 1 0 lower":                "0.0000",
		"r1 time 100 76.0001 lower":        "99.9999",
		"r1 time 100 90":                   "90.0000", // not to be saved
		"r1 cost - 70 range=80-90":         "87.5000",
	} {
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			expect(t, steps(t, p, planned(line)), map[string]string{"results/r1/indicators/i1/achievement": want})
		})
	}
	t.Run("two_rows_and_additional_tasks", func(t *testing.T) {
		t.Parallel()
		got := steps(t, p, planned("r1 quantity 10 10", "r1 quality 100 90", "r1 time 12 11 lower", "r2 quantity 50 48", "r2 quality 90 85", "r2 time 9 9 lower"))
		expect(t, got, map[string]string{"results/r1/k": "91.4444", "results/r2/k": "88.8148", "components/k": "90.1296"})
	})
}

func TestWays_from_facts(t *testing.T) {
	t.Parallel()
	panel := func(minimum int64, scale string) domain.Component {
		k := domain.Component{ID: "k", Places: 2, Panel: &domain.PanelWay{Group: domain.GroupPeers, Minimum: minimum, AnswerMin: 1, AnswerMax: 4}}
		if scale != "" {
			k.Panel.Scale = ref(scale)
		}
		return k
	}
	answers := func(count, questions, sum int64) domain.Segment {
		s := planned()
		s.Panels = []domain.Panel{{Group: domain.GroupPeers, Count: count, Questions: questions, Sum: sum}}
		return s
	}
	attendance := func(minutes int64) domain.Component {
		return domain.Component{ID: "k", Places: 2, Attendance: &domain.AttendanceWay{MinutesPerDay: minutes}}
	}
	present := func(working, present, late int64) domain.Segment {
		s := planned()
		s.Attendance = &domain.Attendance{WorkingDays: working, PresentDays: present, LateMinutes: late, Source: "attendances/a"}
		return s
	}
	rating := func(of domain.RatingKind) domain.Component {
		return domain.Component{ID: "k", Rating: &domain.RatingWay{Of: of, Values: map[domain.Expectation]decimal.Decimal{
			domain.ExpectationAbove: dec("100"), domain.ExpectationMeets: dec("80"), domain.ExpectationBelow: dec("50"),
		}}}
	}
	rated := planned()
	rated.Rating = &domain.Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationBelow}
	headed := rated
	headed.Plan.UnitHead, headed.Organization = true, &domain.Organization{Level: domain.OrganizationExcellent}
	organization := domain.Component{ID: "k", Places: 1, Organization: &domain.OrganizationWay{Values: map[domain.OrganizationLevel]decimal.Decimal{
		domain.OrganizationExcellent: dec("110"), domain.OrganizationGood: dec("100"), domain.OrganizationNeedsImprovement: dec("80"),
		domain.OrganizationPoor: dec("60"), domain.OrganizationVeryPoor: dec("40"),
	}}}
	goals := planned()
	goals.Contributions = []domain.Contribution{
		{Goal: "g2", Share: dec("1"), Achievement: dec("100")}, {Goal: "g1", Share: dec("2"), Achievement: dec("70.01")},
	}
	innovations := domain.Component{ID: "k", Innovations: &domain.InnovationsWay{Points: map[domain.Reach]decimal.Decimal{
		domain.ReachUnit: dec("3"), domain.ReachAgency: dec("6"), domain.ReachNational: dec("12"),
	}}}
	innovative := func(counts ...domain.InnovationCount) domain.Segment {
		s := planned()
		s.Innovations = &domain.Innovations{Counts: counts}
		return s
	}
	tasked := func(n int64) domain.Segment {
		s := planned()
		s.Tasks = &domain.Tasks{Count: n}
		return s
	}
	behaved := planned()
	behaved.Behavior = &domain.Behavior{Value: dec("95.5555")}
	taken := planned()
	taken.Prior = &domain.Prior{Value: dec("90.1235")}
	cases := []struct {
		name      string
		component domain.Component
		given     domain.Segment
		want      string
	}{
		{"a_panel", panel(3, ""), answers(4, 7, 91), "3.25"},
		{"a_panel_with_a_scale", panel(3, "100"), answers(4, 7, 91), "81.25"},
		{"a_panel_with_a_scale_is_rounded_once", panel(3, "100"), answers(3, 1, 8), "66.67"},
		{"a_panel_at_the_minimum", panel(3, ""), answers(3, 1, 8), "2.67"},
		{"a_panel_below_the_minimum", panel(3, ""), answers(2, 1, 8), ""},
		{"a_panel_of_others", panel(3, ""), planned(), ""},
		{"attendance_in_days", attendance(0), present(240, 230, 999), "95.83"},
		{"attendance_in_minutes", attendance(450), present(20, 19, 45), "94.50"},
		{"attendance_in_days_of_a_minute", attendance(1), present(20, 19, 5), "70.00"},
		{"attendance_is_never_below_zero", attendance(450), present(20, 1, 9999), "0.00"},
		{"the_rating_of_results", rating(domain.RatingResult), rated, "80"},
		{"the_rating_of_behavior", rating(domain.RatingBehavior), rated, "50"},
		{"the_rating_of_a_head_is_the_superiors", rating(domain.RatingResult), headed, "80"},
		{"no_rating", rating(domain.RatingResult), planned(), ""},
		{"the_rating_of_the_organisation", organization, headed, "110.0"},
		{"no_rating_of_the_organisation", organization, rated, ""},
		{"behavior_is_rounded", domain.Component{ID: "k", Places: 3, Behavior: &domain.BehaviorWay{}}, behaved, "95.556"},
		{"contributions_by_share", domain.Component{ID: "k", Places: 2, Contributions: &domain.ContributionsWay{}}, goals, "80.01"},
		{"no_contributions", domain.Component{ID: "k", Places: 2, Contributions: &domain.ContributionsWay{}}, planned(), ""},
		{"innovations", innovations, innovative(domain.InnovationCount{Reach: domain.ReachNational, Count: 1}, domain.InnovationCount{Reach: domain.ReachUnit, Count: 2}), "18"},
		{"known_to_have_none", innovations, innovative(), "0"},
		{"nothing_known_of_innovations", innovations, planned(), ""},
		{"no_task", tasks("k"), tasked(0), "0.0000"},
		{"one_task", tasks("k"), tasked(1), "1.0000"},
		{"three_tasks", tasks("k"), tasked(3), "1.0000"},
		{"four_tasks", tasks("k"), tasked(4), "2.0000"},
		{"many_tasks", tasks("k"), tasked(1000), "3.0000"},
		{"nothing_known_of_tasks", tasks("k"), planned(), ""},
		{"a_prior_value_is_rounded", domain.Component{ID: "k", Places: 3, Prior: &domain.PriorWay{}}, taken, "90.124"},
		{"no_prior_value", domain.Component{ID: "k", Places: 3, Prior: &domain.PriorWay{}}, planned(), ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			expect(t, steps(t, small(t, nil, c.component), c.given), map[string]string{"components/k": c.want})
		})
	}
}

func TestPanels_below_the_minimum_leave_no_trace(t *testing.T) {
	t.Parallel()
	p := small(t, nil, domain.Component{ID: "k", Panel: &domain.PanelWay{Group: domain.GroupPeers, Minimum: 3, AnswerMax: 4}})
	s := planned()
	s.Panels = []domain.Panel{
		{Group: domain.GroupPeers, Count: 2, Questions: 7, Sum: 40},
		{Group: domain.GroupPupils, Count: 40, Questions: 7, Sum: 1000}, // the pack knows no minimum of them
	}
	result := compute(t, p, one(s))
	for _, input := range result.Trace.Inputs() {
		if strings.HasPrefix(input.ID, "panels/") {
			t.Errorf("the trace shows %s", input.ID)
		}
	}
	if len(result.Record.Facts.Segments[0].Panels) != 0 {
		t.Error("the record keeps their answers")
	}
}
