package sqlkit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Querier runs statements. A DB's reader and a Tx both are one, so that a store's reading
// functions serve inside and outside a transaction.
type Querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// DB is the database of one service. It is safe for concurrent use.
type DB struct {
	dialect Dialect
	write   *sql.DB
	read    *sql.DB // the same pool as write on PostgreSQL
	reader  Querier

	writeStmts *stmtCache // nil on PostgreSQL, whose driver caches by itself
	readStmts  *stmtCache
}

// Dialect tells the engine in use.
func (d *DB) Dialect() Dialect { return d.dialect }

// Read returns a querier for statements outside a transaction. On SQLite it refuses to write.
// Each statement sees everything that was committed before it began.
func (d *DB) Read() Querier { return d.reader }

// Snapshot runs fn on one unchanging view of the database: all statements of q see the same
// committed state. Statements that write fail. fn must not call Write.
func (d *DB) Snapshot(ctx context.Context, fn func(ctx context.Context, q Querier) error) error {
	opts := &sql.TxOptions{ReadOnly: true}
	if d.dialect.Name == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	tx, err := d.read.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin snapshot: %w", err)
	}
	// Nothing was written, so ending by rollback loses nothing.
	defer func() { _ = tx.Rollback() }()
	return fn(ctx, tx)
}

// Check reports whether the database answers, for readiness.
func (d *DB) Check(ctx context.Context) error {
	var one int
	err := d.reader.QueryRowContext(ctx, "SELECT 1").Scan(&one)
	if err != nil {
		return fmt.Errorf("database does not answer: %w", err)
	}
	return nil
}

// Stats returns the counters of the pool that writes.
func (d *DB) Stats() sql.DBStats { return d.write.Stats() }

// Collectors returns the metrics of the connection pools, labelled with the given name.
func (d *DB) Collectors(name string) []prometheus.Collector {
	out := []prometheus.Collector{collectors.NewDBStatsCollector(d.write, name)}
	if d.read != d.write {
		out = append(out, collectors.NewDBStatsCollector(d.read, name+"-read"))
	}
	return out
}

// Close closes all connections. Statements still running fail.
func (d *DB) Close() error {
	d.writeStmts.close()
	d.readStmts.close()
	err := d.write.Close()
	if d.read == d.write {
		return err
	}
	return errors.Join(err, d.read.Close())
}

// Affected passes on the number of changed rows of a statement that ExecContext ran:
// sqlkit.Affected(tx.ExecContext(…)).
func Affected(res sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
