package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

func scanSession(row scanner, period domain.Period) (calibration.Session, error) {
	c := calibration.Session{Period: period}
	var units, before, after string
	var created, closed int64
	err := row.Scan(&c.ID, &units, &c.Subtree, &c.Purpose, &c.State, &c.Opener, &c.Closer, &created, &closed, &c.AbandonReason,
		&before, &after, &c.Revision)
	if err != nil {
		return calibration.Session{}, err
	}
	c.CreateTime, c.CloseTime = sqlkit.Time(created), sqlkit.Time(closed)
	err = decode(units, &c.Units)
	if err != nil {
		return calibration.Session{}, err
	}
	err = decode(before, &c.Before)
	if err != nil {
		return calibration.Session{}, err
	}
	return c, decode(after, &c.After)
}

// participants returns the people of sessions, by session and sorted.
func (s *Store) participants(ctx context.Context, period domain.Period, sessions []string) (map[string][]string, error) {
	of := make(map[string][]string, len(sessions))
	for chunk := range chunks(sessions, 2) {
		query := "SELECT calibration, person FROM calibration_participants WHERE tenant = $1 AND period = $2 AND calibration IN " +
			sqlkit.In(len(chunk), 3) + " ORDER BY calibration, person"
		err := s.each(ctx, query, inPeriod(period, chunk), func(rows *sql.Rows) error {
			var session, person string
			err := rows.Scan(&session, &person)
			of[session] = append(of[session], person)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read participants: %w", err)
		}
	}
	return of, nil
}

// Adjustments returns the adjustments of a session; see app.CalibrationStore. The name of a decision ends with its number.
func (s *Store) Adjustments(ctx context.Context, ref app.CalibrationRef) ([]calibration.Adjustment, error) {
	var adjustments []calibration.Adjustment
	query := `SELECT a.adjustment, a.person, a.current_predicate, a.score_revision, a.proposed_predicate, a.reason, a.speakers, a.author,
a.create_time, p.decision, COALESCE(d.state, '') FROM calibration_adjustments a JOIN calibration_proposals p
ON p.tenant = a.tenant AND p.period = a.period AND p.calibration = a.calibration AND p.adjustment = a.adjustment
LEFT JOIN score_decisions d ON d.tenant = a.tenant AND d.period = a.period AND d.person = a.person AND p.decision LIKE '%/' || d.number
WHERE a.tenant = $1 AND a.period = $2 AND a.calibration = $3 ORDER BY a.adjustment`
	err := s.each(ctx, query, []any{ref.Period.Tenant, ref.Period.ID, ref.ID}, func(rows *sql.Rows) error {
		var a calibration.Adjustment
		var speakers string
		var state decision.State
		var at int64
		err := rows.Scan(&a.ID, &a.Person, &a.Current, &a.Revision, &a.Proposed, &a.Reason, &speakers, &a.Author, &at, &a.Decision, &state)
		if err != nil {
			return err
		}
		a.Pending = state == decision.StateProposed
		a.Time = sqlkit.Time(at)
		err = decode(speakers, &a.Speakers)
		adjustments = append(adjustments, a)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read adjustments: %w", err)
	}
	return adjustments, nil
}

// Snapshots returns a page of the people of a session; see app.CalibrationStore. The unit is that of the closing where
// there is one.
func (s *Store) Snapshots(ctx context.Context, ref app.CalibrationRef, page app.PersonPage) ([]calibration.Snapshot, error) {
	var people []calibration.Snapshot
	query := `SELECT person,
COALESCE(MAX(CASE WHEN phase = 'after' THEN unit END), MAX(unit)),
COALESCE(MAX(CASE WHEN phase = 'before' THEN predicate END), ''), COALESCE(MAX(CASE WHEN phase = 'before' THEN revision END), 0),
COALESCE(MAX(CASE WHEN phase = 'after' THEN predicate END), ''), COALESCE(MAX(CASE WHEN phase = 'after' THEN revision END), 0)
FROM calibration_people` + ofCalibration + " AND person > $4 GROUP BY person ORDER BY person LIMIT $5"
	args := []any{ref.Period.Tenant, ref.Period.ID, ref.ID, page.After, page.Limit}
	err := s.each(ctx, query, args, func(rows *sql.Rows) error {
		var p calibration.Snapshot
		err := rows.Scan(&p.Person, &p.Unit, &p.Before, &p.BeforeRevision, &p.After, &p.AfterRevision)
		people = append(people, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read people of calibration: %w", err)
	}
	return people, nil
}

// Member tells whether a person was of a session at its opening; see app.CalibrationStore.
func (s *Store) Member(ctx context.Context, ref app.CalibrationRef, person string) (bool, error) {
	var n int
	err := s.db.Read().QueryRowContext(ctx, "SELECT COUNT(*) FROM calibration_people"+ofCalibration+" AND person = $4 AND phase = $5",
		ref.Period.Tenant, ref.Period.ID, ref.ID, person, phaseBefore).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("read person of calibration: %w", err)
	}
	return n > 0, nil
}

// Disparity returns the view of a closed session; see app.CalibrationStore.
func (s *Store) Disparity(ctx context.Context, ref app.CalibrationRef) (app.StoredDisparity, error) {
	var view string
	var at int64
	err := s.db.Read().QueryRowContext(ctx, "SELECT view, compute_time FROM calibration_disparities"+ofCalibration,
		ref.Period.Tenant, ref.Period.ID, ref.ID).Scan(&view, &at)
	if err != nil {
		return app.StoredDisparity{}, missingIs(err, "read disparity")
	}
	d := app.StoredDisparity{Time: sqlkit.Time(at)}
	d.View, err = decodeView(view)
	return d, err
}
