package pause_test

import (
	"context"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/internal/pause"
)

func Test_delays_double_up_to_their_limit_and_are_jittered(t *testing.T) {
	t.Parallel()
	const base, limit = 100 * time.Millisecond, time.Second
	for n, middle := range map[int]time.Duration{0: base, 1: base, 2: 2 * base, 3: 4 * base, 4: 8 * base, 5: limit, 1000: limit} {
		for range 50 {
			got := pause.Delay(n, base, limit)
			if got < middle*3/4 || got > middle*5/4 {
				t.Errorf("delay %d is %s, want %s and a quarter to either side", n, got, middle)
			}
		}
	}
}

func Test_a_backoff_starts_anew_after_a_success(t *testing.T) {
	t.Parallel()
	b := pause.Backoff{Base: time.Second, Limit: time.Hour}
	for range 5 {
		b.Next()
	}
	if b.Failures() != 5 {
		t.Errorf("%d failures, want 5", b.Failures())
	}
	b.Reset()
	if next := b.Next(); next > 2*time.Second {
		t.Errorf("the first delay after a success is %s", next)
	}
}

func Test_a_wait_ends_with_its_context(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if pause.For(ctx, time.Hour) {
		t.Error("an ended context was waited out")
	}
	if !pause.For(t.Context(), time.Millisecond) {
		t.Error("a short wait was cut")
	}
}
