package store

import (
	"context"
	"crypto/rand"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const (
	insertSurvey = `INSERT INTO surveys (tenant, period, id, unit, title, start_date, end_date, create_time)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

	selectSurvey = `SELECT unit, title, start_date, end_date, create_time FROM surveys
WHERE tenant = $1 AND period = $2 AND id = $3`

	countResponses = `SELECT COUNT(*) FROM survey_responses WHERE tenant = $1 AND period = $2 AND survey = $3`

	insertResponse = `INSERT INTO survey_responses
(tenant, period, survey, id, u1, u2, u3, u4, u5, u6, u7, u8, u9, day, request_mark)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`

	selectResponse = `SELECT period, survey, u1, u2, u3, u4, u5, u6, u7, u8, u9 FROM survey_responses
WHERE tenant = $1 AND request_mark = $2`

	// responseIDSize is the bytes of the random id of a response.
	responseIDSize = 16
)

// AddSurvey implements app.Store.
func (s *Store) AddSurvey(ctx context.Context, v domain.Survey) error {
	return s.insert(ctx, insertion{
		query: insertSurvey,
		args: []any{
			v.Tenant, v.Period, v.ID, v.Unit, v.Title, v.Start.String(), v.End.String(), sqlkit.Micros(v.CreateTime),
		},
		taken: domain.About(domain.ErrExists, name.Survey(v.Tenant, v.Period, v.ID)),
		fact:  v.Opened(),
	})
}

// Survey implements app.Store.
func (s *Store) Survey(ctx context.Context, tenant, period, id string) (domain.Survey, error) {
	v := domain.Survey{Tenant: tenant, Period: period, ID: id}
	var start, end string
	var at int64
	row := s.db.Read().QueryRowContext(ctx, selectSurvey, tenant, period, id)
	err := row.Scan(&v.Unit, &v.Title, &start, &end, &at)
	if err != nil {
		return domain.Survey{}, fmt.Errorf("read survey: %w", notFound(err, name.Survey(tenant, period, id)))
	}
	v.CreateTime = sqlkit.Time(at)
	v.Start, err = domain.ParseDate(start)
	if err != nil {
		return domain.Survey{}, fmt.Errorf("read survey: %w", err)
	}
	v.End, err = domain.ParseDate(end)
	return v, err
}

// CountResponses implements app.Store.
func (s *Store) CountResponses(ctx context.Context, tenant, period, id string) (int, error) {
	var n int
	err := s.db.Read().QueryRowContext(ctx, countResponses, tenant, period, id).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count survey responses: %w", err)
	}
	return n, nil
}

// AddResponse implements app.Store.
func (s *Store) AddResponse(ctx context.Context, v domain.Submission) error {
	id := make([]byte, responseIDSize)
	// crypto/rand.Read never returns an error: the runtime stops the process instead.
	_, _ = rand.Read(id)
	args := []any{v.Survey.Tenant, v.Survey.Period, v.Survey.ID, id}
	for _, answer := range v.Response {
		args = append(args, answer)
	}
	return s.insertOnce(ctx, anonymous{
		insertion: insertion{
			query: insertResponse,
			args:  append(args, v.Day.String(), markOf(v.Request)),
			taken: errTaken,
			fact:  v.Fact(),
		},
		request: v.Request,
		lookup:  selectResponse,
		want:    append([]string{v.Survey.Period, v.Survey.ID}, texts(v.Response[:])...),
	})
}
