package standalone

import (
	"context"
	"errors"
	"net"
	"net/http"
	"path/filepath"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc"
	"google.golang.org/grpc/test/bufconn"

	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
	"github.com/kinerja-suite/kinerja/gateway"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

const (
	// memoryBuffer is the buffer of the in-memory listener, in bytes.
	memoryBuffer = 1 << 20
	httpStop     = 10 * time.Second
	pollReady    = 5 * time.Millisecond
)

// Suite is an opened suite. Run it once.
type Suite struct {
	options  Options
	closers  closers
	clock    clock.Clock
	ids      ids.Source
	registry *prometheus.Registry
	signer   *auth.Signer
	bus      *natskit.Bus
	services []service

	memory             *bufconn.Listener
	internal, external *grpc.ClientConn
	grpc               *grpckit.Server
	grpcTCP, httpTCP   net.Listener
	http               *http.Server
	ops                *http.Server
}

// Open opens the engines and builds everything; nothing is served before Run. What was opened is closed again when it
// fails. The context bounds the opening only.
func Open(ctx context.Context, o Options) (_ *Suite, err error) {
	err = o.validate()
	if err != nil {
		return nil, err
	}
	s := &Suite{options: o, clock: clock.System(), memory: bufconn.Listen(memoryBuffer)}
	s.ids = ids.New(s.clock)
	defer func() {
		if err != nil {
			err = errors.Join(err, s.closers.close())
		}
	}()
	steps := []func(context.Context) error{s.openEngines, s.openConnections, s.openServices, s.openServers}
	for _, step := range steps {
		err = step(ctx)
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *Suite) openEngines(ctx context.Context) error {
	unlock, err := lockData(s.options.Data)
	if err != nil {
		return err
	}
	s.closers.push(unlock)
	s.registry, err = telemetry.NewRegistry("standalone", "")
	if err != nil {
		return err
	}
	s.signer, err = auth.LoadOrCreateKeys(filepath.Join(s.options.Data, "keys"), s.clock)
	if err != nil {
		return err
	}
	ns, err := startNATS(s.options.Data)
	if err != nil {
		return err
	}
	s.closers.push(func() error { stopNATS(ns); return nil })
	s.bus, err = natskit.Connect(ctx, natskit.Config{InProcess: ns, Name: "standalone", Logger: s.options.Logger})
	if err != nil {
		return err
	}
	s.closers.push(func() error { return closeBus(s.bus) }) //nolint:contextcheck // closing has a deadline of its own
	return nil
}

// openConnections dials the server that will listen in memory: for the services with a token of theirs, and for the
// edge without, because it passes on the caller's.
func (s *Suite) openConnections(context.Context) error {
	dialer := func(ctx context.Context) (net.Conn, error) { return s.memory.DialContext(ctx) }
	token := auth.SignedToken(s.signer, serviceClaims())
	var err error
	s.internal, err = grpckit.Dial(grpckit.ClientOptions{Dialer: dialer, Token: token})
	if err != nil {
		return err
	}
	s.closers.push(s.internal.Close)
	s.external, err = grpckit.Dial(grpckit.ClientOptions{Dialer: dialer})
	if err != nil {
		return err
	}
	s.closers.push(s.external.Close)
	return nil
}

func (s *Suite) openServers(ctx context.Context) error {
	err := s.buildGRPC()
	if err != nil {
		return err
	}
	edge, err := gateway.New(gateway.Defaults(), gateway.Deps{ //nolint:contextcheck // what it registers has no context
		Planning: s.external, Assessment: s.external, Scoring: s.external, Reporting: s.external,
		Logger: s.options.Logger, Registerer: s.registerer("gateway"), Ready: s.check,
	})
	if err != nil {
		return err
	}
	s.http = edge.Server()
	var listen net.ListenConfig
	s.grpcTCP, err = listen.Listen(ctx, "tcp", s.options.GRPC)
	if err != nil {
		return err
	}
	s.closers.push(ignoreClosed(s.grpcTCP.Close))
	s.httpTCP, err = listen.Listen(ctx, "tcp", s.options.HTTP)
	if err != nil {
		return err
	}
	s.closers.push(ignoreClosed(s.httpTCP.Close))
	if s.options.Ops != "" {
		s.ops = &http.Server{
			Addr: s.options.Ops, ReadHeaderTimeout: httpStop,
			Handler: telemetry.Ops{Gatherer: s.registry, Ready: s.check, Logger: s.options.Logger}.Handler(),
		}
	}
	return nil
}

func (s *Suite) buildGRPC() error {
	builder := grpckit.NewServer(grpckit.ServerOptions{
		Name: "standalone", Logger: s.options.Logger, Registerer: s.registry, Verifier: s.signer.Verifier(), IDs: s.ids,
		Replay: s.replays(), Reflection: true,
	})
	for _, x := range s.services {
		builder.Add(x.Register)
	}
	var err error
	s.grpc, err = builder.Build()
	return err
}

// Run serves until ctx is done, then stops in order (the edge, consumers and relays, the gRPC server that consumers call
// to the last, the engines) and returns nil when all of that went well. What clients write by gRPC while consumers stop
// waits in the outboxes for the next start.
func (s *Suite) Run(ctx context.Context) error {
	group := run.NewGroup(s.options.Logger)
	group.Add(s.grpc.Unit(0, s.memory, s.grpcTCP))
	for _, x := range s.services {
		group.Add(run.Units(x.Runners()...)...)
		group.Add(x.replay.Runner().Unit())
	}
	group.Add(httpUnit("http", s.http, func() error { return s.http.Serve(s.httpTCP) }))
	if s.ops != nil {
		group.Add(httpUnit("ops", s.ops, s.ops.ListenAndServe))
	}
	err := group.Run(ctx)
	return errors.Join(err, s.closers.close())
}

func httpUnit(name string, server *http.Server, serve func() error) run.Unit {
	return run.Unit{
		Name: name, StopTimeout: httpStop, Stop: server.Shutdown,
		Run: func(context.Context) error {
			err := serve()
			if errors.Is(err, http.ErrServerClosed) {
				return nil
			}
			return err
		},
	}
}

// check reports why the suite cannot serve now.
func (s *Suite) check(ctx context.Context) error {
	errs := []error{s.bus.Check(ctx)}
	for _, x := range s.services {
		errs = append(errs, x.Check(ctx))
	}
	return errors.Join(errs...)
}

// WaitReady returns when the suite serves and every service can work, or when ctx is done.
func (s *Suite) WaitReady(ctx context.Context) error {
	ticker := time.NewTicker(pollReady)
	defer ticker.Stop()
	for {
		err := s.ready(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-ticker.C:
		}
	}
}

func (s *Suite) ready(ctx context.Context) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.HTTPAddr()+"/readyz", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return errors.New(response.Status)
	}
	return nil
}

// HTTPAddr returns the address of the edge.
func (s *Suite) HTTPAddr() string { return s.httpTCP.Addr().String() }

// GRPCAddr returns the address of the gRPC services.
func (s *Suite) GRPCAddr() string { return s.grpcTCP.Addr().String() }

// Signer returns the signer of tokens that the suite takes.
func (s *Suite) Signer() *auth.Signer { return s.signer }

// Conns returns connections to the services, without a token.
func (s *Suite) Conns() demo.Conns {
	return demo.Conns{Planning: s.external, Assessment: s.external, Scoring: s.external, Reporting: s.external}
}

func (s *Suite) registerer(name string) prometheus.Registerer {
	return prometheus.WrapRegistererWith(prometheus.Labels{"component": name}, s.registry)
}

func ignoreClosed(closing func() error) func() error {
	return func() error {
		err := closing()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		return err
	}
}
