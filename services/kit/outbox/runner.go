package outbox

import (
	"context"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/run"
)

// streamMaxAge is how long a consumer may be away before it must be rebuilt from the service itself.
const streamMaxAge = 14 * 24 * time.Hour

// Runners returns the background work of the service that owns the stream: the making of the stream with the relay of
// events to it, and the removal of old events. Until the bus answers, events wait in the database.
func (o *Outbox) Runners(js jetstream.JetStream) []run.Runner {
	relay := func(ctx context.Context) error {
		_, err := natskit.EnsureStream(ctx, js, o.stream(), o.opts.Logger)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // a runner that was told to end has not failed
		}
		if err != nil {
			return err
		}
		return o.NewRelay(js).Run(ctx)
	}
	return []run.Runner{
		{Name: o.opts.Service + " outbox relay", Run: relay},
		{Name: o.opts.Service + " outbox purge", Run: o.NewPurger().Run},
	}
}

// stream returns the configuration of the stream, which reserves its size on each of its servers.
func (o *Outbox) stream() jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:        o.opts.Stream,
		Description: o.opts.Description,
		Subjects:    []string{"kinerja." + o.opts.Service + ".>"},
		Storage:     jetstream.FileStorage,
		Retention:   jetstream.LimitsPolicy,
		Discard:     jetstream.DiscardOld,
		MaxAge:      streamMaxAge,
		MaxBytes:    int64(o.opts.Config.StreamMaxBytes),
		MaxMsgSize:  o.opts.MaxEventBytes,
		Replicas:    o.opts.Config.StreamReplicas,
	}
}
