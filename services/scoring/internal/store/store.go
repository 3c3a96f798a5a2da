package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/inbox"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
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
	// id is the column of what has the revisions, which are in the table revisions.
	id, revisions string
}

func scoreHeads() headTable {
	return headTable{name: "scores", id: "person", revisions: "score_revisions"}
}

func indexHeads() headTable {
	return headTable{name: "survey_indexes", id: "unit", revisions: "survey_index_revisions"}
}

// head is a row of a headTable: the current revision of what id names.
type head struct {
	tenant, period, id string
	revision           int64
}

// headWidth is how many columns a head has.
const headWidth = 4

// move moves heads, and makes those that are not there. When one does not stand below, another writer was faster: the result is
// ErrStale. It may stand further below than by one, since a revision follows all that are written, and a head that was restored
// is behind them.
func (t headTable) move(ctx context.Context, tx *sqlkit.Tx, heads []head) error {
	for chunk := range chunks(heads, headWidth) {
		args := make([]any, 0, len(chunk)*headWidth)
		for _, h := range chunk {
			args = append(args, h.tenant, h.period, h.id, h.revision)
		}
		query := "INSERT INTO " + t.name + " (tenant, period, " + t.id + ", revision) VALUES " +
			sqlkit.Values(len(chunk), headWidth, 1) +
			" ON CONFLICT (tenant, period, " + t.id + ") DO UPDATE SET revision = excluded.revision" +
			" WHERE " + t.name + ".revision < excluded.revision"
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

// add inserts rows of a width into the revisions of the table. When one of them is there, which a head that was lost or is
// behind does not tell, the result is ErrStale.
func (t headTable) add(ctx context.Context, tx *sqlkit.Tx, columns string, width int, args []any) error {
	rows := len(args) / width
	query := "INSERT INTO " + t.revisions + " (" + columns + ") VALUES " + sqlkit.Values(rows, width, 1) +
		" ON CONFLICT (tenant, period, " + t.id + ", revision) DO NOTHING"
	added, err := sqlkit.Affected(tx.ExecContext(ctx, query, args...))
	if err != nil {
		return err
	}
	if added != int64(rows) {
		return app.ErrStale
	}
	return nil
}

// last returns the number of the last revision of each id that has a head or a revision.
func (s *Store) last(ctx context.Context, t headTable, period domain.Period, ids []string) (map[string]int64, error) {
	last := make(map[string]int64, len(ids))
	for chunk := range chunks(ids, 2) { // half of the placeholders; the period has two of its own
		from := func(table string) string {
			return "SELECT " + t.id + " AS id, revision FROM " + table + " WHERE tenant = $1 AND period = $2 AND " + t.id +
				" IN " + sqlkit.In(len(chunk), 3)
		}
		query := "SELECT id, MAX(revision) FROM (" + from(t.name) + " UNION ALL " + from(t.revisions) + ") written GROUP BY id"
		err := s.each(ctx, query, inPeriod(period, chunk), func(rows *sql.Rows) error {
			var id string
			var revision int64
			err := rows.Scan(&id, &revision)
			last[id] = revision
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read last revisions in %s: %w", t.name, err)
		}
	}
	return last, nil
}

// LastRevisions returns the number of the last revision of each person's score; see app.Store.
func (s *Store) LastRevisions(ctx context.Context, period domain.Period, people []string) (map[string]int64, error) {
	return s.last(ctx, scoreHeads(), period, people)
}

// LastIndexRevisions returns the number of the last revision of each unit's index; see app.Store.
func (s *Store) LastIndexRevisions(ctx context.Context, period domain.Period, units []string) (map[string]int64, error) {
	return s.last(ctx, indexHeads(), period, units)
}
