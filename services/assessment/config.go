package assessment

import (
	"errors"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/outbox"
)

const (
	defaultPeriodCache = 3 * time.Second
	maxPeriodCache     = 30 * time.Second
)

// Config is what an installation may choose.
type Config struct {
	Peer        PeerConfig    `yaml:"peer"`
	PeriodCache time.Duration `yaml:"period_cache" default:"3s" doc:"How long a period that planning told is used before it is asked again, 0s to 30s. A period that is closed takes facts for that long." class:"visible" example:"3s"`
	Outbox      outbox.Config `yaml:",inline"`
}

// PeerConfig is about the answers of peers.
type PeerConfig struct {
	KeyFile string `yaml:"key_file" doc:"File with the secret of 32 bytes or more that makes the marks of raters, the same for all processes of the service and for ever. Without it, a key that is kept in the database is used." class:"secret" example:"/run/secrets/peer_key"`
}

// Defaults returns the configuration of an installation that chooses nothing.
func Defaults() Config {
	return Config{PeriodCache: defaultPeriodCache, Outbox: outbox.DefaultConfig()}
}

// Validate returns what is wrong with the configuration besides Outbox, which validates itself.
func (c Config) Validate() error {
	if c.PeriodCache < 0 || c.PeriodCache > maxPeriodCache {
		return errors.New("period_cache must be between 0s and 30s")
	}
	return nil
}
