package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const (
	insertMonthFacts = `INSERT INTO month_facts (tenant, month, person, revision, position_class, working_days, counts,
productivity, year_unexcused_days, sanction_days, sanction_month, update_time, consecutive_unexcused_days)
VALUES ($1, $2, $3,
(SELECT COALESCE(MAX(revision), 0) + 1 FROM month_facts WHERE tenant = $1 AND month = $2 AND person = $3),
$4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING revision`

	selectMonthFacts = `SELECT f.person, f.revision, f.position_class, f.working_days, f.counts, f.productivity,
f.year_unexcused_days, f.sanction_days, f.sanction_month, f.update_time, f.consecutive_unexcused_days FROM month_facts f
WHERE f.tenant = $1 AND f.month = $2 AND f.revision =
(SELECT MAX(m.revision) FROM month_facts m WHERE m.tenant = f.tenant AND m.month = f.month AND m.person = f.person)`
)

// countRow is the form in which a count is kept.
type countRow struct {
	Code  string `json:"code"`
	Count int    `json:"count"`
}

// SetMonthFacts implements app.Store.
func (s *Store) SetMonthFacts(ctx context.Context, f domain.MonthFacts, expect app.Expect) (domain.MonthFacts, error) {
	counts := []countRow{}
	var days, sanctionDays, sanctionMonth *int
	if f.Attendance != nil {
		days = &f.Attendance.WorkingDays
		for _, c := range f.Attendance.Counts {
			counts = append(counts, countRow(c))
		}
	}
	if f.Sanction != nil {
		sanctionDays, sanctionMonth = &f.Sanction.UnexcusedDays, &f.Sanction.Month
	}
	encoded, err := json.Marshal(counts)
	if err != nil {
		return domain.MonthFacts{}, fmt.Errorf("add facts of a month: %w", err)
	}
	r := revision{
		query: insertMonthFacts,
		args: []any{
			f.Tenant, f.Month.String(), f.Person, f.PositionClass, days, string(encoded), f.Productivity, f.YearUnexcusedDays, sanctionDays,
			sanctionMonth, sqlkit.Micros(f.UpdateTime), f.ConsecutiveUnexcusedDays,
		},
		expect: expect,
		name:   name.MonthFacts(f.Tenant, f.Person, f.Month.String()),
	}
	err = s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		added, err := r.add(ctx, tx)
		f.Revision = added
		return err
	})
	return f, err
}

// MonthFacts implements app.Store.
func (s *Store) MonthFacts(ctx context.Context, q app.MonthQuery) ([]domain.MonthFacts, error) {
	query := selectMonthFacts + " AND f.person IN {ids}"
	var all []domain.MonthFacts
	err := s.facts(ctx, query, app.FactQuery{Tenant: q.Tenant, Period: q.Month.String(), IDs: q.People}, func(rows *sql.Rows) error {
		f, err := scanMonthFacts(rows, q.Tenant, q.Month)
		all = append(all, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read facts of a month: %w", err)
	}
	return all, nil
}

// ListMonthFacts implements app.Store.
func (s *Store) ListMonthFacts(ctx context.Context, q app.MonthPage) ([]domain.MonthFacts, error) {
	query := selectMonthFacts + " AND f.person > $3 ORDER BY f.person LIMIT $4"
	rows, err := s.db.Read().QueryContext(ctx, query, q.Tenant, q.Month.String(), q.After, q.Limit)
	if err != nil {
		return nil, fmt.Errorf("list facts of a month: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var all []domain.MonthFacts
	for rows.Next() {
		f, err := scanMonthFacts(rows, q.Tenant, q.Month)
		if err != nil {
			return nil, fmt.Errorf("list facts of a month: %w", err)
		}
		all = append(all, f)
	}
	return all, rows.Err()
}

func scanMonthFacts(rows *sql.Rows, tenant string, month domain.Month) (domain.MonthFacts, error) {
	f := domain.MonthFacts{Tenant: tenant, Month: month}
	var days, sanctionDays, sanctionMonth sql.NullInt64
	var encoded string
	var at int64
	err := rows.Scan(&f.Person, &f.Revision, &f.PositionClass, &days, &encoded, &f.Productivity, &f.YearUnexcusedDays,
		&sanctionDays, &sanctionMonth, &at, &f.ConsecutiveUnexcusedDays)
	if err != nil {
		return f, err
	}
	f.UpdateTime = sqlkit.Time(at)
	if sanctionDays.Valid {
		f.Sanction = &domain.AllowanceSanction{UnexcusedDays: int(sanctionDays.Int64), Month: int(sanctionMonth.Int64)}
	}
	if !days.Valid {
		return f, nil
	}
	f.Attendance = &domain.MonthAttendance{WorkingDays: int(days.Int64)}
	var counts []countRow
	err = json.Unmarshal([]byte(encoded), &counts)
	for _, c := range counts {
		f.Attendance.Counts = append(f.Attendance.Counts, domain.AttendanceCount(c))
	}
	return f, err
}
