package daemon

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/grpc"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/process"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// Env is what a process has opened for its service. The process closes it; a service never does.
type Env struct {
	*process.Env
	Config *Config

	DB        *sqlkit.DB
	Bus       *natskit.Bus
	JetStream jetstream.JetStream
	Clock     clock.Clock
	IDs       ids.Source

	token auth.TokenSource
	tls   *tls.Config
}

// openEnv opens everything but the listener. What it has opened is closed by the process, also after an error.
func openEnv(ctx context.Context, outer *process.Env, cfg *Config) (*Env, error) {
	e := &Env{Env: outer, Config: cfg, Clock: clock.System()}
	e.IDs = ids.New(e.Clock)
	for _, step := range []func(context.Context) error{e.openDB, e.openBus, e.openPeers} {
		err := step(ctx)
		if err != nil {
			return nil, err
		}
	}
	return e, nil
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

func (e *Env) openDB(ctx context.Context) error {
	db, err := openDB(ctx, e.Env, e.Config.DB)
	if err != nil {
		return err
	}
	e.DB = db
	for _, c := range db.Collectors(e.Name) {
		err := e.Registerer.Register(c)
		if err != nil {
			return fmt.Errorf("register database metrics: %w", err)
		}
	}
	return nil
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
	var err error
	e.tls, err = e.Config.TLS.Load()
	return err
}
