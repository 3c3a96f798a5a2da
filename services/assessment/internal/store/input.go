package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// Kinds of the rows of a query of facts.
const (
	rowRealisation = iota
	rowRating
	rowAttendance
	rowPeers
	rowSurvey
	rowOrganizationRating
)

// The facts of people are read with one statement, because this is on the way from a change to its score and each
// statement is a round trip to PostgreSQL. A row has an id, its kind, five texts, a time and nine numbers, in meanings
// that person knows. {ids} stands for the placeholders of the ids.
const selectPersonFacts = `SELECT person, 0, indicator, realisation, report_id, '', plan, report_time, 0, 0, 0, 0, 0, 0, 0, 0
FROM current_progress WHERE tenant = $1 AND period = $2 AND person IN {ids}
UNION ALL
SELECT r.person, 1, r.result_rating, r.behavior_rating, r.feedback_date, r.rater, r.plan, r.update_time, r.revision, 0, 0, 0, 0, 0, 0, 0
FROM ratings r WHERE r.tenant = $1 AND r.period = $2 AND r.person IN {ids} AND r.revision =
(SELECT MAX(m.revision) FROM ratings m WHERE m.tenant = r.tenant AND m.period = r.period AND m.person = r.person)
UNION ALL
SELECT a.person, 2, a.recorder, '', '', '', '', a.update_time, a.revision,
a.working_days, a.present_days, a.unexcused_days, a.late_minutes, 0, 0, 0
FROM attendances a WHERE a.tenant = $1 AND a.period = $2 AND a.person IN {ids} AND a.revision =
(SELECT MAX(m.revision) FROM attendances m WHERE m.tenant = a.tenant AND m.period = a.period AND m.person = a.person)
UNION ALL
SELECT person, 3, day, '', '', '', '', 0, answers, service_oriented, accountable, competent, harmonious, loyal, adaptive, collaborative
FROM peer_tallies WHERE tenant = $1 AND period = $2 AND person IN {ids} AND answers > 0`

// The facts of units, in the same way with ten numbers that unit knows.
const selectUnitFacts = `SELECT s.unit, 4, s.id, COALESCE(MAX(r.day), ''), '', '', '', s.create_time, COUNT(r.day),
COALESCE(SUM(r.u1), 0), COALESCE(SUM(r.u2), 0), COALESCE(SUM(r.u3), 0), COALESCE(SUM(r.u4), 0), COALESCE(SUM(r.u5), 0),
COALESCE(SUM(r.u6), 0), COALESCE(SUM(r.u7), 0), COALESCE(SUM(r.u8), 0), COALESCE(SUM(r.u9), 0)
FROM surveys s LEFT JOIN survey_responses r ON r.tenant = s.tenant AND r.period = s.period AND r.survey = s.id
WHERE s.tenant = $1 AND s.period = $2 AND s.unit IN {ids} GROUP BY s.unit, s.id, s.create_time
UNION ALL
SELECT o.unit, 5, o.level, o.basis, o.rater, '', '', o.update_time, o.revision, 0, 0, 0, 0, 0, 0, 0, 0, 0
FROM organization_ratings o WHERE o.tenant = $1 AND o.period = $2 AND o.unit IN {ids} AND o.revision =
(SELECT MAX(m.revision) FROM organization_ratings m WHERE m.tenant = o.tenant AND m.period = o.period AND m.unit = o.unit)`

// factRow is a row of a query of facts.
type factRow struct {
	id      string
	kind    int
	texts   [5]string
	time    int64
	first   int64
	numbers []int64
}

// scan reads a row that has this many numbers after the first.
func (f *factRow) scan(rows *sql.Rows, numbers int) error {
	f.numbers = make([]int64, numbers)
	dest := []any{&f.id, &f.kind, &f.texts[0], &f.texts[1], &f.texts[2], &f.texts[3], &f.texts[4], &f.time, &f.first}
	for i := range f.numbers {
		dest = append(dest, &f.numbers[i])
	}
	return rows.Scan(dest...)
}

// PersonFacts implements app.Store.
func (s *Store) PersonFacts(ctx context.Context, q app.FactQuery) ([]domain.PersonFacts, error) {
	all := map[string]*domain.PersonFacts{}
	err := s.facts(ctx, selectPersonFacts, q, func(rows *sql.Rows) error {
		var row factRow
		err := row.scan(rows, domain.Values)
		if err != nil {
			return err
		}
		f, ok := all[row.id]
		if !ok {
			f = &domain.PersonFacts{Person: row.id}
			all[row.id] = f
		}
		return row.person(q, f)
	})
	if err != nil {
		return nil, fmt.Errorf("read facts of people: %w", err)
	}
	return values(all), nil
}

// UnitFacts implements app.Store.
func (s *Store) UnitFacts(ctx context.Context, q app.FactQuery) ([]domain.UnitFacts, error) {
	all := map[string]*domain.UnitFacts{}
	err := s.facts(ctx, selectUnitFacts, q, func(rows *sql.Rows) error {
		var row factRow
		err := row.scan(rows, domain.Elements)
		if err != nil {
			return err
		}
		f, ok := all[row.id]
		if !ok {
			f = &domain.UnitFacts{Unit: row.id}
			all[row.id] = f
		}
		return row.unit(q, f)
	})
	if err != nil {
		return nil, fmt.Errorf("read facts of units: %w", err)
	}
	return values(all), nil
}

// person puts what the row says into the facts of its person.
func (f *factRow) person(q app.FactQuery, to *domain.PersonFacts) error {
	var err error
	switch f.kind {
	case rowRealisation:
		to.Realisations = append(to.Realisations, domain.Realisation{
			Indicator: f.texts[0], Value: f.texts[1], Report: f.texts[2], ReportTime: sqlkit.Time(f.time),
			Plan: f.texts[4],
		})
	case rowRating:
		to.Rating = &domain.Rating{
			Tenant: q.Tenant, Period: q.Period, Person: f.id, Revision: f.first, UpdateTime: sqlkit.Time(f.time),
			Result: domain.Expectation(f.texts[0]), Behavior: domain.Expectation(f.texts[1]), Rater: f.texts[3],
			Plan: f.texts[4],
		}
		to.Rating.FeedbackDate, err = domain.ParseDate(f.texts[2])
	case rowAttendance:
		to.Attendance = &domain.Attendance{
			Tenant: q.Tenant, Period: q.Period, Person: f.id, Revision: f.first, UpdateTime: sqlkit.Time(f.time),
			WorkingDays: int(f.numbers[0]), PresentDays: int(f.numbers[1]),
			UnexcusedDays: int(f.numbers[2]), LateMinutes: int(f.numbers[3]), Recorder: f.texts[0],
		}
	case rowPeers:
		to.Peers = &domain.PeerTally{Count: int(f.first)}
		for i := range to.Peers.Sums {
			to.Peers.Sums[i] = int(f.numbers[i])
		}
		to.Peers.Day, err = domain.ParseDate(f.texts[0])
	}
	return err
}

// unit puts what the row says into the facts of its unit.
func (f *factRow) unit(q app.FactQuery, to *domain.UnitFacts) error {
	var err error
	switch f.kind {
	case rowSurvey:
		to.Survey = &domain.SurveyTally{
			Survey: domain.Survey{
				Tenant: q.Tenant, Period: q.Period, ID: f.texts[0], Unit: f.id,
				Responses: int(f.first), CreateTime: sqlkit.Time(f.time),
			},
			Sums: [domain.Elements]int64(f.numbers),
		}
		to.Survey.Day, err = domain.ParseDate(f.texts[1])
	case rowOrganizationRating:
		to.Rating = &domain.OrganizationRating{
			Tenant: q.Tenant, Period: q.Period, Unit: f.id, Revision: f.first, UpdateTime: sqlkit.Time(f.time),
			Level: domain.OrganizationLevel(f.texts[0]), Basis: f.texts[1], Rater: f.texts[2],
		}
	}
	return err
}

// facts runs the query for the ids and calls scan for each row.
func (s *Store) facts(ctx context.Context, query string, q app.FactQuery, scan func(*sql.Rows) error) error {
	ids := pad(q.IDs)
	args := make([]any, 0, len(ids)+2)
	args = append(args, q.Tenant, q.Period)
	for _, id := range ids {
		args = append(args, id)
	}
	query = strings.ReplaceAll(query, "{ids}", sqlkit.In(len(ids), 3))
	rows, err := s.db.Read().QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		err = scan(rows)
		if err != nil {
			return err
		}
	}
	return rows.Err()
}

// pad repeats the last id up to the next power of two, so that there are only a few texts of a statement to prepare.
func pad(ids []string) []string {
	padded := slices.Clone(ids)
	for len(padded)&(len(padded)-1) != 0 {
		padded = append(padded, ids[len(ids)-1])
	}
	return padded
}

func values[T any](all map[string]*T) []T {
	out := make([]T, 0, len(all))
	for _, v := range all {
		out = append(out, *v)
	}
	return out
}
