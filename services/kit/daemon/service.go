package daemon

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"google.golang.org/grpc"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/process"
	"github.com/kinerja-suite/kinerja/services/kit/replay"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

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

// open opens everything, builds the service, brings its database up to date, and returns what the process serves.
func (p program) open(ctx context.Context, outer *process.Env) (process.Parts, error) {
	env, err := openEnv(ctx, outer, p.config)
	if err != nil {
		return process.Parts{}, err
	}
	service, err := p.spec.Build(ctx, env)
	if err != nil {
		return process.Parts{}, fmt.Errorf("build %s: %w", p.spec.Name, err)
	}
	err = migrate(ctx, env, service.Migrations())
	if err != nil {
		return process.Parts{}, err
	}
	log := replay.New(env.DB, env.Clock, env.Logger)
	server, err := newServer(env, service, log)
	if err != nil {
		return process.Parts{}, err
	}
	calls, err := env.Listen(ctx, "grpc.addr", env.Config.GRPC.Addr)
	if err != nil {
		return process.Parts{}, err
	}
	units := run.Units(append([]run.Runner{log.Runner()}, service.Runners()...)...)
	return process.Parts{
		Units: append(units, server.Unit(0, calls)),
		// The bus and the peers do not count: without them the service does what it can.
		Check:  func(ctx context.Context) error { return errors.Join(env.DB.Check(ctx), service.Check(ctx)) },
		Health: server,
	}, nil
}

func migrate(ctx context.Context, env *Env, migrations fs.FS) error {
	if env.Config.DB.Migrate {
		return sqlkit.Migrate(ctx, env.DB, migrations)
	}
	return sqlkit.CheckSchema(ctx, env.DB, migrations)
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
