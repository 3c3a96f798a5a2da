package daemon

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

// Env is what a process has opened for its service. The process closes it; a service never does.
type Env struct {
	// Name is that of the service, such as planning.
	Name    string
	Version string
	Config  *Config

	DB             *sqlkit.DB
	Bus            *natskit.Bus
	JetStream      jetstream.JetStream
	Clock          clock.Clock
	IDs            ids.Source
	Logger         *slog.Logger
	Registerer     prometheus.Registerer
	TracerProvider trace.TracerProvider

	registry *prometheus.Registry
	token    auth.TokenSource
	tls      *tls.Config
	opened   []run.Unit
}

// Dial returns the connection to a peer, such as scoring, with the credentials of this service. It connects when it is
// first used, and is closed when the process stops.
func (e *Env) Dial(peer string) (*grpc.ClientConn, error) {
	addr := e.Config.Peers.Addr(peer)
	if addr == "" {
		return nil, fmt.Errorf("peers.%s is missing", peer)
	}
	if e.token == nil {
		return nil, errors.New("auth.token_file is missing: a peer is called")
	}
	conn, err := grpckit.Dial(grpckit.ClientOptions{
		Target: addr, Token: e.token, TLS: e.tls, TracerProvider: e.TracerProvider,
	})
	if err != nil {
		return nil, err
	}
	e.OnStop("connection to "+peer, func(context.Context) error { return conn.Close() })
	return conn, nil
}

// OnStop registers what closes something that was opened for the service. It runs after the service has stopped, in
// reverse order, also when the start of the process fails.
func (e *Env) OnStop(name string, stop func(ctx context.Context) error) {
	e.opened = append(e.opened, run.Unit{Name: name, Stop: stop})
}

// unwind closes what was opened, when the process does not get as far as to run it.
func (e *Env) unwind(ctx context.Context) error {
	var errs []error
	for i := len(e.opened) - 1; i >= 0; i-- {
		u := e.opened[i]
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

// open opens everything but the listeners for the service with this name. On an error all is closed again.
func open(ctx context.Context, name string, cfg *Config, logger *slog.Logger) (*Env, error) {
	e := &Env{Name: name, Version: Version(), Config: cfg, Logger: logger, Clock: clock.System()}
	e.IDs = ids.New(e.Clock)
	for _, step := range []func(context.Context) error{e.openTelemetry, e.openDB, e.openBus, e.openPeers} {
		err := step(ctx)
		if err != nil {
			return nil, errors.Join(err, e.unwind(ctx))
		}
	}
	return e, nil
}

func (e *Env) openTelemetry(ctx context.Context) error {
	registry, err := telemetry.NewRegistry(e.Name, e.Version)
	if err != nil {
		return err
	}
	e.registry, e.Registerer = registry, registry
	provider, flush, err := telemetry.TracerProvider(ctx, telemetry.TraceConfig{
		Service: e.Name, Version: e.Version, Endpoint: e.Config.Telemetry.OTLPEndpoint,
	})
	if err != nil {
		return err
	}
	e.TracerProvider = provider
	e.OnStop("telemetry", flush)
	return nil
}

func (e *Env) openDB(ctx context.Context) error {
	db, err := OpenDB(ctx, e.Config.DB, e.Name)
	if err != nil {
		return err
	}
	e.DB = db
	e.OnStop("database", func(context.Context) error { return db.Close() })
	return registerDB(e.Registerer, db, e.Name)
}

func (e *Env) openBus(ctx context.Context) error {
	c := e.Config.NATS
	bus, err := natskit.Connect(ctx, natskit.Config{
		URL: c.URL, Name: "kinerja-" + e.Name, CredsFile: c.CredsFile, CAFile: c.CAFile, Logger: e.Logger,
	})
	if err != nil {
		return err
	}
	e.Bus, e.JetStream = bus, bus.JetStream
	e.OnStop("bus", bus.Close)
	return nil
}

func (e *Env) openPeers(context.Context) error {
	if e.Config.Auth.TokenFile != "" {
		e.token = auth.FileToken(e.Config.Auth.TokenFile, e.Clock)
	}
	if e.Config.TLS.CertFile == "" {
		return nil
	}
	var err error
	e.tls, err = e.Config.TLS.Load()
	return err
}
