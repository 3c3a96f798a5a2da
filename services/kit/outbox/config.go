package outbox

import (
	"errors"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/config"
)

const (
	defaultStreamBytes = 256 << 20

	maxReplicas    = 5
	minStreamBytes = 16 << 20
	minRetention   = time.Hour
)

// Config is what an installation may choose about the events of a service. It stands inline in the service's section of
// the configuration.
type Config struct {
	StreamReplicas  int           `yaml:"stream_replicas" default:"1" doc:"Servers that keep a copy of the event stream, 1 to 5." class:"visible" example:"3"`
	StreamMaxBytes  config.Bytes  `yaml:"stream_max_bytes" default:"256MiB" doc:"Size of the event stream on each server, which reserves it; the oldest events give way. At least 16MiB." class:"visible" example:"2GiB"`
	OutboxRetention time.Duration `yaml:"outbox_retention" default:"72h" doc:"How long published events stay in the database for a replay, at least 1h." class:"visible" example:"72h"`
}

// DefaultConfig returns the configuration of an installation that chooses nothing.
func DefaultConfig() Config {
	return Config{StreamReplicas: 1, StreamMaxBytes: defaultStreamBytes, OutboxRetention: DefaultRetention}
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
	return errors.Join(errs...)
}
