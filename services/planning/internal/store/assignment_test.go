package store_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

func TestAssignmentUpdatesAreGuardedByTheRevision(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		next := assignment(t, "a1", "budi", "nurse", days(t, "2026-01-01", ""))
		f.must(func(ctx context.Context, tx app.Tx) error { return tx.InsertAssignment(ctx, next) })
		next.Interval.End, next.Revision = date(t, "2026-07-01"), 2
		update := func(ctx context.Context, tx app.Tx) error { return tx.UpdateAssignment(ctx, next) }
		f.must(update)
		got, err := f.Assignment(t.Context(), "3374", "a1")
		same(t, next, got, err)
		for _, revision := range []int64{1, 2, 4} {
			next.Revision = revision
			err := f.Write(t.Context(), update)
			if !errors.Is(err, app.ErrStale) {
				t.Errorf("revision %d after 2: %v", revision, err)
			}
		}
		_, err = f.Assignment(t.Context(), "3402", "a1")
		if !errors.Is(err, app.ErrNotFound) {
			t.Errorf("another tenant has it: %v", err)
		}
	})
}

func TestCountedPlansAreThoseOfThePersonAndThePositionInOpenPeriods(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		f.must(func(ctx context.Context, tx app.Tx) error {
			before, after, closed := period("2025"), period("2027"), period("2027-b")
			before.Interval, after.Interval, closed.Interval = days(t, "2025-01-01", "2026-01-01"), days(t, "2027-01-01", "2027-07-01"), days(t, "2027-07-01", "2028-01-01")
			closed.State = domain.PeriodClosed
			errs := []error{tx.InsertPeriod(ctx, before), tx.InsertPeriod(ctx, after), tx.InsertPeriod(ctx, closed)}
			for _, in := range []string{"2025", "2026", "2027", "2027-b"} {
				p := plan("p1", "budi")
				p.Period = in
				errs = append(errs, tx.InsertPlan(ctx, p))
			}
			another := plan("p2", "dewi")
			another.Post.Position = "chief"
			return errors.Join(append(errs, tx.InsertPlan(ctx, another))...)
		})
		cases := map[string]struct {
			person, position string
			days             domain.Interval
			want             []string
		}{
			"all_days_from_one_on":     {"budi", "nurse", days(t, "2026-07-01", ""), []string{"2026", "2027"}},
			"the_last_day_of_a_period": {"budi", "nurse", days(t, "2025-12-31", "2026-01-01"), []string{"2025"}},
			"days_of_a_closed_period":  {"budi", "nurse", days(t, "2027-07-01", ""), nil},
			"no_day":                   {"budi", "nurse", days(t, "2026-01-01", "2026-01-01"), nil},
			"another_position":         {"budi", "chief", days(t, "2025-01-01", ""), nil},
			"another_person":           {"dewi", "nurse", days(t, "2025-01-01", ""), nil},
		}
		for name, c := range cases {
			t.Run(name, func(t *testing.T) {
				var want []domain.PlanKey
				for _, in := range c.want {
					want = append(want, domain.PlanKey{Tenant: "3374", Period: in, ID: "p1"})
				}
				f.must(func(ctx context.Context, tx app.Tx) error {
					got, err := tx.CountedPlans(ctx, assignment(t, "a1", c.person, c.position, domain.Interval{}), c.days)
					same(t, want, got, err)
					return nil
				})
			})
		}
	})
}

// Many writers end one assignment at the same time, each on another day: none makes it longer again.
func TestConcurrentEndsOnlyShorten(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		const writers = 12
		f.assign([5]string{"budi", "nurse", "DEFINITIVE", "2020-01-01", ""})
		a := app.New(app.Ports{Store: f.Store, Clock: clock.NewFake(now), IDs: ids.Sequence("a")})
		var group sync.WaitGroup
		var done atomic.Int64
		for i := range writers {
			group.Go(func() {
				_, err := a.EndAssignment(t.Context(), "3374", "budi-nurse-2020-01-01", domain.Date{Year: 2026, Month: 5, Day: 1 + i})
				v, refused := errors.AsType[domain.RuleErrors](err)
				switch {
				case err == nil:
					done.Add(1)
				case refused && len(v) == 1 && v[0].Detail["problem"] == domain.DateAfterEnd:
				default:
					t.Errorf("writer %d: %v", i, err)
				}
			})
		}
		group.Wait()
		got, err := f.Assignment(t.Context(), "3374", "budi-nurse-2020-01-01")
		want := assignment(t, "budi-nurse-2020-01-01", "budi", "nurse", days(t, "2020-01-01", "2026-05-01"))
		want.Revision = 1 + done.Load()
		same(t, want, got, err)
	})
}
