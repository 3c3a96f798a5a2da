package main

import (
	"context"

	"google.golang.org/grpc"

	"github.com/kinerja-suite/kinerja/gateway"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/process"
	"github.com/kinerja-suite/kinerja/services/kit/run"
)

// open connects to the services and listens. The services do not count for readiness: without one of them the edge serves
// what it can, and says UNAVAILABLE for the rest.
func open(ctx context.Context, env *process.Env, cfg *Config) (process.Parts, error) {
	edge, err := build(env, cfg) //nolint:contextcheck // it opens nothing, so it takes no context
	if err != nil {
		return process.Parts{}, err
	}
	l, err := env.Listen(ctx, "http.addr", cfg.HTTP.Edge.Addr)
	if err != nil {
		return process.Parts{}, err
	}
	unit := process.HTTPUnit("http", l, edge.Server())
	// Requests in hand may take as long as their calls.
	unit.StopTimeout = cfg.HTTP.Edge.UpstreamTimeout + run.DefaultStopTimeout
	return process.Parts{Units: []run.Unit{unit}}, nil
}

// build returns the gateway with its connections. They carry no token of their own: the caller's is passed on.
func build(env *process.Env, cfg *Config) (*gateway.Gateway, error) {
	security, err := process.TLSConfig(cfg.TLS).Load()
	if err != nil {
		return nil, err
	}
	deps := gateway.Deps{Logger: env.Logger, Registerer: env.Registerer, TracerProvider: env.TracerProvider, Ready: env.Ready}
	for _, peer := range []struct {
		name string
		conn *grpc.ClientConnInterface
	}{
		{"planning", &deps.Planning},
		{"assessment", &deps.Assessment},
		{"scoring", &deps.Scoring},
		{"reporting", &deps.Reporting},
	} {
		conn, err := grpckit.Dial(grpckit.ClientOptions{
			Target: cfg.Peers.Addr(peer.name), TLS: security, TracerProvider: env.TracerProvider,
		})
		if err != nil {
			return nil, err
		}
		*peer.conn = conn
		env.OnStop("connection to "+peer.name, func(context.Context) error { return conn.Close() })
	}
	return gateway.New(cfg.HTTP.Edge, deps)
}
