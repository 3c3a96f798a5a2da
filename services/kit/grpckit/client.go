package grpckit

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc"
	metricnoop "go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/metadata"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/faultgrpc"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

const (
	// DefaultTimeout is the deadline of a call whose context has none.
	DefaultTimeout = 5 * time.Second
	// DefaultMaxResponseBytes bounds a message that a client receives.
	DefaultMaxResponseBytes = 16 << 20

	// inMemory is the target of a connection with a dialer of its own.
	inMemory = "passthrough:///in-memory"

	// serviceConfig spreads calls over all addresses of a name, and repeats a call only when the server says that it did
	// nothing for lack of availability.
	serviceConfig = `{
		"loadBalancingConfig": [{"round_robin": {}}],
		"methodConfig": [{
			"name": [{}],
			"retryPolicy": {
				"maxAttempts": 3,
				"initialBackoff": "0.05s",
				"maxBackoff": "1s",
				"backoffMultiplier": 2,
				"retryableStatusCodes": ["UNAVAILABLE"]
			}
		}]
	}`
)

// ClientOptions are what a connection is made from. Target or Dialer is required.
type ClientOptions struct {
	// Target is the address of the server, such as planning:8081 or dns:///planning:8081.
	Target string
	// Dialer makes the transport instead of the network, such as bufconn's.
	Dialer func(ctx context.Context) (net.Conn, error)
	// Token gives the credentials of the caller; the calls are anonymous without it.
	Token auth.TokenSource
	// TLS is the client's side of the connection; clear text without it.
	TLS *tls.Config
	// TracerProvider makes the spans; none without it.
	TracerProvider trace.TracerProvider
	// Timeout is the deadline of a call whose context has none; DefaultTimeout when zero.
	Timeout time.Duration
	// MaxRecvBytes bounds a response; DefaultMaxResponseBytes when zero.
	MaxRecvBytes int
}

// Dial returns a connection, which connects when it is first used. Its calls return faults, carry the request id of
// their context, and have a deadline. They are repeated at most twice while the server is unavailable.
func Dial(o ClientOptions) (*grpc.ClientConn, error) {
	if o.Target == "" && o.Dialer == nil {
		return nil, errors.New("grpckit: a connection needs a target or a dialer")
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.MaxRecvBytes <= 0 {
		o.MaxRecvBytes = DefaultMaxResponseBytes
	}
	if o.TracerProvider == nil {
		o.TracerProvider = noop.NewTracerProvider()
	}
	transport := insecure.NewCredentials()
	if o.TLS != nil {
		transport = credentials.NewTLS(withHTTP2(o.TLS))
	}
	c := client{timeout: o.Timeout}
	options := []grpc.DialOption{
		grpc.WithTransportCredentials(transport),
		grpc.WithDefaultServiceConfig(serviceConfig),
		grpc.WithDisableServiceConfig(),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(o.MaxRecvBytes)),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: keepaliveInterval, Timeout: keepaliveTimeout}),
		grpc.WithStatsHandler(otelgrpc.NewClientHandler(
			otelgrpc.WithTracerProvider(o.TracerProvider),
			otelgrpc.WithMeterProvider(metricnoop.NewMeterProvider()),
			otelgrpc.WithPropagators(telemetry.Propagator()),
		)),
		grpc.WithChainUnaryInterceptor(c.unary),
		grpc.WithChainStreamInterceptor(c.stream),
	}
	if o.Token != nil {
		options = append(options, grpc.WithPerRPCCredentials(auth.Credentials(o.Token)))
	}
	target := o.Target
	if o.Dialer != nil {
		options = append(options, grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return o.Dialer(ctx) }))
		if target == "" {
			target = inMemory
		}
	}
	conn, err := grpc.NewClient(target, options...)
	if err != nil {
		return nil, fmt.Errorf("grpckit: dial %s: %w", target, err)
	}
	return conn, nil
}

type client struct{ timeout time.Duration }

func (c client) unary(ctx context.Context, method string, request, response any, conn *grpc.ClientConn, invoke grpc.UnaryInvoker, opts ...grpc.CallOption) error {
	ctx, cancel := bounded(outgoing(ctx), c.timeout)
	defer cancel()
	return faultgrpc.Decode(invoke(ctx, method, request, response, conn, opts...))
}

func (c client) stream(ctx context.Context, desc *grpc.StreamDesc, conn *grpc.ClientConn, method string, open grpc.Streamer, opts ...grpc.CallOption) (grpc.ClientStream, error) {
	ctx, cancel := bounded(outgoing(ctx), DefaultMaxStreamAge)
	s, err := open(ctx, desc, conn, method, opts...)
	if err != nil {
		cancel()
		return nil, faultgrpc.Decode(err)
	}
	return &clientStream{ClientStream: s, single: !desc.ServerStreams, cancel: cancel}, nil
}

// clientStream decodes errors, and frees the deadline's timer when the stream has ended.
type clientStream struct {
	grpc.ClientStream
	// single means that one message answers the stream.
	single bool
	cancel context.CancelFunc
}

func (s *clientStream) RecvMsg(message any) error {
	err := s.ClientStream.RecvMsg(message)
	if err != nil || s.single {
		s.cancel()
	}
	return ended(err)
}

func (s *clientStream) SendMsg(message any) error { return ended(s.ClientStream.SendMsg(message)) }

func (s *clientStream) Header() (metadata.MD, error) {
	md, err := s.ClientStream.Header()
	return md, faultgrpc.Decode(err)
}

// ended decodes err, but leaves the end of a stream what callers of gRPC expect.
func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return err
	}
	return faultgrpc.Decode(err)
}

func outgoing(ctx context.Context) context.Context {
	id := telemetry.RequestID(ctx)
	md, _ := metadata.FromOutgoingContext(ctx)
	if id == "" || len(md.Get(RequestIDHeader)) > 0 {
		return ctx
	}
	return metadata.AppendToOutgoingContext(ctx, RequestIDHeader, id)
}

func bounded(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	_, ok := ctx.Deadline()
	if ok {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, timeout)
}
