package process

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/kinerja-suite/kinerja/gateway"
)

// Config is the configuration of the program.
type Config struct {
	HTTP      HTTPConfig      `yaml:"http"`
	Ops       OpsConfig       `yaml:"ops"`
	TLS       TLSConfig       `yaml:"tls"`
	Peers     PeersConfig     `yaml:"peers"`
	Log       LogConfig       `yaml:"log"`
	Telemetry TelemetryConfig `yaml:"telemetry"`
}

// HTTPConfig is about serving HTTP.
type HTTPConfig struct {
	Edge  gateway.Config `yaml:",inline"`
	Drain time.Duration  `yaml:"drain" default:"5s" class:"visible" doc:"How long requests are still accepted after the process says that it is not ready."`
}

// OpsConfig is about the operations endpoints.
type OpsConfig struct {
	Addr string `yaml:"addr" default:":9081" class:"visible" doc:"Address of /metrics, /healthz and /readyz; not for the public network." example:"127.0.0.1:9081"`
}

// TLSConfig is about the certificates of the calls to the services. All of its files are given, or none.
type TLSConfig struct {
	CertFile string `yaml:"cert_file" class:"visible" doc:"File with this process's certificate; calls are in clear text without it." example:"/run/tls/tls.crt"`
	KeyFile  string `yaml:"key_file" class:"secret" doc:"File with the private key of the certificate." example:"/run/tls/tls.key"`
	CAFile   string `yaml:"ca_file" class:"visible" doc:"File with the authority that signs the certificates of the services." example:"/run/tls/ca.crt"`
}

// PeersConfig has the addresses of the services.
type PeersConfig struct {
	Planning   string `yaml:"planning" default:"dns:///planning:8081" class:"visible" doc:"Address of planning."`
	Assessment string `yaml:"assessment" default:"dns:///assessment:8081" class:"visible" doc:"Address of assessment."`
	Scoring    string `yaml:"scoring" default:"dns:///scoring:8081" class:"visible" doc:"Address of scoring."`
	Reporting  string `yaml:"reporting" default:"dns:///reporting:8081" class:"visible" doc:"Address of reporting."`
}

// LogConfig is about the log.
type LogConfig struct {
	Level  string `yaml:"level" default:"info" class:"visible" doc:"Lowest level that is written: debug, info, warn or error."`
	Format string `yaml:"format" default:"json" class:"visible" doc:"Form of a line: json or text."`
}

// TelemetryConfig is about traces.
type TelemetryConfig struct {
	OTLPEndpoint string `yaml:"otlp_endpoint" class:"visible" doc:"Address of the OTLP/gRPC collector; no traces are made when empty." example:"otel-collector:4317"`
}

// Validate returns an error for each address that is missing and each value out of its bounds.
func (c Config) Validate() error {
	var errs []error
	for _, address := range []struct{ key, value string }{
		{"http.addr", c.HTTP.Edge.Addr},
		{"ops.addr", c.Ops.Addr},
		{"peers.planning", c.Peers.Planning},
		{"peers.assessment", c.Peers.Assessment},
		{"peers.scoring", c.Peers.Scoring},
		{"peers.reporting", c.Peers.Reporting},
	} {
		if address.value == "" {
			errs = append(errs, fmt.Errorf("%s is missing", address.key))
		}
	}
	if c.HTTP.Drain < 0 || c.HTTP.Drain > 5*time.Minute {
		errs = append(errs, fmt.Errorf("http.drain is %s, not within 0s and 5m", c.HTTP.Drain))
	}
	return errors.Join(errs...)
}

// Validate returns an error when only some of the files are given.
func (c TLSConfig) Validate() error {
	none := c == TLSConfig{}
	all := c.CertFile != "" && c.KeyFile != "" && c.CAFile != ""
	if none || all {
		return nil
	}
	return errors.New("tls.cert_file, tls.key_file and tls.ca_file belong together")
}

// load returns the client's side of the connections to the services, nil for clear text.
func (c TLSConfig) load() (*tls.Config, error) {
	if c.CertFile == "" {
		return nil, nil //nolint:nilnil // nil is what means clear text to grpckit.Dial.
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
	if !authority.AppendCertsFromPEM(bytes.TrimSpace(raw)) {
		return nil, errors.New("tls.ca_file has no certificate")
	}
	return &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{cert}, RootCAs: authority}, nil
}
