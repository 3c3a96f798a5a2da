package kittest

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"
)

const (
	// awaitTimeout is long enough for the slowest step of a test on a machine with much else to do, since it only ends what
	// would never end.
	awaitTimeout = time.Minute
	awaitEvery   = 5 * time.Millisecond
)

// Await returns when done reports true and fails the test when it has not within a minute; what says
// what is waited for.
func Await(tb testing.TB, what string, done func() bool) {
	tb.Helper()
	deadline := time.NewTimer(awaitTimeout)
	defer deadline.Stop()
	ticker := time.NewTicker(awaitEvery)
	defer ticker.Stop()
	for !done() {
		select {
		case <-deadline.C:
			tb.Fatalf("still waiting after %s: %s", awaitTimeout, what)
		case <-ticker.C:
		}
	}
}

// AwaitEnd waits for the end of work whose length depends on the machine. step returns how far the work is, and whether
// it has ended; the test fails when the work stands still for as long as Await waits.
func AwaitEnd(tb testing.TB, what string, step func() (position int64, ended bool)) {
	tb.Helper()
	position, ended := step()
	for !ended {
		before := position
		Await(tb, what, func() bool {
			position, ended = step()
			return ended || position != before
		})
	}
}

// Run starts a runner beside the test. stop ends it and returns its error; it may be called more
// than once. At the end of the test the runner is stopped, and an error that no stop has
// returned fails the test.
func Run(tb testing.TB, run func(ctx context.Context) error) (stop func() error) {
	tb.Helper()
	ctx, cancel := context.WithCancel(tb.Context())
	var (
		wg    sync.WaitGroup
		once  sync.Once
		err   error
		taken bool
	)
	wg.Go(func() { err = run(ctx) })
	end := func() {
		once.Do(func() {
			cancel()
			wg.Wait()
		})
	}
	tb.Cleanup(func() {
		end()
		if err != nil && !taken && !errors.Is(err, context.Canceled) {
			tb.Errorf("runner failed: %v", err)
		}
	})
	return func() error {
		end()
		taken = true
		return err
	}
}

// Wait returns the error of a runner that is expected to end by itself, within 20 s.
func Wait(tb testing.TB, run func(ctx context.Context) error) error {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), awaitTimeout)
	defer cancel()
	err := run(ctx)
	if ctx.Err() != nil {
		tb.Fatalf("runner still runs after %s", awaitTimeout)
	}
	return err
}

// Logger writes to the test's output.
func Logger(tb testing.TB) *slog.Logger {
	tb.Helper()
	return slog.New(slog.NewTextHandler(tb.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
}
