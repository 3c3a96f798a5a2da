package inbox_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/inbox"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

var start = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func claim(ctx context.Context, db *sqlkit.DB, consumer string, ids ...string) (fresh map[string]bool, err error) {
	err = db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		var err error
		fresh, err = inbox.Claim(ctx, tx, consumer, ids, start)
		return err
	})
	return fresh, err
}

func Test_an_event_is_fresh_once_to_each_consumer(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		tests := []struct {
			consumer string
			ids      []string
			want     map[string]bool
		}{
			{"a", []string{"1", "2", "2"}, map[string]bool{"1": true, "2": true}},
			{"a", []string{"2", "3"}, map[string]bool{"3": true}},
			{"b", []string{"2"}, map[string]bool{"2": true}},
			{"a", []string{"1", "2", "3"}, map[string]bool{}},
			{"a", nil, map[string]bool{}},
		}
		for i, test := range tests {
			got, err := claim(t.Context(), db, test.consumer, test.ids...)
			if err != nil {
				t.Fatal(err)
			}
			diff := cmp.Diff(test.want, got)
			if diff != "" {
				t.Errorf("claim %d differs (-want +got):\n%s", i, diff)
			}
		}
	})
}

func Test_a_rolled_back_claim_was_never_made(t *testing.T) {
	t.Parallel()
	cause := errors.New("no")
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		err := db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
			_, err := inbox.Claim(ctx, tx, "a", []string{"1"}, start)
			return errors.Join(err, cause)
		})
		if !errors.Is(err, cause) {
			t.Fatal(err)
		}
		fresh, err := claim(t.Context(), db, "a", "1")
		if err != nil || !fresh["1"] {
			t.Errorf("fresh %v, %v", fresh, err)
		}
	})
}

func Test_of_instances_that_claim_at_once_one_gets_each_event(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		var ids []string
		for i := range 120 { // more than one statement
			ids = append(ids, fmt.Sprintf("event-%03d", i))
		}
		var total atomic.Int64
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				fresh, err := claim(t.Context(), db, "a", ids...)
				if err != nil {
					t.Errorf("claim: %v", err)
				}
				total.Add(int64(len(fresh)))
			})
		}
		wg.Wait()
		if total.Load() != int64(len(ids)) {
			t.Errorf("%d events were fresh, want %d", total.Load(), len(ids))
		}
	})
}

func Test_old_claims_are_forgotten_and_others_stay(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		var old []string
		for i := range 1100 { // more than two batches
			old = append(old, fmt.Sprint("old-", i))
		}
		_, err := claim(t.Context(), db, "a", old...)
		if err != nil {
			t.Fatal(err)
		}
		now := clock.NewFake(start.Add(inbox.DefaultRetention))
		sweeper := inbox.NewSweeper(db, now, 0)
		n, err := sweeper.Sweep(t.Context())
		if err != nil || n != 0 {
			t.Errorf("swept %d, %v before the retention", n, err)
		}
		now.Advance(time.Second)
		n, err = sweeper.Sweep(t.Context())
		if err != nil || n != int64(len(old)) {
			t.Errorf("swept %d, %v; want %d", n, err, len(old))
		}
		stop := kittest.Run(t, sweeper.Run)
		err = stop()
		if err != nil {
			t.Error(err)
		}
	})
}
