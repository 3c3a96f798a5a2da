package edge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	noopmetric "go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/kinerja-suite/kinerja/gateway/internal/problem"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

// Domain is the domain of the problems that the gateway itself reports.
const Domain = "gateway.kinerja"

// Options are what an edge needs; all are required.
type Options struct {
	IDs            ids.Source
	Logger         *slog.Logger
	Registerer     prometheus.Registerer
	TracerProvider trace.TracerProvider
	// Quiet are the routes that are neither logged nor traced, such as health checks.
	Quiet []string
}

// Edge wraps handlers.
type Edge struct {
	options Options
	quiet   map[string]bool
	seconds *prometheus.HistogramVec
}

// New returns an edge. It fails when its metric cannot be registered.
func New(o Options) (*Edge, error) {
	e := &Edge{
		options: o,
		quiet:   map[string]bool{},
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "kinerja_http_request_duration_seconds",
			Help:    "Time from the first byte of the request to the end of the response.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"route", "method", "code"}),
	}
	for _, route := range o.Quiet {
		e.quiet[route] = true
	}
	var err error
	e.seconds, err = telemetry.Register(o.Registerer, e.seconds)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// Wrap returns a handler that does the work of the edge around next.
func (e *Edge) Wrap(next http.Handler) http.Handler {
	served := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { e.serve(w, r, next) })
	_, off := e.options.TracerProvider.(noop.TracerProvider)
	if off {
		// A tracer that makes no span would hand the caller's trace id on as if it were ours.
		return served
	}
	return otelhttp.NewHandler(served, "http",
		otelhttp.WithTracerProvider(e.options.TracerProvider),
		otelhttp.WithMeterProvider(noopmetric.NewMeterProvider()),
		otelhttp.WithPropagators(telemetry.Propagator()),
		// A trace id that comes from outside is linked, not continued: a caller must not decide what is sampled.
		otelhttp.WithPublicEndpointFn(func(*http.Request) bool { return true }),
		otelhttp.WithFilter(func(r *http.Request) bool { return !e.quiet[r.URL.Path] }),
	)
}

func (e *Edge) serve(w http.ResponseWriter, r *http.Request, next http.Handler) {
	elapsed := clock.Stopwatch()
	rec := &Record{ID: requestID(r, e.options.IDs), Route: UnknownRoute}
	ctx := telemetry.WithRequestID(context.WithValue(r.Context(), recordKey{}, rec), rec.ID)
	out := &writer{ResponseWriter: w}
	secure(out.Header())
	out.Header().Set(RequestIDHeader, rec.ID)

	e.recovered(ctx, out, func() { next.ServeHTTP(out, r.WithContext(ctx)) })

	// otelhttp names the span after the pattern.
	r.Pattern = rec.Route
	took := elapsed()
	method := methodLabel(r.Method)
	e.seconds.WithLabelValues(rec.Route, method, strconv.Itoa(out.code())).Observe(took.Seconds())
	if e.quiet[rec.Route] {
		return
	}
	e.options.Logger.InfoContext(ctx, "request", telemetry.KeyMethod, method, "route", rec.Route,
		"status", out.code(), telemetry.KeyDuration, took)
}

// recovered calls f and answers with an INTERNAL problem when it panics.
func (e *Edge) recovered(ctx context.Context, out *writer, f func()) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		err, ok := p.(error)
		if ok && errors.Is(err, http.ErrAbortHandler) {
			panic(p)
		}
		id := RecordOf(ctx).ID
		e.options.Logger.ErrorContext(ctx, "panic", telemetry.KeyErrorID, id, telemetry.KeyError, fmt.Sprint(p),
			"stack", string(debug.Stack()))
		if out.status == 0 {
			problem.Write(out, problem.Answer{
				Fault: fault.New(fault.ReasonInternal, "error_id", id), Domain: Domain, RequestID: id,
			})
		}
	}()
	f()
}

// secure sets what holds for every response; handlers may set stricter or wider values for theirs.
func secure(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
}

// methodLabel bounds the values of the label: a caller may send any word as method.
func methodLabel(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

// writer remembers the status.
type writer struct {
	http.ResponseWriter
	status int
}

func (w *writer) WriteHeader(status int) {
	// An informational status is not the answer.
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *writer) Write(p []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *writer) code() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
