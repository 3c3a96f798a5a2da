package assessment

import (
	"errors"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
)

const (
	defaultStreamBytes = 256 << 20
	defaultPeriodCache = 3 * time.Second

	maxReplicas    = 5
	minStreamBytes = 16 << 20
	minRetention   = time.Hour
	maxPeriodCache = 30 * time.Second
)

// Config is what an installation may choose.
type Config struct {
	Peer            PeerConfig    `yaml:"peer"`
	PeriodCache     time.Duration `yaml:"period_cache" default:"3s" doc:"How long a period that planning told is used before it is asked again, 0s to 30s. A period that is closed takes facts for that long." class:"visible" example:"3s"`
	StreamReplicas  int           `yaml:"stream_replicas" default:"1" doc:"Servers that keep a copy of the event stream, 1 to 5." class:"visible" example:"3"`
	StreamMaxBytes  config.Bytes  `yaml:"stream_max_bytes" default:"256MiB" doc:"Size of the event stream on each server, which reserves it; the oldest events give way. At least 16MiB." class:"visible" example:"2GiB"`
	OutboxRetention time.Duration `yaml:"outbox_retention" default:"72h" doc:"How long published events stay in the database for a replay, at least 1h." class:"visible" example:"72h"`
}

// PeerConfig is about the answers of peers.
type PeerConfig struct {
	KeyFile string `yaml:"key_file" doc:"File with the secret of 32 bytes or more that makes the marks of raters, the same for all processes of the service and for ever. Without it, the key that the first migration made in the database is used." class:"secret" example:"/run/secrets/peer_key"`
}

// Defaults returns the configuration of an installation that chooses nothing.
func Defaults() Config {
	return Config{
		PeriodCache: defaultPeriodCache, StreamReplicas: 1, StreamMaxBytes: defaultStreamBytes,
		OutboxRetention: outbox.DefaultRetention,
	}
}

// Validate returns everything that is wrong with the configuration.
func (c Config) Validate() error {
	var errs []error
	if c.PeriodCache < 0 || c.PeriodCache > maxPeriodCache {
		errs = append(errs, errors.New("period_cache must be between 0s and 30s"))
	}
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
