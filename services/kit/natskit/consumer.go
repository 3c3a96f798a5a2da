package natskit

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/internal/pause"
)

// Defaults of ConsumerConfig.
const (
	DefaultConsumerBatch = 256
	DefaultAckWait       = 10 * time.Second
	DefaultHandleTimeout = time.Minute
	DefaultStopGrace     = 5 * time.Second
)

const (
	// pullExpiry is how long one pull stays open when nothing comes; the client library fixes it.
	pullExpiry = jetstream.DefaultExpires
	// pullHeartbeat bounds how long a dead pull goes unnoticed: twice this.
	pullHeartbeat = 2 * time.Second
	// pullStale is when a consumer that has heard nothing counts as not ready.
	pullStale = 2*pullExpiry + 10*time.Second
	// quietFailures is how many attempts to make or to reach a stream may fail before that is worth a line.
	quietFailures = 4
	// gatherWait is how long a batch is waited for that the stream has and not all of which has come.
	gatherWait = 20 * time.Millisecond
	// pendingFactor is how many batches may be delivered and not acknowledged.
	pendingFactor = 4
)

// Handler takes effect for a batch of events, 1 to Batch, in stream order. It must be
// idempotent, because a batch comes again after an error or a lost acknowledgement. An error
// that is Permanent sends the event to the dead letters; in a batch of several, the handler is
// called again for each event alone to find which. An error of Postpone puts some of the batch off.
type Handler func(ctx context.Context, events []event.Received) error

// ConsumerConfig configures a Consumer. JetStream, Stream, Durable, Handler and DeadLetters are
// required.
type ConsumerConfig struct {
	JetStream jetstream.JetStream
	// Stream is waited for: its owner creates it.
	Stream string
	// Durable names the consumer on the stream: <service>-<purpose>. A change of what cannot be
	// changed on a durable needs a new name.
	Durable string
	// Subjects to take; empty takes all of the stream.
	Subjects []string
	Handler  Handler
	// DeadLetters must be of the service's own database.
	DeadLetters DeadLetters
	// Batch is the most events given to the handler at once. Default 256.
	Batch int
	// AckWait is when an unacknowledged message comes again; a running handler extends it.
	// Default 10 s.
	AckWait time.Duration
	// HandleTimeout ends a handler's context. Default 1 min.
	HandleTimeout time.Duration
	// StopGrace is how long a running handler may go on when the consumer stops. Default 5 s.
	StopGrace time.Duration
	// RetryBase is the delay of the first redelivery after an error, doubled up to 30 s. Default
	// 250 ms.
	RetryBase time.Duration
	// Clock, Logger, Registerer and TracerProvider may be nil.
	Clock          clock.Clock
	Logger         *slog.Logger
	Registerer     prometheus.Registerer
	TracerProvider trace.TracerProvider
}

func (c *ConsumerConfig) complete() error {
	var missing []string
	required := []struct {
		name string
		ok   bool
	}{
		{"JetStream", c.JetStream != nil},
		{"Stream", c.Stream != ""},
		{"Durable", c.Durable != ""},
		{"Handler", c.Handler != nil},
		{"DeadLetters", c.DeadLetters != nil},
	}
	for _, r := range required {
		if !r.ok {
			missing = append(missing, r.name)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("consumer %s: configuration misses %s", c.Durable, strings.Join(missing, ", "))
	}
	c.Batch = orDefault(c.Batch, DefaultConsumerBatch)
	c.AckWait = orDefault(c.AckWait, DefaultAckWait)
	c.HandleTimeout = orDefault(c.HandleTimeout, DefaultHandleTimeout)
	c.StopGrace = orDefault(c.StopGrace, DefaultStopGrace)
	c.RetryBase = orDefault(c.RetryBase, redeliverBase)
	if c.Clock == nil {
		c.Clock = clock.System()
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.TracerProvider == nil {
		c.TracerProvider = noop.NewTracerProvider()
	}
	c.Logger = c.Logger.With(slog.String("consumer", c.Durable))
	return nil
}

func orDefault[T int | time.Duration](v, fallback T) T {
	if v <= 0 {
		return fallback
	}
	return v
}

// Consumer takes events from a stream and hands them to its handler, one batch at a time.
type Consumer struct {
	cfg      ConsumerConfig
	metrics  *consumerMetrics
	tracer   trace.Tracer
	lastPull atomic.Int64 // microseconds; 0 before the first
}

// NewConsumer returns a consumer that does nothing until Run.
func NewConsumer(cfg ConsumerConfig) (*Consumer, error) {
	err := cfg.complete()
	if err != nil {
		return nil, err
	}
	m, err := newConsumerMetrics(cfg.Registerer, cfg.Durable)
	if err != nil {
		return nil, err
	}
	return &Consumer{cfg: cfg, metrics: m, tracer: cfg.TracerProvider.Tracer("kinerja/natskit")}, nil
}

// Name is the durable's name, for a runner.
func (c *Consumer) Name() string { return "consumer " + c.cfg.Durable }

// Run consumes until ctx is done and then returns nil. It waits for the bus and for the stream,
// and makes its durable again when that was removed.
func (c *Consumer) Run(ctx context.Context) error {
	status := c.cfg.JetStream.Conn().StatusChanged(nats.CONNECTED)
	defer c.cfg.JetStream.Conn().RemoveStatusListener(status)
	backoff := pause.Backoff{Base: retryBase, Limit: retryLimit}
	for ctx.Err() == nil {
		err := c.consume(ctx, status, &backoff)
		if err != nil && ctx.Err() == nil {
			c.lost(err, backoff.Failures() == quietFailures)
			pause.For(ctx, backoff.Next())
		}
	}
	return nil
}

// lost logs one line for an outage, however long it lasts, and none for a stream whose owner is just starting too.
func (c *Consumer) lost(err error, lasting bool) {
	c.metrics.pullErrors.Inc()
	if lasting {
		c.cfg.Logger.Warn("consumer has no stream, trying on", slog.Any("error", err))
	}
}

// Check reports whether the consumer has heard from its stream lately, for readiness.
func (c *Consumer) Check(context.Context) error {
	last := c.lastPull.Load()
	if last == 0 {
		return fmt.Errorf("consumer %s has not reached its stream yet", c.cfg.Durable)
	}
	age := c.cfg.Clock.Now().Sub(time.UnixMicro(last))
	if age > pullStale {
		return fmt.Errorf("consumer %s heard nothing from its stream for %s", c.cfg.Durable, age.Round(time.Second))
	}
	return nil
}

func (c *Consumer) heard() {
	now := c.cfg.Clock.Now()
	c.lastPull.Store(now.UnixMicro())
	c.metrics.lastPull.Set(float64(now.UnixMilli()) / 1e3)
}

// attach makes the durable, or brings it to this configuration. What was asked over a connection that is lost is never
// answered, so it ends when one is restored.
func (c *Consumer) attach(ctx context.Context, status <-chan nats.Status) (jetstream.Consumer, error) {
	forget(status)
	call, cancel := context.WithTimeout(ctx, callTimeout)
	var wg sync.WaitGroup
	wg.Go(func() {
		select {
		case <-status:
			cancel()
		case <-call.Done():
		}
	})
	defer wg.Wait()
	defer cancel()
	return c.cfg.JetStream.CreateOrUpdateConsumer(call, c.cfg.Stream, jetstream.ConsumerConfig{
		Name:           c.cfg.Durable,
		Durable:        c.cfg.Durable,
		FilterSubjects: c.cfg.Subjects,
		AckPolicy:      jetstream.AckExplicitPolicy,
		AckWait:        c.cfg.AckWait,
		DeliverPolicy:  jetstream.DeliverAllPolicy,
		MaxAckPending:  pendingFactor * c.cfg.Batch,
		// Redelivery has no end: an outage of the handler's database is not the message's fault.
		MaxDeliver: -1,
	})
}

// consume pulls until the context is done or a pull fails.
func (c *Consumer) consume(ctx context.Context, status <-chan nats.Status, backoff *pause.Backoff) error {
	durable, err := c.attach(ctx, status)
	if err != nil {
		return fmt.Errorf("attach to stream %s: %w", c.cfg.Stream, err)
	}
	for ctx.Err() == nil {
		c.heard()
		err = c.pull(ctx, durable, status)
		if err != nil {
			return err
		}
		backoff.Reset()
	}
	return nil
}

// pull opens one request for a full batch and handles what arrives until it is used up or
// expires. A pull does not survive a lost connection, so it ends when one is restored.
func (c *Consumer) pull(ctx context.Context, durable jetstream.Consumer, status <-chan nats.Status) error {
	forget(status)
	pullCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	batch, err := durable.Fetch(c.cfg.Batch, jetstream.FetchContext(pullCtx), jetstream.FetchHeartbeat(pullHeartbeat))
	if err != nil {
		return fmt.Errorf("pull: %w", err)
	}
	got := 0
	group := make([]jetstream.Msg, 0, c.cfg.Batch)
	messages := batch.Messages()
	for {
		select {
		case _, ok := <-status:
			cancel()
			if !ok {
				status = nil // the connection is closed for good
			}
		case msg, ok := <-messages:
			if !ok {
				return c.pullResult(ctx, batch.Error(), got)
			}
			group = gather(append(group[:0], msg), messages, c.cfg.Batch-got)
			got += len(group)
			c.heard()
			c.take(ctx, group)
		}
	}
}

// forget drops news of connections made before, which would end a call or a pull for nothing.
func forget(status <-chan nats.Status) {
	for {
		select {
		case _, ok := <-status:
			if !ok {
				return
			}
		default:
			return
		}
	}
}

// gather adds what has arrived already, and, while the last message says that the stream holds more for this consumer,
// what is on its way: under a backlog a handler so gets whole batches, and otherwise nothing waits. A group has at most
// room messages, which is what the pull has asked for, and is waited for gatherWait at most.
func gather(group []jetstream.Msg, messages <-chan jetstream.Msg, room int) []jetstream.Msg {
	var limit <-chan time.Time
	for len(group) < room {
		select {
		case msg, ok := <-messages:
			if !ok {
				return group
			}
			group = append(group, msg)
			continue
		default:
		}
		if !moreBehind(group[len(group)-1]) {
			return group
		}
		if limit == nil {
			timer := time.NewTimer(gatherWait)
			defer timer.Stop()
			limit = timer.C
		}
		select {
		case msg, ok := <-messages:
			if !ok {
				return group
			}
			group = append(group, msg)
		case <-limit:
			return group
		}
	}
	return group
}

// moreBehind reports whether the stream held more messages for the consumer when it delivered this one.
func moreBehind(msg jetstream.Msg) bool {
	meta, err := msg.Metadata()
	return err == nil && meta.NumPending > 0
}

func (c *Consumer) pullResult(ctx context.Context, err error, got int) error {
	if err == nil && got == 0 {
		c.metrics.lag.Set(0) // the pull expired because there is nothing
	}
	ended := ctx.Err() != nil || errors.Is(err, context.Canceled) // by the consumer itself
	if err != nil && !ended {
		return fmt.Errorf("pull: %w", err)
	}
	return nil
}
