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

// Standings visits the current scores of units in a period; see app.CalibrationStore. More units than one statement takes
// are most of a tenant, and then everybody is read.
func (s *Store) Standings(ctx context.Context, period domain.Period, units []string, visit func(app.Standing)) error {
	query, args := standingColumns+" WHERE s.tenant = $1 AND s.period = $2", []any{period.Tenant, period.ID}
	if len(units) <= maxArgs-len(args) {
		query, args = query+" AND r.unit IN "+sqlkit.In(len(units), 3), inPeriod(period, units)
	}
	err := s.each(ctx, query+" ORDER BY s.person", args, func(rows *sql.Rows) error {
		standing, err := scanStanding(rows)
		if err == nil {
			visit(standing)
		}
		return err
	})
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

// newestJustifications has the newest ones of each unit that the list of placeholders names.
const newestJustifications = `SELECT unit, justification, rules, text, author, create_time, level, counts FROM (
SELECT unit, justification, rules, text, author, create_time, level, counts,
ROW_NUMBER() OVER (PARTITION BY unit ORDER BY justification DESC) AS place
FROM distribution_justifications WHERE tenant = $1 AND period = $2 AND subtree = $3 AND unit IN %s) AS ranked
WHERE place <= $4 ORDER BY unit, place`

// Justifications returns the newest justifications of units; see app.CalibrationStore.
func (s *Store) Justifications(ctx context.Context, period domain.Period, q app.JustificationQuery) (map[string][]distribution.Justification, error) {
	of := map[string][]distribution.Justification{}
	for chunk := range chunks(q.Units, 2) {
		args := []any{period.Tenant, period.ID, q.Subtree, q.Limit}
		query := fmt.Sprintf(newestJustifications, sqlkit.In(len(chunk), len(args)+1))
		for _, unit := range chunk {
			args = append(args, unit)
		}
		err := s.each(ctx, query, args, func(rows *sql.Rows) error {
			j := distribution.Justification{Subtree: q.Subtree}
			err := scanJustification(rows, &j)
			of[j.Unit] = append(of[j.Unit], j)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read justifications: %w", err)
		}
	}
	return of, nil
}

// scanJustification reads a row of newestJustifications.
func scanJustification(row scanner, j *distribution.Justification) error {
	var rules, counts string
	var at int64
	err := row.Scan(&j.Unit, &j.ID, &rules, &j.Text, &j.Author, &at, &j.Level, &counts)
	if err != nil {
		return err
	}
	j.Time = sqlkit.Time(at)
	err = decode(rules, &j.Rules)
	if err != nil {
		return err
	}
	return decode(counts, &j.Counts)
}
