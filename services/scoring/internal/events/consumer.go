package events

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// maxPeriods is how many periods of a batch are recomputed at the same time. They wait for other services most of the
// time, and share no rows.
const maxPeriods = 4

// Recompute brings scores to the facts; app.Recompute is one.
type Recompute func(ctx context.Context, w app.Work) (app.Outcome, error)

// Handler returns what takes effect for the events of a consumer, one batch at a time.
func Handler(consumer string, recompute Recompute, m *Metrics) natskit.Handler {
	h := &handler{consumer: consumer, recompute: recompute, metrics: m, burst: newBurst(clock.Stopwatch())}
	return h.handle
}

type handler struct {
	consumer  string
	recompute Recompute
	metrics   *Metrics
	burst     *burst
}

// handle recomputes what a batch tells, but for those of a burst whose time has not come: their events come again.
func (h *handler) handle(ctx context.Context, batch []event.Received) error {
	all, err := readBatch(batch)
	if err != nil {
		return err
	}
	due, later := h.burst.admit(all)
	err = h.all(ctx, works(h.consumer, due))
	if err != nil {
		return err
	}
	h.burst.computed(due, all)
	return natskit.Postpone(later)
}

// all recomputes each period. What one period fails with holds up no other: all are tried, and since the events of those
// that succeeded are claimed, only the rest has to be done when the batch comes again.
func (h *handler) all(ctx context.Context, works map[domain.Period]*app.Work) error {
	var (
		group    errgroup.Group
		mu       sync.Mutex
		failures []error
	)
	group.SetLimit(maxPeriods)
	for _, work := range works {
		group.Go(func() error {
			err := h.one(ctx, *work)
			mu.Lock()
			defer mu.Unlock()
			failures = append(failures, err)
			return nil
		})
	}
	_ = group.Wait() // its functions return no error
	return verdict(failures)
}

func (h *handler) one(ctx context.Context, w app.Work) error {
	elapsed := clock.Stopwatch()
	outcome, err := h.recompute(ctx, w)
	h.metrics.count(h.consumer, outcome, elapsed())
	return err
}

// verdict returns the errors that may pass, so that the events come again; when there is none of them, those that
// cannot, marked so that the events become dead letters.
func verdict(failures []error) error {
	var passing, lasting []error
	for _, err := range failures {
		if errors.Is(err, app.ErrUncomputable) {
			lasting = append(lasting, err)
			continue
		}
		passing = append(passing, withCause(err))
	}
	err := errors.Join(passing...)
	if err != nil {
		return err
	}
	return natskit.Permanent(errors.Join(lasting...))
}

// withCause returns err with the cause of the fault in it spelled out. A fault keeps its cause from callers; here nobody
// but the log reads it.
func withCause(err error) error {
	f, ok := fault.As(err)
	if !ok || f.Unwrap() == nil {
		return err
	}
	return fmt.Errorf("%w: %w", err, f.Unwrap())
}
