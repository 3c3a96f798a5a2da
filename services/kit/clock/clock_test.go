package clock_test

import (
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
)

func TestSystem(t *testing.T) {
	t.Parallel()
	t.Run("a_time_equals_itself_after_a_trip_through_micros", func(t *testing.T) {
		t.Parallel()
		now := clock.System().Now()
		back := time.UnixMicro(now.UnixMicro()).UTC()
		if now != back {
			t.Fatalf("now %#v is not back %#v", now, back)
		}
	})
	t.Run("the_stopwatch_does_not_run_backwards", func(t *testing.T) {
		t.Parallel()
		elapsed := clock.Stopwatch()
		first := elapsed()
		if second := elapsed(); first < 0 || second < first {
			t.Fatalf("elapsed %v, then %v", first, second)
		}
	})
}

func TestFake(t *testing.T) {
	t.Parallel()
	jakarta := time.FixedZone("WIB", 7*3600)
	f := clock.NewFake(time.Date(2026, 3, 1, 7, 0, 0, 1234, jakarta))
	want := time.Date(2026, 3, 1, 0, 0, 0, 1000, time.UTC)
	if f.Now() != want {
		t.Fatalf("now %v, want %v", f.Now(), want)
	}
	if got := f.Advance(time.Minute); got != want.Add(time.Minute) || f.Now() != got {
		t.Fatalf("advance gave %v", got)
	}
	f.Set(want.Add(-time.Hour))
	if f.Now() != want.Add(-time.Hour) {
		t.Fatalf("set did not move the clock back: %v", f.Now())
	}
}
