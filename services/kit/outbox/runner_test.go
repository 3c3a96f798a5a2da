package outbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

func Test_the_runners_make_the_stream_and_publish_to_it(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		b := &bundle{db: db, bus: kittest.NATS(t)}
		cfg := outbox.DefaultConfig()
		cfg.StreamMaxBytes = 32 << 20
		b.restart(t, func(o *outbox.Options) {
			o.Stream, o.Description, o.MaxEventBytes, o.Config = "", "Facts of the test.", 4096, cfg
		})
		b.append(t, fact("a", 1))
		var stops []func() error
		var names []string
		for _, r := range b.out.Runners(b.bus.JetStream) {
			names = append(names, r.Name)
			stops = append(stops, kittest.Run(t, r.Run))
		}
		if diff := cmp.Diff([]string{"test outbox relay", "test outbox purge"}, names); diff != "" {
			t.Error(diff)
		}
		b.awaitMarked(t, 1)
		wantStored(t, b, "a/1")
		for i, stop := range stops {
			err := stop()
			if err != nil {
				t.Errorf("%s: %v", names[i], err)
			}
		}
		stream, err := b.bus.JetStream.Stream(t.Context(), streamName)
		if err != nil {
			t.Fatal(err)
		}
		got := stream.CachedInfo().Config
		want := jetstream.StreamConfig{
			Name: streamName, Description: "Facts of the test.", Subjects: []string{"kinerja.test.>"},
			MaxAge: 14 * 24 * time.Hour, MaxBytes: 32 << 20, MaxMsgSize: 4096, Replicas: 1,
			Storage: jetstream.FileStorage, Retention: jetstream.LimitsPolicy, Discard: jetstream.DiscardOld,
			// What the server and natskit add.
			MaxConsumers: -1, MaxMsgs: -1, MaxMsgsPerSubject: -1, Duplicates: 2 * time.Minute, AllowAtomicPublish: true,
			AllowDirect: got.AllowDirect, Metadata: got.Metadata,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func Test_a_relay_that_waits_for_the_bus_ends_without_an_error(t *testing.T) {
	t.Parallel()
	b := &bundle{db: kittest.Engine{Name: sqlkit.SQLite}.DB(t, nil), bus: kittest.StoppedNATSServer(t).Connect(t)}
	b.restart(t, nil)
	err := kittest.Run(t, b.out.Runners(b.bus.JetStream)[0].Run)()
	if err != nil {
		t.Error(err)
	}
}

func Test_the_configuration_has_bounds_and_sound_defaults(t *testing.T) {
	t.Parallel()
	var got outbox.Config
	err := config.Check(&got)
	if err != nil {
		t.Error(err)
	}
	err = config.Load(&got, config.Sources{})
	if err != nil || got != outbox.DefaultConfig() {
		t.Errorf("the defaults of the tags are %+v, %v", got, err)
	}
	wrong := []struct {
		want   string
		change func(*outbox.Config)
	}{
		{"stream_replicas must be between 1 and 5", func(c *outbox.Config) { c.StreamReplicas = 0 }},
		{"stream_replicas must be between 1 and 5", func(c *outbox.Config) { c.StreamReplicas = 6 }},
		{"stream_max_bytes must be at least 16MiB", func(c *outbox.Config) { c.StreamMaxBytes = 16<<20 - 1 }},
		{"outbox_retention must be at least 1h", func(c *outbox.Config) { c.OutboxRetention = time.Hour - 1 }},
	}
	db := kittest.Engine{Name: sqlkit.SQLite}.DB(t, nil)
	for _, w := range wrong {
		cfg := outbox.DefaultConfig()
		w.change(&cfg)
		_, err := outbox.New(db, ids.Sequence("event"), clock.System(), outbox.Options{Service: "test", Stream: streamName, Config: cfg})
		if err == nil || !strings.Contains(err.Error(), w.want) {
			t.Errorf("%q is not in: %v", w.want, err)
		}
	}
}
