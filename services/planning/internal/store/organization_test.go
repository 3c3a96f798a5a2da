package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// assign inserts assignments: person, position, kind, start, end.
func (f fixture) assign(rows ...[5]string) {
	f.t.Helper()
	f.must(func(ctx context.Context, tx app.Tx) error {
		var errs []error
		for _, r := range rows {
			a := assignment(f.t, r[0]+"-"+r[1]+"-"+r[3], r[0], r[1], days(f.t, r[3], r[4]))
			a.Kind = domain.AssignmentKind(r[2])
			errs = append(errs, tx.InsertAssignment(ctx, a))
		}
		return errors.Join(errs...)
	})
}

func TestStandingsAreThoseOfTheDay(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		ctx := t.Context()
		f.assign(
			[5]string{"budi", "nurse", "DEFINITIVE", "2020-01-01", ""},
			[5]string{"budi", "chief", "ACTING", "2026-02-01", "2026-03-01"},
			[5]string{"citra", "chief", "DEFINITIVE", "2020-01-01", "2026-02-01"},
		)
		nurse := domain.Holding{Position: "nurse", Superior: "chief", SuperiorsSuperior: "head"}
		chief := domain.Holding{Position: "chief", Superior: "head", SuperiorsSuperior: "mayor"}
		cases := map[string]map[string]domain.Standing{
			"2019-12-31": {"budi": {Person: "budi"}, "citra": {Person: "citra"}},
			"2026-01-31": {"budi": {Person: "budi", Holdings: []domain.Holding{nurse}}, "citra": {Person: "citra", Holdings: []domain.Holding{chief}}},
			"2026-02-01": {"budi": {Person: "budi", Holdings: []domain.Holding{nurse, chief}}, "citra": {Person: "citra"}},
			"2026-02-28": {"budi": {Person: "budi", Holdings: []domain.Holding{nurse, chief}}, "citra": {Person: "citra"}},
			"2026-03-01": {"budi": {Person: "budi", Holdings: []domain.Holding{nurse}}, "citra": {Person: "citra"}},
		}
		for on, want := range cases {
			got, err := f.Standings(ctx, "3374", []string{"budi", "citra", "nobody"}, date(t, on))
			for _, s := range got {
				sortHoldings(s.Holdings)
			}
			for _, s := range want {
				sortHoldings(s.Holdings)
			}
			same(t, want, got, err)
		}
		none, err := f.Standings(ctx, "3402", []string{"budi"}, date(t, "2026-02-01"))
		same(t, map[string]domain.Standing{}, none, err)
	})
}

func sortHoldings(h []domain.Holding) {
	if len(h) == 2 && h[0].Position > h[1].Position {
		h[0], h[1] = h[1], h[0]
	}
}

func TestDefinitivePositionLeavesOutActing(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		f.assign(
			[5]string{"budi", "nurse", "DEFINITIVE", "2026-01-01", "2026-03-01"},
			[5]string{"budi", "chief", "ACTING", "2026-01-01", ""},
			[5]string{"budi", "head", "DAILY_ACTING", "2026-01-01", ""},
		)
		got, err := f.DefinitivePosition(t.Context(), "3374", "budi", date(t, "2026-02-28"))
		same(t, position("nurse", "clinic", "chief"), got, err)
		_, err = f.DefinitivePosition(t.Context(), "3374", "budi", date(t, "2026-03-01"))
		if !errors.Is(err, app.ErrNotFound) {
			t.Fatalf("got %v", err)
		}
	})
}

func TestUnitsAreFoundByTheirHeadsAndFromBelow(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		ctx := t.Context()
		f.assign(
			[5]string{"ani", "head", "DEFINITIVE", "2026-01-01", "2026-03-01"},
			[5]string{"ani", "chief", "DAILY_ACTING", "2026-02-01", "2026-02-10"},
			[5]string{"budi", "nurse", "DEFINITIVE", "2026-01-01", ""},
		)
		for on, want := range map[string]int{"2025-12-31": 0, "2026-01-01": 1, "2026-02-01": 2, "2026-02-10": 1, "2026-03-01": 0} {
			got, err := f.HeadedUnits(ctx, "3374", "ani", date(t, on))
			same(t, want, len(got), err)
		}
		none, err := f.HeadedUnits(ctx, "3374", "budi", date(t, "2026-02-01"))
		same(t, nil, none, err)
		above, err := f.UnitAndAbove(ctx, "3374", "clinic")
		same(t, []string{"clinic", "health", "city"}, above, err)
		above, err = f.UnitAndAbove(ctx, "3374", "nowhere")
		same(t, nil, above, err)
	})
}

func TestOverlappingAssignmentsAreThoseOfThePositionOrThePerson(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		f.assign(
			[5]string{"ani", "nurse", "DEFINITIVE", "2026-01-01", "2026-02-01"},
			[5]string{"budi", "chief", "DEFINITIVE", "2026-03-01", ""},
			[5]string{"citra", "head", "DEFINITIVE", "2020-01-01", ""},
		)
		cases := map[string]struct {
			interval domain.Interval
			want     int
		}{
			"both":          {days(t, "2026-01-31", "2026-03-02"), 2},
			"neither":       {days(t, "2026-02-01", "2026-03-01"), 0},
			"one_that_goes": {days(t, "2026-02-01", ""), 1},
			"before":        {days(t, "2025-01-01", "2026-01-01"), 0},
		}
		for name, c := range cases {
			f.must(func(ctx context.Context, tx app.Tx) error {
				got, err := tx.OverlappingAssignments(ctx, assignment(t, "new", "budi", "nurse", c.interval))
				if len(got) != c.want {
					t.Errorf("%s: %d assignments, want %d", name, len(got), c.want)
				}
				for _, a := range got {
					if !a.Interval.Overlaps(c.interval) || a.ID == "" || a.CreateTime != now {
						t.Errorf("%s: got %+v", name, a)
					}
				}
				return err
			})
		}
	})
}

func TestLockPostTellsWhichSideExists(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		f.must(func(ctx context.Context, tx app.Tx) error {
			for _, c := range []struct {
				position, person string
				want             app.PostLock
			}{
				{"nurse", "budi", app.PostLock{Position: true, Person: true}},
				{"nurse", "nobody", app.PostLock{Position: true}},
				{"nothing", "budi", app.PostLock{Person: true}},
				{"", "", app.PostLock{}},
			} {
				got, err := tx.LockPost(ctx, "3374", c.position, c.person)
				same(t, c.want, got, err)
			}
			return nil
		})
	})
}

// Many writers want the same position, or the same person, at the same time: one may have it.
func TestConcurrentAssignmentsNeverOverlap(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		const writers = 12
		f.must(func(ctx context.Context, tx app.Tx) error {
			var errs []error
			for i := range writers {
				p := person(fmt.Sprintf("p-%02d", i))
				p.NIP = fmt.Sprintf("1990010120250110%02d", i+1)
				errs = append(errs, tx.InsertPerson(ctx, p), tx.InsertPosition(ctx, position(fmt.Sprintf("post-%02d", i), "clinic", "")))
			}
			return errors.Join(errs...)
		})
		cases := map[string]func(i int) domain.Assignment{
			"one_position": func(i int) domain.Assignment {
				return domain.Assignment{Person: fmt.Sprintf("p-%02d", i), Position: "nurse"}
			},
			"one_person": func(i int) domain.Assignment {
				return domain.Assignment{Person: "dewi", Position: fmt.Sprintf("post-%02d", i)}
			},
		}
		a := app.New(app.Ports{Store: f.Store, Clock: clock.NewFake(now), IDs: ids.Sequence("a")})
		for name, wanted := range cases {
			t.Run(name, func(t *testing.T) {
				var group sync.WaitGroup
				var done, overlapped atomic.Int32
				for i := range writers {
					group.Go(func() {
						as := wanted(i)
						as.Tenant, as.Kind, as.Interval = "3374", domain.AssignmentDefinitive, days(t, "2026-05-01", "")
						_, err := a.CreateAssignment(t.Context(), as, nil)
						b, refused := errors.AsType[domain.RuleError](err)
						switch {
						case err == nil:
							done.Add(1)
						case refused && b.Rule == domain.RuleOverlap:
							overlapped.Add(1)
						default:
							t.Errorf("writer %d: %v", i, err)
						}
					})
				}
				group.Wait()
				if done.Load() != 1 || overlapped.Load() != writers-1 {
					t.Errorf("%d assignments and %d refusals, want 1 and %d", done.Load(), overlapped.Load(), writers-1)
				}
			})
		}
	})
}
