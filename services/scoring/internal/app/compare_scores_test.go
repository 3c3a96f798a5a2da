package app_test

import (
	"slices"
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
)

const law2011 = "rulePacks/pp-46-2011/versions/1"

// TestDifferences_are_said_by_each_side_in_the_words_of_its_rules has a score by the rules of 2011, and the same person by those of
// 2021, as a later revision and as a simulation.
func TestDifferences_are_said_by_each_side_in_the_words_of_its_rules(t *testing.T) {
	t.Parallel()
	ctx := access.Trusted(t.Context())
	worst, better := domaintest.Nurse(), domaintest.Nurse()
	worst.Segments[0].Behavior, better.Segments[0].Behavior = &domain.Behavior{Value: dec("0")}, &domain.Behavior{Value: dec("40")}
	for i := range worst.Segments[0].Realisations {
		worst.Segments[0].Realisations[i].Value = dec("1")
	}
	says := func(changes []explain.Change, want string) {
		t.Helper()
		at := slices.IndexFunc(changes, func(c explain.Change) bool { return c.ID == "predicate" })
		if at < 0 {
			t.Fatal("the predicate has not changed")
		}
		if got := changes[at].Sentence; got != want {
			t.Errorf("said %q, want %q", got, want)
		}
	}
	show, _ := keptBy(t, law2011, worst, func(*domain.Score) {})
	show.Known = known{better}

	simulated, err := show.Simulate(ctx, period, "ani", app.Changes{RulePack: law2021})
	if err != nil {
		t.Fatal(err)
	}
	says(simulated.Differences, "Predikat kinerja pegawai berubah dari Buruk menjadi Cukup.")

	later, err := domain.Compute(rulesOf(t, law2021), better)
	if err != nil {
		t.Fatal(err)
	}
	score := domain.Score{Period: period, Person: "ani", Revision: 2, ComputeTime: noon, InputTime: noon, Result: later}
	err = show.Store.Apply(ctx, app.Write{Scores: []app.Revision{{Score: score}}})
	if err != nil {
		t.Fatal(err)
	}
	compared, err := show.Compare(ctx, period, "ani", 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	says(compared.Changes, "Predikat kinerja pegawai berubah dari Buruk menjadi Cukup.")
}
