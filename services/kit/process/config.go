package process

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"time"
)

// Config is the configuration of a process: a pointer to a struct that kit/config can load.
type Config interface {
	// Common returns what every process has of it. It is called once the configuration is loaded.
	Common() Common
}

// Common is what the configuration of every process says.
type Common struct {
	Ops       OpsConfig
	Log       LogConfig
	Telemetry TelemetryConfig
	// Drain is how long the process serves on after it has said that it is not ready.
	Drain time.Duration
}

// OpsConfig is about the operations endpoints.
type OpsConfig struct {
	Addr string `yaml:"addr" default:":9081" doc:"Address of /metrics, /healthz and /readyz; not for the public network." class:"visible" example:"127.0.0.1:9081"`
}

// Validate returns an error when the address is missing.
func (c OpsConfig) Validate() error {
	if c.Addr == "" {
		return errors.New("ops.addr is missing")
	}
	return nil
}

// TLSConfig is about the certificates of the calls between services. All of its files are given, or none.
type TLSConfig struct {
	CertFile string `yaml:"cert_file" doc:"File with this process's certificate; calls are in clear text without it." class:"visible" example:"/run/tls/tls.crt"`
	KeyFile  string `yaml:"key_file" doc:"File with the private key of the certificate." class:"secret" example:"/run/tls/tls.key"`
	CAFile   string `yaml:"ca_file" doc:"File with the authority that signs the certificates of callers and peers." class:"visible" example:"/run/tls/ca.crt"`
}

// Validate returns an error when only some of the files are given.
func (c TLSConfig) Validate() error {
	given := 0
	for _, f := range []string{c.CertFile, c.KeyFile, c.CAFile} {
		if f != "" {
			given++
		}
	}
	if given != 0 && given != 3 {
		return errors.New("tls.cert_file, tls.key_file and tls.ca_file belong together")
	}
	return nil
}

// Load reads the files and returns a configuration for both sides of a connection: each side shows its certificate and
// asks for one that the authority has signed. Without files it returns nil, which means clear text to kit/grpckit.
func (c TLSConfig) Load() (*tls.Config, error) {
	if c == (TLSConfig{}) {
		return nil, nil //nolint:nilnil // the doc says what nil means
	}
	cert, err := tls.LoadX509KeyPair(c.CertFile, c.KeyFile)
	if err != nil {
		return nil, fmt.Errorf("load certificate: %w", err)
	}
	raw, err := os.ReadFile(c.CAFile)
	if err != nil {
		return nil, fmt.Errorf("read tls.ca_file: %w", err)
	}
	authority := x509.NewCertPool()
	if !authority.AppendCertsFromPEM(raw) {
		return nil, errors.New("tls.ca_file has no certificate")
	}
	return &tls.Config{
		MinVersion:   tls.VersionTLS13,
		Certificates: []tls.Certificate{cert},
		RootCAs:      authority,
		ClientCAs:    authority,
		ClientAuth:   tls.RequireAndVerifyClientCert,
	}, nil
}

// PeersConfig has the addresses of the services; a process needs those that it calls.
type PeersConfig struct {
	Planning   string `yaml:"planning" default:"dns:///planning:8081" doc:"Address of planning." class:"visible"`
	Assessment string `yaml:"assessment" default:"dns:///assessment:8081" doc:"Address of assessment." class:"visible"`
	Scoring    string `yaml:"scoring" default:"dns:///scoring:8081" doc:"Address of scoring." class:"visible"`
	Reporting  string `yaml:"reporting" default:"dns:///reporting:8081" doc:"Address of reporting." class:"visible"`
}

// Addr returns the address of the service with this name, and "" for one that is none.
func (c PeersConfig) Addr(name string) string {
	switch name {
	case "planning":
		return c.Planning
	case "assessment":
		return c.Assessment
	case "scoring":
		return c.Scoring
	case "reporting":
		return c.Reporting
	default:
		return ""
	}
}

// LogConfig is about the log.
type LogConfig struct {
	Level  string `yaml:"level" default:"info" doc:"Lowest level that is written: debug, info, warn or error." class:"visible"`
	Format string `yaml:"format" default:"json" doc:"Form of a line: json or text." class:"visible"`
}

// TelemetryConfig is about traces.
type TelemetryConfig struct {
	OTLPEndpoint string `yaml:"otlp_endpoint" doc:"Address of the OTLP/gRPC collector; no traces are made when empty." class:"visible" example:"otel-collector:4317"`
}
