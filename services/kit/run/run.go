package run

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
)

// DefaultStopTimeout is how long a unit may take to stop when it does not say.
const DefaultStopTimeout = 10 * time.Second

// ErrEnded is the failure of a unit that ended without an error before it was told to.
var ErrEnded = errors.New("ended before it was told to")

// Runner is background work of a service, such as a consumer or a sweeper. Run blocks, and returns nil only after ctx
// is done.
type Runner struct {
	Name string
	Run  func(ctx context.Context) error
}

// Unit is a part of a process. Any of its functions may be nil.
type Unit struct {
	Name string
	// Start makes the unit ready; the units after it start when it has returned. Its context ends when the group gives up.
	Start func(ctx context.Context) error
	// Run blocks while the unit works. It must return after Stop has returned or its context is done, whatever is first.
	Run func(ctx context.Context) error
	// Stop ends the unit in good order. Its context has the deadline of StopTimeout; the context of Run ends after it.
	// A unit whose Start failed is not stopped: Start undoes what it did.
	Stop func(ctx context.Context) error
	// StopTimeout bounds Stop and the end of Run together; DefaultStopTimeout when zero.
	StopTimeout time.Duration
}

// Unit returns a unit that does the work of the runner.
func (r Runner) Unit() Unit { return Unit{Name: r.Name, Run: r.Run} }

// Units returns the runners as units, in the same order.
func Units(runners ...Runner) []Unit {
	units := make([]Unit, 0, len(runners))
	for _, r := range runners {
		units = append(units, r.Unit())
	}
	return units
}

// Group is units that live together.
type Group struct {
	logger *slog.Logger
	units  []Unit
}

// NewGroup returns an empty group that logs what starts and stops.
func NewGroup(logger *slog.Logger) *Group { return &Group{logger: logger} }

// Add adds units after those that are there, and returns the group. It must not be called once the group runs.
func (g *Group) Add(units ...Unit) *Group {
	g.units = append(g.units, units...)
	return g
}

// Run runs the units until ctx is done or one of them fails, and returns after all have stopped. It returns nil when
// ctx was done and every unit stopped well. It may be called once.
func (g *Group) Run(ctx context.Context) error {
	startCtx, giveUp := context.WithCancel(ctx)
	defer giveUp()
	failed := make(chan error, len(g.units))
	fail := func(err error) {
		failed <- err
		giveUp()
	}
	base := context.WithoutCancel(ctx)
	started, err := g.startAll(startCtx, base, fail)
	if err == nil {
		<-startCtx.Done()
	}
	errs := drain(failed)
	// A start that was broken off because the process was told to stop is no failure.
	if err != nil && (ctx.Err() == nil || !errors.Is(err, context.Canceled)) {
		errs = append(errs, err)
	}
	if len(errs) > 0 {
		g.logger.ErrorContext(base, "stopping after a failure", "error", errs[0].Error())
	} else {
		g.logger.InfoContext(base, "stopping", "reason", context.Cause(ctx).Error())
	}
	for i := len(started) - 1; i >= 0; i-- {
		errs = append(errs, g.stop(base, started[i]))
	}
	return errors.Join(append(errs, drain(failed)...)...)
}

// startAll starts the units until one does not start or ctx is done, and returns those that did.
func (g *Group) startAll(ctx, base context.Context, fail func(error)) ([]*live, error) {
	var started []*live
	for _, u := range g.units {
		select {
		case <-ctx.Done():
			return started, nil
		default:
		}
		l, err := g.start(ctx, base, u, fail)
		if err != nil {
			return started, err
		}
		started = append(started, l)
	}
	return started, nil
}

// drain returns what the channel holds now.
func drain(failed <-chan error) []error {
	var errs []error
	for {
		select {
		case err := <-failed:
			errs = append(errs, err)
		default:
			return errs
		}
	}
}

// live is a unit that has started.
type live struct {
	unit   Unit
	cancel context.CancelFunc
	// done is closed when Run has returned; failure is set before.
	done    chan struct{}
	failure error
	// told is closed when the unit is told to stop, so that what Run returns from then on is no failure.
	told chan struct{}
}

func (g *Group) start(ctx, base context.Context, u Unit, fail func(error)) (*live, error) {
	elapsed := clock.Stopwatch()
	if u.Start != nil {
		err := guard(ctx, u.Start)
		if err != nil {
			return nil, fmt.Errorf("start %s: %w", u.Name, err)
		}
	}
	l := &live{unit: u, done: make(chan struct{}), told: make(chan struct{})}
	runCtx, cancel := context.WithCancel(base)
	l.cancel = cancel
	if u.Run == nil {
		close(l.done)
	} else {
		go l.run(runCtx, fail)
	}
	g.logger.InfoContext(ctx, "started", "unit", u.Name, "duration", elapsed())
	return l, nil
}

func (l *live) run(ctx context.Context, fail func(error)) {
	defer close(l.done)
	err := guard(ctx, l.unit.Run)
	select {
	case <-l.told:
		if err != nil && !errors.Is(err, context.Canceled) {
			l.failure = fmt.Errorf("run %s: %w", l.unit.Name, err)
		}
	default:
		if err == nil {
			err = ErrEnded
		}
		fail(fmt.Errorf("run %s: %w", l.unit.Name, err))
	}
}

func (g *Group) stop(base context.Context, l *live) error {
	elapsed := clock.Stopwatch()
	timeout := l.unit.StopTimeout
	if timeout <= 0 {
		timeout = DefaultStopTimeout
	}
	ctx, cancel := context.WithTimeout(base, timeout)
	defer cancel()
	close(l.told)
	err := l.stop(ctx)
	if err != nil {
		g.logger.ErrorContext(base, "did not stop well", "unit", l.unit.Name, "duration", elapsed(), "error", err.Error())
		return err
	}
	g.logger.InfoContext(base, "stopped", "unit", l.unit.Name, "duration", elapsed())
	return nil
}

func (l *live) stop(ctx context.Context) error {
	defer l.cancel()
	var err error
	if l.unit.Stop != nil {
		err = bounded(ctx, l.unit.Stop)
	}
	l.cancel()
	if err != nil {
		err = fmt.Errorf("stop %s: %w", l.unit.Name, err)
	}
	select {
	case <-l.done:
		return errors.Join(err, l.failure)
	case <-ctx.Done():
		return errors.Join(err, fmt.Errorf("stop %s: it still runs: %w", l.unit.Name, ctx.Err()))
	}
}

// bounded returns when f has returned or ctx is done: a Stop that ignores its context must not hold up the others.
func bounded(ctx context.Context, f func(ctx context.Context) error) error {
	result := make(chan error, 1)
	go func() { result <- guard(ctx, f) }()
	select {
	case err := <-result:
		return err
	case <-ctx.Done():
		select {
		case err := <-result:
			return err
		default:
			return ctx.Err()
		}
	}
}

// guard calls f and makes an error of its panic.
func guard(ctx context.Context, f func(ctx context.Context) error) (err error) {
	defer func() {
		p := recover()
		if p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return f(ctx)
}
