package app_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// everyFact changes every fact that a simulation can change.
func everyFact() app.Changes {
	return app.Changes{
		Result: domain.ExpectationAbove, Behavior: domain.ExpectationMeets, Organization: domain.OrganizationGood,
		Attendance: &domain.Attendance{WorkingDays: 20, PresentDays: 20}, Survey: survey(10, 30),
		BehaviorValue: &domain.Behavior{Value: dec("90")},
		Contributions: []domain.Contribution{{Goal: "o1", Description: "Kota sehat", Share: dec("1"), Achievement: dec("90")}},
		Innovations:   &domain.Innovations{}, Tasks: &domain.Tasks{Count: 1}, Prior: &domain.Prior{Value: dec("80")},
	}
}

func TestSimulate_refuses_every_fact_that_the_rules_do_not_read(t *testing.T) {
	t.Parallel()
	for pack, want := range map[string][]string{
		rulePack: {"additional_tasks", "behavior", "contributions", "innovations", "prior"},
		semarang: {"additional_tasks", "behavior", "prior"},
		law2021: {
			"additional_tasks", "attendance", "behavior_rating", "contributions", "organization_level", "prior", "result_rating",
		},
		"rulePacks/integrasi-2021/versions/1": {
			"additional_tasks", "attendance", "behavior_rating", "contributions", "organization_level", "result_rating",
		},
		"rulePacks/pp-46-2011/versions/1": {
			"attendance", "behavior_rating", "contributions", "organization_level", "prior", "result_rating", "survey",
		},
	} {
		t.Run(pack, func(t *testing.T) {
			t.Parallel()
			show, _ := keptBy(t, pack, tried(), func(*domain.Score) {})
			_, err := show.Simulate(access.Trusted(t.Context()), period, "ani", everyFact())
			got := slices.Sorted(maps.Keys(violationsOf(t, err, fault.ReasonInvalidArgument)))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("refused (-want +got):\n%s", diff)
			}
		})
	}
}

// posted returns the facts with another post in the last plan.
func posted(post func(*domain.Plan)) domain.Input {
	in := tried()
	post(&in.Segments[len(in.Segments)-1].Plan)
	return in
}

func TestSimulate_refuses_every_fact_that_the_rules_do_not_read_for_the_person(t *testing.T) {
	t.Parallel()
	heads := func(p *domain.Plan) { p.UnitHead = true }
	answers := app.Changes{Panels: []domain.Panel{
		{Group: domain.GroupPublic, Count: 5, Questions: 2, Sum: 30},
		{Group: domain.GroupParents, Count: 5, Questions: 2, Sum: 30},
		{Group: domain.GroupPupils, Count: 5, Questions: 2, Sum: 30},
	}}
	cases := []struct {
		name, pack string
		post       func(*domain.Plan)
		changes    app.Changes
		want       []string
	}{
		{
			"the_rating_of_results_of_a_head", rulePack, heads, everyFact(),
			[]string{"additional_tasks", "behavior", "contributions", "innovations", "prior", "result_rating"},
		},
		{"the_answers_about_a_village_officer", marelan, func(p *domain.Plan) { p.UnitKind = domain.UnitVillage }, answers, []string{"panels[1].group", "panels[2].group"}},
		{
			"the_answers_about_a_clerk_of_a_school", marelan,
			func(p *domain.Plan) { p.UnitKind, p.Family = domain.UnitSchool, domain.FamilyOther }, answers,
			[]string{"panels[0].group", "panels[2].group"},
		},
		{
			"the_answers_about_a_teacher", marelan,
			func(p *domain.Plan) { p.UnitKind, p.Family = domain.UnitSchool, domain.FamilyTeacher }, answers,
			[]string{"panels[0].group"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			show, _ := keptBy(t, c.pack, posted(c.post), func(*domain.Score) {})
			_, err := show.Simulate(access.Trusted(t.Context()), period, "ani", c.changes)
			got := slices.Sorted(maps.Keys(violationsOf(t, err, fault.ReasonInvalidArgument)))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("refused (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSimulate_rates_the_behaviour_of_a_head_whom_nobody_has_rated asks for no rating of the results, which follows from the unit.
func TestSimulate_rates_the_behaviour_of_a_head_whom_nobody_has_rated(t *testing.T) {
	t.Parallel()
	in := posted(func(p *domain.Plan) { p.UnitHead = true })
	in.Segments[1].Rating = nil
	show, _ := keptBy(t, rulePack, in, func(*domain.Score) {})
	got, err := show.Simulate(access.Trusted(t.Context()), period, "ani", app.Changes{Behavior: domain.ExpectationMeets})
	if err != nil {
		t.Fatal(err)
	}
	if got.Score.State != domain.StateComplete || got.Score.Predicate != domain.PredicateGood {
		t.Errorf("%s %s", got.Score.State, got.Score.Predicate)
	}
	for _, d := range got.Differences {
		if d.ID == "segments/2/rating.result" {
			t.Errorf("a rating that nobody has given: %+v", d)
		}
	}
}

// TestSimulate_rates_the_results_of_a_head_where_a_component_reads_them takes rules of a region with such a component.
func TestSimulate_rates_the_results_of_a_head_where_a_component_reads_them(t *testing.T) {
	t.Parallel()
	const own = "rulePacks/own/versions/1"
	values := map[domain.Expectation]decimal.Decimal{
		domain.ExpectationAbove: dec("100"), domain.ExpectationMeets: dec("80"), domain.ExpectationBelow: dec("50"),
	}
	show, _ := keptBy(t, rulePack, posted(func(p *domain.Plan) { p.UnitHead = true }), func(*domain.Score) {})
	show.Packs = byName{rulePack: rulesOf(t, rulePack), own: asking(t, 3, domain.Component{
		ID: "superior", Label: "Penilaian pimpinan", Text: "contoh", Basis: domain.BasisPolicy, Missing: domain.PolicyExclude, Places: 2,
		Rating: &domain.RatingWay{Of: domain.RatingResult, Values: values},
	})}
	got, err := show.Simulate(access.Trusted(t.Context()), period, "ani", app.Changes{RulePack: own, Result: domain.ExpectationBelow})
	if err != nil || got.Score.Trace.Facts.Segments[1].Rating.Result != domain.ExpectationBelow {
		t.Errorf("%+v, %v", got.Score.Trace.Facts, err)
	}
}
