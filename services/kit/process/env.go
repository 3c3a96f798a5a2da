package process

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"slices"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

// Env is what a process gives to its parts and commands. The process closes it; they never do.
type Env struct {
	// Name is that of the Spec.
	Name    string
	Version string
	Logger  *slog.Logger
	// Stdout is for the answers of commands.
	Stdout     io.Writer
	Registerer prometheus.Registerer
	// TracerProvider makes spans while the process serves; those of a command go nowhere.
	TracerProvider trace.TracerProvider

	common   Common
	registry *prometheus.Registry
	// opened are what must be closed, in the order in which it was opened.
	opened []run.Unit
	parts  Parts
	// ready is true from the end of the start to the beginning of the stop.
	ready atomic.Bool
}

func newEnv(name string, common Common, logger *slog.Logger) (*Env, error) {
	version := Version()
	registry, err := telemetry.NewRegistry(name, version)
	if err != nil {
		return nil, err
	}
	return &Env{
		Name: name, Version: version, Logger: logger, Registerer: registry, TracerProvider: noop.NewTracerProvider(),
		common: common, registry: registry,
	}, nil
}

// OnStop registers what closes something that was opened. It runs after the units have stopped, in reverse order, also
// when the start of the process fails.
func (e *Env) OnStop(name string, stop func(ctx context.Context) error) {
	e.opened = append(e.opened, run.Unit{Name: name, Stop: stop})
}

// Listen opens a listener on the address of the configuration's key, so that an address that is taken stops the start
// before anything works. The process closes it.
func (e *Env) Listen(ctx context.Context, key, addr string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", key, err)
	}
	e.OnStop("listener of "+key, func(context.Context) error {
		err := l.Close()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		return err
	})
	e.Logger.InfoContext(ctx, "listening", "key", key, telemetry.KeyAddr, l.Addr().String())
	return l, nil
}

func (e *Env) openTracer(ctx context.Context) error {
	provider, flush, err := telemetry.TracerProvider(ctx, telemetry.TraceConfig{
		Service: e.Name, Version: e.Version, Endpoint: e.common.Telemetry.OTLPEndpoint,
	})
	if err != nil {
		return err
	}
	e.TracerProvider = provider
	e.OnStop("telemetry", flush)
	return nil
}

// unwind closes what was opened, when the process does not get as far as to run it.
func (e *Env) unwind(ctx context.Context) error {
	var errs []error
	for _, u := range slices.Backward(e.opened) {
		stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), run.DefaultStopTimeout)
		err := u.Stop(stopCtx)
		cancel()
		if err != nil {
			errs = append(errs, fmt.Errorf("stop %s: %w", u.Name, err))
		}
	}
	e.opened = nil
	return errors.Join(errs...)
}
