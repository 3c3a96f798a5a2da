package grpckit

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

const (
	// RequestIDHeader is the metadata key of the id that follows a request through the services, and the response.
	RequestIDHeader = "x-request-id"

	// maxCause bounds the cause in a log line, in bytes: a panic's has a stack.
	maxCause = 8000
	// unknown stands for the method and reason that are not ours, so that labels are bounded.
	unknown = "unknown"
)

var requestIDShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// The id goes back in the header of an answer and in the trailer of a refusal: a status that comes after a header cannot
// be repeated by the client's retry policy. Setting either fails only once it was sent, which is then no matter.

func (c *chain) requestIDUnary(ctx context.Context, request any, _ *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	id := c.requestID(ctx)
	response, err := next(telemetry.WithRequestID(ctx, id), request)
	if err != nil {
		_ = grpc.SetTrailer(ctx, metadata.Pairs(RequestIDHeader, id))
		return nil, err
	}
	_ = grpc.SetHeader(ctx, metadata.Pairs(RequestIDHeader, id))
	return response, nil
}

func (c *chain) requestIDStream(srv any, ss grpc.ServerStream, _ *grpc.StreamServerInfo, next grpc.StreamHandler) error {
	md := metadata.Pairs(RequestIDHeader, c.requestID(ss.Context()))
	set := sync.OnceFunc(func() { _ = ss.SetHeader(md) })
	ctx := telemetry.WithRequestID(ss.Context(), md.Get(RequestIDHeader)[0])
	err := next(srv, &stream{ServerStream: ss, ctx: ctx, sending: func() error {
		set()
		return nil
	}})
	if err != nil {
		ss.SetTrailer(md)
	}
	return err
}

// requestID returns the caller's id when it is one that may be written to a log, and a new one otherwise.
func (c *chain) requestID(ctx context.Context) string {
	given := metadata.ValueFromIncomingContext(ctx, RequestIDHeader)
	if len(given) == 1 && requestIDShape.MatchString(given[0]) {
		return given[0]
	}
	return c.options.IDs.New()
}

// outcome is how a call ended. fault_encode notes the fault there: further out only the status is left.
type outcome struct {
	fault   *fault.Fault
	errorID string
	code    codes.Code
	took    time.Duration
}

type outcomeKey struct{}

func (c *chain) logUnary(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	if plumbing(info.FullMethod) {
		return next(ctx, request)
	}
	o := &outcome{}
	elapsed := clock.Stopwatch()
	response, err := next(context.WithValue(ctx, outcomeKey{}, o), request)
	o.code, o.took = status.Code(err), elapsed()
	c.completed(ctx, info.FullMethod, o)
	return response, err
}

func (c *chain) logStream(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
	if plumbing(info.FullMethod) {
		return next(srv, ss)
	}
	o := &outcome{}
	elapsed := clock.Stopwatch()
	ctx := ss.Context()
	err := next(srv, &stream{ServerStream: ss, ctx: context.WithValue(ctx, outcomeKey{}, o)})
	o.code, o.took = status.Code(err), elapsed()
	c.completed(ctx, info.FullMethod, o)
	return err
}

// completed counts the call and writes its one line.
func (c *chain) completed(ctx context.Context, method string, o *outcome) {
	_, known := c.table.Lookup(method)
	if !known {
		method = unknown
	}
	name := codeName(o.code)
	c.metrics.duration.WithLabelValues(method, name).Observe(o.took.Seconds())
	attrs := []slog.Attr{
		slog.String(telemetry.KeyMethod, method),
		slog.String(telemetry.KeyCode, name),
		slog.Duration(telemetry.KeyDuration, o.took),
	}
	level := slog.LevelInfo
	if o.fault != nil {
		reason := string(o.fault.Reason)
		label := reason
		if !fault.Known(o.fault.Reason) {
			label = unknown
		}
		c.metrics.faults.WithLabelValues(method, label).Inc()
		level = levelOf(o.fault.Kind)
		attrs = append(attrs, slog.String(telemetry.KeyReason, reason))
		cause := o.fault.Unwrap()
		if cause != nil {
			attrs = append(attrs, slog.String(telemetry.KeyCause, clip(cause.Error(), maxCause)))
		}
		if o.errorID != "" {
			attrs = append(attrs, slog.String(telemetry.KeyErrorID, o.errorID))
		}
	}
	c.options.Logger.LogAttrs(ctx, level, "rpc completed", attrs...)
}

func levelOf(k fault.Kind) slog.Level {
	switch k {
	case fault.KindInternal:
		return slog.LevelError
	case fault.KindUnavailable, fault.KindExhausted, fault.KindDeadline:
		return slog.LevelWarn
	default:
		return slog.LevelInfo
	}
}

func clip(s string, size int) string {
	if len(s) > size {
		s = s[:size]
	}
	return strings.ToValidUTF8(s, "")
}

// codeName returns the name that gRPC's documents give the code, such as NOT_FOUND.
func codeName(c codes.Code) string {
	name, ok := codeNames[c]
	if !ok {
		return "UNKNOWN"
	}
	return name
}

var codeNames = map[codes.Code]string{
	codes.OK: "OK", codes.Canceled: "CANCELLED", codes.Unknown: "UNKNOWN", codes.InvalidArgument: "INVALID_ARGUMENT",
	codes.DeadlineExceeded: "DEADLINE_EXCEEDED", codes.NotFound: "NOT_FOUND", codes.AlreadyExists: "ALREADY_EXISTS",
	codes.PermissionDenied: "PERMISSION_DENIED", codes.ResourceExhausted: "RESOURCE_EXHAUSTED",
	codes.FailedPrecondition: "FAILED_PRECONDITION", codes.Aborted: "ABORTED", codes.OutOfRange: "OUT_OF_RANGE",
	codes.Unimplemented: "UNIMPLEMENTED", codes.Internal: "INTERNAL", codes.Unavailable: "UNAVAILABLE",
	codes.DataLoss: "DATA_LOSS", codes.Unauthenticated: "UNAUTHENTICATED",
}

type metrics struct {
	duration *prometheus.HistogramVec
	faults   *prometheus.CounterVec
}

func newMetrics(r prometheus.Registerer) (*metrics, error) {
	duration, err := telemetry.Register(r, prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "kinerja_grpc_server_duration_seconds",
		Help:    "Time from receiving a call to its status.",
		Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30},
	}, []string{telemetry.KeyMethod, telemetry.KeyCode}))
	if err != nil {
		return nil, err
	}
	faults, err := telemetry.Register(r, prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "kinerja_grpc_server_faults_total",
		Help: "Calls that ended with a fault, by its reason.",
	}, []string{telemetry.KeyMethod, telemetry.KeyReason}))
	if err != nil {
		return nil, err
	}
	return &metrics{duration: duration, faults: faults}, nil
}
