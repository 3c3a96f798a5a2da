package outbox

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/internal/pause"
)

const (
	// markLinger lets a few batches share one mark; a row that waits for it is published already.
	markLinger     = 5 * time.Millisecond
	markRetryBase  = 50 * time.Millisecond
	markRetryLimit = 2 * time.Second
)

// marker marks published rows beside the relay's loop, so that a mark never delays an event.
type marker struct {
	out    *Outbox
	signal chan struct{}

	mu      sync.Mutex
	waiting []int64
	marked  []int64
}

func newMarker(o *Outbox) *marker {
	return &marker{out: o, signal: make(chan struct{}, 1)}
}

// add hands over rows that the stream has acknowledged.
func (m *marker) add(rows []row) {
	m.mu.Lock()
	for _, r := range rows {
		m.waiting = append(m.waiting, r.seq)
	}
	m.mu.Unlock()
	select {
	case m.signal <- struct{}{}:
	default:
	}
}

// done returns the rows marked since the last call.
func (m *marker) done() []int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := m.marked
	m.marked = nil
	return out
}

// run marks until ctx is done. What is still waiting then is for flush, or for the next relay,
// whose repetitions the stream drops.
func (m *marker) run(ctx context.Context) {
	backoff := pause.Backoff{Base: markRetryBase, Limit: markRetryLimit}
	for {
		select {
		case <-ctx.Done():
			return
		case <-m.signal:
		}
		if !pause.For(ctx, markLinger) {
			return
		}
		for {
			err := m.flush(ctx)
			if err == nil {
				backoff.Reset()
				break
			}
			if ctx.Err() == nil && backoff.Failures() == 0 {
				m.out.opts.Logger.Warn("published events could not be marked, trying on", slog.Any("error", err))
			}
			if !pause.For(ctx, backoff.Next()) {
				return
			}
		}
	}
}

// flush marks all that waits.
func (m *marker) flush(ctx context.Context) error {
	m.mu.Lock()
	seqs := m.waiting
	m.waiting = nil
	m.mu.Unlock()
	if len(seqs) == 0 {
		return nil
	}
	slices.Sort(seqs)
	err := m.out.markPublished(ctx, seqs)
	m.mu.Lock()
	defer m.mu.Unlock()
	if err != nil {
		m.waiting = append(m.waiting, seqs...)
		return err
	}
	m.marked = append(m.marked, seqs...)
	return nil
}
