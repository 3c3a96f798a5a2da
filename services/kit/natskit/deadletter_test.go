package natskit_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

func deadLetters(t *testing.T, db *sqlkit.DB) []natskit.DeadLetter {
	t.Helper()
	letters, err := natskit.NewDeadLetterTable(db, clock.System()).List(t.Context(), durable, 100)
	if err != nil {
		t.Fatal(err)
	}
	return letters
}

func Test_an_unreadable_message_becomes_a_dead_letter_and_the_others_are_handled(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		bus := kittest.NATS(t)
		ensureStream(t, bus)
		publish(t, bus, 1)
		publishRaw(t, bus, &nats.Msg{
			Subject: "kinerja.test.v1.3374.plan.changed", Header: nats.Header{"ce-id": {"lost"}}, Data: []byte("?"),
		})
		publish(t, bus, 2)
		rec := &recorder{}
		run(t, bus, db, rec.handle)
		rec.await(t, 2)
		awaitAcknowledged(t, bus, 3)
		letters := deadLetters(t, db)
		if len(letters) != 1 {
			t.Fatalf("%d dead letters, want 1", len(letters))
		}
		l := letters[0]
		if l.Sequence != 2 || string(l.Payload) != "?" || l.Headers["ce-id"][0] != "lost" || l.Reason == "" || l.Stream != streamName {
			t.Errorf("dead letter: %+v", l)
		}
	})
}

func Test_one_bad_event_of_a_batch_is_found_and_the_others_are_handled(t *testing.T) {
	t.Parallel()
	bus := kittest.NATS(t)
	ensureStream(t, bus)
	publish(t, bus, 1, 2, 3, 4)
	rec := &recorder{fail: func(_ int, events []event.Received) error {
		for _, e := range events {
			switch e.Revision {
			case 2:
				return fmt.Errorf("decode: %w", e.Unmarshal(&wrapperspb.StringValue{})) // it is an Int64Value
			case 3:
				return natskit.Permanent(errors.New("no such rule pack"))
			}
		}
		return nil
	}}
	db := sqlite(t)
	run(t, bus, db, rec.handle)
	awaitAcknowledged(t, bus, 4)
	letters := deadLetters(t, db)
	if len(letters) != 2 || letters[0].EventID != "event-2" || letters[1].EventID != "event-3" {
		t.Errorf("dead letters: %+v", letters)
	}
}

// brokenTable cannot record the first letters.
type brokenTable struct {
	natskit.DeadLetters
	failures int
}

func (b *brokenTable) Record(ctx context.Context, l natskit.DeadLetter) error {
	if b.failures > 0 {
		b.failures--
		return errDown
	}
	return b.DeadLetters.Record(ctx, l)
}

func Test_a_dead_letter_is_recorded_before_its_message_is_given_up(t *testing.T) {
	t.Parallel()
	bus := kittest.NATS(t)
	ensureStream(t, bus)
	publish(t, bus, 1)
	db := sqlite(t)
	rec := &recorder{fail: func(int, []event.Received) error { return natskit.Permanent(errors.New("never")) }}
	runWith(t, natskit.ConsumerConfig{
		JetStream: bus.JetStream, Handler: rec.handle,
		DeadLetters: &brokenTable{DeadLetters: natskit.NewDeadLetterTable(db, clock.System()), failures: 2},
	})
	awaitAcknowledged(t, bus, 1)
	if letters := deadLetters(t, db); len(letters) != 1 || letters[0].Deliveries != 3 {
		t.Errorf("dead letters: %+v", letters)
	}
}

func Test_recording_a_dead_letter_twice_keeps_the_first(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		table := natskit.NewDeadLetterTable(db, clock.System())
		for _, reason := range []string{"first", "second"} {
			err := table.Record(t.Context(), natskit.DeadLetter{Consumer: durable, Stream: streamName, Sequence: 7, Reason: reason})
			if err != nil {
				t.Fatal(err)
			}
		}
		letters := deadLetters(t, db)
		if len(letters) != 1 || letters[0].Reason != "first" || letters[0].CreateTime.IsZero() {
			t.Errorf("dead letters: %+v", letters)
		}
	})
}

func Test_a_consumer_names_all_that_its_configuration_misses(t *testing.T) {
	t.Parallel()
	_, err := natskit.NewConsumer(natskit.ConsumerConfig{})
	if err == nil {
		t.Fatal("an empty configuration was accepted")
	}
	for _, name := range []string{"JetStream", "Stream", "Durable", "Handler", "DeadLetters"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%q does not name %s", err, name)
		}
	}
}

func Test_a_stream_that_cannot_be_made_is_an_error_at_once(t *testing.T) {
	t.Parallel()
	bus := kittest.NATS(t)
	ensureStream(t, bus)
	_, err := natskit.EnsureStream(t.Context(), bus.JetStream,
		jetstream.StreamConfig{Name: "OTHER", Subjects: []string{"kinerja.test.>"}}, kittest.Logger(t)) // overlaps
	if err == nil {
		t.Error("two streams took the same subjects")
	}
	_, err = natskit.Connect(t.Context(), natskit.Config{})
	if err == nil {
		t.Error("connected to nowhere")
	}
}
