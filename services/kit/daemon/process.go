package daemon

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/replay"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
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

// Service is a service of the suite, built and not started. The service packages export one.
type Service interface {
	// Name returns the name of the service, such as planning.
	Name() string
	// Register registers its gRPC services.
	Register(grpc.ServiceRegistrar)
	// Runners returns its background work.
	Runners() []run.Runner
	// Check returns why it cannot serve now, nil when it can.
	Check(ctx context.Context) error
	// Migrations returns its migrations by engine; see sqlkit.Migrate.
	Migrations() fs.FS
}

// process is a process that has opened all and has not started.
type process struct {
	env     *Env
	service Service
	server  *grpckit.Server
	replay  *replay.Log
	calls   net.Listener
	ops     net.Listener
	ready   atomic.Bool
}

// newProcess builds the service in the environment, brings its database up to date, and opens the listeners. The
// environment closes all that it opens.
func newProcess(ctx context.Context, spec Spec, env *Env) (*process, error) {
	service, err := spec.Build(ctx, env)
	if err != nil {
		return nil, fmt.Errorf("build %s: %w", spec.Name, err)
	}
	p := &process{env: env, service: service, replay: replay.New(env.DB, env.Clock, env.Logger)}
	err = migrate(ctx, env.Config.DB, env.DB, service.Migrations())
	if err != nil {
		return nil, err
	}
	p.server, err = newServer(env, service, p.replay)
	if err != nil {
		return nil, err
	}
	p.calls, err = listen(ctx, env, "grpc.addr", env.Config.GRPC.Addr)
	if err != nil {
		return nil, err
	}
	p.ops, err = listen(ctx, env, "ops.addr", env.Config.Ops.Addr)
	if err != nil {
		return nil, err
	}
	return p, nil
}

func migrate(ctx context.Context, c DBConfig, db *sqlkit.DB, migrations fs.FS) error {
	if c.Migrate {
		return sqlkit.Migrate(ctx, db, migrations)
	}
	return sqlkit.CheckSchema(ctx, db, migrations)
}

func newServer(env *Env, service Service, log *replay.Log) (*grpckit.Server, error) {
	c := env.Config
	verifier, err := auth.LoadVerifier(c.Auth.PublicKeyFile, env.Clock)
	if err != nil {
		return nil, fmt.Errorf("auth.public_key_file: %w", err)
	}
	return grpckit.NewServer(grpckit.ServerOptions{
		Name:           env.Name,
		Logger:         env.Logger,
		Registerer:     env.Registerer,
		Verifier:       verifier,
		IDs:            env.IDs,
		TracerProvider: env.TracerProvider,
		Replay:         map[string]grpckit.Replayer{service.Name(): log},
		MaxRecvBytes:   int(c.GRPC.MaxMessage),
		MaxDeadline:    c.GRPC.MaxDeadline,
		MaxStreamAge:   c.GRPC.MaxStreamAge,
		Reflection:     c.GRPC.Reflection,
		TLS:            env.tls,
	}).Add(service.Register).Build()
}

// listen opens a listener, so that an address that is taken stops the start before anything works.
func listen(ctx context.Context, env *Env, key, addr string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", key, err)
	}
	env.OnStop("listener of "+key, func(context.Context) error {
		err := l.Close()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		return err
	})
	env.Logger.InfoContext(ctx, "listening", "key", key, telemetry.KeyAddr, l.Addr().String())
	return l, nil
}

// run runs the process until ctx is done or a part fails.
func (p *process) run(ctx context.Context) error {
	runners := append([]run.Runner{p.replay.Runner()}, p.service.Runners()...)
	group := run.NewGroup(p.env.Logger).Add(p.env.opened...).Add(run.Units(runners...)...)
	group.Add(p.server.Unit(0, p.calls), p.opsUnit(), p.readiness())
	return group.Run(ctx)
}

// opsUnit serves the operations endpoints.
func (p *process) opsUnit() run.Unit {
	ops := telemetry.Ops{Gatherer: p.env.registry, Ready: p.check, Logger: p.env.Logger}
	return HTTPUnit("ops", p.ops, ops.Handler())
}

// HTTPUnit returns a unit that serves the handler on the listener, for endpoints that answer shortly.
func HTTPUnit(name string, l net.Listener, handler http.Handler) run.Unit {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
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
func (p *process) readiness() run.Unit {
	drain := p.env.Config.GRPC.Drain
	return run.Unit{
		Name:        "readiness",
		StopTimeout: drain + graceful,
		Start: func(ctx context.Context) error {
			p.ready.Store(true)
			p.look(ctx)
			return nil
		},
		Run: func(ctx context.Context) error {
			ticker := time.NewTicker(checkEvery)
			defer ticker.Stop()
			for {
				select {
				case <-ctx.Done():
					return nil
				case <-ticker.C:
					p.look(ctx)
				}
			}
		},
		Stop: func(ctx context.Context) error {
			p.ready.Store(false)
			p.server.Withdraw()
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

// look tells the gRPC health what the check says.
func (p *process) look(ctx context.Context) {
	lookCtx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	err := p.check(lookCtx)
	if err != nil && ctx.Err() == nil {
		p.env.Logger.WarnContext(ctx, "not healthy", telemetry.KeyError, err.Error())
	}
	p.server.SetServing(err == nil)
}

// check returns why the process cannot serve. The bus and the peers do not count: without them it serves what it can.
func (p *process) check(ctx context.Context) error {
	if !p.ready.Load() {
		return errNotReady
	}
	return errors.Join(p.env.DB.Check(ctx), p.service.Check(ctx))
}
