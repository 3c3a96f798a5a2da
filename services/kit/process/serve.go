package process

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

const (
	// checkEvery is how often the health is looked at, and checkTimeout what one look may take.
	checkEvery   = 5 * time.Second
	checkTimeout = 4500 * time.Millisecond
	// graceful is what the stop of a part may take besides the drain.
	graceful = 10 * time.Second
)

// errNotReady is why a process that starts or stops is not ready.
var errNotReady = errors.New("the process is starting or stopping")

// serve opens everything and runs it until ctx is done or a part fails.
func (e *Env) serve(ctx context.Context, open func(context.Context, *Env) (Parts, error)) error {
	ops, err := e.open(ctx, open)
	if err != nil {
		return errors.Join(err, e.unwind(ctx))
	}
	return run.NewGroup(e.Logger).Add(e.opened...).Add(e.parts.Units...).Add(e.opsUnit(ops), e.readiness()).Run(ctx)
}

// open opens everything, and returns the listener of the operations endpoints, which comes last.
func (e *Env) open(ctx context.Context, open func(context.Context, *Env) (Parts, error)) (net.Listener, error) {
	err := e.openTracer(ctx)
	if err != nil {
		return nil, err
	}
	e.parts, err = open(ctx, e)
	if err != nil {
		return nil, err
	}
	return e.Listen(ctx, "ops.addr", e.common.Ops.Addr)
}

// Ready returns why the process cannot serve now, nil when it can.
func (e *Env) Ready(ctx context.Context) error {
	if !e.ready.Load() {
		return errNotReady
	}
	if e.parts.Check == nil {
		return nil
	}
	return e.parts.Check(ctx)
}

// opsUnit serves the operations endpoints, which answer shortly.
func (e *Env) opsUnit(l net.Listener) run.Unit {
	endpoints := telemetry.Ops{Gatherer: e.registry, Ready: e.Ready, Logger: e.Logger}
	return HTTPUnit("ops", l, &http.Server{
		Handler:           endpoints.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
	})
}

// HTTPUnit returns a unit that serves on the listener, and stops when the requests in hand have ended.
func HTTPUnit(name string, l net.Listener, server *http.Server) run.Unit {
	return run.Unit{
		Name: name,
		Run: func(context.Context) error {
			err := server.Serve(l)
			if errors.Is(err, http.ErrServerClosed) {
				return nil
			}
			return err
		},
		Stop: server.Shutdown,
	}
}

// readiness is the last unit to start and the first to stop.
func (e *Env) readiness() run.Unit {
	drain := e.common.Drain
	u := run.Unit{
		Name:        "readiness",
		StopTimeout: drain + graceful,
		Start: func(ctx context.Context) error {
			e.ready.Store(true)
			e.look(ctx)
			return nil
		},
		Stop: func(ctx context.Context) error {
			e.ready.Store(false)
			if e.parts.Health != nil {
				e.parts.Health.Withdraw()
			}
			timer := time.NewTimer(drain)
			defer timer.Stop()
			select {
			case <-timer.C:
			case <-ctx.Done():
			}
			return nil
		},
	}
	if e.parts.Health != nil {
		u.Run = e.watch
	}
	return u
}

// watch looks at the health again and again until ctx is done.
func (e *Env) watch(ctx context.Context) error {
	ticker := time.NewTicker(checkEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			e.look(ctx)
		}
	}
}

// look tells the health what the check says.
func (e *Env) look(ctx context.Context) {
	if e.parts.Health == nil {
		return
	}
	lookCtx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	err := e.Ready(lookCtx)
	if err != nil && ctx.Err() == nil {
		e.Logger.WarnContext(ctx, "not healthy", telemetry.KeyError, err.Error())
	}
	e.parts.Health.SetServing(err == nil)
}
