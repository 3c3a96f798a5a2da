package store

import (
	"context"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const (
	insertRating = `INSERT INTO ratings
(tenant, period, person, revision, rater, result_rating, behavior_rating, feedback, feedback_date, update_time, plan)
VALUES ($1, $2, $3,
(SELECT COALESCE(MAX(revision), 0) + 1 FROM ratings WHERE tenant = $1 AND period = $2 AND person = $3),
$4, $5, $6, $7, $8, $9, $10) RETURNING revision`

	selectRating = `SELECT revision, rater, result_rating, behavior_rating, feedback, feedback_date, update_time, plan
FROM ratings WHERE tenant = $1 AND period = $2 AND person = $3 ORDER BY revision DESC LIMIT 1`

	insertOrganizationRating = `INSERT INTO organization_ratings (tenant, period, unit, revision, level, basis, rater, update_time)
VALUES ($1, $2, $3,
(SELECT COALESCE(MAX(revision), 0) + 1 FROM organization_ratings WHERE tenant = $1 AND period = $2 AND unit = $3),
$4, $5, $6, $7) RETURNING revision`

	insertAttendance = `INSERT INTO attendances
(tenant, period, person, revision, working_days, present_days, unexcused_days, late_minutes, recorder, update_time)
VALUES ($1, $2, $3,
(SELECT COALESCE(MAX(revision), 0) + 1 FROM attendances WHERE tenant = $1 AND period = $2 AND person = $3),
$4, $5, $6, $7, $8, $9) RETURNING revision`
)

// SetRating implements app.Store.
func (s *Store) SetRating(ctx context.Context, r domain.Rating, expect app.Expect) (domain.Rating, error) {
	var err error
	r.Revision, err = s.revise(ctx, revision{
		query: insertRating,
		args: []any{
			r.Tenant, r.Period, r.Person, r.Rater, string(r.Result), string(r.Behavior), r.Feedback,
			r.FeedbackDate.String(), sqlkit.Micros(r.UpdateTime), r.Plan,
		},
		expect: expect,
		name:   name.Rating(r.Tenant, r.Period, r.Person),
		fact:   r.Fact(),
	})
	return r, err
}

// Rating implements app.Store.
func (s *Store) Rating(ctx context.Context, tenant, period, person string) (domain.Rating, error) {
	r := domain.Rating{Tenant: tenant, Period: period, Person: person}
	var date string
	var at int64
	row := s.db.Read().QueryRowContext(ctx, selectRating, tenant, period, person)
	err := row.Scan(&r.Revision, &r.Rater, &r.Result, &r.Behavior, &r.Feedback, &date, &at, &r.Plan)
	if err != nil {
		return domain.Rating{}, fmt.Errorf("read rating: %w", notFound(err, name.Rating(tenant, period, person)))
	}
	r.UpdateTime = sqlkit.Time(at)
	r.FeedbackDate, err = domain.ParseDate(date)
	return r, err
}

// SetOrganizationRating implements app.Store.
func (s *Store) SetOrganizationRating(
	ctx context.Context, r domain.OrganizationRating, expect app.Expect,
) (domain.OrganizationRating, error) {
	var err error
	r.Revision, err = s.revise(ctx, revision{
		query:  insertOrganizationRating,
		args:   []any{r.Tenant, r.Period, r.Unit, string(r.Level), r.Basis, r.Rater, sqlkit.Micros(r.UpdateTime)},
		expect: expect,
		name:   name.OrganizationRating(r.Tenant, r.Period, r.Unit),
		fact:   r.Fact(),
	})
	return r, err
}

// SetAttendance implements app.Store.
func (s *Store) SetAttendance(ctx context.Context, a domain.Attendance, expect app.Expect) (domain.Attendance, error) {
	var err error
	a.Revision, err = s.revise(ctx, revision{
		query: insertAttendance,
		args: []any{
			a.Tenant, a.Period, a.Person, a.WorkingDays, a.PresentDays, a.UnexcusedDays, a.LateMinutes, a.Recorder,
			sqlkit.Micros(a.UpdateTime),
		},
		expect: expect,
		name:   name.Attendance(a.Tenant, a.Period, a.Person),
		fact:   a.Fact(),
	})
	return a, err
}
