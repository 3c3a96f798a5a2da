package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
)

var _ app.CalibrationStore = (*Store)(nil)

const (
	phaseBefore = "before"
	phaseAfter  = "after"
)

const calibrationColumns = `calibration, units, subtree, purpose, state, opener, closer, create_time, close_time, abandon_reason,
counts_before, counts_after, revision`

// ofCalibration is the condition that the first three arguments name a session.
const ofCalibration = " WHERE tenant = $1 AND period = $2 AND calibration = $3"

// missingIs returns app.ErrNotFound for a row that does not exist, and any other error with what was done.
func missingIs(err error, what string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return app.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// CreateCalibration adds a session; see app.CalibrationStore.
func (s *Store) CreateCalibration(ctx context.Context, c calibration.Session, before []app.Standing) error {
	row, err := sessionArgs(c)
	if err != nil {
		return err
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		n, err := sqlkit.Affected(tx.ExecContext(ctx, "INSERT INTO calibrations (tenant, period, "+calibrationColumns+") VALUES "+
			sqlkit.Values(1, len(row), 1)+" ON CONFLICT DO NOTHING", row...))
		if err != nil {
			return err
		}
		if n == 0 {
			return app.ErrCalibrationExists
		}
		err = addParticipants(ctx, tx, c)
		if err != nil {
			return err
		}
		return addPeople(ctx, tx, c, phaseBefore, before)
	})
	return written(err)
}

// written returns the error of a write; the sentinels of the use cases stay what they are.
func written(err error) error {
	if err != nil {
		return fmt.Errorf("write calibration: %w", err)
	}
	return nil
}

func sessionArgs(c calibration.Session) ([]any, error) {
	units, err := encode(c.Units)
	if err != nil {
		return nil, err
	}
	before, err := encode(c.Before)
	if err != nil {
		return nil, err
	}
	after, err := encode(c.After)
	if err != nil {
		return nil, err
	}
	return []any{
		c.Period.Tenant, c.Period.ID, c.ID, units, c.Subtree, c.Purpose, string(c.State), c.Opener, c.Closer,
		sqlkit.Micros(c.CreateTime), sqlkit.Micros(c.CloseTime), c.AbandonReason, before, after, c.Revision,
	}, nil
}

// addParticipants adds those who do not take part yet.
func addParticipants(ctx context.Context, tx *sqlkit.Tx, c calibration.Session) error {
	const width = 4
	for chunk := range chunks(c.Participants, width) {
		var args []any
		for _, person := range chunk {
			args = append(args, c.Period.Tenant, c.Period.ID, c.ID, person)
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO calibration_participants (tenant, period, calibration, person) VALUES "+
			sqlkit.Values(len(chunk), width, 1)+" ON CONFLICT DO NOTHING", args...)
		if err != nil {
			return err
		}
	}
	return nil
}

func addPeople(ctx context.Context, tx *sqlkit.Tx, c calibration.Session, phase string, people []app.Standing) error {
	const width = 8
	for chunk := range chunks(people, width) {
		args := make([]any, 0, len(chunk)*width)
		for _, p := range chunk {
			args = append(args, c.Period.Tenant, c.Period.ID, c.ID, p.Person, phase, p.Unit, string(p.Predicate), p.Revision)
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO calibration_people (tenant, period, calibration, person, phase, unit, predicate,
revision) VALUES `+sqlkit.Values(len(chunk), width, 1), args...)
		if err != nil {
			return err
		}
	}
	return nil
}

// move stores the next revision of a session with its participants, or returns ErrStale.
func move(ctx context.Context, tx *sqlkit.Tx, c calibration.Session) error {
	after, err := encode(c.After)
	if err != nil {
		return err
	}
	n, err := sqlkit.Affected(tx.ExecContext(ctx, `UPDATE calibrations SET state = $4, closer = $5, close_time = $6, abandon_reason = $7,
counts_after = $8, revision = $9`+ofCalibration+" AND revision = $10", c.Period.Tenant, c.Period.ID, c.ID, string(c.State), c.Closer,
		sqlkit.Micros(c.CloseTime), c.AbandonReason, after, c.Revision, c.Revision-1))
	if err != nil {
		return err
	}
	if n != 1 {
		return app.ErrStale
	}
	return addParticipants(ctx, tx, c)
}

// Update stores a revision; see app.CalibrationStore.
func (s *Store) Update(ctx context.Context, c calibration.Session) error {
	return written(s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error { return move(ctx, tx, c) }))
}

// Adjust stores a revision with an adjustment and its decision; see app.CalibrationStore.
func (s *Store) Adjust(ctx context.Context, c calibration.Session, a calibration.Adjustment, r app.Ruling) error {
	speakers, err := encode(a.Speakers)
	if err != nil {
		return err
	}
	return written(s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		err := move(ctx, tx, c)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO calibration_adjustments (tenant, period, calibration, adjustment, person,
current_predicate, score_revision, proposed_predicate, reason, speakers, author, create_time) VALUES `+sqlkit.Values(1, 12, 1),
			c.Period.Tenant, c.Period.ID, c.ID, a.ID, a.Person, string(a.Current), a.Revision, string(a.Proposed), a.Reason, speakers,
			a.Author, sqlkit.Micros(a.Time))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO calibration_proposals (tenant, period, calibration, adjustment, decision) VALUES `+
			sqlkit.Values(1, 5, 1), c.Period.Tenant, c.Period.ID, c.ID, a.ID, a.Decision)
		if err != nil {
			return err
		}
		return s.addDecision(ctx, tx, r)
	}))
}

// Close stores a closed session; see app.CalibrationStore.
func (s *Store) Close(ctx context.Context, c calibration.Session, after []app.Standing, d app.StoredDisparity) error {
	view, err := encodeView(d.View)
	if err != nil {
		return err
	}
	return written(s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		err := move(ctx, tx, c)
		if err != nil {
			return err
		}
		err = addPeople(ctx, tx, c, phaseAfter, after)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO calibration_disparities (tenant, period, calibration, view, compute_time) VALUES `+
			sqlkit.Values(1, 5, 1), c.Period.Tenant, c.Period.ID, c.ID, view, sqlkit.Micros(d.Time))
		return err
	}))
}

// Calibration returns a session; see app.CalibrationStore.
func (s *Store) Calibration(ctx context.Context, ref app.CalibrationRef) (calibration.Session, error) {
	c, err := scanSession(s.db.Read().QueryRowContext(ctx, "SELECT "+calibrationColumns+" FROM calibrations"+ofCalibration,
		ref.Period.Tenant, ref.Period.ID, ref.ID), ref.Period)
	if err != nil {
		return calibration.Session{}, missingIs(err, "read calibration")
	}
	of, err := s.participants(ctx, ref.Period, []string{ref.ID})
	c.Participants = of[ref.ID]
	return c, err
}

// Calibrations returns a page of sessions; see app.CalibrationStore.
func (s *Store) Calibrations(ctx context.Context, period domain.Period, after string, limit int) ([]calibration.Session, error) {
	var sessions []calibration.Session
	var ids []string
	query := "SELECT " + calibrationColumns + ` FROM calibrations WHERE tenant = $1 AND period = $2 AND calibration > $3
ORDER BY calibration LIMIT $4`
	err := s.each(ctx, query, []any{period.Tenant, period.ID, after, limit}, func(rows *sql.Rows) error {
		c, err := scanSession(rows, period)
		sessions, ids = append(sessions, c), append(ids, c.ID)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list calibrations: %w", err)
	}
	of, err := s.participants(ctx, period, ids)
	for i := range sessions {
		sessions[i].Participants = of[sessions[i].ID]
	}
	return sessions, err
}
