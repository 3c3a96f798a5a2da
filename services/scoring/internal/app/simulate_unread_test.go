package app_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

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
