package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.opentelemetry.io/otel/trace"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

func appendOne(t *testing.T, b *bundle, e event.Event) error {
	t.Helper()
	return b.db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		return b.out.Append(ctx, tx, e)
	})
}

func Test_a_row_that_the_server_refuses_is_parked_and_the_others_pass(t *testing.T) {
	t.Parallel()
	each(t, nil, func(t *testing.T, b *bundle) {
		b.append(t, huge("bad", 1))
		b.append(t, fact("good", 1), fact("good", 2))
		b.run(t)
		b.awaitMarked(t, 2)
		kittest.Await(t, "the row is parked", func() bool { return b.count(t, isParked) == 1 })
		wantStored(t, b, "good/1", "good/2")
		parked, err := b.out.Parked(t.Context(), 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(parked) != 1 || parked[0].Resource != "bad" || parked[0].Attempts != outbox.DefaultMaxAttempts || parked[0].LastError == "" {
			t.Errorf("parked: %+v", parked)
		}
		b.append(t, fact("bad", 2)) // the resource goes on after the parked row
		b.awaitMarked(t, 3)
	})
}

func Test_later_rows_of_a_refused_resource_wait_for_it(t *testing.T) {
	t.Parallel()
	each(t, func(o *outbox.Options) { o.MaxAttempts = 2 }, func(t *testing.T, b *bundle) {
		b.append(t, huge("bad", 1))
		b.run(t)
		kittest.Await(t, "the row is refused", func() bool { return b.count(t, "attempts = 1") == 1 })
		b.append(t, fact("bad", 2))
		b.append(t, fact("good", 1))
		b.awaitMarked(t, 2)
		wantStored(t, b, "good/1", "bad/2")
	})
}

func Test_an_operator_retries_or_drops_a_parked_row(t *testing.T) {
	t.Parallel()
	each(t, func(o *outbox.Options) { o.MaxAttempts = 1 }, func(t *testing.T, b *bundle) {
		b.append(t, huge("a", 1), huge("b", 1))
		b.run(t)
		kittest.Await(t, "both rows are parked", func() bool { return b.count(t, isParked) == 2 })
		parked, err := b.out.Parked(t.Context(), 10)
		if err != nil {
			t.Fatal(err)
		}
		larger := streamConfig()
		larger.MaxMsgSize = -1
		_, err = b.bus.JetStream.UpdateStream(t.Context(), larger)
		if err != nil {
			t.Fatal(err)
		}
		err = errors.Join(b.out.Retry(t.Context(), parked[0].EventID), b.out.Drop(t.Context(), parked[1].EventID))
		if err != nil {
			t.Fatal(err)
		}
		b.awaitMarked(t, 1)
		wantStored(t, b, parked[0].Resource+"/1")
		err = b.out.Retry(t.Context(), parked[1].EventID)
		if !errors.Is(err, outbox.ErrNotParked) {
			t.Errorf("retry of a dropped row: got %v, want ErrNotParked", err)
		}
	})
}

func Test_a_row_beyond_the_servers_payload_is_parked(t *testing.T) {
	t.Parallel()
	each(t, func(o *outbox.Options) { o.MaxAttempts = 1 }, func(t *testing.T, b *bundle) {
		err := b.db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
			err := b.out.Append(ctx, tx, fact("bad", 1), fact("bad", 2), fact("good", 1))
			if err != nil {
				return err
			}
			// The client library refuses it before anything is sent.
			_, err = tx.ExecContext(ctx, "UPDATE outbox SET payload = $1 WHERE resource_name = 'bad' AND resource_revision = 1",
				make([]byte, 2<<20))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		b.run(t)
		b.awaitMarked(t, 2)
		if n := b.count(t, isParked); n != 1 {
			t.Errorf("%d rows are parked, want 1", n)
		}
		wantStored(t, b, "good/1", "bad/2")
	})
}

func Test_old_published_rows_are_purged_and_others_stay(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		now := clock.NewFake(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
		out, err := outbox.New(db, ids.Sequence("event"), now, outbox.Options{Service: "test", Stream: streamName})
		if err != nil {
			t.Fatal(err)
		}
		b := &bundle{db: db, out: out}
		events := make([]event.Event, 1200)
		for i := range events {
			events[i] = fact(fmt.Sprint("r", i), 1)
		}
		b.append(t, events...)
		mark := func(where string) {
			err := db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
				_, err := tx.ExecContext(ctx, "UPDATE outbox SET publish_time = $1 WHERE "+where, sqlkit.Micros(now.Now()))
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		mark("seq <= 1100")
		now.Advance(71 * time.Hour)
		mark("seq > 1100 AND seq <= 1150")
		now.Advance(2 * time.Hour)
		n, err := out.NewPurger().Purge(t.Context())
		if err != nil || n != 1100 {
			t.Errorf("purged %d, %v; want 1100", n, err)
		}
		if marked, pending := b.count(t, isMarked), b.count(t, isPending); marked != 50 || pending != 50 {
			t.Errorf("%d marked and %d pending are left, want 50 and 50", marked, pending)
		}
	})
}

func Test_republish_tells_a_stream_again_what_it_lost(t *testing.T) {
	t.Parallel()
	each(t, nil, func(t *testing.T, b *bundle) {
		b.run(t)
		b.append(t, fact("a", 1), fact("a", 2))
		b.awaitMarked(t, 2)
		err := b.bus.JetStream.DeleteStream(t.Context(), streamName)
		if err != nil {
			t.Fatal(err)
		}
		ensureStream(t, b.bus)
		n, err := b.out.Republish(t.Context(), time.Unix(0, 0))
		if err != nil || n != 2 {
			t.Fatalf("%d rows, %v", n, err)
		}
		b.awaitMarked(t, 2)
		wantStored(t, b, "a/1", "a/2")
	})
}

func Test_the_trace_of_the_change_travels_with_its_event(t *testing.T) {
	t.Parallel()
	each(t, nil, func(t *testing.T, b *bundle) {
		span := trace.NewSpanContext(trace.SpanContextConfig{
			TraceID: trace.TraceID{1, 2, 3}, SpanID: trace.SpanID{4, 5}, TraceFlags: trace.FlagsSampled,
		})
		ctx := trace.ContextWithSpanContext(t.Context(), span)
		err := b.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
			return b.out.Append(ctx, tx, fact("a", 1))
		})
		if err != nil {
			t.Fatal(err)
		}
		b.run(t)
		b.awaitMarked(t, 1)
		stream, err := b.bus.JetStream.Stream(t.Context(), streamName)
		if err != nil {
			t.Fatal(err)
		}
		msg, err := stream.GetMsg(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		received, err := event.Open(msg.Subject, msg.Header, msg.Data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(span.TraceID(), received.Trace.TraceID()); diff != "" {
			t.Errorf("trace differs: %s", diff)
		}
	})
}
