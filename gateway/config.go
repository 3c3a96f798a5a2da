package gateway

import (
	"errors"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/config"
)

// Config is what an operator chooses of the edge. A limit that is not above 0 is an error.
type Config struct {
	Addr              string        `yaml:"addr" default:":8080" class:"visible" doc:"Address on which HTTP is served."`
	UpstreamTimeout   time.Duration `yaml:"upstream_timeout" default:"10s" class:"visible" doc:"Longest time of a call to a service."`
	MaxBody           config.Bytes  `yaml:"max_body" default:"1MiB" class:"visible" doc:"Largest body of a request."`
	MaxHeader         config.Bytes  `yaml:"max_header" default:"32KiB" class:"visible" doc:"Largest header of a request."`
	ReadHeaderTimeout time.Duration `yaml:"read_header_timeout" default:"5s" class:"visible" doc:"Longest time in which a client sends the header of a request."`
	ReadTimeout       time.Duration `yaml:"read_timeout" default:"30s" class:"visible" doc:"Longest time in which a client sends a whole request."`
	IdleTimeout       time.Duration `yaml:"idle_timeout" default:"2m" class:"visible" doc:"How long a connection may wait for its next request."`
}

var _ config.Validator = Config{}

// Defaults returns the configuration that holds when an operator chooses nothing.
func Defaults() Config {
	return Config{
		Addr:              ":8080",
		UpstreamTimeout:   10 * time.Second,
		MaxBody:           1 << 20,
		MaxHeader:         32 << 10,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
	}
}

// Validate returns an error that names every limit that is not above 0.
func (c Config) Validate() error {
	var errs []error
	for _, limit := range []struct {
		key   string
		value int64
	}{
		{"upstream_timeout", int64(c.UpstreamTimeout)},
		{"max_body", int64(c.MaxBody)},
		{"max_header", int64(c.MaxHeader)},
		{"read_header_timeout", int64(c.ReadHeaderTimeout)},
		{"read_timeout", int64(c.ReadTimeout)},
		{"idle_timeout", int64(c.IdleTimeout)},
	} {
		if limit.value <= 0 {
			errs = append(errs, errors.New(limit.key+" must be above 0"))
		}
	}
	return errors.Join(errs...)
}
