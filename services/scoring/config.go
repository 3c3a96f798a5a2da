package scoring

import (
	"errors"

	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
)

const maxBatch = 500

// Config is what an installation may choose.
type Config struct {
	Outbox        outbox.Config `yaml:",inline"`
	ConsumerBatch int           `yaml:"consumer_batch" default:"256" doc:"Most events that are taken together, 1 to 500. More means fewer recomputes under load." class:"visible" example:"256"`
}

// Defaults returns the configuration of an installation that chooses nothing.
func Defaults() Config {
	return Config{Outbox: outbox.DefaultConfig(), ConsumerBatch: natskit.DefaultConsumerBatch}
}

// Validate returns what is wrong with the configuration besides Outbox, which validates itself.
func (c Config) Validate() error {
	if c.ConsumerBatch < 1 || c.ConsumerBatch > maxBatch {
		return errors.New("consumer_batch must be between 1 and 500")
	}
	return nil
}
