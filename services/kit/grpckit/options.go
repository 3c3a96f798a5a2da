package grpckit

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
	"google.golang.org/protobuf/proto"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
)

const (
	// DefaultMaxRecvBytes bounds a message that a server receives.
	DefaultMaxRecvBytes = 4 << 20
	// DefaultMaxDeadline caps the time of a call.
	DefaultMaxDeadline = 30 * time.Second
	// DefaultMaxStreamAge caps the time of a stream; watchers resume with a new one.
	DefaultMaxStreamAge = 30 * time.Minute

	maxHeaderBytes       = 64 << 10
	maxConcurrentStreams = 1000
	// maxConnectionAge makes clients connect again, so that a new process gets its share of them.
	maxConnectionAge   = 30 * time.Minute
	connectionAgeGrace = time.Minute
	minPingInterval    = 10 * time.Second
	keepaliveInterval  = time.Minute
	keepaliveTimeout   = 20 * time.Second
)

// Replayer answers a call that repeats an earlier one by its request_id (AIP-155); replay.Log is one.
type Replayer interface {
	// Do returns what next returns, or what it returned to the same caller for the same request before.
	Do(ctx context.Context, fullMethod string, request proto.Message, next func(ctx context.Context) (proto.Message, error)) (proto.Message, error)
}

// ServerOptions are what a server is built from. Name, Logger, Registerer, Verifier and IDs are required.
type ServerOptions struct {
	// Name is the name of the process, such as planning or standalone.
	Name       string
	Logger     *slog.Logger
	Registerer prometheus.Registerer
	// Verifier proves who calls.
	Verifier *auth.Verifier
	// IDs makes the ids of requests and errors.
	IDs ids.Source
	// TracerProvider makes the spans; none without it.
	TracerProvider trace.TracerProvider
	// Replay has the log of repeated requests by service, such as planning. A service without one repeats the work.
	Replay map[string]Replayer
	// MaxRecvBytes, MaxDeadline and MaxStreamAge are bounds; the defaults when zero.
	MaxRecvBytes int
	MaxDeadline  time.Duration
	MaxStreamAge time.Duration
	// Reflection offers the contract to tools such as grpcurl. It is off in production.
	Reflection bool
	// TLS is the server's side of the connections; clear text without it.
	TLS *tls.Config
}

// complete returns the options with their defaults; its error lists all that is missing.
func (o ServerOptions) complete() (ServerOptions, error) {
	var missing []string
	for name, given := range map[string]bool{
		"Name": o.Name != "", "Logger": o.Logger != nil, "Registerer": o.Registerer != nil,
		"Verifier": o.Verifier != nil, "IDs": o.IDs != nil,
	} {
		if !given {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return o, fmt.Errorf("missing %s", strings.Join(missing, ", "))
	}
	if o.MaxRecvBytes < 0 || o.MaxDeadline < 0 || o.MaxStreamAge < 0 {
		return o, errors.New("a bound is negative")
	}
	if o.TracerProvider == nil {
		o.TracerProvider = noop.NewTracerProvider()
	}
	if o.MaxRecvBytes == 0 {
		o.MaxRecvBytes = DefaultMaxRecvBytes
	}
	if o.MaxDeadline == 0 {
		o.MaxDeadline = DefaultMaxDeadline
	}
	if o.MaxStreamAge == 0 {
		o.MaxStreamAge = DefaultMaxStreamAge
	}
	return o, nil
}

// serviceOf returns the service of the suite that a method belongs to: planning for
// /kinerja.planning.v1.PlanService/GetPlan, and fallback for a method of none.
func serviceOf(fullMethod, fallback string) string {
	rest, ok := strings.CutPrefix(fullMethod, "/kinerja.")
	if !ok {
		return fallback
	}
	service, _, ok := strings.Cut(rest, ".")
	if !ok {
		return fallback
	}
	return service
}

// plumbing reports whether the method is gRPC's own: health and reflection calls carry no data of a tenant, and probes
// know neither tokens nor our deadlines.
func plumbing(fullMethod string) bool {
	return strings.HasPrefix(fullMethod, "/grpc.health.v1.Health/") || strings.HasPrefix(fullMethod, "/grpc.reflection.")
}
