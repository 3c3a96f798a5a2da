package process

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"

	"github.com/kinerja-suite/kinerja/gateway"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

const (
	// graceful is what the stop of a part may take besides the work in hand.
	graceful = 10 * time.Second

	opsReadTimeout  = 10 * time.Second
	opsWriteTimeout = 30 * time.Second
	opsMaxHeader    = 16 << 10
)

// errNotReady is why a process that starts or stops is not ready.
var errNotReady = errors.New("the process is starting or stopping")

// process is the program with everything open and nothing served yet.
type process struct {
	config *Config
	logger *slog.Logger
	// opened are what must be closed, in the order in which it was opened.
	opened []run.Unit
	served []run.Unit
	ready  atomic.Bool
}

// open opens everything. On an error all is closed again.
func open(ctx context.Context, cfg *Config, logger *slog.Logger) (*process, error) {
	p := &process{config: cfg, logger: logger}
	err := p.open(ctx)
	if err != nil {
		return nil, errors.Join(err, p.unwind(ctx))
	}
	return p, nil
}

func (p *process) open(ctx context.Context) error {
	registry, err := telemetry.NewRegistry(name, version())
	if err != nil {
		return err
	}
	tracer, flush, err := telemetry.TracerProvider(ctx, telemetry.TraceConfig{
		Service: name, Version: version(), Endpoint: p.config.Telemetry.OTLPEndpoint,
	})
	if err != nil {
		return err
	}
	p.onStop("telemetry", flush)
	edge, err := p.build(registry, tracer) //nolint:contextcheck // it opens nothing, so it takes no context
	if err != nil {
		return err
	}
	api, err := p.listen(ctx, "http.addr", p.config.HTTP.Edge.Addr)
	if err != nil {
		return err
	}
	ops, err := p.listen(ctx, "ops.addr", p.config.Ops.Addr)
	if err != nil {
		return err
	}
	endpoints := telemetry.Ops{Gatherer: registry, Ready: p.check, Logger: p.logger}
	p.served = []run.Unit{
		serving("ops", ops, &http.Server{
			Handler:        endpoints.Handler(),
			ReadTimeout:    opsReadTimeout,
			WriteTimeout:   opsWriteTimeout,
			MaxHeaderBytes: opsMaxHeader,
		}),
		serving("http", api, edge.Server()),
		p.readiness(),
	}
	// Requests in hand may take as long as their calls.
	p.served[1].StopTimeout = p.config.HTTP.Edge.UpstreamTimeout + graceful
	return nil
}

// build returns the gateway with its connections. They carry no token of their own: the caller's is passed on.
func (p *process) build(registry *prometheus.Registry, tracer trace.TracerProvider) (*gateway.Gateway, error) {
	security, err := p.config.TLS.load()
	if err != nil {
		return nil, err
	}
	deps := gateway.Deps{Logger: p.logger, Registerer: registry, TracerProvider: tracer, Ready: p.check}
	peers := p.config.Peers
	for _, peer := range []struct {
		name, addr string
		conn       *grpc.ClientConnInterface
	}{
		{"planning", peers.Planning, &deps.Planning},
		{"assessment", peers.Assessment, &deps.Assessment},
		{"scoring", peers.Scoring, &deps.Scoring},
		{"reporting", peers.Reporting, &deps.Reporting},
	} {
		conn, err := grpckit.Dial(grpckit.ClientOptions{Target: peer.addr, TLS: security, TracerProvider: tracer})
		if err != nil {
			return nil, err
		}
		*peer.conn = conn
		p.onStop("connection to "+peer.name, func(context.Context) error { return conn.Close() })
	}
	return gateway.New(p.config.HTTP.Edge, deps)
}

// listen opens a listener, so that an address that is taken stops the start before anything works.
func (p *process) listen(ctx context.Context, key, addr string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", key, err)
	}
	p.onStop("listener of "+key, func(context.Context) error {
		err := l.Close()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		return err
	})
	p.logger.InfoContext(ctx, "listening", "key", key, telemetry.KeyAddr, l.Addr().String())
	return l, nil
}

func (p *process) onStop(what string, stop func(context.Context) error) {
	p.opened = append(p.opened, run.Unit{Name: what, Stop: stop})
}

// unwind closes what was opened, when the process does not get as far as to run it.
func (p *process) unwind(ctx context.Context) error {
	var errs []error
	for _, u := range slices.Backward(p.opened) {
		stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), run.DefaultStopTimeout)
		errs = append(errs, u.Stop(stopCtx))
		cancel()
	}
	return errors.Join(errs...)
}

// run runs the process until ctx is done or a part fails.
func (p *process) run(ctx context.Context) error {
	return run.NewGroup(p.logger).Add(p.opened...).Add(p.served...).Run(ctx)
}

// check returns why the process cannot serve. The services do not count: without one of them the edge serves what it
// can, and says UNAVAILABLE for the rest.
func (p *process) check(context.Context) error {
	if !p.ready.Load() {
		return errNotReady
	}
	return nil
}

// readiness is the last unit to start and the first to stop.
func (p *process) readiness() run.Unit {
	drain := p.config.HTTP.Drain
	return run.Unit{
		Name:        "readiness",
		StopTimeout: drain + graceful,
		Start: func(context.Context) error {
			p.ready.Store(true)
			return nil
		},
		Stop: func(ctx context.Context) error {
			p.ready.Store(false)
			timer := time.NewTimer(drain)
			defer timer.Stop()
			select {
			case <-timer.C:
			case <-ctx.Done():
			}
			return nil
		},
	}
}

// serving returns a unit that serves on the listener until its requests have ended.
func serving(what string, l net.Listener, server *http.Server) run.Unit {
	return run.Unit{
		Name: what,
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
