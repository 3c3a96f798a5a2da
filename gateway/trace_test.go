package gateway_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"google.golang.org/grpc"

	"github.com/kinerja-suite/kinerja/gateway"
)

func TestTrace(t *testing.T) {
	t.Parallel()
	spans := tracetest.NewSpanRecorder()
	b := newBench(t, func(_ *gateway.Config, d *gateway.Deps) {
		d.TracerProvider = sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(spans))
	})
	const given = "0af7651916cd43dd8448eb211c80319c"
	b.do(t, call{path: plan, header: map[string]string{"Traceparent": "00-" + given + "-b7ad6b7169203331-01"}})
	b.do(t, call{path: "/readyz"})
	ended := spans.Ended()
	if len(ended) != 1 || ended[0].Name() != "GET /v1/tenants/*/periods/*/plans/*" {
		t.Fatalf("spans %v", ended)
	}
	own := ended[0].SpanContext().TraceID().String()
	if own == given || len(ended[0].Links()) != 1 || ended[0].Links()[0].SpanContext.TraceID().String() != given {
		t.Errorf("the caller's trace is not linked: trace %s, links %v", own, ended[0].Links())
	}
	seen, _, _ := b.plans.seen()
	if got := strings.Join(seen.Get("traceparent"), ","); strings.Contains(got, given) {
		t.Errorf("the service got the caller's trace: %s", got)
	}
}

// broken is a connection that panics.
type broken struct{ recorder }

func (broken) Invoke(context.Context, string, any, any, ...grpc.CallOption) error { panic("secret") }

func TestPanic(t *testing.T) {
	t.Parallel()
	b := newBench(t, func(_ *gateway.Config, d *gateway.Deps) { d.Planning = &broken{} })
	a := b.do(t, call{path: plan})
	doc := a.problem(t, http.StatusInternalServerError, "INTERNAL")
	if strings.Contains(a.body, "secret") || doc.Metadata["error_id"] != doc.RequestID {
		t.Error(a.body)
	}
}
