package reporting

import (
	"errors"
	"fmt"
	"time"
)

// Config is the configuration of the service.
type Config struct {
	Batch           int           `yaml:"batch" default:"64" doc:"Most events that are taken in at once, 1 to 1000." class:"visible"`
	SummaryInterval time.Duration `yaml:"summary_interval" default:"100ms" doc:"Shortest time between two updates of the summaries' views, 10ms to 1m." class:"visible"`
}

// Defaults returns the configuration of an installation that chooses nothing.
func Defaults() Config { return Config{Batch: 64, SummaryInterval: 100 * time.Millisecond} }

// Validate returns an error for each value out of its bounds.
func (c Config) Validate() error {
	var errs []error
	if c.Batch < 1 || c.Batch > 1000 {
		errs = append(errs, fmt.Errorf("batch is %d, not within 1 and 1000", c.Batch))
	}
	if c.SummaryInterval < 10*time.Millisecond || c.SummaryInterval > time.Minute {
		errs = append(errs, fmt.Errorf("summary_interval is %s, not within 10ms and 1m", c.SummaryInterval))
	}
	return errors.Join(errs...)
}
