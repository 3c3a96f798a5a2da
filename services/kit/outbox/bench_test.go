package outbox_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/inbox"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/kit/view"
	"github.com/kinerja-suite/kinerja/services/kit/view/viewmem"
)

// stage is one service of the pipeline under measurement.
type stage struct {
	db  *sqlkit.DB
	out *outbox.Outbox
}

func newStage(b *testing.B, e kittest.Engine, bus *natskit.Bus, service string) *stage {
	b.Helper()
	stream := "KINERJA_" + service
	_, err := natskit.EnsureStream(b.Context(), bus.JetStream, jetstream.StreamConfig{
		Name: stream, Subjects: []string{"kinerja." + service + ".>"},
	}, kittest.Logger(b))
	if err != nil {
		b.Fatal(err)
	}
	db := e.DB(b, nil)
	out, err := outbox.New(db, ids.New(clock.System()), clock.System(), outbox.Options{
		Service: service, Stream: stream, Exclusive: e.Name == sqlkit.SQLite,
	})
	if err != nil {
		b.Fatal(err)
	}
	kittest.Run(b, out.NewRelay(bus.JetStream).Run)
	return &stage{db: db, out: out}
}

func (s *stage) consume(b *testing.B, bus *natskit.Bus, stream string, handler natskit.Handler) {
	b.Helper()
	consumer, err := natskit.NewConsumer(natskit.ConsumerConfig{
		JetStream: bus.JetStream, Stream: stream, Durable: "bench-" + stream, Handler: handler,
		DeadLetters: natskit.NewDeadLetterTable(s.db, clock.System()),
	})
	if err != nil {
		b.Fatal(err)
	}
	kittest.Run(b, consumer.Run)
}

// tell writes one change with its event, as a service's command does.
func (s *stage) tell(ctx context.Context, service string, claim []event.Received, changes map[string]int64) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		if len(claim) > 0 {
			eventIDs := make([]string, len(claim))
			for i, e := range claim {
				eventIDs[i] = e.ID
			}
			_, err := inbox.Claim(ctx, tx, "bench", eventIDs, time.Unix(1, 0))
			if err != nil {
				return err
			}
		}
		events := make([]event.Event, 0, len(changes))
		for resource, revision := range changes {
			events = append(events, event.Event{
				Subject:  event.Subject(service, "3374", "plan", "changed"),
				Resource: resource, Revision: revision, Payload: wrapperspb.Bytes(make([]byte, 900)),
			})
		}
		return s.out.Append(ctx, tx, events...)
	})
}

// watch tells waiters when a key has reached a revision in the view.
type watch struct {
	mu      sync.Mutex
	waiting map[string]chan struct{}
}

func (w *watch) seen(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	ch, ok := w.waiting[key]
	if ok {
		close(ch)
		delete(w.waiting, key)
	}
}

func (w *watch) wait(key string) chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	ch := make(chan struct{})
	w.waiting[key] = ch
	return ch
}

// pipeline is change, commit with outbox, stream, commit with inbox and outbox, stream, view.
func pipeline(b *testing.B, e kittest.Engine) (change func(ctx context.Context, n int) error) {
	b.Helper()
	bus := kittest.NATS(b)
	store := viewmem.New()
	w := &watch{waiting: map[string]chan struct{}{}}
	first, second := newStage(b, e, bus, "first"), newStage(b, e, bus, "second")
	second.consume(b, bus, "KINERJA_first", func(ctx context.Context, events []event.Received) error {
		changes := map[string]int64{}
		for _, e := range events {
			changes[e.Resource] = e.Revision
		}
		return second.tell(ctx, "second", events, changes)
	})
	second.consume(b, bus, "KINERJA_second", func(ctx context.Context, events []event.Received) error {
		entries := make([]view.Entry, len(events))
		for i, e := range events {
			entries[i] = view.Entry{Key: e.Resource, Revision: e.Revision, Value: e.Data}
		}
		err := store.Put(ctx, entries)
		for _, e := range events {
			w.seen(fmt.Sprint(e.Resource, "/", e.Revision))
		}
		return err
	})
	return func(ctx context.Context, n int) error {
		resource := fmt.Sprint("r", n)
		visible := w.wait(resource + "/1")
		err := first.tell(ctx, "first", nil, map[string]int64{resource: 1})
		if err != nil {
			return err
		}
		select {
		case <-visible:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// BenchmarkChangeToVisible is the time from a command to its effect in the view, by callers.
func BenchmarkChangeToVisible(b *testing.B) {
	for _, e := range kittest.Engines(b) {
		for _, callers := range []int{1, 8, 64} {
			b.Run(fmt.Sprintf("%s/callers=%d", e.Name, callers), func(b *testing.B) {
				change := pipeline(b, e)
				err := change(b.Context(), -1) // connections, statements and pulls are warm
				if err != nil {
					b.Fatal(err)
				}
				measure(b, callers, change)
			})
		}
	}
}

func measure(b *testing.B, callers int, change func(ctx context.Context, n int) error) {
	b.Helper()
	var (
		mu    sync.Mutex
		times []time.Duration
		next  int
		wg    sync.WaitGroup
	)
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		next++
		return next, next <= b.N
	}
	b.ResetTimer()
	for range callers {
		wg.Go(func() {
			for n, ok := take(); ok; n, ok = take() {
				elapsed := clock.Stopwatch()
				err := change(b.Context(), n)
				if err != nil {
					b.Errorf("change: %v", err)
					return
				}
				mu.Lock()
				times = append(times, elapsed())
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	slices.Sort(times)
	if len(times) == 0 {
		return
	}
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1e3, "p50-ms")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1e3, "p99-ms")
	b.ReportMetric(float64(len(times))/b.Elapsed().Seconds(), "changes/s")
}
