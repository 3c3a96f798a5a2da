package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

const reportColumns = `tenant, period, person, display_name, unit, unit_display_name, plan_revision, plan_state,
position_title, score_revision, score_state, predicate, predicate_word, result_rating, behavior_rating, achievement, survey_index,
credit, score_value, suggested_rating, final, missing, input_time, compute_time, visible_time, revision`

const selectReports = "SELECT " + reportColumns + " FROM person_reports "

func reportUpsert() statement[domain.Report] {
	return statement[domain.Report]{
		table: "person_reports", columns: 26,
		insert: "INSERT INTO person_reports (" + reportColumns + ") VALUES ",
		conflict: ` ON CONFLICT (tenant, period, person) DO UPDATE SET display_name = excluded.display_name,
unit = excluded.unit, unit_display_name = excluded.unit_display_name, plan_revision = excluded.plan_revision,
plan_state = excluded.plan_state, position_title = excluded.position_title, score_revision = excluded.score_revision,
score_state = excluded.score_state, predicate = excluded.predicate, predicate_word = excluded.predicate_word, result_rating = excluded.result_rating,
behavior_rating = excluded.behavior_rating, achievement = excluded.achievement, survey_index = excluded.survey_index,
credit = excluded.credit, score_value = excluded.score_value,
suggested_rating = excluded.suggested_rating, final = excluded.final, missing = excluded.missing, input_time = excluded.input_time,
compute_time = excluded.compute_time, visible_time = excluded.visible_time, revision = excluded.revision`,
		bind: bindReport,
	}
}

func bindReport(args []any, r *domain.Report) ([]any, error) {
	missing := ""
	if len(r.Score.Missing) > 0 {
		raw, err := json.Marshal(r.Score.Missing)
		if err != nil {
			return nil, fmt.Errorf("encode missing inputs: %w", err)
		}
		missing = string(raw)
	}
	return append(args, r.Key.Tenant, r.Key.Period, r.Key.Person, r.DisplayName, r.Unit, r.UnitDisplayName,
		r.Plan.Revision, r.Plan.State, r.Plan.PositionTitle, r.Score.Revision, r.Score.State, string(r.Score.Predicate), r.Score.PredicateWord,
		r.Score.ResultRating, r.Score.BehaviorRating, r.Score.Achievement, r.Score.SurveyIndex, r.Score.Credit,
		r.Score.Value, r.Score.Suggestion, flag(r.Score.Final), missing,
		sqlkit.Micros(r.Score.InputTime), sqlkit.Micros(r.Score.ComputeTime), sqlkit.Micros(r.VisibleTime), r.Revision), nil
}

// flag returns a truth as the database keeps it.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// SaveReports implements app.Tx.
func (t tx) SaveReports(ctx context.Context, rows []domain.Report) error {
	return upsert(ctx, t.q, reportUpsert(), rows)
}

func reports(ctx context.Context, q sqlkit.Querier, keys []domain.PersonKey) ([]domain.Report, error) {
	people := map[domain.PeriodKey][]string{}
	for _, k := range keys {
		people[k.PeriodKey()] = append(people[k.PeriodKey()], k.Person)
	}
	var out []domain.Report
	for key, ids := range people {
		err := lists(ids, []any{key.Tenant, key.Period}, func(in string, args []any) error {
			rows, err := queryReports(ctx, q, selectReports+"WHERE tenant = $1 AND period = $2 AND person IN "+in, args...)
			out = append(out, rows...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ReportsOf implements app.Tx.
func (t tx) ReportsOf(ctx context.Context, kind app.Kind, refs []app.Ref) ([]domain.Report, error) {
	column := "person"
	if kind == app.Units {
		column = "unit"
	}
	var out []domain.Report
	for tenant, ids := range byTenant(refs) {
		err := lists(ids, []any{tenant}, func(in string, args []any) error {
			rows, err := queryReports(ctx, t.q, selectReports+"WHERE tenant = $1 AND "+column+" IN "+in, args...)
			out = append(out, rows...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ListReports implements app.Store.
func (s *Store) ListReports(ctx context.Context, q app.ListQuery) ([]domain.Report, error) {
	if q.Unit == "" {
		return queryReports(ctx, s.db.Read(),
			selectReports+"WHERE tenant = $1 AND period = $2 AND person > $3 ORDER BY person LIMIT $4",
			q.Key.Tenant, q.Key.Period, q.After, q.Limit)
	}
	return queryReports(ctx, s.db.Read(),
		selectReports+"WHERE tenant = $1 AND period = $2 AND unit = $3 AND person > $4 ORDER BY person LIMIT $5",
		q.Key.Tenant, q.Key.Period, q.Unit, q.After, q.Limit)
}

func queryReports(ctx context.Context, q sqlkit.Querier, query string, args ...any) ([]domain.Report, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read person_reports: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []domain.Report
	for rows.Next() {
		var r domain.Report
		var missing string
		var final, input, compute, visible int64
		err = rows.Scan(&r.Key.Tenant, &r.Key.Period, &r.Key.Person, &r.DisplayName, &r.Unit, &r.UnitDisplayName,
			&r.Plan.Revision, &r.Plan.State, &r.Plan.PositionTitle, &r.Score.Revision, &r.Score.State, &r.Score.Predicate, &r.Score.PredicateWord,
			&r.Score.ResultRating, &r.Score.BehaviorRating, &r.Score.Achievement, &r.Score.SurveyIndex, &r.Score.Credit,
			&r.Score.Value, &r.Score.Suggestion, &final, &missing, &input, &compute, &visible, &r.Revision)
		if err != nil {
			return nil, fmt.Errorf("read person_reports: %w", err)
		}
		if missing != "" {
			err = json.Unmarshal([]byte(missing), &r.Score.Missing)
			if err != nil {
				return nil, fmt.Errorf("decode missing inputs: %w", err)
			}
		}
		r.Score.Final = final != 0
		r.Score.InputTime, r.Score.ComputeTime = sqlkit.Time(input), sqlkit.Time(compute)
		r.VisibleTime = sqlkit.Time(visible)
		out = append(out, r)
	}
	err = rows.Err()
	if err != nil {
		return nil, fmt.Errorf("read person_reports: %w", err)
	}
	return out, nil
}
