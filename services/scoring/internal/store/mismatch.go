package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

var _ app.Mismatches = (*Store)(nil)

// ScoredPeriods returns the periods with scores; see app.Mismatches. It asks for one after the other, each of which the
// index finds at once, because a list of all different values would read every score.
func (s *Store) ScoredPeriods(ctx context.Context) ([]domain.Period, error) {
	var found []domain.Period
	var last domain.Period
	for {
		more := false
		err := s.each(ctx, "SELECT tenant, period FROM scores WHERE (tenant, period) > ($1, $2) ORDER BY tenant, period LIMIT 1",
			[]any{last.Tenant, last.ID}, func(rows *sql.Rows) error {
				more = true
				return rows.Scan(&last.Tenant, &last.ID)
			})
		if err != nil {
			return nil, fmt.Errorf("list periods with scores: %w", err)
		}
		if !more {
			return found, nil
		}
		found = append(found, last)
	}
}

// CountScores returns how many scores the period has; see app.Mismatches.
func (s *Store) CountScores(ctx context.Context, period domain.Period) (int, error) {
	var n int
	err := s.db.Read().QueryRowContext(ctx, "SELECT COUNT(*) FROM scores WHERE tenant = $1 AND period = $2", period.Tenant, period.ID).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count scores: %w", err)
	}
	return n, nil
}

// ScoredPerson returns the person of a score; see app.Mismatches.
func (s *Store) ScoredPerson(ctx context.Context, period domain.Period, offset int) (string, error) {
	var person string
	err := s.db.Read().QueryRowContext(ctx, `SELECT person FROM scores WHERE tenant = $1 AND period = $2
		ORDER BY person LIMIT 1 OFFSET $3`, period.Tenant, period.ID, offset).Scan(&person)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read the person of a score: %w", err)
	}
	return person, nil
}

// SampleOf returns the current revisions of people; see app.Mismatches.
func (s *Store) SampleOf(ctx context.Context, period domain.Period, people []string) (map[string]app.SampleScore, error) {
	found := make(map[string]app.SampleScore, len(people))
	for chunk := range chunks(people, 2) { // half of the placeholders; the period has two of its own
		query := "SELECT " + revisionColumns + ", r.record, r.digest" + fromCurrent +
			" WHERE s.tenant = $1 AND s.period = $2 AND s.person IN " + sqlkit.In(len(chunk), 3)
		err := s.each(ctx, query, inPeriod(period, chunk), func(rows *sql.Rows) error {
			person, sample, err := scanSample(rows)
			found[person] = sample
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("sample scores: %w", err)
		}
	}
	return found, nil
}

// scanSample reads revisionColumns, the record and the digest.
func scanSample(row scanner) (string, app.SampleScore, error) {
	var revision app.Revision
	var record string
	var sample app.SampleScore
	err := scanScore(row, &revision, &record, &sample.Digest)
	if err == nil {
		revision.Record, err = decodeRecord(record)
	}
	sample.Revision = revision.Revision
	if errors.Is(err, app.ErrDamaged) {
		return revision.Person, sample, nil
	}
	sample.RowDigest, sample.Facts, sample.Final = revision.Digest(), revision.Record.Facts.Digest(), revision.Final.Sum()
	return revision.Person, sample, err
}

// AddMismatch keeps a mismatch; see app.Mismatches.
func (s *Store) AddMismatch(ctx context.Context, m app.Mismatch) (bool, error) {
	added := false
	err := s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		n, err := sqlkit.Affected(tx.ExecContext(ctx, `INSERT INTO score_mismatches
			(tenant, mismatch, period, person, revision, stored_digest, computed_digest, find_time) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (tenant, period, person, revision) DO NOTHING`,
			m.Period.Tenant, m.ID, m.Period.ID, m.Person, m.Revision, m.StoredDigest, m.ComputedDigest, sqlkit.Micros(m.FindTime)))
		added = n == 1
		return err
	})
	if err != nil {
		return false, fmt.Errorf("add mismatch: %w", err)
	}
	return added, nil
}

// Mismatches returns a page of mismatches; see app.Mismatches.
func (s *Store) Mismatches(ctx context.Context, tenant, before string, limit int) ([]app.Mismatch, error) {
	var found []app.Mismatch
	query := `SELECT m.mismatch, m.period, m.person, m.revision, COALESCE(s.revision, 0), m.stored_digest, m.computed_digest, m.find_time
		FROM score_mismatches m LEFT JOIN scores s ON s.tenant = m.tenant AND s.period = m.period AND s.person = m.person
		WHERE m.tenant = $1 AND (m.mismatch < $2 OR $2 = '') ORDER BY m.mismatch DESC LIMIT $3`
	err := s.each(ctx, query, []any{tenant, before, limit}, func(rows *sql.Rows) error {
		m := app.Mismatch{Period: domain.Period{Tenant: tenant}}
		var at int64
		err := rows.Scan(&m.ID, &m.Period.ID, &m.Person, &m.Revision, &m.CurrentRevision, &m.StoredDigest, &m.ComputedDigest, &at)
		m.FindTime = sqlkit.Time(at)
		found = append(found, m)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list mismatches: %w", err)
	}
	return found, nil
}
