package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/inbox"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
)

// maxArgs bounds the placeholders of one statement.
const maxArgs = 500

// Store is the record of the scoring service. It is safe for concurrent use.
type Store struct {
	db     *sqlkit.DB
	outbox *outbox.Outbox
}

var _ app.Store = (*Store)(nil)

// New returns the store in the database, which tells of writes by the outbox.
func New(db *sqlkit.DB, out *outbox.Outbox) *Store { return &Store{db: db, outbox: out} }

// errClaimed rolls a transaction back whose events were all claimed before.
var errClaimed = errors.New("every event was claimed before")

// Apply does all of the write in one transaction; see app.Store.
func (s *Store) Apply(ctx context.Context, w app.Write) error {
	err := s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error { return s.apply(ctx, tx, w) })
	if errors.Is(err, errClaimed) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("write scores: %w", err)
	}
	return nil
}

func (s *Store) apply(ctx context.Context, tx *sqlkit.Tx, w app.Write) error {
	if len(w.Events) > 0 {
		fresh, err := inbox.Claim(ctx, tx, w.Consumer, w.Events, w.At)
		if err != nil {
			return err
		}
		if len(fresh) == 0 {
			return errClaimed
		}
	}
	if w.Advance != nil {
		err := advance(ctx, tx, *w.Advance)
		if err != nil {
			return err
		}
	}
	err := writeScores(ctx, tx, w.Scores)
	if err != nil {
		return err
	}
	err = writeIndexes(ctx, tx, w.Indexes)
	if err != nil {
		return err
	}
	return s.outbox.Append(ctx, tx, w.Publish...)
}

// headTable is scores or survey_indexes.
type headTable struct {
	name string
	// id is the column of what has the revisions.
	id string
}

// head is a row of a headTable: the current revision of what id names.
type head struct {
	tenant, period, id string
	revision           int64
}

// headWidth is how many columns a head has.
const headWidth = 4

// move moves heads by one, and makes those of first revisions. When one does not stand one below, another writer was
// faster: the result is ErrStale.
func (t headTable) move(ctx context.Context, tx *sqlkit.Tx, heads []head) error {
	for chunk := range chunks(heads, headWidth) {
		args := make([]any, 0, len(chunk)*headWidth)
		for _, h := range chunk {
			args = append(args, h.tenant, h.period, h.id, h.revision)
		}
		query := "INSERT INTO " + t.name + " (tenant, period, " + t.id + ", revision) VALUES " +
			sqlkit.Values(len(chunk), headWidth, 1) +
			" ON CONFLICT (tenant, period, " + t.id + ") DO UPDATE SET revision = excluded.revision" +
			" WHERE " + t.name + ".revision = excluded.revision - 1"
		moved, err := sqlkit.Affected(tx.ExecContext(ctx, query, args...))
		if err != nil {
			return err
		}
		if moved != int64(len(chunk)) {
			return app.ErrStale
		}
	}
	return nil
}
