package natskit_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/inbox"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const (
	streamName = "KINERJA_TEST"
	durable    = "test-watch"
)

var errDown = errors.New("the database is down")

func ensureStream(t *testing.T, bus *natskit.Bus) {
	t.Helper()
	_, err := natskit.EnsureStream(t.Context(), bus.JetStream,
		jetstream.StreamConfig{Name: streamName, Subjects: []string{"kinerja.test.>"}}, kittest.Logger(t))
	if err != nil {
		t.Fatal(err)
	}
}

func publish(t *testing.T, bus *natskit.Bus, revisions ...int64) {
	t.Helper()
	for _, revision := range revisions {
		sealed, err := event.Seal(t.Context(), event.Source("test"), event.Event{
			ID: fmt.Sprint("event-", revision), Time: time.Unix(1, 0), Resource: "a", Revision: revision,
			Subject: event.Subject("test", "3374", "plan", "changed"), Payload: wrapperspb.Int64(revision),
		})
		if err != nil {
			t.Fatal(err)
		}
		publishRaw(t, bus, &nats.Msg{Subject: sealed.Subject, Header: sealed.Header(), Data: sealed.Data})
	}
}

func publishRaw(t *testing.T, bus *natskit.Bus, msg *nats.Msg) {
	t.Helper()
	_, err := bus.JetStream.PublishMsg(t.Context(), msg)
	if err != nil {
		t.Fatal(err)
	}
}

// recorder is a handler that keeps the revisions it was given.
type recorder struct {
	mu      sync.Mutex
	batches [][]int64
	fail    func(call int, events []event.Received) error
}

func (r *recorder) handle(_ context.Context, events []event.Received) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var revisions []int64
	for _, e := range events {
		revisions = append(revisions, e.Revision)
	}
	r.batches = append(r.batches, revisions)
	if r.fail == nil {
		return nil
	}
	return r.fail(len(r.batches), events)
}

func (r *recorder) all() []int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Concat(r.batches...)
}

func (r *recorder) await(t *testing.T, n int) {
	t.Helper()
	kittest.Await(t, fmt.Sprintf("%d events are handled", n), func() bool { return len(r.all()) >= n })
}

func run(t *testing.T, bus *natskit.Bus, db *sqlkit.DB, handler natskit.Handler) (stop func() error) {
	t.Helper()
	return runWith(t, natskit.ConsumerConfig{
		JetStream: bus.JetStream, Handler: handler, DeadLetters: natskit.NewDeadLetterTable(db, clock.System()),
	})
}

func runWith(t *testing.T, cfg natskit.ConsumerConfig) (stop func() error) {
	t.Helper()
	cfg.Stream, cfg.Durable, cfg.Logger = streamName, durable, kittest.Logger(t)
	cfg.RetryBase = 20 * time.Millisecond
	consumer, err := natskit.NewConsumer(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return kittest.Run(t, consumer.Run)
}

func acknowledged(t *testing.T, bus *natskit.Bus, upTo uint64) bool {
	t.Helper()
	c, err := bus.JetStream.Consumer(t.Context(), streamName, durable)
	if err != nil {
		return false
	}
	info, err := c.Info(t.Context())
	return err == nil && info.AckFloor.Stream == upTo && info.NumAckPending == 0
}

func awaitAcknowledged(t *testing.T, bus *natskit.Bus, upTo uint64) {
	t.Helper()
	kittest.Await(t, fmt.Sprintf("all is acknowledged up to %d", upTo), func() bool { return acknowledged(t, bus, upTo) })
}

func sqlite(t *testing.T) *sqlkit.DB {
	t.Helper()
	return kittest.Engine{Name: sqlkit.SQLite}.DB(t, nil)
}

func Test_events_are_handled_in_order_and_acknowledged(t *testing.T) {
	t.Parallel()
	bus := kittest.NATS(t)
	ensureStream(t, bus)
	var want []int64
	for revision := range int64(600) { // more than two pulls
		want = append(want, revision+1)
	}
	publish(t, bus, want[:300]...)
	rec := &recorder{}
	run(t, bus, sqlite(t), rec.handle)
	publish(t, bus, want[300:]...)
	rec.await(t, len(want))
	awaitAcknowledged(t, bus, 600)
	diff := cmp.Diff(want, rec.all())
	if diff != "" {
		t.Errorf("order differs (-want +got):\n%s", diff)
	}
}

func Test_a_consumer_started_first_waits_for_the_bus_and_the_stream(t *testing.T) {
	t.Parallel()
	server := kittest.StoppedNATSServer(t)
	bus := server.Connect(t)
	rec := &recorder{}
	consumer, err := natskit.NewConsumer(natskit.ConsumerConfig{
		JetStream: bus.JetStream, Stream: streamName, Durable: durable, Handler: rec.handle,
		DeadLetters: natskit.NewDeadLetterTable(sqlite(t), clock.System()), Logger: kittest.Logger(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	kittest.Run(t, consumer.Run)
	if consumer.Check(t.Context()) == nil || bus.Check(t.Context()) == nil {
		t.Error("ready without a bus")
	}
	server.Start(t)
	ensureStream(t, bus)
	publish(t, bus, 1, 2)
	rec.await(t, 2)
	err = errors.Join(consumer.Check(t.Context()), bus.Check(t.Context()))
	if err != nil {
		t.Error(err)
	}
}

func Test_a_consumer_goes_on_after_the_bus_was_away(t *testing.T) {
	t.Parallel()
	server := kittest.NATSServer(t)
	bus := server.Connect(t)
	ensureStream(t, bus)
	rec := &recorder{}
	run(t, bus, sqlite(t), rec.handle)
	publish(t, bus, 1)
	rec.await(t, 1)
	awaitAcknowledged(t, bus, 1)
	server.Stop()
	// Until the loss is noticed, what is published goes nowhere.
	kittest.Await(t, "the connection is lost", func() bool { return !bus.Conn.IsConnected() })
	server.Start(t)
	kittest.Await(t, "the connection is back", bus.Conn.IsConnected)
	elapsed := clock.Stopwatch()
	publish(t, bus, 2)
	rec.await(t, 2)
	// The consumer has asked for its durable over the connection that was lost, and must not wait 5 s for the answer.
	if took := elapsed(); took > 4*time.Second {
		t.Errorf("the consumer went on after %s", took)
	}
}

func Test_a_removed_durable_is_made_again(t *testing.T) {
	t.Parallel()
	bus := kittest.NATS(t)
	ensureStream(t, bus)
	rec := &recorder{}
	run(t, bus, sqlite(t), rec.handle)
	publish(t, bus, 1)
	rec.await(t, 1)
	awaitAcknowledged(t, bus, 1)
	err := bus.JetStream.DeleteConsumer(t.Context(), streamName, durable)
	if err != nil {
		t.Fatal(err)
	}
	publish(t, bus, 2)
	rec.await(t, 3) // the new durable begins at the start of the stream
	if got := rec.all(); got[len(got)-1] != 2 {
		t.Errorf("handled %v", got)
	}
}

func Test_a_failed_batch_comes_again_after_a_delay(t *testing.T) {
	t.Parallel()
	bus := kittest.NATS(t)
	ensureStream(t, bus)
	publish(t, bus, 1, 2, 3)
	rec := &recorder{fail: func(call int, _ []event.Received) error {
		if call <= 2 {
			return errDown
		}
		return nil
	}}
	db := sqlite(t)
	run(t, bus, db, rec.handle)
	awaitAcknowledged(t, bus, 3)
	if got := len(rec.all()); got < 5 {
		t.Errorf("%d deliveries, want the first two calls repeated", got)
	}
	if letters := deadLetters(t, db); len(letters) != 0 {
		t.Errorf("an outage made dead letters: %v", letters)
	}
}

func Test_events_that_a_handler_postpones_come_again_after_their_time(t *testing.T) {
	t.Parallel()
	const delay = 300 * time.Millisecond
	bus := kittest.NATS(t)
	ensureStream(t, bus)
	publish(t, bus, 1, 2, 3)
	elapsed := clock.Stopwatch()
	var after time.Duration
	rec := &recorder{}
	rec.fail = func(_ int, events []event.Received) error {
		later := map[string]time.Duration{}
		for _, e := range events {
			switch {
			case e.Revision == 2 && e.Deliveries == 1:
				later[e.ID] = delay
			case e.Revision == 2:
				after = elapsed()
			}
		}
		return natskit.Postpone(later)
	}
	db := sqlite(t)
	run(t, bus, db, rec.handle)
	awaitAcknowledged(t, bus, 3)
	if diff := cmp.Diff([]int64{1, 2, 3, 2}, rec.all()); diff != "" {
		t.Errorf("deliveries (-want +got):\n%s", diff)
	}
	if after < delay {
		t.Errorf("it came again after %s", after)
	}
	if letters := deadLetters(t, db); len(letters) != 0 {
		t.Errorf("dead letters: %v", letters)
	}
}

func Test_redelivery_with_an_inbox_takes_effect_once(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		bus := kittest.NATS(t)
		ensureStream(t, bus)
		publish(t, bus, 1, 2, 3)
		var mu sync.Mutex
		effects := map[string]int{}
		calls := 0
		run(t, bus, db, func(ctx context.Context, events []event.Received) error {
			var fresh map[string]bool
			var ids []string
			for _, e := range events {
				ids = append(ids, e.ID)
			}
			err := db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
				var err error
				fresh, err = inbox.Claim(ctx, tx, durable, ids, time.Unix(1, 0))
				return err
			})
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			for id := range fresh {
				effects[id]++
			}
			calls++
			if calls == 1 {
				return errDown // the effect is committed, but the acknowledgement is lost
			}
			return nil
		})
		awaitAcknowledged(t, bus, 3)
		mu.Lock()
		defer mu.Unlock()
		diff := cmp.Diff(map[string]int{"event-1": 1, "event-2": 1, "event-3": 1}, effects)
		if diff != "" || calls < 2 {
			t.Errorf("%d calls, effects differ (-want +got):\n%s", calls, diff)
		}
	})
}

func Test_a_slow_handler_keeps_its_messages(t *testing.T) {
	t.Parallel()
	bus := kittest.NATS(t)
	ensureStream(t, bus)
	publish(t, bus, 1)
	rec := &recorder{}
	runWith(t, natskit.ConsumerConfig{
		JetStream: bus.JetStream, AckWait: 200 * time.Millisecond,
		DeadLetters: natskit.NewDeadLetterTable(sqlite(t), clock.System()),
		Handler: func(ctx context.Context, events []event.Received) error {
			timer := time.NewTimer(time.Second)
			defer timer.Stop()
			<-timer.C
			return rec.handle(ctx, events)
		},
	})
	awaitAcknowledged(t, bus, 1)
	if got := rec.all(); len(got) != 1 {
		t.Errorf("handled %v, want once", got)
	}
}

func Test_a_handler_may_finish_when_its_consumer_stops(t *testing.T) {
	t.Parallel()
	bus := kittest.NATS(t)
	ensureStream(t, bus)
	publish(t, bus, 1)
	begun, goOn := make(chan struct{}), make(chan struct{})
	stop := run(t, bus, sqlite(t), func(ctx context.Context, _ []event.Received) error {
		close(begun)
		<-goOn
		return ctx.Err()
	})
	<-begun
	stopped := make(chan error, 1)
	var wg sync.WaitGroup
	wg.Go(func() { stopped <- stop() })
	close(goOn)
	wg.Wait()
	err := <-stopped
	if err != nil {
		t.Fatal(err)
	}
	awaitAcknowledged(t, bus, 1)
}
