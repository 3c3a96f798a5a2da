package planning

import "github.com/kinerja-suite/kinerja/services/kit/outbox"

// Config is what an installation may choose.
type Config struct {
	Outbox outbox.Config `yaml:",inline"`
}

// Defaults returns the configuration of an installation that chooses nothing.
func Defaults() Config { return Config{Outbox: outbox.DefaultConfig()} }
