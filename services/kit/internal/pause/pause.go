// Package pause waits without outliving a context, and spaces repeated attempts.
//
// Invariants: a wait ends at once when its context does; the delays of a Backoff grow by two
// up to their cap and are jittered by half, so that many processes do not return in step.
//
// The package does not decide what is worth repeating.
package pause

import (
	"context"
	"math/rand/v2"
	"time"
)

// For waits for d and reports true, or false as soon as ctx is done.
func For(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return ctx.Err() == nil
	}
}

// Delay is the wait before the attempt that follows n failures in a row, n from 1: base doubled
// n-1 times, at most limit, with a jitter of a quarter to either side.
func Delay(n int, base, limit time.Duration) time.Duration {
	d := base
	for i := 1; i < n && d < limit; i++ {
		d *= 2
	}
	d = min(d, limit)
	return d*3/4 + rand.N(d/2+1)
}

// Backoff spaces the attempts of one loop. The zero value of its count is a fresh start.
type Backoff struct {
	Base, Limit time.Duration
	failures    int
}

// Next counts a failure and returns the wait before the next attempt.
func (b *Backoff) Next() time.Duration {
	b.failures++
	return Delay(b.failures, b.Base, b.Limit)
}

// Failures is how many attempts have failed in a row.
func (b *Backoff) Failures() int { return b.failures }

// Reset notes a success.
func (b *Backoff) Reset() { b.failures = 0 }
