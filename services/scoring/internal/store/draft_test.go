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

func TestTrials_are_the_last_of_a_content_on_each_period(t *testing.T) {
	t.Parallel()
	each(t, "the_newest_first", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		for i, trial := range []struct {
			draft, period, hash string
			failed              int
		}{
			{"ketat", "2025", "abc", 4},
			{"ketat", "2025", "abc", 2},
			{"ketat", "2026", "abc", 1},
			{"ketat", "2025", "def", 8},
			{"longgar", "2025", "abc", 9},
			{"longgar", "2026", "def", 9},
		} {
			err := s.AddTrial(t.Context(), "3402", trial.draft, app.TrialSummary{
				Period: domain.Period{Tenant: "3402", ID: trial.period}, ContentHash: trial.hash, Trier: "ani", TryTime: noon.Add(time.Duration(i) * time.Hour),
				TrialCounts: app.TrialCounts{Failed: trial.failed},
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		want := []app.TrialSummary{
			{
				Period: domain.Period{Tenant: "3402", ID: "2026"}, ContentHash: "abc", Trier: "ani", TryTime: noon.Add(2 * time.Hour),
				TrialCounts: app.TrialCounts{Failed: 1},
			},
			{
				Period: domain.Period{Tenant: "3402", ID: "2025"}, ContentHash: "abc", Trier: "ani", TryTime: noon.Add(time.Hour),
				TrialCounts: app.TrialCounts{Failed: 2},
			},
		}
		got, err := s.Trials(t.Context(), "3402", "ketat", "abc")
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatalf("trials: %v (-want +got):\n%s", err, diff)
		}
		got, err = s.Trials(t.Context(), "3374", "ketat", "abc")
		if err != nil || len(got) != 0 {
			t.Fatalf("trials of another tenant: %v, %v", got, err)
		}
	})
}
