package daemon

import (
	"errors"
	"fmt"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/process"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// Config is the configuration of a service's process.
type Config struct {
	GRPC      GRPCConfig              `yaml:"grpc"`
	Ops       process.OpsConfig       `yaml:"ops"`
	DB        DBConfig                `yaml:"db"`
	NATS      NATSConfig              `yaml:"nats"`
	Redis     RedisConfig             `yaml:"redis"`
	Auth      AuthConfig              `yaml:"auth"`
	TLS       process.TLSConfig       `yaml:"tls"`
	Peers     process.PeersConfig     `yaml:"peers"`
	Log       process.LogConfig       `yaml:"log"`
	Telemetry process.TelemetryConfig `yaml:"telemetry"`
	// Service is the section of the service, nil or a pointer to its struct.
	Service any `yaml:"service"`
}

var _ process.Config = (*Config)(nil)

// Common returns the sections that every process has.
func (c *Config) Common() process.Common {
	return process.Common{Ops: c.Ops, Log: c.Log, Telemetry: c.Telemetry, Drain: c.GRPC.Drain}
}

// GRPCConfig is about serving calls.
type GRPCConfig struct {
	Addr         string        `yaml:"addr" default:":8081" doc:"Address on which calls are served." class:"visible" example:"127.0.0.1:8081"`
	Reflection   bool          `yaml:"reflection" default:"false" doc:"Offers the contract to tools such as grpcurl; off in production." class:"visible"`
	MaxMessage   config.Bytes  `yaml:"max_message" default:"4MiB" doc:"Largest message that is received, 64KiB to 64MiB." class:"visible"`
	MaxDeadline  time.Duration `yaml:"max_deadline" default:"30s" doc:"Longest time of a call, 1s to 10m; a longer deadline is cut to it." class:"visible"`
	MaxStreamAge time.Duration `yaml:"max_stream_age" default:"30m" doc:"Longest time of a stream, 1m to 24h; watchers then resume." class:"visible"`
	Drain        time.Duration `yaml:"drain" default:"5s" doc:"How long calls are still accepted after the health says NOT_SERVING, 0s to 5m." class:"visible"`
}

// Validate returns an error for each value out of its bounds.
func (c GRPCConfig) Validate() error {
	return errors.Join(
		required("grpc.addr", c.Addr),
		within("grpc.max_message", c.MaxMessage, 64<<10, 64<<20),
		within("grpc.max_deadline", c.MaxDeadline, time.Second, 10*time.Minute),
		within("grpc.max_stream_age", c.MaxStreamAge, time.Minute, 24*time.Hour),
		within("grpc.drain", c.Drain, 0, 5*time.Minute),
	)
}

// DBConfig says which database is the record of the service.
type DBConfig struct {
	Driver  string `yaml:"driver" default:"postgres" doc:"Engine of the record: postgres or sqlite." class:"visible"`
	DSNFile string `yaml:"dsn_file" doc:"File with the PostgreSQL data source name." class:"secret" example:"/run/secrets/planning-dsn"`
	Path    string `yaml:"path" doc:"File of the SQLite database." class:"visible" example:"/var/lib/kinerja/planning.db"`
	Schema  string `yaml:"schema" doc:"PostgreSQL schema of the service; its name when empty." class:"visible" example:"planning"`
	Migrate bool   `yaml:"migrate" default:"true" doc:"Applies migrations at start; otherwise a schema that is not current is an error." class:"visible"`
}

// Validate returns an error when the engine is not known or lacks its place.
func (c DBConfig) Validate() error {
	switch c.Driver {
	case sqlkit.Postgres:
		return required("db.dsn_file", c.DSNFile)
	case sqlkit.SQLite:
		return required("db.path", c.Path)
	default:
		return fmt.Errorf("db.driver is %q, not %s or %s", c.Driver, sqlkit.Postgres, sqlkit.SQLite)
	}
}

// NATSConfig is about the bus.
type NATSConfig struct {
	URL       string `yaml:"url" default:"nats://127.0.0.1:4222" doc:"Addresses of the NATS servers, with commas between them." class:"visible" example:"nats://nats-0:4222,nats://nats-1:4222"`
	CredsFile string `yaml:"creds_file" doc:"File with the NATS credentials of the service." class:"secret" example:"/run/secrets/nats.creds"`
	CAFile    string `yaml:"ca_file" doc:"File with the authority that signs the servers' certificates." class:"visible" example:"/etc/kinerja/nats-ca.pem"`
}

// Validate returns an error when the address is missing.
func (c NATSConfig) Validate() error { return required("nats.url", c.URL) }

// RedisConfig is about the views, for a service that has them.
type RedisConfig struct {
	Addr         string `yaml:"addr" doc:"Address of the Redis server; no views are kept there when empty." class:"visible" example:"redis:6379"`
	PasswordFile string `yaml:"password_file" doc:"File with the password of Redis." class:"secret" example:"/run/secrets/redis-password"`
}

// AuthConfig is about who calls.
type AuthConfig struct {
	PublicKeyFile string `yaml:"public_key_file" default:"keys/public.key" doc:"File with the key that proves tokens." class:"visible"`
	TokenFile     string `yaml:"token_file" doc:"File with the token by which this service calls its peers; read again every minute." class:"secret" example:"/run/secrets/planning-token"`
}

// Validate returns an error when the key is missing.
func (c AuthConfig) Validate() error { return required("auth.public_key_file", c.PublicKeyFile) }

func required(key, value string) error {
	if value == "" {
		return fmt.Errorf("%s is missing", key)
	}
	return nil
}

func within[N config.Bytes | time.Duration](key string, value, low, high N) error {
	if value < low || value > high {
		return fmt.Errorf("%s is %v, not within %v and %v", key, value, low, high)
	}
	return nil
}
