package outbox_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/protobuf/types/known/wrapperspb"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const streamName = "KINERJA_TEST"

func streamConfig() jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: streamName, Subjects: []string{"kinerja.test.>"}, Storage: jetstream.FileStorage, MaxMsgSize: 4096,
	}
}

// bundle is one service's outbox and the bus that it publishes to.
type bundle struct {
	db  *sqlkit.DB
	bus *natskit.Bus
	reg *prometheus.Registry
	out *outbox.Outbox
}

// each runs a subtest on every engine with a bus that has the stream.
func each(t *testing.T, change func(*outbox.Options), run func(t *testing.T, b *bundle)) {
	t.Helper()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		b := &bundle{db: db, bus: kittest.NATS(t)}
		ensureStream(t, b.bus)
		b.restart(t, change)
		run(t, b)
	})
}

func ensureStream(t *testing.T, bus *natskit.Bus) {
	t.Helper()
	_, err := natskit.EnsureStream(t.Context(), bus.JetStream, streamConfig(), kittest.Logger(t))
	if err != nil {
		t.Fatal(err)
	}
}

// restart makes the outbox anew, as a new process would.
func (b *bundle) restart(t *testing.T, change func(*outbox.Options)) {
	t.Helper()
	b.reg = prometheus.NewRegistry()
	opts := outbox.Options{
		Service: "test", Stream: streamName, Logger: kittest.Logger(t), Registerer: b.reg,
		Exclusive: b.db.Dialect().Name == sqlkit.SQLite,
	}
	if change != nil {
		change(&opts)
	}
	out, err := outbox.New(b.db, ids.New(clock.System()), clock.System(), opts)
	if err != nil {
		t.Fatal(err)
	}
	b.out = out
}

// fact is an event of one resource with its revision as the payload.
func fact(resource string, revision int64) event.Event {
	return event.Event{
		Subject: event.Subject("test", "3374", "plan", "changed"), Resource: resource, Revision: revision,
		Payload: wrapperspb.Int64(revision),
	}
}

// huge is an event beyond the stream's message size.
func huge(resource string, revision int64) event.Event {
	e := fact(resource, revision)
	e.Payload = wrapperspb.String(strings.Repeat("x", 5000))
	return e
}

func (b *bundle) append(t *testing.T, events ...event.Event) {
	t.Helper()
	err := b.db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		return b.out.Append(ctx, tx, events...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (b *bundle) run(t *testing.T) (stop func() error) {
	t.Helper()
	return kittest.Run(t, b.out.NewRelay(b.bus.JetStream).Run)
}

// stored lists "resource/revision" of the stream's messages in their order.
func (b *bundle) stored(t *testing.T) []string {
	t.Helper()
	stream, err := b.bus.JetStream.Stream(t.Context(), streamName)
	if err != nil {
		t.Fatal(err)
	}
	info, err := stream.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for seq := info.State.FirstSeq; seq <= info.State.LastSeq && info.State.Msgs > 0; seq++ {
		msg, err := stream.GetMsg(t.Context(), seq)
		if err != nil {
			t.Fatal(err)
		}
		received, err := event.Open(msg.Subject, msg.Header, msg.Data)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprintf("%s/%d", received.Resource, received.Revision))
	}
	return out
}

// count is the number of rows of the outbox for which the condition holds.
func (b *bundle) count(t *testing.T, where string) int {
	t.Helper()
	var n int
	err := b.db.Read().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM outbox WHERE "+where).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

const (
	isMarked  = "publish_time IS NOT NULL"
	isPending = "publish_time IS NULL AND park_time IS NULL"
	isParked  = "park_time IS NOT NULL"
)

func (b *bundle) awaitMarked(t *testing.T, n int) {
	t.Helper()
	kittest.Await(t, fmt.Sprintf("%d rows are marked", n), func() bool { return b.count(t, isMarked) == n })
}

// metric is the value of one of the outbox's counters or gauges.
func (b *bundle) metric(t *testing.T, name string) float64 {
	t.Helper()
	families, err := b.reg.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() == name {
			m := f.GetMetric()[0]
			return m.GetCounter().GetValue() + m.GetGauge().GetValue()
		}
	}
	t.Fatalf("no metric %s", name)
	return 0
}
