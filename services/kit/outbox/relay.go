package outbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kinerja-suite/kinerja/services/kit/internal/pause"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const (
	retryBase    = 50 * time.Millisecond
	retryLimit   = 2 * time.Second
	refusedBase  = 250 * time.Millisecond
	refusedLimit = 30 * time.Second
	finishGrace  = 3 * time.Second
	measureEvery = 5 * time.Second
	leaseName    = "outbox-relay"
)

// ErrLeaseTaken reports that another process has opened a database that this one was told to be
// the only one to open.
var ErrLeaseTaken = errors.New("outbox: another process has taken over the relay of this database")

// abandonedError wraps the error of a hook: the relay ends as if it had been killed.
type abandonedError struct{ cause error }

func (e abandonedError) Error() string { return e.cause.Error() }
func (e abandonedError) Unwrap() error { return e.cause }

// Relay publishes the rows of an outbox. One Relay runs at a time in a process.
type Relay struct {
	out    *Outbox
	js     jetstream.JetStream
	lease  sqlkit.Lease
	marker *marker

	unmarked  map[int64]bool       // published by this process, mark not yet known to be committed
	held      map[string]time.Time // resources whose next row was refused, until when
	renewAt   time.Time
	measureAt time.Time
	leading   bool
	atomic    *bool // whether the stream takes atomic batches; nil before the first need to know
}

// NewRelay returns the relay of the outbox; it does nothing until Run.
func (o *Outbox) NewRelay(js jetstream.JetStream) *Relay {
	return &Relay{
		out: o, js: js, marker: newMarker(o),
		lease: sqlkit.Lease{
			Name: leaseName, Holder: o.ids.New(), TTL: o.opts.LeaseTTL, Exclusive: o.opts.Exclusive,
		},
		unmarked: map[int64]bool{}, held: map[string]time.Time{},
	}
}

// Run publishes until ctx is done; it then publishes what is left, for at most 3 s, marks it,
// gives its lease up and returns nil. While the bus or the database is down, or another process
// holds the lease, it waits. It returns early only with ErrLeaseTaken or the error of a hook.
func (r *Relay) Run(ctx context.Context) error {
	markCtx, stopMarking := context.WithCancel(context.WithoutCancel(ctx))
	var marking sync.WaitGroup
	marking.Go(func() { r.marker.run(markCtx) })
	err := r.loop(ctx)
	stopMarking()
	marking.Wait()
	r.out.metrics.active.Set(0)
	if err != nil {
		return err
	}
	r.finish(context.WithoutCancel(ctx))
	return nil
}

// loop returns nil when ctx is done.
func (r *Relay) loop(ctx context.Context) error {
	backoff := pause.Backoff{Base: retryBase, Limit: retryLimit}
	for ctx.Err() == nil {
		more, err := r.turn(ctx)
		if fatal(err) {
			return err
		}
		if err != nil {
			r.failed(ctx, err, backoff.Failures() == 0)
			pause.For(ctx, backoff.Next())
			continue
		}
		if backoff.Failures() > 0 {
			r.out.opts.Logger.Info("outbox relay works again", slog.Int("attempts", backoff.Failures()))
			backoff.Reset()
		}
		if !more {
			r.await(ctx)
		}
	}
	return nil
}

func fatal(err error) bool {
	_, abandoned := errors.AsType[abandonedError](err)
	return abandoned || errors.Is(err, ErrLeaseTaken)
}

// failed logs one line for an outage, however long it lasts. Being told to stop is none.
func (r *Relay) failed(ctx context.Context, err error, first bool) {
	if ctx.Err() != nil {
		return
	}
	r.atomic = nil // the stream may come back with another configuration
	r.out.metrics.failures.Inc()
	if first {
		r.out.opts.Logger.Warn("outbox relay cannot publish, trying on", slog.Any("error", err))
	}
}

// await returns when a commit of this process has appended rows, or when it is time to look for
// rows of other instances and to renew the lease. A relay that does not lead ignores commits:
// the leader polls.
func (r *Relay) await(ctx context.Context) {
	timer := time.NewTimer(r.idle())
	defer timer.Stop()
	kick := r.out.kick
	if !r.leading {
		kick = nil
	}
	select {
	case <-ctx.Done():
	case <-kick:
	case <-timer.C:
	}
}

// idle is how long to wait without a commit: until the next poll, or the next refused row.
func (r *Relay) idle() time.Duration {
	wait := r.out.opts.Poll
	now := r.out.clock.Now()
	for resource, until := range r.held {
		if !now.Before(until) {
			delete(r.held, resource)
			return 0
		}
		wait = min(wait, until.Sub(now))
	}
	return wait
}

// turn publishes one batch. more says that rows may be waiting still.
func (r *Relay) turn(ctx context.Context) (more bool, err error) {
	now := r.out.clock.Now()
	err = r.lead(ctx, now)
	if err != nil || !r.leading {
		return false, err
	}
	if !now.Before(r.measureAt) {
		r.measureAt = now.Add(measureEvery)
		err = r.out.measure(ctx)
		if err != nil {
			return false, err
		}
	}
	rows, full, err := r.claim(ctx, now)
	if err != nil || len(rows) == 0 {
		return false, err
	}
	err = r.deliver(ctx, rows)
	return full, err
}

// lead takes or keeps the lease when that is due.
func (r *Relay) lead(ctx context.Context, now time.Time) error {
	if r.leading && now.Before(r.renewAt) {
		return nil
	}
	held, err := r.acquire(ctx, now)
	if err != nil {
		r.leading = false
		return fmt.Errorf("take the relay's lease: %w", err)
	}
	if held != r.leading {
		r.out.opts.Logger.Info("outbox relay lease", slog.Bool("leading", held))
	}
	r.leading = held
	r.renewAt = now.Add(r.lease.TTL / 3)
	r.out.metrics.active.Set(0)
	if held {
		r.out.metrics.active.Set(1)
	}
	return nil
}

// acquire takes an exclusive lease once and afterwards only reads it, which spares an idle
// process its writes.
func (r *Relay) acquire(ctx context.Context, now time.Time) (bool, error) {
	if !r.lease.Exclusive || r.renewAt.IsZero() {
		return r.lease.Acquire(ctx, r.out.db, now)
	}
	held, err := r.lease.Held(ctx, r.out.db)
	if err == nil && !held {
		return false, ErrLeaseTaken
	}
	return held, err
}

// claim returns the rows to publish now. full says that there may be more of them.
func (r *Relay) claim(ctx context.Context, now time.Time) (rows []row, full bool, err error) {
	// Marks that are known now are committed, so the query below cannot return their rows; marks
	// that commit meanwhile stay in the set until the next turn. Hence no row is sent twice.
	for _, seq := range r.marker.done() {
		delete(r.unmarked, seq)
	}
	// Room for a whole batch beside what is published and not marked yet, in whole batches.
	limit := r.out.opts.Batch * (2 + len(r.unmarked)/r.out.opts.Batch)
	found, err := r.out.pending(ctx, limit)
	if err != nil {
		return nil, false, err
	}
	rows = found[:0]
	for _, row := range found {
		if r.unmarked[row.seq] || now.Before(r.held[row.Resource]) {
			continue
		}
		rows = append(rows, row)
	}
	if len(rows) > r.out.opts.Batch {
		rows = rows[:r.out.opts.Batch]
	}
	return rows, len(found) == limit && len(rows) > 0, nil
}

// deliver publishes rows and notes what became of each.
func (r *Relay) deliver(ctx context.Context, rows []row) error {
	if r.out.opts.Hooks.BeforePublish != nil {
		err := r.out.opts.Hooks.BeforePublish(ctx)
		if err != nil {
			return abandonedError{cause: err}
		}
	}
	result := r.publish(ctx, rows)
	if r.out.opts.Hooks.AfterPublish != nil {
		err := r.out.opts.Hooks.AfterPublish(ctx)
		if err != nil {
			return abandonedError{cause: err}
		}
	}
	for _, row := range result.acked {
		r.unmarked[row.seq] = true
		delete(r.held, row.Resource)
	}
	r.out.metrics.published.Add(float64(len(result.acked)))
	if len(result.acked) > 0 {
		r.marker.add(result.acked)
	}
	for _, refused := range result.refused {
		err := r.refused(ctx, refused)
		if err != nil {
			return err
		}
	}
	return result.err
}

// refused counts the refusal and holds the resource's rows back for a while, or parks the row.
func (r *Relay) refused(ctx context.Context, f refusal) error {
	parked, err := r.out.refuse(ctx, f.row, f.cause)
	if err != nil {
		return err
	}
	r.out.metrics.refused.Inc()
	if parked {
		delete(r.held, f.row.Resource)
		r.measureAt = time.Time{}
		r.out.opts.Logger.Error("event refused by the bus and parked, an operator must retry or drop it",
			slog.String("event_id", f.row.ID), slog.String("subject", f.row.Subject), slog.Any("error", f.cause))
		return nil
	}
	wait := pause.Delay(f.row.attempts+1, refusedBase, refusedLimit)
	r.held[f.row.Resource] = r.out.clock.Now().Add(wait)
	return nil
}

// finish publishes what commits left behind, marks it and frees the lease for a successor.
func (r *Relay) finish(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, finishGrace)
	defer cancel()
	more := r.leading
	var err error
	for more && err == nil && ctx.Err() == nil {
		var rows []row
		rows, _, err = r.claim(ctx, r.out.clock.Now())
		more = len(rows) > 0
		if err == nil && more {
			err = r.deliver(ctx, rows)
		}
	}
	err = errors.Join(err, r.marker.flush(ctx), r.lease.Release(ctx, r.out.db))
	if err != nil {
		r.out.opts.Logger.Warn("outbox relay stopped before all was published, it goes on at the next start",
			slog.Any("error", err))
	}
}
