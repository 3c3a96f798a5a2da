package store

import (
	"context"
	"fmt"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/inbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

// Store is an app.Store in SQL.
type Store struct{ db *sqlkit.DB }

var _ app.Store = (*Store)(nil)

// New returns the store in db, which must be migrated.
func New(db *sqlkit.DB) *Store { return &Store{db: db} }

// Project implements app.Store.
func (s *Store) Project(ctx context.Context, fn func(ctx context.Context, tx app.Tx) error) error {
	return s.db.Write(ctx, func(ctx context.Context, t *sqlkit.Tx) error { return fn(ctx, tx{t}) })
}

// Reports implements app.Store.
func (s *Store) Reports(ctx context.Context, keys []domain.PersonKey) ([]domain.Report, error) {
	return reports(ctx, s.db.Read(), keys)
}

// Tallies implements app.Store.
func (s *Store) Tallies(ctx context.Context, keys []domain.UnitKey) ([]domain.Tally, error) {
	return tallies(ctx, s.db.Read(), keys)
}

// Owe implements app.Store.
func (s *Store) Owe(ctx context.Context, debts []app.Debt) error {
	if len(debts) == 0 {
		return nil
	}
	return s.db.Write(ctx, func(ctx context.Context, t *sqlkit.Tx) error { return owe(ctx, t, debts) })
}

// tx is an app.Tx.
type tx struct{ q *sqlkit.Tx }

var _ app.Tx = tx{}

func (t tx) Claim(ctx context.Context, consumer string, ids []string, at time.Time) (map[string]bool, error) {
	return inbox.Claim(ctx, t.q, consumer, ids, at)
}

func (t tx) Reports(ctx context.Context, keys []domain.PersonKey) ([]domain.Report, error) {
	return reports(ctx, t.q, keys)
}

func (t tx) Tallies(ctx context.Context, keys []domain.UnitKey) ([]domain.Tally, error) {
	return tallies(ctx, t.q, keys)
}

func (t tx) Owe(ctx context.Context, debts []app.Debt) error { return owe(ctx, t.q, debts) }

const (
	// maxList bounds an IN list, maxRows the rows of an upsert.
	maxList = 128
	maxRows = 16
)

// lists calls do with the ids in lists of at most maxList, to follow the arguments before. The length of a list is always
// a power of two, filled up with its last id, so that there are few different statements to prepare.
func lists(ids []string, before []any, do func(in string, args []any) error) error {
	for len(ids) > 0 {
		n := min(len(ids), maxList)
		size := 1
		for size < n {
			size *= 2
		}
		args := append(make([]any, 0, len(before)+size), before...)
		for i := range size {
			args = append(args, ids[min(i, n-1)])
		}
		err := do(sqlkit.In(size, len(before)+1), args)
		if err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// parts calls do with 16, 8, 4, 2 or 1 of the rows at a time, so that there are few statements to prepare.
func parts[T any](rows []T, do func(part []T) error) error {
	for size := maxRows; len(rows) > 0; {
		if size > len(rows) {
			size /= 2
			continue
		}
		err := do(rows[:size])
		if err != nil {
			return err
		}
		rows = rows[size:]
	}
	return nil
}

// statement is an upsert: the text before and after the values, and how a row is bound.
type statement[T any] struct {
	table            string
	columns          int
	insert, conflict string
	bind             func(args []any, row *T) ([]any, error)
}

// of returns the text and the arguments for the rows.
func (s statement[T]) of(rows []T) (string, []any, error) {
	args := make([]any, 0, len(rows)*s.columns)
	var err error
	for i := range rows {
		args, err = s.bind(args, &rows[i])
		if err != nil {
			return "", nil, err
		}
	}
	return s.insert + sqlkit.Values(len(rows), s.columns, 1) + s.conflict, args, nil
}

func upsert[T any](ctx context.Context, q sqlkit.Querier, s statement[T], rows []T) error {
	return parts(rows, func(part []T) error {
		text, args, err := s.of(part)
		if err != nil {
			return err
		}
		_, err = q.ExecContext(ctx, text, args...)
		if err != nil {
			return fmt.Errorf("write %s: %w", s.table, err)
		}
		return nil
	})
}
