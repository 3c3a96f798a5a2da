package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/kinerja-suite/kinerja/gateway"
	"github.com/kinerja-suite/kinerja/services/kit/process"
)

// Config is the configuration of the program.
type Config struct {
	HTTP      HTTPConfig              `yaml:"http"`
	Ops       process.OpsConfig       `yaml:"ops"`
	TLS       TLSConfig               `yaml:"tls"`
	Peers     process.PeersConfig     `yaml:"peers"`
	Log       process.LogConfig       `yaml:"log"`
	Telemetry process.TelemetryConfig `yaml:"telemetry"`
}

var _ process.Config = (*Config)(nil)

// Common returns the sections that every process has.
func (c *Config) Common() process.Common {
	return process.Common{Ops: c.Ops, Log: c.Log, Telemetry: c.Telemetry, Drain: c.HTTP.Drain}
}

// Validate returns an error for each address that is missing: the edge calls every service.
func (c *Config) Validate() error {
	var errs []error
	for _, address := range []struct{ key, value string }{
		{"http.addr", c.HTTP.Edge.Addr},
		{"peers.planning", c.Peers.Planning},
		{"peers.assessment", c.Peers.Assessment},
		{"peers.scoring", c.Peers.Scoring},
		{"peers.reporting", c.Peers.Reporting},
	} {
		if address.value == "" {
			errs = append(errs, fmt.Errorf("%s is missing", address.key))
		}
	}
	return errors.Join(errs...)
}

// HTTPConfig is about serving HTTP.
type HTTPConfig struct {
	Edge  gateway.Config `yaml:",inline"`
	Drain time.Duration  `yaml:"drain" default:"5s" class:"visible" doc:"How long requests are still accepted after the process says that it is not ready."`
}

// Validate returns an error when the drain is out of its bounds.
func (c HTTPConfig) Validate() error {
	if c.Drain < 0 || c.Drain > 5*time.Minute {
		return fmt.Errorf("http.drain is %s, not within 0s and 5m", c.Drain)
	}
	return nil
}

// TLSConfig is process.TLSConfig of a process that calls and is not called, which is what its reference says.
type TLSConfig struct {
	CertFile string `yaml:"cert_file" class:"visible" doc:"File with this process's certificate; calls are in clear text without it." example:"/run/tls/tls.crt"`
	KeyFile  string `yaml:"key_file" class:"secret" doc:"File with the private key of the certificate." example:"/run/tls/tls.key"`
	CAFile   string `yaml:"ca_file" class:"visible" doc:"File with the authority that signs the certificates of the services." example:"/run/tls/ca.crt"`
}

// Validate returns an error when only some of the files are given.
func (c TLSConfig) Validate() error { return process.TLSConfig(c).Validate() }
