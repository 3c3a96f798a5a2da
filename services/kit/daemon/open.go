package daemon

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// OpenDB opens the database of the configuration for the service with this name; the caller closes it.
func OpenDB(ctx context.Context, c DBConfig, service string) (*sqlkit.DB, error) {
	if c.Driver == sqlkit.SQLite {
		return sqlkit.OpenSQLite(ctx, c.Path)
	}
	dsn, err := os.ReadFile(c.DSNFile)
	if err != nil {
		return nil, fmt.Errorf("read db.dsn_file: %w", err)
	}
	schema := c.Schema
	if schema == "" {
		schema = service
	}
	return sqlkit.OpenPostgres(ctx, string(bytes.TrimSpace(dsn)), schema)
}

// Load reads the files and returns a configuration for both sides of a connection: each side shows its certificate and
// asks for one that the authority has signed.
func (c TLSConfig) Load() (*tls.Config, error) {
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

// registerDB registers the metrics of the database's pools.
func registerDB(r prometheus.Registerer, db *sqlkit.DB, service string) error {
	for _, c := range db.Collectors(service) {
		err := r.Register(c)
		if err != nil {
			return fmt.Errorf("register database metrics: %w", err)
		}
	}
	return nil
}
