package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

var errKilled = errors.New("killed")

func wantStored(t *testing.T, b *bundle, want ...string) {
	t.Helper()
	diff := cmp.Diff(want, b.stored(t))
	if diff != "" {
		t.Errorf("stream differs (-want +got):\n%s", diff)
	}
}

func Test_committed_events_are_published_in_order_and_marked(t *testing.T) {
	t.Parallel()
	each(t, nil, func(t *testing.T, b *bundle) {
		b.append(t, fact("a", 1)) // waits for the relay
		b.run(t)
		b.awaitMarked(t, 1)
		want := []string{"a/1"}
		for revision := int64(2); revision <= 40; revision++ {
			b.append(t, fact("a", revision), fact("b", revision))
			want = append(want, fmt.Sprintf("a/%d", revision), fmt.Sprintf("b/%d", revision))
		}
		b.awaitMarked(t, len(want))
		wantStored(t, b, want...)
		if got := b.metric(t, "kinerja_outbox_duplicates_total"); got != 0 {
			t.Errorf("%v events were published twice", got)
		}
		if got := b.metric(t, "kinerja_outbox_published_total"); got != float64(len(want)) {
			t.Errorf("%v published, want %d", got, len(want))
		}
	})
}

func Test_a_rolled_back_change_tells_nothing(t *testing.T) {
	t.Parallel()
	each(t, nil, func(t *testing.T, b *bundle) {
		b.run(t)
		err := b.db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
			return errors.Join(b.out.Append(ctx, tx, fact("a", 1)), errKilled)
		})
		if !errors.Is(err, errKilled) {
			t.Fatal(err)
		}
		b.append(t, fact("b", 1))
		b.awaitMarked(t, 1)
		wantStored(t, b, "b/1")
	})
}

func Test_an_invalid_event_fails_the_change(t *testing.T) {
	t.Parallel()
	each(t, nil, func(t *testing.T, b *bundle) {
		for name, change := range map[string]func() error{
			"no payload":  func() error { e := fact("a", 1); e.Payload = nil; return appendOne(t, b, e) },
			"no resource": func() error { return appendOne(t, b, fact("", 1)) },
			"no revision": func() error { return appendOne(t, b, fact("a", 0)) },
			"bad subject": func() error { e := fact("a", 1); e.Subject = "kinerja.test"; return appendOne(t, b, e) },
		} {
			err := change()
			if err == nil {
				t.Errorf("%s was accepted", name)
			}
		}
		if n := b.count(t, isPending); n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

// A process killed after the commit and before publishing: the next one publishes.
func Test_crash_between_commit_and_publish_loses_nothing(t *testing.T) {
	t.Parallel()
	kill := func(o *outbox.Options) {
		o.Hooks.BeforePublish = func(context.Context) error { return errKilled }
	}
	each(t, kill, func(t *testing.T, b *bundle) {
		b.append(t, fact("a", 1), fact("a", 2))
		err := kittest.Wait(t, b.out.NewRelay(b.bus.JetStream).Run)
		if !errors.Is(err, errKilled) {
			t.Fatalf("the relay ended with %v", err)
		}
		wantStored(t, b)
		b.restart(t, nil)
		b.run(t)
		b.awaitMarked(t, 2)
		wantStored(t, b, "a/1", "a/2")
	})
}

// A process killed after the acknowledgement and before the mark: the next one publishes again,
// and the stream drops the repetition.
func Test_crash_between_publish_and_mark_stores_each_event_once(t *testing.T) {
	t.Parallel()
	kill := func(o *outbox.Options) {
		o.Hooks.AfterPublish = func(context.Context) error { return errKilled }
	}
	each(t, kill, func(t *testing.T, b *bundle) {
		b.append(t, fact("a", 1), fact("a", 2), fact("b", 1))
		err := kittest.Wait(t, b.out.NewRelay(b.bus.JetStream).Run)
		if !errors.Is(err, errKilled) {
			t.Fatalf("the relay ended with %v", err)
		}
		wantStored(t, b, "a/1", "a/2", "b/1")
		if n := b.count(t, isMarked); n != 0 {
			t.Fatalf("%d rows are marked by a dead process", n)
		}
		b.restart(t, nil)
		b.run(t)
		b.awaitMarked(t, 3)
		wantStored(t, b, "a/1", "a/2", "b/1")
		if got := b.metric(t, "kinerja_outbox_duplicates_total"); got != 3 {
			t.Errorf("%v duplicates, want 3", got)
		}
	})
}

// An SQLite file is owned by one process, so a killed process's lease keeps nobody waiting.
func Test_a_killed_owner_of_an_sqlite_file_does_not_delay_the_next(t *testing.T) {
	t.Parallel()
	db := kittest.Engine{Name: sqlkit.SQLite}.DB(t, nil)
	b := &bundle{db: db, bus: kittest.NATS(t)}
	ensureStream(t, b.bus)
	long := func(o *outbox.Options) { o.LeaseTTL = time.Hour }
	b.restart(t, func(o *outbox.Options) {
		long(o)
		o.Hooks.BeforePublish = func(context.Context) error { return errKilled }
	})
	b.append(t, fact("a", 1))
	err := kittest.Wait(t, b.out.NewRelay(b.bus.JetStream).Run)
	if !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	b.restart(t, long)
	b.run(t)
	b.awaitMarked(t, 1)
}

// A transaction that took its sequence early and commits late is behind the relay's last row.
func Test_a_late_commit_with_a_lower_sequence_is_published(t *testing.T) {
	t.Parallel()
	db := kittest.Engine{Name: sqlkit.Postgres}.DB(t, nil) // SQLite has one writer: it cannot happen
	b := &bundle{db: db, bus: kittest.NATS(t)}
	ensureStream(t, b.bus)
	b.restart(t, nil)
	b.run(t)
	err := db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		err := b.out.Append(ctx, tx, fact("early", 1))
		if err != nil {
			return err
		}
		// Meanwhile another transaction takes the next sequence, commits and is published.
		b.append(t, fact("late", 1))
		b.awaitMarked(t, 1)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	b.awaitMarked(t, 2)
	wantStored(t, b, "late/1", "early/1")
}

func Test_of_two_relays_one_publishes_and_the_other_takes_over(t *testing.T) {
	t.Parallel()
	short := func(o *outbox.Options) {
		o.LeaseTTL = time.Second
		o.Poll = 100 * time.Millisecond
		o.Exclusive = false
	}
	each(t, short, func(t *testing.T, first *bundle) {
		second := &bundle{db: first.db, bus: first.bus}
		second.restart(t, short)
		stopFirst := first.run(t)
		kittest.Await(t, "the first relay leads", func() bool {
			return first.metric(t, "kinerja_outbox_relay_active") == 1
		})
		second.run(t)
		const n = 50
		for revision := range int64(n) {
			// Rows of the instance without the lease are found by polling.
			second.append(t, fact("a", revision+1))
		}
		first.awaitMarked(t, n)
		if got := first.metric(t, "kinerja_outbox_published_total"); got != n {
			t.Errorf("the leader published %v, want %d", got, n)
		}
		if got := second.metric(t, "kinerja_outbox_published_total"); got != 0 {
			t.Errorf("the idle relay published %v", got)
		}
		err := stopFirst()
		if err != nil {
			t.Fatal(err)
		}
		first.append(t, fact("a", n+1))
		first.awaitMarked(t, n+1)
		if got := len(first.stored(t)); got != n+1 {
			t.Errorf("the stream holds %d, want %d", got, n+1)
		}
	})
}

func Test_an_exclusive_relay_ends_when_another_process_takes_over(t *testing.T) {
	t.Parallel()
	db := kittest.Engine{Name: sqlkit.SQLite}.DB(t, nil)
	bus := kittest.NATS(t)
	ensureStream(t, bus)
	change := func(o *outbox.Options) { o.LeaseTTL = 300 * time.Millisecond; o.Poll = 50 * time.Millisecond }
	first, second := &bundle{db: db, bus: bus}, &bundle{db: db, bus: bus}
	first.restart(t, change)
	second.restart(t, change)
	firstEnd := make(chan error, 1)
	stop := kittest.Run(t, func(ctx context.Context) error {
		firstEnd <- first.out.NewRelay(bus.JetStream).Run(ctx)
		return nil
	})
	kittest.Await(t, "the first relay leads", func() bool {
		return first.metric(t, "kinerja_outbox_relay_active") == 1
	})
	second.run(t)
	err := <-firstEnd
	if !errors.Is(err, outbox.ErrLeaseTaken) {
		t.Errorf("the first relay ended with %v, want ErrLeaseTaken", err)
	}
	_ = stop()
}

func Test_a_bus_that_comes_late_and_goes_away_parks_nothing(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		server := kittest.StoppedNATSServer(t)
		b := &bundle{db: db, bus: server.Connect(t)}
		b.restart(t, func(o *outbox.Options) { o.MaxAttempts = 1 })
		b.run(t)
		b.append(t, fact("a", 1), fact("a", 2))
		b.append(t, fact("b", 1))
		kittest.Await(t, "the relay has tried in vain", func() bool {
			return b.metric(t, "kinerja_outbox_publish_failures_total") >= 3
		})
		server.Start(t)
		ensureStream(t, b.bus)
		b.awaitMarked(t, 3)
		server.Stop()
		b.append(t, fact("a", 3), fact("b", 2))
		failures := b.metric(t, "kinerja_outbox_publish_failures_total")
		kittest.Await(t, "the relay has tried in vain again", func() bool {
			return b.metric(t, "kinerja_outbox_publish_failures_total") >= failures+2
		})
		server.Start(t)
		b.awaitMarked(t, 5)
		wantStored(t, b, "a/1", "a/2", "b/1", "a/3", "b/2")
		if n := b.count(t, "attempts > 0 OR park_time IS NOT NULL"); n != 0 {
			t.Errorf("%d rows were blamed for the outage", n)
		}
	})
}

func Test_a_missing_stream_parks_nothing(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		b := &bundle{db: db, bus: kittest.NATS(t)}
		b.restart(t, func(o *outbox.Options) { o.MaxAttempts = 1 })
		b.run(t)
		b.append(t, fact("a", 1), fact("a", 2))
		kittest.Await(t, "the relay has tried in vain", func() bool {
			return b.metric(t, "kinerja_outbox_publish_failures_total") >= 2
		})
		ensureStream(t, b.bus)
		b.awaitMarked(t, 2)
		wantStored(t, b, "a/1", "a/2")
	})
}

func Test_a_stopping_relay_publishes_what_is_left_and_frees_its_lease(t *testing.T) {
	t.Parallel()
	slow := func(o *outbox.Options) { o.Poll = time.Hour; o.LeaseTTL = time.Hour; o.Exclusive = false }
	each(t, slow, func(t *testing.T, b *bundle) {
		var relay atomic.Pointer[outbox.Relay]
		stop := kittest.Run(t, func(ctx context.Context) error {
			relay.Store(b.out.NewRelay(b.bus.JetStream))
			return relay.Load().Run(ctx)
		})
		kittest.Await(t, "the relay leads", func() bool {
			return b.metric(t, "kinerja_outbox_relay_active") == 1
		})
		other := &bundle{db: b.db, bus: b.bus}
		other.restart(t, slow)
		other.append(t, fact("a", 1), fact("a", 2)) // does not kick the relay that leads
		err := stop()
		if err != nil {
			t.Fatal(err)
		}
		if n := b.count(t, isMarked); n != 2 {
			t.Errorf("%d rows are marked after the stop, want 2", n)
		}
		wantStored(t, b, "a/1", "a/2")
		other.append(t, fact("a", 3))
		other.run(t)
		other.awaitMarked(t, 3) // long before the lease would have expired
	})
}

// A long queue is published as atomic batches, a repetition in it one by one.
func Test_a_long_queue_is_published_in_order_and_without_repetition(t *testing.T) {
	t.Parallel()
	kill := func(o *outbox.Options) {
		o.Hooks.AfterPublish = func(context.Context) error { return errKilled }
	}
	each(t, kill, func(t *testing.T, b *bundle) {
		var want []string
		var events []event.Event
		for revision := range int64(700) {
			events = append(events, fact("a", revision+1))
			want = append(want, fmt.Sprintf("a/%d", revision+1))
		}
		b.append(t, events...)
		err := kittest.Wait(t, b.out.NewRelay(b.bus.JetStream).Run)
		if !errors.Is(err, errKilled) {
			t.Fatalf("the relay ended with %v", err)
		}
		wantStored(t, b, want[:outbox.DefaultBatch]...)
		b.restart(t, nil)
		b.run(t)
		b.awaitMarked(t, len(want))
		wantStored(t, b, want...)
		if b.metric(t, "kinerja_outbox_atomic_batches_total") < 1 {
			t.Error("no batch was published whole")
		}
		if got := b.metric(t, "kinerja_outbox_duplicates_total"); got != outbox.DefaultBatch {
			t.Errorf("%v duplicates, want %d", got, outbox.DefaultBatch)
		}
	})
}

func Test_one_refused_row_in_a_long_queue_does_not_stop_the_others(t *testing.T) {
	t.Parallel()
	each(t, func(o *outbox.Options) { o.MaxAttempts = 1 }, func(t *testing.T, b *bundle) {
		var events []event.Event
		for i := range 200 {
			events = append(events, fact(fmt.Sprint("r", i), 1))
		}
		events[100] = huge("bad", 1)
		b.append(t, events...)
		b.run(t)
		b.awaitMarked(t, 199)
		if n := b.count(t, isParked); n != 1 {
			t.Errorf("%d rows are parked, want 1", n)
		}
	})
}
