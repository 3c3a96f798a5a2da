package telemetry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"

	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

func TestLogger(t *testing.T) {
	t.Parallel()
	t.Run("a_line_carries_the_ids_of_its_context", func(t *testing.T) {
		t.Parallel()
		var out bytes.Buffer
		logger, err := telemetry.Logger(&out, "info", "json")
		if err != nil {
			t.Fatal(err)
		}
		span := trace.NewSpanContext(trace.SpanContextConfig{TraceID: trace.TraceID{1}, SpanID: trace.SpanID{2}})
		ctx := trace.ContextWithSpanContext(telemetry.WithRequestID(t.Context(), "r-1"), span)
		logger.With(telemetry.KeyService, "planning").DebugContext(ctx, "not written")
		logger.With(telemetry.KeyService, "planning").InfoContext(ctx, "started")
		var line map[string]any
		err = json.Unmarshal(out.Bytes(), &line)
		if err != nil {
			t.Fatalf("%v: %s", err, out.String())
		}
		for key, want := range map[string]string{
			"msg": "started", "service": "planning", "request_id": "r-1",
			"trace_id": span.TraceID().String(), "span_id": span.SpanID().String(),
		} {
			if line[key] != want {
				t.Errorf("%s is %v, want %s", key, line[key], want)
			}
		}
	})
	t.Run("a_line_without_a_context_has_no_ids", func(t *testing.T) {
		t.Parallel()
		var out bytes.Buffer
		logger, err := telemetry.Logger(&out, "debug", "text")
		if err != nil {
			t.Fatal(err)
		}
		logger.WithGroup("g").Debug("x", "a", 1)
		if !strings.Contains(out.String(), "g.a=1") || strings.Contains(out.String(), "request_id") {
			t.Fatalf("line %s", out.String())
		}
	})
	t.Run("an_unknown_level_or_format_is_an_error", func(t *testing.T) {
		t.Parallel()
		for _, c := range [][2]string{{"loud", "json"}, {"info", "xml"}} {
			_, err := telemetry.Logger(io.Discard, c[0], c[1])
			if err == nil {
				t.Errorf("%v was accepted", c)
			}
		}
	})
}

func TestRegister(t *testing.T) {
	t.Parallel()
	r, err := telemetry.NewRegistry("planning", "v1")
	if err != nil {
		t.Fatal(err)
	}
	counter := func() *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: "kinerja_x_total", Help: "X."}, []string{"a"})
	}
	first, err := telemetry.Register(r, counter())
	if err != nil {
		t.Fatal(err)
	}
	second, err := telemetry.Register(r, counter())
	if err != nil || first != second {
		t.Fatalf("parts of a process do not share the metric: %v", err)
	}
	_, err = telemetry.Register(r, prometheus.NewCounter(prometheus.CounterOpts{Name: "kinerja_x_total", Help: "Other."}))
	if err == nil {
		t.Fatal("two metrics of one name")
	}
}

func TestOps(t *testing.T) {
	t.Parallel()
	r, err := telemetry.NewRegistry("planning", "v1")
	if err != nil {
		t.Fatal(err)
	}
	var notReady error
	ops := telemetry.Ops{Gatherer: r, Ready: func(context.Context) error { return notReady }, Logger: slog.New(slog.DiscardHandler)}
	get := func(path string) (int, string) {
		w := httptest.NewRecorder()
		ops.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		return w.Code, w.Body.String()
	}
	if code, body := get("/metrics"); code != 200 || !strings.Contains(body, `kinerja_build_info{go="`) {
		t.Errorf("metrics: %d", code)
	}
	if code, _ := get("/readyz"); code != 200 {
		t.Errorf("readyz: %d", code)
	}
	notReady = errors.New("dial 10.0.0.7")
	if code, body := get("/readyz"); code != 503 || strings.Contains(body, "10.0.0.7") {
		t.Errorf("readyz: %d %s", code, body)
	}
	if code, _ := get("/healthz"); code != 200 {
		t.Errorf("healthz: %d", code)
	}
	if code, _ := get("/"); code != 404 {
		t.Errorf("root: %d", code)
	}
}

func TestTracerProvider(t *testing.T) {
	t.Parallel()
	t.Run("without_an_endpoint_no_span_is_made", func(t *testing.T) {
		t.Parallel()
		p, flush, err := telemetry.TracerProvider(t.Context(), telemetry.TraceConfig{})
		if err != nil {
			t.Fatal(err)
		}
		_, span := p.Tracer("x").Start(t.Context(), "y")
		if span.SpanContext().IsValid() || flush(t.Context()) != nil {
			t.Fatal("a span was made")
		}
	})
	t.Run("a_collector_that_is_away_holds_up_nothing", func(t *testing.T) {
		t.Parallel()
		c := telemetry.TraceConfig{Service: "planning", Endpoint: "127.0.0.1:1"}
		p, flush, err := telemetry.TracerProvider(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		_, span := p.Tracer("x").Start(t.Context(), "y")
		span.End()
		if !span.SpanContext().IsSampled() {
			t.Fatal("the span is not kept")
		}
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if flush(ctx) == nil {
			t.Fatal("nothing received the span")
		}
	})
}
