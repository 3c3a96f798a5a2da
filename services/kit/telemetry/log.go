package telemetry

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"go.opentelemetry.io/otel/trace"
)

// Keys of log attributes. A value that is told in several packages has its key here.
const (
	KeyService   = "service"
	KeyMethod    = "method"
	KeyCode      = "code"
	KeyReason    = "reason"
	KeyDuration  = "duration"
	KeyRequestID = "request_id"
	KeyTraceID   = "trace_id"
	KeySpanID    = "span_id"
	KeyErrorID   = "error_id"
	KeyError     = "error"
	KeyCause     = "cause"
	KeyTenant    = "tenant"
	KeyResource  = "resource"
	KeyRevision  = "revision"
	KeyEventID   = "event_id"
	KeyConsumer  = "consumer"
	KeyStream    = "stream"
	KeySubject   = "subject"
	KeyAttempt   = "attempt"
	KeyCount     = "count"
	KeyUnit      = "unit"
	KeyAddr      = "addr"
)

// Logger returns a logger that writes lines of this level and above to w. The level is debug, info, warn or error; the
// format is json or text. Another level or format is an error.
func Logger(w io.Writer, level, format string) (*slog.Logger, error) {
	var l slog.Level
	switch level {
	case "debug":
		l = slog.LevelDebug
	case "info":
		l = slog.LevelInfo
	case "warn":
		l = slog.LevelWarn
	case "error":
		l = slog.LevelError
	default:
		return nil, fmt.Errorf("telemetry: the log level %q is not debug, info, warn or error", level)
	}
	options := &slog.HandlerOptions{Level: l}
	switch strings.ToLower(format) {
	case "json":
		return slog.New(handler{slog.NewJSONHandler(w, options)}), nil
	case "text":
		return slog.New(handler{slog.NewTextHandler(w, options)}), nil
	default:
		return nil, fmt.Errorf("telemetry: the log format %q is not json or text", format)
	}
}

// handler adds the ids that the context carries.
type handler struct{ slog.Handler }

func (h handler) Handle(ctx context.Context, r slog.Record) error {
	id := RequestID(ctx)
	if id != "" {
		r.AddAttrs(slog.String(KeyRequestID, id))
	}
	span := trace.SpanContextFromContext(ctx)
	if span.IsValid() {
		r.AddAttrs(slog.String(KeyTraceID, span.TraceID().String()), slog.String(KeySpanID, span.SpanID().String()))
	}
	return h.Handler.Handle(ctx, r)
}

func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.Handler.WithAttrs(attrs)}
}

func (h handler) WithGroup(name string) slog.Handler { return handler{h.Handler.WithGroup(name)} }

type requestIDKey struct{}

// WithRequestID returns a context of the request with this id.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestIDKey{}, id)
}

// RequestID returns the id of the context's request, and "" when it is of none.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}
