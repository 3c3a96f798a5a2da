package events

import (
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	// Service is the name of the service in subjects, sources and metrics.
	Service = "planning"
	// StreamName is the stream of the service's events.
	StreamName = "KINERJA_PLANNING"

	// streamMaxAge is how long a consumer may be away before it must be rebuilt from the service itself.
	streamMaxAge  = 14 * 24 * time.Hour
	maxEventBytes = 1 << 20
)

// Stream returns the configuration of the stream on this number of servers, each of which reserves maxBytes for it.
func Stream(replicas int, maxBytes int64) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:        StreamName,
		Description: "Facts of the planning service.",
		Subjects:    []string{"kinerja." + Service + ".>"},
		Storage:     jetstream.FileStorage,
		Retention:   jetstream.LimitsPolicy,
		Discard:     jetstream.DiscardOld,
		MaxAge:      streamMaxAge,
		MaxBytes:    maxBytes,
		MaxMsgSize:  maxEventBytes,
		Replicas:    replicas,
	}
}
