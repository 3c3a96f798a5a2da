package sqlkit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	// postgresConns is the size of the pool when the DSN names no pool_max_conns.
	postgresConns        = 16
	postgresConnIdle     = 5 * time.Minute
	postgresConnLifetime = time.Hour
	postgresPoolParam    = "pool_max_conns"
)

var schemaName = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,62}$`)

// OpenPostgres opens a pool to the PostgreSQL server of dsn whose connections live in schema,
// which it creates when it is missing. The DSN may carry pool_max_conns (2 or more, default 16). The schema
// name must match [a-z_][a-z0-9_]{0,62}. Errors never show the DSN's password.
func OpenPostgres(ctx context.Context, dsn, schema string) (*DB, error) {
	if !schemaName.MatchString(schema) {
		return nil, fmt.Errorf("open postgres: schema name %q is not [a-z_][a-z0-9_]{0,62}", schema)
	}
	cfg, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("open postgres: %w", err)
	}
	size, err := poolSize(cfg)
	if err != nil {
		return nil, err
	}
	cfg.RuntimeParams["search_path"] = schema
	cfg.RuntimeParams["timezone"] = "UTC"
	if cfg.RuntimeParams["application_name"] == "" {
		cfg.RuntimeParams["application_name"] = "kinerja-" + schema
	}
	pool := stdlib.OpenDB(*cfg)
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	pool.SetConnMaxIdleTime(postgresConnIdle)
	pool.SetConnMaxLifetime(postgresConnLifetime)
	d := &DB{dialect: Dialect{Name: Postgres}, write: pool, read: pool, reader: pool}
	err = d.ensureSchema(ctx, schema)
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	return d, nil
}

// poolSize takes the pool's size out of the parameters, which the server would refuse.
func poolSize(cfg *pgx.ConnConfig) (int, error) {
	text, ok := cfg.RuntimeParams[postgresPoolParam]
	if !ok {
		return postgresConns, nil
	}
	delete(cfg.RuntimeParams, postgresPoolParam)
	n, err := strconv.Atoi(text)
	if err != nil || n < 2 { // migrating holds one for its lock
		return 0, fmt.Errorf("open postgres: %s must be a number of 2 or more, not %q", postgresPoolParam, text)
	}
	return n, nil
}

// ensureSchema looks before it creates, because a role that may use a schema need not have the
// right to create one.
func (d *DB) ensureSchema(ctx context.Context, schema string) error {
	var one int
	err := d.write.QueryRowContext(ctx, "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1", schema).Scan(&one)
	if err == nil {
		return nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("look for schema %s: %w", schema, err)
	}
	_, err = d.write.ExecContext(ctx, "CREATE SCHEMA IF NOT EXISTS "+schema)
	// Two processes that start together may both try; the loser finds the name taken.
	if err != nil && !d.dialect.UniqueViolation(err) {
		return fmt.Errorf("create schema %s: %w", schema, err)
	}
	return nil
}
