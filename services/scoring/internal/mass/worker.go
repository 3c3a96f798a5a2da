package mass

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
)

const (
	// poll is how often a worker looks for parts that another process has left or was given.
	poll = time.Second
	// lease is how long a part stays with a process that says nothing.
	lease = 15 * time.Second
	// maxYield is how long live changes may hold up one chunk: under unending load, a recompute still does a chunk in
	// about this time.
	maxYield = 500 * time.Millisecond
	// retryBase and retryLimit space the attempts at a part after a failure that may pass.
	retryBase  = 250 * time.Millisecond
	retryLimit = 30 * time.Second
	// maxLogged bounds the lines about the people and units of one chunk or sample that cannot be computed; another one tells how
	// many are left out.
	maxLogged = 10
	// releaseTimeout bounds the giving up of parts when the process stops.
	releaseTimeout = 3 * time.Second
)

// Computer prepares and commits chunks; app.Recompute is one.
type Computer interface {
	Prepare(ctx context.Context, p app.Part, page app.PlannedPage) (*app.Chunk, error)
	Commit(ctx context.Context, c *app.Chunk, claim app.Claim) error
}

// Deps are what a worker works with. All are required.
type Deps struct {
	Operations app.Operations
	Roster     app.Roster
	Computer   Computer
	Live       *app.Live
	Clock      clock.Clock
	Logger     *slog.Logger
	Metrics    *Metrics
	// Holder is an id of this process, new at each start.
	Holder string
	// Exclusive takes over what another process holds: no other opens the database.
	Exclusive bool
}

// Worker does the chunks of all open parts, those of different tenants in turn.
type Worker struct {
	d     Deps
	turns *turns
	kick  chan struct{}
}

// NewWorker returns a worker that does nothing until Run.
func NewWorker(d Deps) *Worker {
	return &Worker{d: d, turns: newTurns(d.Clock), kick: make(chan struct{}, 1)}
}

// Kick tells the worker that there is something to do. It does not block.
func (w *Worker) Kick() {
	select {
	case w.kick <- struct{}{}:
	default:
	}
}

// Run works until ctx is done; it then gives up what it holds and returns nil. What fails for a reason that may pass is
// tried again.
func (w *Worker) Run(ctx context.Context) error {
	var ready *task
	for ctx.Err() == nil {
		w.d.Live.Yield(ctx, maxYield)
		w.look(ctx)
		next := w.pick(ctx)
		if ready == nil && next == nil {
			w.idle(ctx)
			continue
		}
		ready = w.step(ctx, ready, next)
	}
	release, cancel := context.WithTimeout(context.WithoutCancel(ctx), releaseTimeout)
	defer cancel()
	err := w.d.Operations.ReleaseParts(release, w.d.Holder)
	if err != nil {
		w.d.Logger.WarnContext(release, "parts of recomputes not released, they wait for the end of their lease", slog.Any("error", err))
	}
	return nil
}

// task is one chunk on its way.
type task struct {
	held  *held
	chunk *app.Chunk
	err   error
}

// step commits the chunk that is ready while the next one is fetched and computed, and returns that. Two chunks are in
// flight at most, so memory does not grow with the number of people.
func (w *Worker) step(ctx context.Context, ready *task, next *held) *task {
	var following *task
	var wg sync.WaitGroup
	if next != nil {
		wg.Go(func() { following = w.prepare(ctx, next) })
	}
	if ready != nil {
		w.commit(ctx, ready)
	}
	wg.Wait()
	if following == nil {
		return nil
	}
	if following.err != nil {
		w.failed(ctx, following.held, following.err)
		return nil
	}
	if !w.turns.has(following.held) {
		return nil // the chunk before it failed
	}
	w.turns.prepared(following.held, following.chunk)
	return following
}

func (w *Worker) prepare(ctx context.Context, h *held) *task {
	page, err := w.d.Roster.Planned(ctx, app.PlannedQuery{
		Period: h.part.Period, Unit: h.part.Unit, After: h.part.Last, Limit: app.MaxPeople, Count: h.part.Total == 0,
	})
	t := &task{held: h, err: err}
	if err == nil {
		t.chunk, t.err = w.d.Computer.Prepare(ctx, h.part, page)
	}
	return t
}

func (w *Worker) commit(ctx context.Context, t *task) {
	elapsed := clock.Stopwatch()
	err := w.d.Computer.Commit(ctx, t.chunk, w.claim(t.held.part.PartKey))
	if err != nil {
		w.failed(ctx, t.held, err)
		return
	}
	w.d.Metrics.committed(t.chunk.Outcome(), elapsed())
	w.logUncomputable(ctx, t)
	if t.chunk.End() {
		w.turns.drop(t.held)
		w.d.Logger.InfoContext(ctx, "recompute of a tenant has ended", slog.String("operation", t.held.part.Operation),
			slog.String("tenant", t.held.part.Period.Tenant), slog.String("period", t.held.part.Period.ID))
		return
	}
	w.turns.committed(t.held)
}

// logUncomputable tells of people and units that cannot be computed. The operation names people beyond those that are logged.
func (w *Worker) logUncomputable(ctx context.Context, t *task) {
	uncomputable, operation := t.chunk.Uncomputable(), slog.String("operation", t.held.part.Operation)
	for _, err := range uncomputable[:min(len(uncomputable), maxLogged)] {
		w.d.Logger.ErrorContext(ctx, "score cannot be computed", operation, slog.Any("error", err))
	}
	if left := len(uncomputable) - maxLogged; left > 0 {
		w.d.Logger.ErrorContext(ctx, "more of the chunk cannot be computed", operation, slog.String("tenant", t.held.part.Period.Tenant),
			slog.String("period", t.held.part.Period.ID), slog.Int("not_logged", left))
	}
}

func (w *Worker) claim(key app.PartKey) app.Claim {
	now := w.d.Clock.Now()
	return app.Claim{PartKey: key, Holder: w.d.Holder, At: now, Until: now.Add(lease), Exclusive: w.d.Exclusive}
}

// failed forgets the part, which begins again where it stands in the database: at once when it was taken away, later
// after an error that may pass, and never after one that lasts.
func (w *Worker) failed(ctx context.Context, h *held, err error) {
	w.turns.drop(h)
	if ctx.Err() != nil || errors.Is(err, app.ErrPartLost) {
		return
	}
	problem := lasting(err)
	if problem == "" {
		w.d.Metrics.failures.Inc()
		wait := w.turns.later(h.part.PartKey)
		w.d.Logger.WarnContext(ctx, "recompute cannot go on, trying again", slog.String("operation", h.part.Operation),
			slog.String("tenant", h.part.Period.Tenant), slog.Duration("wait", wait), slog.Any("error", err))
		return
	}
	w.d.Logger.ErrorContext(ctx, "recompute of a tenant has failed", slog.String("operation", h.part.Operation),
		slog.String("tenant", h.part.Period.Tenant), slog.Any("error", err))
	err = w.d.Operations.FailPart(ctx, w.claim(h.part.PartKey), problem)
	if err != nil && !errors.Is(err, app.ErrPartLost) {
		w.turns.later(h.part.PartKey)
	}
}

// look renews the claims and learns of the open parts when that is due.
func (w *Worker) look(ctx context.Context) {
	select {
	case <-w.kick:
	default:
		if !w.turns.due() {
			return
		}
	}
	open, err := w.renew(ctx)
	if err != nil {
		if ctx.Err() == nil {
			w.d.Logger.WarnContext(ctx, "open recomputes cannot be read, trying again", slog.Any("error", err))
		}
		return
	}
	w.d.Metrics.open.Set(float64(len(open)))
	w.turns.learn(open, w.d.Holder, w.d.Exclusive)
}

// renew keeps all that this process holds, since the turn of each may come after the end of its lease, and returns the
// open parts.
func (w *Worker) renew(ctx context.Context) ([]app.Part, error) {
	if w.turns.holds() {
		err := w.d.Operations.RenewParts(ctx, w.d.Holder, w.d.Clock.Now().Add(lease))
		if err != nil {
			return nil, err
		}
	}
	return w.d.Operations.OpenParts(ctx, maxParts)
}

// pick returns the part whose turn it is, held by this process; nil when there is none.
func (w *Worker) pick(ctx context.Context) *held {
	for ctx.Err() == nil {
		h := w.turns.next()
		if h == nil || h.claimed {
			return h
		}
		part, err := w.d.Operations.ClaimPart(ctx, w.claim(h.part.PartKey))
		if err != nil {
			w.failed(ctx, h, err)
			continue
		}
		w.turns.claimed(h, part)
		return h
	}
	return nil
}

// idle waits for something to do.
func (w *Worker) idle(ctx context.Context) {
	timer := time.NewTimer(poll)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-w.kick:
		w.Kick() // for look
	case <-timer.C:
	}
}
