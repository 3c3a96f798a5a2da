package natskit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"

	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/internal/pause"
)

const (
	redeliverBase  = 250 * time.Millisecond
	redeliverLimit = 30 * time.Second
	// handOver is the delay of messages that a stopping consumer gives back.
	handOver = 10 * time.Millisecond
	maxLinks = 128
)

// delivery is a message with the event that it carries.
type delivery struct {
	msg   jetstream.Msg
	event event.Received
}

// postponed is not a failure, but the answer of a handler to some of its events.
type postponed map[string]time.Duration

func (p postponed) Error() string { return fmt.Sprintf("%d events are to come again later", len(p)) }

// Postpone returns what a handler returns that has taken effect for its batch but for these events, by id, which are to
// come again after their time. Until then they count among those that the stream delivers without an acknowledgement,
// whose number is bounded. Nothing is counted as a failure or logged. Without events it returns nil.
func Postpone(later map[string]time.Duration) error {
	if len(later) == 0 {
		return nil
	}
	return postponed(later)
}

// take handles one group of messages and answers every one of them.
func (c *Consumer) take(ctx context.Context, group []jetstream.Msg) {
	if ctx.Err() != nil {
		for _, msg := range group {
			_ = msg.NakWithDelay(handOver)
		}
		return
	}
	hctx, release := c.handleContext(ctx)
	defer release()
	batch := make([]delivery, 0, len(group))
	for _, msg := range group {
		received, err := c.open(msg) //nolint:contextcheck // reading a message's headers waits for nothing
		if err != nil {
			c.bury(hctx, msg, received, err)
			continue
		}
		batch = append(batch, delivery{msg: msg, event: received})
	}
	if len(batch) == 0 {
		return
	}
	err := c.call(hctx, batch)
	if err != nil && permanent(err) && len(batch) > 1 {
		for i := range batch {
			c.settle(hctx, batch[i:i+1], c.call(hctx, batch[i:i+1]))
		}
		return
	}
	c.settle(hctx, batch, err)
}

// handleContext outlives the consumer's own by the grace, so that a stop does not tear work up
// that is nearly done, and ends at the handler's timeout in any case.
func (c *Consumer) handleContext(ctx context.Context) (context.Context, func()) {
	hctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.cfg.HandleTimeout)
	stop := context.AfterFunc(ctx, func() {
		pause.For(hctx, c.cfg.StopGrace)
		cancel()
	})
	return hctx, func() {
		stop()
		cancel()
	}
}

// open reads the event and notes what the delivery tells about the consumer.
func (c *Consumer) open(msg jetstream.Msg) (event.Received, error) {
	received, err := event.Open(msg.Subject(), msg.Headers(), msg.Data())
	meta, metaErr := msg.Metadata()
	if metaErr != nil {
		return received, fmt.Errorf("%w: %w", event.ErrUndecodable, metaErr)
	}
	received.Sequence = meta.Sequence.Stream
	received.Deliveries = meta.NumDelivered
	received.Pending = meta.NumPending
	c.metrics.lag.Set(float64(meta.NumPending))
	if meta.NumDelivered > 1 {
		c.metrics.redelivered.Inc()
	}
	return received, err
}

// call runs the handler in a span that is linked to those of the events, and keeps the messages
// from being delivered again while it runs.
func (c *Consumer) call(ctx context.Context, batch []delivery) error {
	events := make([]event.Received, len(batch))
	var links []trace.Link
	for i, d := range batch {
		events[i] = d.event
		if d.event.Trace.IsValid() && len(links) < maxLinks {
			links = append(links, trace.Link{SpanContext: d.event.Trace})
		}
	}
	ctx, span := c.tracer.Start(ctx, "consume "+c.cfg.Durable, trace.WithNewRoot(),
		trace.WithSpanKind(trace.SpanKindConsumer), trace.WithLinks(links...),
		trace.WithAttributes(attribute.Int("messaging.batch.message_count", len(events))))
	defer span.End()
	stop := c.extend(batch)
	defer stop()
	err := c.cfg.Handler(ctx, events)
	_, some := errors.AsType[postponed](err)
	if err != nil && !some {
		span.SetStatus(codes.Error, "handler failed")
	}
	return err
}

// extend tells the stream at intervals that the batch is still being handled.
func (c *Consumer) extend(batch []delivery) (stop func()) {
	var (
		mu      sync.Mutex
		stopped bool
		timer   *time.Timer
	)
	mu.Lock()
	defer mu.Unlock()
	timer = time.AfterFunc(c.cfg.AckWait/2, func() {
		mu.Lock()
		defer mu.Unlock()
		if stopped {
			return
		}
		for _, d := range batch {
			_ = d.msg.InProgress()
		}
		timer.Reset(c.cfg.AckWait / 2)
	})
	return func() {
		mu.Lock()
		defer mu.Unlock()
		stopped = true
		timer.Stop()
	}
}

// settle answers a batch by the handler's result.
func (c *Consumer) settle(ctx context.Context, batch []delivery, err error) {
	later, some := errors.AsType[postponed](err)
	if err == nil || some {
		c.acknowledge(batch, later)
		return
	}
	if permanent(err) && len(batch) == 1 {
		c.bury(ctx, batch[0].msg, batch[0].event, err)
		return
	}
	c.metrics.failures.Inc()
	c.cfg.Logger.Warn("events could not be handled, they will come again",
		slog.Int("events", len(batch)), slog.String("event_id", batch[0].event.ID),
		slog.Uint64("attempt", batch[0].event.Deliveries), slog.Any("error", err))
	for _, d := range batch {
		_ = d.msg.NakWithDelay(c.redeliver(d.event.Deliveries))
	}
}

// acknowledge answers a batch that was handled but for the events that are to come again later.
func (c *Consumer) acknowledge(batch []delivery, later postponed) {
	for _, d := range batch {
		delay, ok := later[d.event.ID]
		if ok {
			_ = d.msg.NakWithDelay(delay)
			continue
		}
		// A lost acknowledgement brings the message again, which the handler must bear.
		_ = d.msg.Ack()
		c.metrics.handled.Inc()
	}
}

func (c *Consumer) redeliver(deliveries uint64) time.Duration {
	n := int(min(deliveries, redeliverDoublings))
	return pause.Delay(n, c.cfg.RetryBase, redeliverLimit)
}

// redeliverDoublings bounds the exponent; the limit is reached long before.
const redeliverDoublings = 32

// bury records the message as a dead letter and ends its delivery. When it cannot be recorded
// it comes again instead, because an unrecorded loss cannot be repaired.
func (c *Consumer) bury(ctx context.Context, msg jetstream.Msg, received event.Received, cause error) {
	reason := cause.Error()
	reason = reason[:min(len(reason), maxReasonBytes)]
	err := c.cfg.DeadLetters.Record(ctx, DeadLetter{
		Consumer: c.cfg.Durable, Stream: c.cfg.Stream, Sequence: received.Sequence, EventID: received.ID,
		Subject: msg.Subject(), Headers: msg.Headers(), Payload: msg.Data(), Reason: reason,
		Deliveries: received.Deliveries,
	})
	if err != nil {
		c.metrics.failures.Inc()
		c.cfg.Logger.Warn("dead letter could not be recorded, it will come again", slog.Any("error", err))
		_ = msg.NakWithDelay(c.redeliver(received.Deliveries))
		return
	}
	c.metrics.deadLetters.Inc()
	c.cfg.Logger.Error("event can never be handled, recorded as a dead letter",
		slog.String("event_id", received.ID), slog.Uint64("stream_seq", received.Sequence), slog.String("reason", reason))
	_ = msg.TermWithReason("recorded as a dead letter")
}
