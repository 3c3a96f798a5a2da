package sqlkit

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

const (
	maxWriteRetries = 3
	retryBase       = 5 * time.Millisecond
	cleanupTimeout  = 5 * time.Second
)

// ErrNestedWrite reports a Write inside the closure of another Write of the same database. On
// SQLite it would wait for itself.
var ErrNestedWrite = errors.New("sqlkit: a write began inside the write of the same database")

// WriteFunc is the body of a transaction. It may run more than once, so it must be pure apart
// from tx: it sets what it returns, never adds to it, and does no network call.
type WriteFunc func(ctx context.Context, tx *Tx) error

type (
	hooksKey struct{}
	insideOf struct{ db *DB }
)

// OnWrite returns a context whose every DB.Write first runs fn inside its transaction, after
// the functions registered before. An error of fn rolls the transaction back and is returned.
func OnWrite(ctx context.Context, fn func(ctx context.Context, tx *Tx) error) context.Context {
	known, _ := ctx.Value(hooksKey{}).([]WriteFunc)
	hooks := make([]WriteFunc, 0, len(known)+1)
	hooks = append(hooks, known...)
	hooks = append(hooks, fn)
	return context.WithValue(ctx, hooksKey{}, hooks)
}

// Tx is one attempt of a write transaction. It is not safe for concurrent use and ends when the
// closure that received it returns.
type Tx struct {
	db    *DB
	tx    *sql.Tx
	after []func()
	wants []string
}

var _ Querier = (*Tx)(nil)

// Dialect tells the engine in use.
func (t *Tx) Dialect() Dialect { return t.db.dialect }

// AfterCommit registers fn to run once after the transaction has committed, in the order of
// registration and on the writer's goroutine; it must not block. After a rollback it never runs.
func (t *Tx) AfterCommit(fn func()) { t.after = append(t.after, fn) }

// ExecContext runs a statement that returns no rows.
func (t *Tx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	stmt := t.stmt(ctx, query) //nolint:sqlclosecheck // it ends with the transaction
	if stmt == nil {
		return t.tx.ExecContext(ctx, query, args...)
	}
	return stmt.ExecContext(ctx, args...)
}

// QueryContext runs a statement that returns rows; the caller closes them before the next
// statement.
func (t *Tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt := t.stmt(ctx, query) //nolint:sqlclosecheck // it ends with the transaction
	if stmt == nil {
		return t.tx.QueryContext(ctx, query, args...)
	}
	return stmt.QueryContext(ctx, args...)
}

// QueryRowContext runs a statement of which at most one row is read.
func (t *Tx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	stmt := t.stmt(ctx, query) //nolint:sqlclosecheck // it ends with the transaction
	if stmt == nil {
		return t.tx.QueryRowContext(ctx, query, args...)
	}
	return stmt.QueryRowContext(ctx, args...)
}

// stmt finds the prepared form of query, or notes it to be prepared once the connection is free
// again: preparing takes a connection, and the only one is held by this transaction.
func (t *Tx) stmt(ctx context.Context, query string) *sql.Stmt {
	cache := t.db.writeStmts
	stmt := cache.get(query)
	if stmt != nil {
		return t.tx.StmtContext(ctx, stmt)
	}
	if cache.admits(query) {
		t.wants = append(t.wants, query)
	}
	return nil
}

// Write runs fn in one transaction and commits it. The transaction is rolled back when fn or a
// function of OnWrite returns an error, and that error is returned as it is. When the database
// is busy or cannot serialize the transaction, the attempt is repeated at most three times, with
// jitter. An error of the commit itself leaves it open whether the transaction took effect.
func (d *DB) Write(ctx context.Context, fn WriteFunc) error {
	return d.retry(ctx, func() error { return d.writeOnce(ctx, fn, false) })
}

// WriteRelaxed is Write without the wait for the disk: a loss of power may undo the last such
// commits, in order and never in part. It is for bookkeeping that is repeated without harm, such
// as marking what has been published already.
func (d *DB) WriteRelaxed(ctx context.Context, fn WriteFunc) error {
	return d.retry(ctx, func() error { return d.writeOnce(ctx, fn, true) })
}

func (d *DB) retry(ctx context.Context, attempt func() error) error {
	if ctx.Value(insideOf{d}) != nil {
		return ErrNestedWrite
	}
	for retries := 0; ; retries++ {
		err := attempt()
		if err == nil || retries == maxWriteRetries || !d.dialect.Retryable(err) {
			return err
		}
		pause := retryBase << retries
		timer := time.NewTimer(pause/2 + rand.N(pause))
		select {
		case <-ctx.Done():
			timer.Stop()
			return err
		case <-timer.C:
		}
	}
}

func (d *DB) writeOnce(ctx context.Context, fn WriteFunc, relaxed bool) error {
	tx, release, err := d.begin(ctx, relaxed)
	if err != nil {
		return fmt.Errorf("begin write: %w", err)
	}
	t := &Tx{db: d, tx: tx}
	err = t.run(ctx, fn)
	release()
	if err != nil {
		return err
	}
	for _, query := range t.wants {
		if d.writeStmts.get(query) == nil {
			d.writeStmts.prepare(ctx, query)
		}
	}
	for _, after := range t.after {
		after()
	}
	return nil
}

// run ends the transaction in every case, also when fn panics.
func (t *Tx) run(ctx context.Context, fn WriteFunc) error {
	ended := false
	defer func() {
		if !ended {
			_ = t.tx.Rollback()
		}
	}()
	inner := context.WithValue(ctx, insideOf{t.db}, true)
	hooks, _ := ctx.Value(hooksKey{}).([]WriteFunc)
	for _, hook := range hooks {
		err := hook(inner, t)
		if err != nil {
			return err
		}
	}
	err := fn(inner, t)
	if err != nil {
		return err
	}
	err = t.tx.Commit()
	if err != nil {
		return fmt.Errorf("commit write: %w", err)
	}
	ended = true
	return nil
}

// begin starts a transaction; release gives its connection back with the durability restored.
func (d *DB) begin(ctx context.Context, relaxed bool) (*sql.Tx, func(), error) {
	if !relaxed {
		tx, err := d.write.BeginTx(ctx, nil)
		return tx, func() {}, err
	}
	if d.dialect.Name == Postgres {
		tx, err := d.write.BeginTx(ctx, nil)
		if err != nil {
			return nil, nil, err
		}
		_, err = tx.ExecContext(ctx, "SET LOCAL synchronous_commit = off")
		if err != nil {
			return nil, nil, errors.Join(err, tx.Rollback())
		}
		return tx, func() {}, nil
	}
	return d.beginRelaxedSQLite(ctx)
}

// beginRelaxedSQLite lowers the durability of the connection for one transaction, because
// SQLite knows it by connection only and refuses to change it inside a transaction.
func (d *DB) beginRelaxedSQLite(ctx context.Context) (*sql.Tx, func(), error) {
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return nil, nil, err
	}
	release := func() {
		// The connection must not return to the pool with less durability, so it is thrown away
		// when the setting cannot be put back; a caller's ended context must not cause that.
		clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanupTimeout)
		defer cancel()
		_, err := conn.ExecContext(clean, "PRAGMA synchronous = FULL")
		if err != nil {
			_ = conn.Raw(func(any) error { return driver.ErrBadConn })
		}
		_ = conn.Close()
	}
	_, err = conn.ExecContext(ctx, "PRAGMA synchronous = NORMAL")
	if err != nil {
		release()
		return nil, nil, err
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		release()
		return nil, nil, err
	}
	return tx, release, nil
}
