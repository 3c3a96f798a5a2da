package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// Publish stores an event in the transaction, to be told once it has committed.
type Publish func(ctx context.Context, tx *sqlkit.Tx, e domain.Event) error

// Store is the state of planning in a database. It is safe for concurrent use.
type Store struct {
	reader
	db      *sqlkit.DB
	publish Publish
}

var _ app.Store = (*Store)(nil)

// New returns a store over a migrated database.
func New(db *sqlkit.DB, publish Publish) *Store {
	return &Store{reader: reader{db.Read()}, db: db, publish: publish}
}

// Write runs fn in one transaction; see app.Store.
func (s *Store) Write(ctx context.Context, fn func(ctx context.Context, tx app.Tx) error) error {
	return s.db.Write(ctx, func(ctx context.Context, sqlTx *sqlkit.Tx) error {
		return fn(ctx, &tx{reader: reader{sqlTx}, sql: sqlTx, publish: s.publish})
	})
}

// tx is a Store within a transaction.
type tx struct {
	reader
	sql     *sqlkit.Tx
	publish Publish
}

var _ app.Tx = (*tx)(nil)

// Emit hands the event to Publish.
func (t *tx) Emit(ctx context.Context, e domain.Event) error { return t.publish(ctx, t.sql, e) }

// insert runs an INSERT that does nothing on a conflict, which leaves a PostgreSQL transaction usable.
func (t *tx) insert(ctx context.Context, query string, args ...any) error {
	n, err := sqlkit.Affected(t.sql.ExecContext(ctx, query+" ON CONFLICT DO NOTHING", args...))
	if err != nil {
		return fmt.Errorf("insert: %w", err)
	}
	if n == 0 {
		return app.ErrExists
	}
	return nil
}

// reader reads through a database or a transaction.
type reader struct{ q sqlkit.Querier }

// scanner is a row.
type scanner interface{ Scan(dest ...any) error }

// query is a statement with its arguments.
type query struct {
	text string
	args []any
}

// one returns the row of a query, or app.ErrNotFound.
func one[T any](ctx context.Context, r reader, scan func(scanner) (T, error), q query) (T, error) {
	v, err := scan(r.q.QueryRowContext(ctx, q.text, q.args...))
	if errors.Is(err, sql.ErrNoRows) {
		return v, app.ErrNotFound
	}
	if err != nil {
		return v, fmt.Errorf("read one row: %w", err)
	}
	return v, nil
}

// list returns the rows of a query.
func list[T any](ctx context.Context, r reader, scan func(scanner) (T, error), q query) ([]T, error) {
	rows, err := r.q.QueryContext(ctx, q.text, q.args...)
	if err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("read row: %w", err)
		}
		out = append(out, v)
	}
	err = rows.Err()
	if err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	return out, nil
}

func scanText(s scanner) (string, error) {
	var text string
	err := s.Scan(&text)
	return text, err
}

func scanNumber(s scanner) (int64, error) {
	var n int64
	err := s.Scan(&n)
	return n, err
}

// optional is the stored form of an id that may be empty.
func optional(id string) sql.NullString { return sql.NullString{String: id, Valid: id != ""} }

// maxIn is how many values a list in a statement has at most.
const maxIn = 500

// inList returns the values as arguments for an IN list whose length is one of few, so that the engines know most
// statements already. The last value is repeated to fill the list; there are at most maxIn.
func inList(values []string) []any {
	if len(values) == 0 {
		return nil
	}
	size := 1
	for size < len(values) {
		size *= 4
	}
	args := make([]any, max(min(size, maxIn), len(values)))
	for i := range args {
		args[i] = values[min(i, len(values)-1)]
	}
	return args
}
