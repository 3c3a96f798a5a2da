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
	CheckPeople   int           `yaml:"check_people" default:"10" doc:"Scores a minute, and as many satisfaction indexes, that the standing check computes again from the facts, 0 to 500; 0 switches it off." class:"visible" example:"10"`
}

// defaultCheckPeople finds a defect that concerns one score in a hundred within ten minutes, for a few calls a minute.
const defaultCheckPeople = 10

// Defaults returns the configuration of an installation that chooses nothing.
func Defaults() Config {
	return Config{Outbox: outbox.DefaultConfig(), ConsumerBatch: natskit.DefaultConsumerBatch, CheckPeople: defaultCheckPeople}
}

// Validate returns what is wrong with the configuration besides Outbox, which validates itself.
func (c Config) Validate() error {
	if c.ConsumerBatch < 1 || c.ConsumerBatch > maxBatch {
		return errors.New("consumer_batch must be between 1 and 500")
	}
	if c.CheckPeople < 0 || c.CheckPeople > maxBatch {
		return errors.New("check_people must be between 0 and 500")
	}
	return nil
}
