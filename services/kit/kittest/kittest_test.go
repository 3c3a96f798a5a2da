package kittest_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// probe notes how a test that asks for an engine ends.
type probe struct {
	testing.TB
	outcome string
}

func (p *probe) Helper() {}

func (p *probe) Skipf(format string, args ...any) {
	p.outcome = "skipped: " + fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func (p *probe) Fatalf(format string, args ...any) {
	p.outcome = "failed: " + fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func outcome(t *testing.T, ask func(tb testing.TB)) string {
	t.Helper()
	p := &probe{TB: t}
	var wg sync.WaitGroup
	wg.Go(func() { ask(p) })
	wg.Wait()
	return p.outcome
}

func Test_a_missing_engine_skips_or_fails_when_engines_are_required(t *testing.T) {
	t.Setenv(kittest.EnvPostgres, "")
	t.Setenv(kittest.EnvRedis, "")
	asks := map[string]func(tb testing.TB){
		"PostgreSQL": func(tb testing.TB) { tb.Helper(); kittest.Engine{Name: sqlkit.Postgres}.New(tb) },
		"Redis":      func(tb testing.TB) { tb.Helper(); kittest.Redis(tb) },
	}
	for require, want := range map[string]string{"": "skipped: ", "1": "failed: "} {
		t.Setenv(kittest.EnvRequire, require)
		for engine, ask := range asks {
			got := outcome(t, ask)
			if !strings.HasPrefix(got, want+engine) {
				t.Errorf("%s with require %q: %q, want %q", engine, require, got, want)
			}
		}
	}
}

func Test_every_engine_gives_separate_databases(t *testing.T) {
	t.Parallel()
	for _, e := range kittest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			first, second := e.DB(t, nil), e.DB(t, nil)
			lease := sqlkit.Lease{Name: "n", Holder: "h"}
			held, err := lease.Acquire(t.Context(), first, sqlkit.Time(1))
			if err != nil || !held {
				t.Fatalf("acquired %v, %v", held, err)
			}
			held, err = lease.Held(t.Context(), second)
			if err != nil || held {
				t.Errorf("a row of one database is seen in another: %v, %v", held, err)
			}
		})
	}
}

func Test_a_runners_error_reaches_the_test(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	stop := kittest.Run(t, func(ctx context.Context) error {
		<-ctx.Done()
		return cause
	})
	for range 2 {
		err := stop()
		if !errors.Is(err, cause) {
			t.Errorf("got %v, want %v", err, cause)
		}
	}
	err := kittest.Wait(t, func(context.Context) error { return cause })
	if !errors.Is(err, cause) {
		t.Errorf("got %v, want %v", err, cause)
	}
}
