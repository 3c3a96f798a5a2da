package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// standingColumns are what a standing takes of the current revision.
const standingColumns = "SELECT r.person, r.unit, r.predicate, r.achievement, r.revision, r.final" + fromCurrent

// scanStanding takes the predicate that people have fixed in the place of the computed one.
func scanStanding(row scanner) (app.Standing, error) {
	var s app.Standing
	var fixed string
	err := row.Scan(&s.Person, &s.Unit, &s.Predicate, &s.Achievement, &s.Revision, &fixed)
	if err != nil {
		return s, err
	}
	final, err := decodeFinal(fixed)
	if final != nil {
		s.Predicate = final.Predicate
	}
	return s, err
}

// Standings visits the current scores of a period; see app.CalibrationStore.
func (s *Store) Standings(ctx context.Context, period domain.Period, visit func(app.Standing) bool) error {
	rows, err := s.db.Read().QueryContext(ctx,
		standingColumns+" WHERE s.tenant = $1 AND s.period = $2 ORDER BY s.person", period.Tenant, period.ID)
	if err != nil {
		return fmt.Errorf("read standings: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		standing, err := scanStanding(rows)
		if err != nil {
			return fmt.Errorf("read standings: %w", err)
		}
		if !visit(standing) {
			return nil
		}
	}
	err = rows.Err()
	if err != nil {
		return fmt.Errorf("read standings: %w", err)
	}
	return nil
}

// StandingOf returns the current score of a person; see app.CalibrationStore.
func (s *Store) StandingOf(ctx context.Context, period domain.Period, person string) (app.Standing, error) {
	standing, err := scanStanding(s.db.Read().QueryRowContext(ctx,
		standingColumns+" WHERE s.tenant = $1 AND s.period = $2 AND s.person = $3", period.Tenant, period.ID, person))
	return standing, missingIs(err, "read standing")
}

// Justify adds a justification; see app.CalibrationStore.
func (s *Store) Justify(ctx context.Context, period domain.Period, j distribution.Justification) error {
	rules, err := encode(j.Rules)
	if err != nil {
		return err
	}
	counts, err := encode(j.Counts)
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO distribution_justifications (tenant, period, unit, subtree, justification, rules,
text, author, create_time, level, counts) VALUES `+sqlkit.Values(1, 11, 1),
			period.Tenant, period.ID, j.Unit, j.Subtree, j.ID, rules, j.Text, j.Author, sqlkit.Micros(j.Time), string(j.Level), counts)
		return err
	})
	if err != nil {
		return fmt.Errorf("write justification: %w", err)
	}
	return nil
}

// Justifications returns the newest justifications of units; see app.CalibrationStore. Each unit is a statement of its own:
// few have any, and the limit is that of a unit.
func (s *Store) Justifications(ctx context.Context, period domain.Period, q app.JustificationQuery) (map[string][]distribution.Justification, error) {
	of := map[string][]distribution.Justification{}
	for _, unit := range q.Units {
		args := []any{period.Tenant, period.ID, unit, q.Subtree, q.Limit}
		err := s.each(ctx, `SELECT justification, rules, text, author, create_time, level, counts FROM distribution_justifications
WHERE tenant = $1 AND period = $2 AND unit = $3 AND subtree = $4 ORDER BY justification DESC LIMIT $5`, args, func(rows *sql.Rows) error {
			j := distribution.Justification{Unit: unit, Subtree: q.Subtree}
			var rules, counts string
			var at int64
			err := rows.Scan(&j.ID, &rules, &j.Text, &j.Author, &at, &j.Level, &counts)
			if err != nil {
				return err
			}
			j.Time = sqlkit.Time(at)
			err = decode(rules, &j.Rules)
			if err != nil {
				return err
			}
			err = decode(counts, &j.Counts)
			of[unit] = append(of[unit], j)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read justifications: %w", err)
		}
	}
	return of, nil
}
