package events

import (
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

const (
	// Service is the name of the service in subjects, sources and metrics.
	Service = "scoring"
	// StreamName is the stream of the service's events.
	StreamName = "KINERJA_SCORING"

	// streamMaxAge is how long a consumer may be away before it must be rebuilt from the service itself.
	streamMaxAge  = 14 * 24 * time.Hour
	maxEventBytes = 1 << 20
)

// Stream returns the configuration of the stream on this number of servers, each of which reserves maxBytes for it.
func Stream(replicas int, maxBytes int64) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:        StreamName,
		Description: "New revisions of scores and satisfaction indexes.",
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

// Source is a stream that the service consumes: its durable, and the subjects that can change a score.
type Source struct {
	Stream   string
	Durable  string
	Subjects []string
}

// Sources returns what the service consumes. A durable's name also names its claims of events.
func Sources() []Source {
	return []Source{
		{
			Stream: "KINERJA_PLANNING", Durable: "scoring-planning",
			Subjects: []string{"kinerja.planning.v1.*.plan.changed"},
		},
		{
			Stream: "KINERJA_ASSESSMENT", Durable: "scoring-assessment",
			Subjects: []string{
				"kinerja.assessment.v1.*.progress.reported",
				"kinerja.assessment.v1.*.rating.changed",
				"kinerja.assessment.v1.*.peer.answered",
				"kinerja.assessment.v1.*.attendance.changed",
				"kinerja.assessment.v1.*.survey.opened",
				"kinerja.assessment.v1.*.survey.answered",
				"kinerja.assessment.v1.*.organization-rating.changed",
			},
		},
	}
}
