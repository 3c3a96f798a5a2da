package natskit_test

import (
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
)

func Test_the_consumers_span_is_linked_to_that_of_the_change(t *testing.T) {
	t.Parallel()
	bus := kittest.NATS(t)
	ensureStream(t, bus)
	cause := trace.NewSpanContext(trace.SpanContextConfig{
		TraceID: trace.TraceID{9}, SpanID: trace.SpanID{8}, TraceFlags: trace.FlagsSampled, Remote: true,
	})
	sealed, err := event.Seal(trace.ContextWithSpanContext(t.Context(), cause), event.Source("test"), event.Event{
		ID: "traced", Time: time.Unix(1, 0), Resource: "a", Revision: 1,
		Subject: event.Subject("test", "3374", "plan", "changed"), Payload: wrapperspb.Int64(1),
	})
	if err != nil {
		t.Fatal(err)
	}
	publishRaw(t, bus, &nats.Msg{Subject: sealed.Subject, Header: sealed.Header(), Data: sealed.Data})
	spans := tracetest.NewSpanRecorder()
	rec := &recorder{}
	runWith(t, natskit.ConsumerConfig{
		JetStream: bus.JetStream, Handler: rec.handle,
		DeadLetters:    natskit.NewDeadLetterTable(sqlite(t), clock.System()),
		TracerProvider: sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(spans)),
	})
	kittest.Await(t, "a span has ended", func() bool { return len(spans.Ended()) == 1 })
	span := spans.Ended()[0]
	links := span.Links()
	if len(links) != 1 || links[0].SpanContext.TraceID() != cause.TraceID() || span.Parent().IsValid() {
		t.Errorf("span %s: parent %v, links %v", span.Name(), span.Parent(), links)
	}
}
