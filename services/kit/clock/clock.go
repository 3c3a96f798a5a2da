package clock

import (
	"sync"
	"time"
)

// Clock tells the time. Implementations are safe for concurrent use and return UTC with microsecond resolution.
type Clock interface {
	Now() time.Time
}

// System returns the clock of the machine.
func System() Clock { return system{} }

type system struct{}

func (system) Now() time.Time { return clean(time.Now()) }

// Stopwatch starts to measure and returns a function that tells the time elapsed since. It reads the
// monotonic clock, so it is not affected when the machine's clock is set.
func Stopwatch() func() time.Duration {
	started := time.Now()
	return func() time.Duration { return time.Since(started) }
}

// Fake is a clock that moves only when told. It is safe for concurrent use.
type Fake struct {
	mu  sync.Mutex
	now time.Time
}

var _ Clock = (*Fake)(nil)

// NewFake returns a fake clock that stands at t.
func NewFake(t time.Time) *Fake { return &Fake{now: clean(t)} }

// Now returns the time at which the clock stands.
func (f *Fake) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// Set moves the clock to t, forwards or backwards.
func (f *Fake) Set(t time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = clean(t)
}

// Advance moves the clock by d and returns the new time.
func (f *Fake) Advance(d time.Duration) time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now = clean(f.now.Add(d))
	return f.now
}

func clean(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
