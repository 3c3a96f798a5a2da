package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

var _ app.Operations = (*Store)(nil)

const partColumns = `tenant, period, operation, unit, state, problem, last_person, total, written, unchanged, skipped, failed,
start_time, end_time, holder, lease_time`

// partWidth is how many columns partColumns has.
const partWidth = 16

// CreateOperation adds an operation; see app.Operations.
func (s *Store) CreateOperation(ctx context.Context, o app.Operation) error {
	err := s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO recomputes (owner, operation, period, unit, create_time) VALUES ($1, $2, $3, $4, $5)`,
			o.Owner, o.ID, o.Period, o.Unit, sqlkit.Micros(o.CreateTime))
		if err != nil {
			return err
		}
		for chunk := range chunks(o.Parts, partWidth) {
			var args []any
			for _, p := range chunk {
				args = append(args, p.Period.Tenant, p.Period.ID, p.Operation, p.Unit, string(p.State), "", "", 0, 0, 0, 0, 0, 0, 0, "", 0)
			}
			_, err = tx.ExecContext(ctx, "INSERT INTO recompute_parts ("+partColumns+") VALUES "+
				sqlkit.Values(len(chunk), partWidth, 1), args...)
			if err != nil {
				return err
			}
		}
		return bounded(ctx, tx, o.ID)
	})
	return s.openConflict(err, "create operation")
}

// bounded returns ErrTooManyOpen when the operation, which is there, is of a unit and opens one part too many.
func bounded(ctx context.Context, tx *sqlkit.Tx, id string) error {
	var open int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM recompute_parts WHERE unit <> '' AND state IN ('queued', 'running')
		AND tenant IN (SELECT tenant FROM recompute_parts WHERE operation = $1 AND unit <> '')`, id).Scan(&open)
	if err == nil && open > app.MaxOpenUnits {
		return app.ErrTooManyOpen
	}
	return err
}

// openConflict returns ErrRunning for a part that must not be open beside another one.
func (s *Store) openConflict(err error, what string) error {
	if err != nil && s.db.Dialect().UniqueViolation(err) {
		return app.ErrRunning
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// Operation returns an operation; see app.Operations.
func (s *Store) Operation(ctx context.Context, owner, id string) (app.Operation, error) {
	found, err := s.operations(ctx, `SELECT owner, operation, period, unit, create_time FROM recomputes
		WHERE owner = $1 AND operation = $2`, owner, id)
	if err != nil {
		return app.Operation{}, err
	}
	if len(found) == 0 {
		return app.Operation{}, app.ErrNotFound
	}
	return found[0], s.failures(ctx, &found[0])
}

// failures adds those of the parts of the operation.
func (s *Store) failures(ctx context.Context, o *app.Operation) error {
	at := make(map[domain.Period]*app.Part, len(o.Parts))
	for i := range o.Parts {
		at[o.Parts[i].Period] = &o.Parts[i]
	}
	query := "SELECT tenant, period, person, reason, sentences FROM recompute_failures WHERE operation = $1 ORDER BY tenant, period, person"
	err := s.each(ctx, query, []any{o.ID}, func(rows *sql.Rows) error {
		var period domain.Period
		var f app.Failure
		var sentences string
		err := rows.Scan(&period.Tenant, &period.ID, &f.Person, &f.Reason, &sentences)
		if err != nil {
			return err
		}
		err = decode(sentences, &f.Sentences)
		at[period].Failures = append(at[period].Failures, f)
		return err
	})
	if err != nil {
		return fmt.Errorf("read failures of operation: %w", err)
	}
	return nil
}

// Operations returns a page of operations; see app.Operations.
func (s *Store) Operations(ctx context.Context, owner, before string, limit int) ([]app.Operation, error) {
	return s.operations(ctx, `SELECT owner, operation, period, unit, create_time FROM recomputes
		WHERE owner = $1 AND (operation < $2 OR $2 = '') ORDER BY operation DESC LIMIT $3`, owner, before, limit)
}

func (s *Store) operations(ctx context.Context, query string, args ...any) ([]app.Operation, error) {
	var found []app.Operation
	err := s.each(ctx, query, args, func(rows *sql.Rows) error {
		var o app.Operation
		var created int64
		err := rows.Scan(&o.Owner, &o.ID, &o.Period, &o.Unit, &created)
		o.CreateTime = sqlkit.Time(created)
		found = append(found, o)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read operations: %w", err)
	}
	at := map[string]int{}
	ids := make([]any, len(found))
	for i, o := range found {
		at[o.ID], ids[i] = i, o.ID
	}
	for chunk := range chunks(ids, 1) {
		parts, err := s.parts(ctx, "operation IN "+sqlkit.In(len(chunk), 1)+" ORDER BY operation, tenant, period", chunk...)
		if err != nil {
			return nil, err
		}
		for _, p := range parts {
			o := &found[at[p.Operation]]
			o.Parts = append(o.Parts, p)
		}
	}
	return found, nil
}

func (s *Store) parts(ctx context.Context, where string, args ...any) ([]app.Part, error) {
	var found []app.Part
	err := s.each(ctx, "SELECT "+partColumns+" FROM recompute_parts WHERE "+where, args, func(rows *sql.Rows) error {
		p, err := scanPart(rows)
		found = append(found, p)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read parts: %w", err)
	}
	return found, nil
}

func scanPart(row scanner) (app.Part, error) {
	var p app.Part
	var started, ended, lease int64
	err := row.Scan(&p.Period.Tenant, &p.Period.ID, &p.Operation, &p.Unit, &p.State, &p.Problem, &p.Last, &p.Total, &p.Written,
		&p.Unchanged, &p.Skipped, &p.Failed, &started, &ended, &p.Holder, &lease)
	p.StartTime, p.EndTime, p.LeaseTime = sqlkit.Time(started), sqlkit.Time(ended), sqlkit.Time(lease)
	return p, err
}

// CancelOperation ends what has not ended; see app.Operations.
func (s *Store) CancelOperation(ctx context.Context, id string, at time.Time) error {
	return s.change(ctx, "cancel operation", app.ErrOperationState, `UPDATE recompute_parts
		SET state = 'cancelled', end_time = $2, holder = '', lease_time = 0
		WHERE operation = $1 AND state IN ('queued', 'running')`, id, sqlkit.Micros(at))
}

// ResumeOperation queues what was canceled or has failed; see app.Operations.
func (s *Store) ResumeOperation(ctx context.Context, id string) error {
	err := s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		n, err := sqlkit.Affected(tx.ExecContext(ctx, `UPDATE recompute_parts SET state = 'queued', problem = '', end_time = 0
			WHERE operation = $1 AND state IN ('cancelled', 'failed')`, id))
		if err == nil && n == 0 {
			return app.ErrOperationState
		}
		if err != nil {
			return err
		}
		return bounded(ctx, tx, id)
	})
	return s.openConflict(err, "resume operation")
}

// OpenParts returns parts that have not ended; see app.Operations.
func (s *Store) OpenParts(ctx context.Context, limit int) ([]app.Part, error) {
	return s.parts(ctx, "state IN ('queued', 'running') ORDER BY operation, tenant LIMIT $1", limit)
}

// ClaimPart gives a part to the holder; see app.Operations.
func (s *Store) ClaimPart(ctx context.Context, c app.Claim) (app.Part, error) {
	var claimed app.Part
	err := s.db.WriteRelaxed(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		bound := sqlkit.Micros(c.At)
		if c.Exclusive {
			bound = 1<<63 - 1
		}
		n, err := sqlkit.Affected(tx.ExecContext(ctx, `UPDATE recompute_parts
			SET state = 'running', holder = $4, lease_time = $5, start_time = CASE WHEN start_time = 0 THEN $6 ELSE start_time END
			WHERE tenant = $1 AND period = $2 AND operation = $3 AND state IN ('queued', 'running')
				AND (holder = $4 OR holder = '' OR lease_time <= $7)`,
			c.Period.Tenant, c.Period.ID, c.Operation, c.Holder, sqlkit.Micros(c.Until), sqlkit.Micros(c.At), bound))
		if err != nil {
			return err
		}
		if n == 0 {
			return app.ErrPartLost
		}
		claimed, err = scanPart(tx.QueryRowContext(ctx, "SELECT "+partColumns+` FROM recompute_parts
			WHERE tenant = $1 AND period = $2 AND operation = $3`, c.Period.Tenant, c.Period.ID, c.Operation))
		return err
	})
	if err != nil {
		return app.Part{}, fmt.Errorf("claim part: %w", err)
	}
	return claimed, nil
}

// FailPart ends a part; see app.Operations.
func (s *Store) FailPart(ctx context.Context, c app.Claim, problem string) error {
	return s.change(ctx, "fail part", app.ErrPartLost, `UPDATE recompute_parts
		SET state = 'failed', problem = $5, end_time = $6, holder = '', lease_time = 0
		WHERE tenant = $1 AND period = $2 AND operation = $3 AND holder = $4 AND state = 'running'`,
		c.Period.Tenant, c.Period.ID, c.Operation, c.Holder, problem, sqlkit.Micros(c.At))
}

// RenewParts keeps what the holder has; see app.Operations.
func (s *Store) RenewParts(ctx context.Context, holder string, until time.Time) error {
	return s.holding(ctx, "renew parts", "lease_time = $2", holder, sqlkit.Micros(until))
}

// ReleaseParts gives up what the holder has; see app.Operations.
func (s *Store) ReleaseParts(ctx context.Context, holder string) error {
	return s.holding(ctx, "release parts", "holder = '', lease_time = 0", holder)
}

// holding changes the open parts of the holder, which is the first of the arguments.
func (s *Store) holding(ctx context.Context, what, set string, args ...any) error {
	err := s.db.WriteRelaxed(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE recompute_parts SET "+set+" WHERE holder = $1 AND state IN ('queued', 'running')", args...)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// change runs one statement that must concern at least one row; without any, none is returned.
func (s *Store) change(ctx context.Context, what string, none error, query string, args ...any) error {
	err := s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		n, err := sqlkit.Affected(tx.ExecContext(ctx, query, args...))
		if err == nil && n == 0 {
			return none
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// advance moves a part over a chunk. It locks the part first, so that who cancels it waits for the chunk or is seen.
func advance(ctx context.Context, tx *sqlkit.Tx, a app.Advance) error {
	state, ended := app.OperationRunning, int64(0)
	if a.End {
		state, ended = app.OperationSucceeded, sqlkit.Micros(a.At)
	}
	var failed int64
	err := tx.QueryRowContext(ctx, `UPDATE recompute_parts
		SET last_person = $6, total = CASE WHEN CAST($7 AS BIGINT) = 0 THEN total ELSE CAST($7 AS BIGINT) END, written = written + $8,
			unchanged = unchanged + $9, skipped = skipped + $10, failed = failed + $11, state = $12, end_time = $13, lease_time = $14
		WHERE tenant = $1 AND period = $2 AND operation = $3 AND holder = $4 AND last_person = $5 AND state = 'running' RETURNING failed`,
		a.Period.Tenant, a.Period.ID, a.Operation, a.Holder, a.From, a.Last, a.Total, a.Outcome.Written, a.Outcome.Unchanged,
		a.Outcome.Skipped, a.Outcome.Failed, string(state), ended, sqlkit.Micros(a.Until)).Scan(&failed)
	if errors.Is(err, sql.ErrNoRows) {
		return app.ErrPartLost
	}
	if err != nil {
		return err
	}
	room := max(0, app.MaxFailures-int(failed)+a.Outcome.Failed)
	return addFailures(ctx, tx, a.PartKey, a.Failures[:min(len(a.Failures), room)])
}

// failureWidth is how many columns recompute_failures has.
const failureWidth = 6

// addFailures names people whose score cannot be computed.
func addFailures(ctx context.Context, tx *sqlkit.Tx, key app.PartKey, failures []app.Failure) error {
	for chunk := range chunks(failures, failureWidth) {
		var args []any
		for _, f := range chunk {
			sentences, err := encode(f.Sentences)
			if err != nil {
				return err
			}
			args = append(args, key.Operation, key.Period.Tenant, key.Period.ID, f.Person, string(f.Reason), sentences)
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO recompute_failures (operation, tenant, period, person, reason, sentences) VALUES "+
			sqlkit.Values(len(chunk), failureWidth, 1), args...)
		if err != nil {
			return err
		}
	}
	return nil
}
