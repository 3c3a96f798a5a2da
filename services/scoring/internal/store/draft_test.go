package store_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store"
)

func TestDrafts_keep_every_trial(t *testing.T) {
	t.Parallel()
	each(t, "also_those_of_one_moment", func(t *testing.T, s *store.Store, db *sqlkit.DB) {
		want := app.Draft{
			Tenant: "3402", ID: "ketat", Content: "id: 3402-ketat", Authors: []string{"ani", "budi"}, Author: "budi", Revision: 1,
			CreateTime: noon, UpdateTime: noon,
		}
		err := s.InsertDraft(t.Context(), want)
		if err != nil {
			t.Fatal(err)
		}
		trial := app.TrialSummary{
			Period: period, ContentHash: "abc", Trier: "ani", TryTime: noon.Add(time.Hour),
			TrialCounts: app.TrialCounts{People: 2, Up: 1, Moves: []app.Move{{Before: domain.PredicatePoor, After: domain.PredicateGood, Count: 1}}},
		}
		const triers = 8
		errs := make([]error, triers)
		var wg sync.WaitGroup
		for i := range triers {
			wg.Go(func() { errs[i] = s.AddTrial(context.WithoutCancel(t.Context()), "3402", "ketat", trial) })
		}
		wg.Wait()
		for _, err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		if n := count(t, db, "rule_pack_trials"); n != triers {
			t.Errorf("%d trials, want %d", n, triers)
		}
		got, err := s.Draft(t.Context(), "3402", "ketat")
		want.LastTrial = &trial
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatalf("draft: %v (-want +got):\n%s", err, diff)
		}
	})
}
