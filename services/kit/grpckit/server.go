package grpckit

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	metricnoop "go.opentelemetry.io/otel/metric/noop"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/reflection"
	"google.golang.org/grpc/stats"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

const (
	// stopTimeout bounds the graceful end of a server; calls that still run then are cut.
	stopTimeout = 20 * time.Second
	// cutTimeout is what cutting them may take.
	cutTimeout = 2 * time.Second
)

// Builder collects what a server serves.
type Builder struct {
	options   ServerOptions
	registers []func(grpc.ServiceRegistrar)
}

// NewServer returns a builder of a server with the options.
func NewServer(o ServerOptions) *Builder { return &Builder{options: o} }

// Add adds a function that registers services, such as the method Register of a service, and returns the builder.
func (b *Builder) Add(register func(grpc.ServiceRegistrar)) *Builder {
	b.registers = append(b.registers, register)
	return b
}

// Build returns the server with everything that was added, the health service, and reflection when it is on. It fails
// when an option is missing, a service is registered twice, a method lacks its access option, or a message has
// validation rules that do not compile.
func (b *Builder) Build() (*Server, error) {
	o, err := b.options.complete()
	if err != nil {
		return nil, fmt.Errorf("grpckit: %w", err)
	}
	c, err := newChain(o)
	if err != nil {
		return nil, fmt.Errorf("grpckit: %w", err)
	}
	s := &Server{options: o, grpc: grpc.NewServer(c.serverOptions()...), health: health.NewServer()}
	r := &registrar{server: s.grpc, seen: map[string]bool{}}
	for _, register := range b.registers {
		register(r)
	}
	healthpb.RegisterHealthServer(r, s.health)
	if o.Reflection {
		reflection.Register(s.grpc)
	}
	table, tableErr := access.TableOf(s.grpc)
	err = errors.Join(append(r.errs, tableErr)...)
	if err != nil {
		return nil, fmt.Errorf("grpckit: %w", err)
	}
	s.table = table
	err = c.open(table)
	if err != nil {
		return nil, fmt.Errorf("grpckit: %w", err)
	}
	s.SetServing(false)
	return s, nil
}

// registrar refuses what grpc would end the process for.
type registrar struct {
	server *grpc.Server
	seen   map[string]bool
	errs   []error
}

func (r *registrar) RegisterService(desc *grpc.ServiceDesc, impl any) {
	if r.seen[desc.ServiceName] {
		r.errs = append(r.errs, fmt.Errorf("service %s is registered twice", desc.ServiceName))
		return
	}
	r.seen[desc.ServiceName] = true
	r.server.RegisterService(desc, impl)
}

func (c *chain) serverOptions() []grpc.ServerOption {
	o := c.options
	tracing := otelgrpc.NewServerHandler(
		otelgrpc.WithTracerProvider(o.TracerProvider),
		otelgrpc.WithMeterProvider(metricnoop.NewMeterProvider()),
		otelgrpc.WithPropagators(telemetry.Propagator()),
		otelgrpc.WithFilter(func(info *stats.RPCTagInfo) bool { return !plumbing(info.FullMethodName) }),
	)
	options := []grpc.ServerOption{
		grpc.StatsHandler(tracing),
		grpc.ChainUnaryInterceptor(c.unary()...),
		grpc.ChainStreamInterceptor(c.stream()...),
		grpc.UnknownServiceHandler(c.unknownMethod),
		grpc.MaxRecvMsgSize(o.MaxRecvBytes),
		grpc.MaxHeaderListSize(maxHeaderBytes),
		grpc.MaxConcurrentStreams(maxConcurrentStreams),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: minPingInterval, PermitWithoutStream: true}),
		grpc.KeepaliveParams(keepalive.ServerParameters{
			MaxConnectionAge:      maxConnectionAge,
			MaxConnectionAgeGrace: connectionAgeGrace,
			Time:                  keepaliveInterval,
			Timeout:               keepaliveTimeout,
		}),
	}
	if o.TLS != nil {
		options = append(options, grpc.Creds(credentials.NewTLS(withHTTP2(o.TLS))))
	}
	return options
}

func withHTTP2(c *tls.Config) *tls.Config {
	c = c.Clone()
	c.NextProtos = []string{"h2"}
	c.MinVersion = max(c.MinVersion, tls.VersionTLS12)
	return c
}

// Server is a built server. Its health is NOT_SERVING until its unit has started.
type Server struct {
	options ServerOptions
	grpc    *grpc.Server
	health  *health.Server
	table   *access.Table
}

// Table returns the access table of all that the server serves.
func (s *Server) Table() *access.Table { return s.table }

// Services returns the full names of all registered services, sorted.
func (s *Server) Services() []string { return slices.Sorted(maps.Keys(s.grpc.GetServiceInfo())) }

// SetServing says to health probes whether the server can serve. It has no effect after Withdraw or Stop.
func (s *Server) SetServing(serving bool) {
	status := healthpb.HealthCheckResponse_NOT_SERVING
	if serving {
		status = healthpb.HealthCheckResponse_SERVING
	}
	s.health.SetServingStatus("", status)
	for _, name := range s.Services() {
		if !plumbing("/" + name + "/") {
			s.health.SetServingStatus(name, status)
		}
	}
}

// Withdraw says NOT_SERVING to health probes for good, while calls are still served.
func (s *Server) Withdraw() { s.health.Shutdown() }

// Serve accepts calls on the listener until the server stops. It closes the listener.
func (s *Server) Serve(l net.Listener) error {
	err := s.grpc.Serve(l)
	if err != nil && !errors.Is(err, grpc.ErrServerStopped) {
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	}
	return nil
}

// Stop says NOT_SERVING, goes on serving for drain so that clients turn away, and then ends when the calls have ended.
// Calls that still run after 20 seconds, or when ctx is done, are cut, which is an error.
func (s *Server) Stop(ctx context.Context, drain time.Duration) error {
	s.health.Shutdown()
	timer := time.NewTimer(drain)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(ctx, stopTimeout)
	defer cancel()
	keep := context.AfterFunc(ctx, s.grpc.Stop)
	s.grpc.GracefulStop()
	if !keep() {
		return fmt.Errorf("calls were cut: %w", context.Cause(ctx))
	}
	return nil
}

// Close ends the server at once, for tests.
func (s *Server) Close() { s.grpc.Stop() }

// Unit returns the unit that serves on the listeners. It says SERVING when it starts, and stops as Stop does.
func (s *Server) Unit(drain time.Duration, listeners ...net.Listener) run.Unit {
	return run.Unit{
		Name:        "grpc",
		StopTimeout: drain + stopTimeout + cutTimeout,
		Start: func(context.Context) error {
			s.SetServing(true)
			return nil
		},
		Run: func(context.Context) error {
			errs := make(chan error, len(listeners))
			for _, l := range listeners {
				go func() { errs <- s.Serve(l) }()
			}
			var all []error
			for range listeners {
				err := <-errs
				if err != nil {
					// One listener that fails ends the unit, not only itself.
					s.grpc.Stop()
					all = append(all, err)
				}
			}
			return errors.Join(all...)
		},
		Stop: func(ctx context.Context) error { return s.Stop(ctx, drain) },
	}
}
