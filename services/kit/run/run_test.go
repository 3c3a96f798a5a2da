package run_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/kinerja-suite/kinerja/services/kit/run"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// journal notes what happened, in order.
type journal struct {
	mu    sync.Mutex
	lines []string
}

func (j *journal) note(line string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, line)
}

func (j *journal) expect(t *testing.T, want ...string) {
	t.Helper()
	j.mu.Lock()
	defer j.mu.Unlock()
	if diff := cmp.Diff(want, j.lines); diff != "" {
		t.Fatalf("order (-want +got):\n%s", diff)
	}
}

// unit returns a unit that runs until it is stopped and notes each step.
func (j *journal) unit(name string) run.Unit {
	stop := make(chan struct{})
	return run.Unit{
		Name:  name,
		Start: func(context.Context) error { j.note("start " + name); return nil },
		Run: func(ctx context.Context) error {
			select {
			case <-stop:
			case <-ctx.Done():
			}
			j.note("end " + name)
			return nil
		},
		Stop: func(context.Context) error { j.note("stop " + name); close(stop); return nil },
	}
}

func group() *run.Group { return run.NewGroup(slog.New(slog.DiscardHandler)) }

func TestGroup(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")

	t.Run("units_start_in_order_and_stop_in_reverse", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			j := &journal{}
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			err := group().Add(j.unit("a"), j.unit("b")).Add(j.unit("c")).Run(ctx)
			if err != nil {
				t.Fatal(err)
			}
			j.expect(t, "start a", "start b", "start c", "stop c", "end c", "stop b", "end b", "stop a", "end a")
		})
	})
	t.Run("a_failed_start_unwinds_what_had_started", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			j := &journal{}
			bad := run.Unit{Name: "bad", Start: func(context.Context) error { return boom }, Stop: func(context.Context) error { j.note("stop bad"); return nil }}
			err := group().Add(j.unit("a"), j.unit("b"), bad, j.unit("c")).Run(t.Context())
			if !errors.Is(err, boom) || !strings.Contains(err.Error(), "start bad") {
				t.Fatalf("got %v", err)
			}
			j.expect(t, "start a", "start b", "stop b", "end b", "stop a", "end a")
		})
	})
	t.Run("a_unit_that_fails_stops_all", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			j := &journal{}
			bad := run.Runner{Name: "bad", Run: func(context.Context) error { <-time.After(time.Minute); return boom }}
			err := group().Add(j.unit("a")).Add(run.Units(bad)...).Add(j.unit("b")).Run(t.Context())
			if !errors.Is(err, boom) || !strings.Contains(err.Error(), "run bad") {
				t.Fatalf("got %v", err)
			}
			j.expect(t, "start a", "start b", "stop b", "end b", "stop a", "end a")
		})
	})
	t.Run("a_unit_that_ends_early_is_a_failure", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			err := group().Add(run.Unit{Name: "short", Run: func(context.Context) error { return nil }}).Run(t.Context())
			if !errors.Is(err, run.ErrEnded) {
				t.Fatalf("got %v", err)
			}
		})
	})
	t.Run("a_panic_is_a_failure_that_names_the_unit", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			j := &journal{}
			err := group().Add(j.unit("a"), run.Unit{Name: "mad", Run: func(context.Context) error { panic("aduh") }}).Run(t.Context())
			if err == nil || !strings.Contains(err.Error(), "run mad: panic: aduh") {
				t.Fatalf("got %v", err)
			}
			j.expect(t, "start a", "stop a", "end a")
		})
	})
	t.Run("a_failure_while_a_later_unit_starts_ends_that_start", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
			defer cancel()
			slow := run.Unit{Name: "slow", Start: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}
			bad := run.Unit{Name: "bad", Run: func(context.Context) error { return boom }}
			err := group().Add(bad, slow).Run(ctx)
			if !errors.Is(err, boom) {
				t.Fatalf("got %v", err)
			}
		})
	})
	t.Run("a_unit_that_hangs_is_left_behind_after_its_deadline", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			j := &journal{}
			release := make(chan struct{})
			hang := run.Unit{
				Name: "hang", StopTimeout: 3 * time.Second,
				Run:  func(context.Context) error { <-release; return nil },
				Stop: func(context.Context) error { <-release; return nil },
			}
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			began := time.Now() //nolint:forbidigo // how long it really takes
			err := group().Add(j.unit("a"), hang, j.unit("b")).Run(ctx)
			if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "stop hang") {
				t.Fatalf("got %v", err)
			}
			if took := time.Since(began); took != 4*time.Second {
				t.Fatalf("took %v", took)
			}
			j.expect(t, "start a", "start b", "stop b", "end b", "stop a", "end a")
			close(release)
		})
	})
	t.Run("errors_of_stopping_are_all_returned", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			late := errors.New("late")
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			err := group().Add(
				run.Unit{Name: "a", Stop: func(context.Context) error { return boom }},
				run.Unit{Name: "b", Run: func(ctx context.Context) error { <-ctx.Done(); return late }},
				run.Unit{Name: "c", Run: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }},
			).Run(ctx)
			if !errors.Is(err, boom) || !errors.Is(err, late) || errors.Is(err, context.Canceled) {
				t.Fatalf("got %v", err)
			}
		})
	})
	t.Run("units_run_on_until_their_own_turn_to_stop", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(time.Second, cancel)
			var during error
			first := make(chan context.Context, 1)
			err := group().Add(
				run.Unit{Name: "engine", Run: func(ctx context.Context) error { first <- ctx; <-ctx.Done(); return nil }},
				run.Unit{Name: "user", Stop: func(context.Context) error { during = (<-first).Err(); return nil }},
			).Run(ctx)
			if err != nil || during != nil {
				t.Fatalf("the engine had ended (%v) while its user stopped: %v", during, err)
			}
		})
	})
}

func TestRequire_names_all_that_is_missing(t *testing.T) {
	t.Parallel()
	err := run.Require(map[string]bool{"NATS": false, "Clock": true, "DB": false})
	if err == nil || err.Error() != "dependencies are missing: DB, NATS" {
		t.Errorf("got %v", err)
	}
	err = run.Require(map[string]bool{"Clock": true})
	if err != nil {
		t.Errorf("nothing is missing, and yet: %v", err)
	}
}
