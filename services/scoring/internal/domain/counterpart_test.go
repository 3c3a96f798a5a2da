package domain_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// held is a segment of a plan for so many months.
func held(plan string, months int64, goals ...domain.Contribution) domain.Segment {
	return domain.Segment{Plan: domain.Plan{Source: plan, Unit: plan, Months: months}, Contributions: goals}
}

func goal(name, achievement string) domain.Contribution {
	return domain.Contribution{Goal: name, Description: name, Share: decimal.Ten, Achievement: decimal.MustParse(achievement)}
}

func TestDifferences_compare_plans_and_goals_by_their_names(t *testing.T) {
	t.Parallel()
	gone := func(prefix, plan, months string) []domain.Difference {
		return []domain.Difference{
			{ID: prefix + "plan.unit", Before: plan}, {ID: prefix + "plan.months", Before: months}, {ID: prefix + "position.unit_head", Before: "false"},
		}
	}
	goalGone := func(prefix, name, achievement string) []domain.Difference {
		return []domain.Difference{
			{ID: prefix + "goal", Before: name},
			{ID: prefix + "description", Before: name},
			{ID: prefix + "share", Before: "10"},
			{ID: prefix + "achievement", Before: achievement},
		}
	}
	come := func(all []domain.Difference) []domain.Difference {
		for i := range all {
			all[i].Before, all[i].After = "", all[i].Before
		}
		return all
	}
	a, b, c := held("a", 4), held("b", 4), held("c", 4)
	cases := []struct {
		name          string
		before, after []domain.Segment
		want          []domain.Difference
	}{
		{"a_second_plan", []domain.Segment{a}, []domain.Segment{a, b}, come(gone("segments/2/", "b", "4"))},
		{"a_plan_before", []domain.Segment{b}, []domain.Segment{a, b}, come(gone("segments/1/", "a", "4"))},
		{
			"a_second_plan_that_cuts_the_first_short",
			[]domain.Segment{held("a", 12)},
			[]domain.Segment{a, b},
			slices.Concat([]domain.Difference{{ID: "segments/1/plan.months", Before: "12", After: "4"}}, come(gone("segments/2/", "b", "4"))),
		},
		{"the_second_plan_is_gone", []domain.Segment{a, b}, []domain.Segment{a}, gone("segments/former-2/", "b", "4")},
		{"the_first_plan_is_gone", []domain.Segment{a, b}, []domain.Segment{b}, gone("segments/former-1/", "a", "4")},
		{
			"the_second_of_two_plans_is_replaced",
			[]domain.Segment{a, b},
			[]domain.Segment{a, c},
			slices.Concat(come(gone("segments/2/", "c", "4")), gone("segments/former-2/", "b", "4")),
		},
		{
			"the_first_of_two_plans_is_replaced_and_comes_last",
			[]domain.Segment{a, b},
			[]domain.Segment{b, c},
			slices.Concat(come(gone("segments/2/", "c", "4")), gone("segments/former-1/", "a", "4")),
		},
		{"two_plans_change_places", []domain.Segment{a, b}, []domain.Segment{b, a}, nil},
		{"the_only_plan_is_replaced", []domain.Segment{a}, []domain.Segment{b}, slices.Concat(come(gone("", "b", "4")), gone("segments/former-1/", "a", "4"))},
		{"two_plans_have_no_names", []domain.Segment{held("", 4), held("", 8)}, []domain.Segment{held("", 4), held("", 8)}, nil},
		{
			"a_goal_before_another",
			[]domain.Segment{held("a", 4, goal("b", "95"))},
			[]domain.Segment{held("a", 4, goal("a", "80"), goal("b", "95"))},
			come(goalGone("contributions/1/", "a", "80")),
		},
		{
			"the_first_goal_is_gone_and_the_second_changes",
			[]domain.Segment{held("a", 4, goal("a", "80"), goal("b", "95"))},
			[]domain.Segment{held("a", 4, goal("b", "96"))},
			slices.Concat([]domain.Difference{{ID: "contributions/1/achievement", Before: "95", After: "96"}}, goalGone("contributions/former-1/", "a", "80")),
		},
		{
			"a_goal_of_what_is_the_first_of_two_plans_now",
			[]domain.Segment{held("b", 4, goal("b", "95"))},
			[]domain.Segment{held("b", 4, goal("a", "80"), goal("b", "95")), a},
			slices.Concat(come(goalGone("segments/1/contributions/1/", "a", "80")), come(gone("segments/2/", "a", "4"))),
		},
		{
			"the_goal_of_a_plan_that_is_gone",
			[]domain.Segment{a, held("b", 4, goal("b", "95"))},
			[]domain.Segment{held("a", 4, goal("b", "95"))},
			slices.Concat(come(goalGone("contributions/1/", "b", "95")), gone("segments/former-2/", "b", "4"), goalGone("segments/former-2/contributions/1/", "b", "95")),
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			result := func(segments []domain.Segment) *domain.Result {
				return &domain.Result{Trace: domain.Trace{Facts: domain.Input{Segments: segments}}}
			}
			got := domain.Differences(result(c.before), result(c.after))
			for i := range got {
				got[i].Label = ""
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}
