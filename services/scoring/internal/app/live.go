package app

import (
	"context"
	"sync"
	"time"
)

// Live tells background work of the process whether changes of facts are being handled or wait to be. It is safe for
// concurrent use.
type Live struct {
	mu      sync.Mutex
	running int
	waiting map[string]bool
	// idle is closed when nothing runs or waits; nil while nobody waits for that.
	idle chan struct{}
}

// NewLive returns a Live without any work.
func NewLive() *Live { return &Live{waiting: map[string]bool{}} }

// Begin notes that changes of a source are being handled. The caller calls end when they are, and says whether the source
// has more of them, which counts as live work until it begins again.
func (l *Live) Begin(source string) (end func(more bool)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.running++
	l.waiting[source] = false
	return func(more bool) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.running--
		l.waiting[source] = more
		if l.idle != nil && !l.busy() {
			close(l.idle)
			l.idle = nil
		}
	}
}

// Yield returns when there is no live work, after the time at most, or when ctx is done.
func (l *Live) Yield(ctx context.Context, atMost time.Duration) {
	l.mu.Lock()
	if !l.busy() {
		l.mu.Unlock()
		return
	}
	if l.idle == nil {
		l.idle = make(chan struct{})
	}
	idle := l.idle
	l.mu.Unlock()
	timer := time.NewTimer(atMost)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-idle:
	}
}

func (l *Live) busy() bool {
	if l.running > 0 {
		return true
	}
	for _, waiting := range l.waiting {
		if waiting {
			return true
		}
	}
	return false
}
