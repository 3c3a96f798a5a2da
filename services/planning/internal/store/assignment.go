package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// openEnd is the stored end of an interval that lasts.
const openEnd = "9999-12-31"

const assignmentColumns = `tenant, assignment, person, position, kind, start_date, end_date, revision, create_time`

func scanAssignment(s scanner) (domain.Assignment, error) {
	var a domain.Assignment
	var start, end string
	var at int64
	err := s.Scan(&a.Tenant, &a.ID, &a.Person, &a.Position, &a.Kind, &start, &end, &a.Revision, &at)
	if err != nil {
		return a, err
	}
	a.CreateTime = sqlkit.Time(at)
	a.Interval, err = interval(start, end)
	return a, err
}

func interval(start, end string) (domain.Interval, error) {
	var i domain.Interval
	var err error
	i.Start, err = domain.ParseDate(start)
	if err != nil || end == openEnd {
		return i, err
	}
	i.End, err = domain.ParseDate(end)
	return i, err
}

func endText(d domain.Date) string {
	if d.IsZero() {
		return openEnd
	}
	return d.String()
}

// Assignment returns the assignment.
func (r reader) Assignment(ctx context.Context, tenant, id string) (domain.Assignment, error) {
	return one(ctx, r, scanAssignment, query{
		`SELECT ` + assignmentColumns + ` FROM assignments WHERE tenant = $1 AND assignment = $2`, []any{tenant, id},
	})
}

// LockPost locks by an update of both rows, the position first, which makes a second writer wait for the end of this
// transaction and then see what it did.
func (t *tx) LockPost(ctx context.Context, tenant, position, person string) (app.PostLock, error) {
	var lock app.PostLock
	n, err := sqlkit.Affected(t.sql.ExecContext(ctx,
		`UPDATE positions SET assignment_locks = assignment_locks + 1 WHERE tenant = $1 AND position = $2`, tenant, position))
	if err != nil {
		return lock, fmt.Errorf("lock position: %w", err)
	}
	lock.Position = n == 1
	n, err = sqlkit.Affected(t.sql.ExecContext(ctx,
		`UPDATE people SET assignment_locks = assignment_locks + 1 WHERE tenant = $1 AND person = $2`, tenant, person))
	if err != nil {
		return lock, fmt.Errorf("lock person: %w", err)
	}
	lock.Person = n == 1
	return lock, nil
}

// OverlappingAssignments returns the assignments in the way of a, by start.
func (t *tx) OverlappingAssignments(ctx context.Context, a domain.Assignment) ([]domain.Assignment, error) {
	return list(ctx, t.reader, scanAssignment, query{
		`SELECT ` + assignmentColumns + ` FROM assignments
		WHERE tenant = $1 AND (position = $2 OR person = $3) AND start_date < $4 AND end_date > $5
		ORDER BY start_date, assignment`,
		[]any{a.Tenant, a.Position, a.Person, endText(a.Interval.End), a.Interval.Start.String()},
	})
}

// InsertAssignment adds the assignment.
func (t *tx) InsertAssignment(ctx context.Context, a domain.Assignment) error {
	return t.insert(ctx, `INSERT INTO assignments (`+assignmentColumns+`) VALUES `+sqlkit.Values(1, 9, 1),
		a.Tenant, a.ID, a.Person, a.Position, string(a.Kind), a.Interval.Start.String(), endText(a.Interval.End),
		a.Revision, sqlkit.Micros(a.CreateTime))
}

// UpdateAssignment replaces the end of the assignment, when the stored revision is the one before.
func (t *tx) UpdateAssignment(ctx context.Context, a domain.Assignment) error {
	n, err := sqlkit.Affected(t.sql.ExecContext(ctx,
		`UPDATE assignments SET end_date = $3, revision = $4 WHERE tenant = $1 AND assignment = $2 AND revision = $5`,
		a.Tenant, a.ID, endText(a.Interval.End), a.Revision, a.Revision-1))
	if err != nil {
		return fmt.Errorf("update assignment: %w", err)
	}
	if n != 1 {
		return app.ErrStale
	}
	return nil
}

func scanPlanKey(s scanner) (domain.PlanKey, error) {
	var k domain.PlanKey
	err := s.Scan(&k.Tenant, &k.Period, &k.ID)
	return k, err
}

// CountedPlans returns the plans for whose months the days of the assignment count.
func (t *tx) CountedPlans(ctx context.Context, a domain.Assignment, days domain.Interval) ([]domain.PlanKey, error) {
	return list(ctx, t.reader, scanPlanKey, query{
		`
		SELECT pl.tenant, pl.period, pl.plan
		FROM periods pe
		JOIN plans pl ON pl.tenant = pe.tenant AND pl.period = pe.period AND pl.person = $2 AND pl.position = $3
		WHERE pe.tenant = $1 AND pe.state = $4 AND pe.start_date < $5 AND pe.end_date > $6
		ORDER BY pl.period`,
		[]any{a.Tenant, a.Person, a.Position, string(domain.PeriodOpen), endText(days.End), days.Start.String()},
	})
}

// holdingRow is one position that a person holds, or none.
type holdingRow struct {
	person                        string
	position, superior, superiors sql.NullString
}

func scanHolding(s scanner) (holdingRow, error) {
	var h holdingRow
	err := s.Scan(&h.person, &h.position, &h.superior, &h.superiors)
	return h, err
}

// Standings returns who exists of the people, with the positions held on the day.
func (r reader) Standings(ctx context.Context, tenant string, people []string, on domain.Date) (map[string]domain.Standing, error) {
	in := inList(people)
	rows, err := list(ctx, r, scanHolding, query{
		`
		SELECT pe.person, a.position, p.superior_position, s.superior_position
		FROM people pe
		LEFT JOIN assignments a ON a.tenant = pe.tenant AND a.person = pe.person AND a.start_date <= $2 AND a.end_date > $2
		LEFT JOIN positions p ON p.tenant = a.tenant AND p.position = a.position
		LEFT JOIN positions s ON s.tenant = p.tenant AND s.position = p.superior_position
		WHERE pe.tenant = $1 AND pe.person IN ` + sqlkit.In(len(in), 3),
		append([]any{tenant, on.String()}, in...),
	})
	if err != nil {
		return nil, err
	}
	out := map[string]domain.Standing{}
	for _, row := range rows {
		s := out[row.person]
		s.Person = row.person
		if row.position.Valid {
			s.Holdings = append(s.Holdings, domain.Holding{
				Position: row.position.String, Superior: row.superior.String, SuperiorsSuperior: row.superiors.String,
			})
		}
		out[row.person] = s
	}
	return out, nil
}

// HeadedUnits returns the units that the person heads on the day.
func (r reader) HeadedUnits(ctx context.Context, tenant, person string, on domain.Date) ([]string, error) {
	return list(ctx, r, scanText, query{
		`
		SELECT DISTINCT p.unit
		FROM assignments a
		JOIN positions p ON p.tenant = a.tenant AND p.position = a.position
		WHERE a.tenant = $1 AND a.person = $2 AND a.start_date <= $3 AND a.end_date > $3 AND p.unit_head`,
		[]any{tenant, person, on.String()},
	})
}

// DefinitivePosition returns the position that the person holds definitively on the day.
func (r reader) DefinitivePosition(ctx context.Context, tenant, person string, on domain.Date) (domain.Position, error) {
	return one(ctx, r, scanPosition, query{
		`
		SELECT p.tenant, p.position, p.title, p.unit, p.kind, p.functional_level, p.superior_position, p.unit_head,
			p.revision, p.create_time, p.job_family
		FROM assignments a
		JOIN positions p ON p.tenant = a.tenant AND p.position = a.position
		WHERE a.tenant = $1 AND a.person = $2 AND a.kind = $3 AND a.start_date <= $4 AND a.end_date > $4`,
		[]any{tenant, person, string(domain.AssignmentDefinitive), on.String()},
	})
}
