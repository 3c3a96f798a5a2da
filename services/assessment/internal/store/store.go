package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// Teller records in the transaction that others are told of the facts once it has committed.
type Teller interface {
	Tell(ctx context.Context, tx *sqlkit.Tx, fact domain.Fact) error
}

// Store is app.Store on SQL. It is safe for concurrent use.
type Store struct {
	db     *sqlkit.DB
	teller Teller
}

var _ app.Store = (*Store)(nil)

// New returns the store on the database, whose schema must be that of package migrations.
func New(db *sqlkit.DB, teller Teller) *Store { return &Store{db: db, teller: teller} }

// insertion is a row that is only ever added.
type insertion struct {
	query string
	args  []any
	// taken is returned when the key of the row exists.
	taken error
	fact  domain.Fact
	// tells reports, after the row was added, whether the fact is to be told; nil tells always.
	tells func(ctx context.Context, tx *sqlkit.Tx) (bool, error)
}

// insert adds the row and tells the fact, unless there is nothing to tell yet.
func (s *Store) insert(ctx context.Context, in insertion) error {
	return s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, in.query, in.args...)
		if tx.Dialect().UniqueViolation(err) {
			return in.taken
		}
		if err != nil {
			return fmt.Errorf("add %s: %w", in.fact.Kind, err)
		}
		if in.tells != nil {
			told, err := in.tells(ctx, tx)
			if err != nil || !told {
				return err
			}
		}
		return s.teller.Tell(ctx, tx, in.fact)
	})
}

// revision is a row whose statement numbers it after the current one and returns the number.
type revision struct {
	query  string
	args   []any
	expect app.Expect
	// name of the resource, for the refusal of a stale writer.
	name string
	fact domain.Fact
}

// add adds the revision and returns its number. The caller's expectation is compared after the insertion, which saves a
// statement: a refusal undoes it.
func (r revision) add(ctx context.Context, tx *sqlkit.Tx) (int64, error) {
	var added int64
	err := tx.QueryRowContext(ctx, r.query, r.args...).Scan(&added)
	if tx.Dialect().UniqueViolation(err) {
		return 0, domain.About(domain.ErrStale, r.name)
	}
	if err != nil {
		return 0, fmt.Errorf("add revision of %s: %w", r.name, err)
	}
	if !r.expect(added - 1) {
		return 0, domain.About(domain.ErrStale, r.name)
	}
	return added, nil
}

// revise adds the revision, tells the fact with its number, and returns the number.
func (s *Store) revise(ctx context.Context, r revision) (int64, error) {
	var added int64
	err := s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		var err error
		added, err = r.add(ctx, tx)
		if err != nil {
			return err
		}
		fact := r.fact
		fact.Revision = added
		return s.teller.Tell(ctx, tx, fact)
	})
	return added, err
}

// notFound turns the absence of a row into domain.ErrNotFound about the resource.
func notFound(err error, name string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return domain.About(domain.ErrNotFound, name)
	}
	return err
}
