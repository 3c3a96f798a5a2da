package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

var _ app.Mismatches = (*Store)(nil)

// ScoredPeriods returns the periods with scores or indexes; see app.Mismatches.
func (s *Store) ScoredPeriods(ctx context.Context) ([]domain.Period, error) {
	found, err := s.periods(ctx, "scores")
	if err != nil {
		return nil, err
	}
	indexed, err := s.periods(ctx, "survey_indexes")
	for _, period := range indexed {
		if !slices.Contains(found, period) {
			found = append(found, period)
		}
	}
	return found, err
}

// periods returns the periods of a headTable. It asks for one after the other, each of which the index finds at once, because
// a list of all different values would read every row.
func (s *Store) periods(ctx context.Context, table string) ([]domain.Period, error) {
	var found []domain.Period
	var last domain.Period
	for {
		more := false
		err := s.each(ctx, "SELECT tenant, period FROM "+table+" WHERE (tenant, period) > ($1, $2) ORDER BY tenant, period LIMIT 1",
			[]any{last.Tenant, last.ID}, func(rows *sql.Rows) error {
				more = true
				return rows.Scan(&last.Tenant, &last.ID)
			})
		if err != nil {
			return nil, fmt.Errorf("list periods of %s: %w", table, err)
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
func (s *Store) SampleOf(ctx context.Context, period domain.Period, people []string) (map[string]app.Sample, error) {
	found := make(map[string]app.Sample, len(people))
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
func scanSample(row scanner) (string, app.Sample, error) {
	var revision app.Revision
	var record string
	var sample app.Sample
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

// SampleOfIndexes returns the current revisions of the indexes of units; see app.Mismatches.
func (s *Store) SampleOfIndexes(ctx context.Context, period domain.Period, units []string) (map[string]app.Sample, error) {
	found := make(map[string]app.Sample, len(units))
	for chunk := range chunks(units, 2) { // half of the placeholders; the period has two of its own
		query := "SELECT " + indexColumns + ", r.digest" + fromCurrentIndex +
			" WHERE s.tenant = $1 AND s.period = $2 AND s.unit IN " + sqlkit.In(len(chunk), 3)
		err := s.each(ctx, query, inPeriod(period, chunk), func(rows *sql.Rows) error {
			var index domain.SurveyScore
			var sample app.Sample
			err := scanIndex(rows, &index, &sample.Digest)
			sample.Revision = index.Revision
			if err == nil {
				sample.RowDigest, sample.Facts = index.Digest(), app.IndexFacts(&index.Index)
			}
			if errors.Is(err, app.ErrDamaged) {
				err = nil // a digest of nothing tells it
			}
			found[index.Unit] = sample
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("sample indexes: %w", err)
		}
	}
	return found, nil
}

// AddMismatch keeps a mismatch; see app.Mismatches.
func (s *Store) AddMismatch(ctx context.Context, m app.Mismatch) (bool, error) {
	table, column, id := "score_mismatches", "person", m.Person
	if m.Unit != "" {
		table, column, id = "survey_index_mismatches", "unit", m.Unit
	}
	statement := "INSERT INTO " + table + " (tenant, mismatch, period, " + column + `, revision, stored_digest, computed_digest, find_time)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant, period, ` + column + ", revision) DO NOTHING"
	added := false
	err := s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		n, err := sqlkit.Affected(tx.ExecContext(ctx, statement,
			m.Period.Tenant, m.ID, m.Period.ID, id, m.Revision, m.StoredDigest, m.ComputedDigest, sqlkit.Micros(m.FindTime)))
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
	query := `SELECT m.mismatch, m.period, m.person, '', m.revision, COALESCE(s.revision, 0), m.stored_digest, m.computed_digest, m.find_time
		FROM score_mismatches m LEFT JOIN scores s ON s.tenant = m.tenant AND s.period = m.period AND s.person = m.person
		WHERE m.tenant = $1 AND (m.mismatch < $2 OR $2 = '')
		UNION ALL
		SELECT m.mismatch, m.period, '', m.unit, m.revision, COALESCE(s.revision, 0), m.stored_digest, m.computed_digest, m.find_time
		FROM survey_index_mismatches m LEFT JOIN survey_indexes s ON s.tenant = m.tenant AND s.period = m.period AND s.unit = m.unit
		WHERE m.tenant = $1 AND (m.mismatch < $2 OR $2 = '') ORDER BY 1 DESC LIMIT $3`
	err := s.each(ctx, query, []any{tenant, before, limit}, func(rows *sql.Rows) error {
		m := app.Mismatch{Period: domain.Period{Tenant: tenant}}
		var at int64
		err := rows.Scan(&m.ID, &m.Period.ID, &m.Person, &m.Unit, &m.Revision, &m.CurrentRevision, &m.StoredDigest, &m.ComputedDigest, &at)
		m.FindTime = sqlkit.Time(at)
		found = append(found, m)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list mismatches: %w", err)
	}
	return found, nil
}
