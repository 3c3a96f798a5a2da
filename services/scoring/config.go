package scoring

import (
	"errors"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
)

const (
	maxReplicas        = 5
	minStreamBytes     = 16 << 20
	defaultStreamBytes = 256 << 20
	minRetention       = time.Hour
	maxBatch           = 500
)

// Config is what an installation may choose.
type Config struct {
	PageSecretFile  string        `yaml:"page_secret_file" doc:"File with the secret that signs page tokens, the same for all processes of the service. Without it, page tokens end with the process." class:"secret" example:"/run/secrets/page_token"`
	StreamReplicas  int           `yaml:"stream_replicas" default:"1" doc:"Servers that keep a copy of the event stream, 1 to 5." class:"visible" example:"3"`
	StreamMaxBytes  config.Bytes  `yaml:"stream_max_bytes" default:"256MiB" doc:"Size of the event stream on each server, which reserves it; the oldest events give way. At least 16MiB." class:"visible" example:"2GiB"`
	OutboxRetention time.Duration `yaml:"outbox_retention" default:"72h" doc:"How long published events stay in the database for a replay, at least 1h." class:"visible" example:"72h"`
	ConsumerBatch   int           `yaml:"consumer_batch" default:"256" doc:"Most events that are taken together, 1 to 500. More means fewer recomputes under load." class:"visible" example:"256"`
}

// Defaults returns the configuration of an installation that chooses nothing.
func Defaults() Config {
	return Config{
		StreamReplicas: 1, StreamMaxBytes: defaultStreamBytes, OutboxRetention: outbox.DefaultRetention,
		ConsumerBatch: natskit.DefaultConsumerBatch,
	}
}

// Validate returns everything that is wrong with the configuration.
func (c Config) Validate() error {
	var errs []error
	if c.StreamReplicas < 1 || c.StreamReplicas > maxReplicas {
		errs = append(errs, errors.New("stream_replicas must be between 1 and 5"))
	}
	if c.StreamMaxBytes < minStreamBytes {
		errs = append(errs, errors.New("stream_max_bytes must be at least 16MiB"))
	}
	if c.OutboxRetention < minRetention {
		errs = append(errs, errors.New("outbox_retention must be at least 1h"))
	}
	if c.ConsumerBatch < 1 || c.ConsumerBatch > maxBatch {
		errs = append(errs, errors.New("consumer_batch must be between 1 and 500"))
	}
	return errors.Join(errs...)
}
