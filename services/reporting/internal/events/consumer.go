package events

import (
	"context"
	"log/slog"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/wire"
)

// The durable consumers of this service. What cannot be changed on a durable needs a new name.
const (
	PlanningConsumer = "reporting-planning"
	ScoringConsumer  = "reporting-scoring"

	planningStream = "KINERJA_PLANNING"
	scoringStream  = "KINERJA_SCORING"
)

// Deps are what the consumers work with.
type Deps struct {
	JetStream      jetstream.JetStream
	DeadLetters    natskit.DeadLetters
	Projector      *app.Projector
	Clock          clock.Clock
	Logger         *slog.Logger
	Registerer     prometheus.Registerer
	TracerProvider trace.TracerProvider
	// Batch is the most events of one batch.
	Batch int
}

// Consumers returns the consumers, which do nothing until they run.
func Consumers(d Deps) ([]*natskit.Consumer, error) {
	planning := d.config(PlanningConsumer, planningStream,
		event.Subject("planning", "*", "tenant", "created"),
		event.Subject("planning", "*", "unit", "changed"),
		event.Subject("planning", "*", "person", "changed"),
		event.Subject("planning", "*", "plan", "changed"))
	scoring := d.config(ScoringConsumer, scoringStream,
		event.Subject("scoring", "*", "score", "changed"),
		event.Subject("scoring", "*", "survey-index", "changed"))
	var out []*natskit.Consumer
	for _, cfg := range []natskit.ConsumerConfig{planning, scoring} {
		c, err := natskit.NewConsumer(cfg)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func (d Deps) config(durable, stream string, subjects ...string) natskit.ConsumerConfig {
	return natskit.ConsumerConfig{
		JetStream: d.JetStream, Stream: stream, Durable: durable, Subjects: subjects,
		Handler: handler(d.Projector, durable), DeadLetters: d.DeadLetters, Batch: d.Batch,
		Clock: d.Clock, Logger: d.Logger, Registerer: d.Registerer, TracerProvider: d.TracerProvider,
	}
}

func handler(p *app.Projector, consumer string) natskit.Handler {
	return func(ctx context.Context, received []event.Received) error {
		events := make([]app.Event, 0, len(received))
		for _, r := range received {
			e, err := wire.Event(r)
			if err != nil {
				return err
			}
			events = append(events, e)
		}
		return p.Apply(ctx, consumer, events)
	}
}
