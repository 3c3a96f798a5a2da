package store

import (
	"context"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

const tallyColumns = `tenant, period, unit, display_name, people, approved, very_good, good, needs_improvement, poor,
very_poor, survey_revision, survey_index, survey_grade, visible_time, revision`

const selectTallies = "SELECT " + tallyColumns + " FROM tallies "

func tallyUpsert() statement[domain.Tally] {
	return statement[domain.Tally]{
		table: "tallies", columns: 16,
		insert: "INSERT INTO tallies (" + tallyColumns + ") VALUES ",
		conflict: ` ON CONFLICT (tenant, period, unit) DO UPDATE SET display_name = excluded.display_name,
people = excluded.people, approved = excluded.approved, very_good = excluded.very_good, good = excluded.good,
needs_improvement = excluded.needs_improvement, poor = excluded.poor, very_poor = excluded.very_poor,
survey_revision = excluded.survey_revision, survey_index = excluded.survey_index, survey_grade = excluded.survey_grade,
visible_time = excluded.visible_time, revision = excluded.revision`,
		bind: func(args []any, t *domain.Tally) ([]any, error) {
			p := t.Counts.Predicates
			return append(args, t.Key.Tenant, t.Key.Period, t.Key.Unit, t.DisplayName, t.Counts.People, t.Counts.Approved,
				p[0], p[1], p[2], p[3], p[4], t.Survey.Revision, t.Survey.Index, t.Survey.Grade,
				sqlkit.Micros(t.VisibleTime), t.Revision), nil
		},
	}
}

// SaveTallies implements app.Tx.
func (t tx) SaveTallies(ctx context.Context, rows []domain.Tally) error {
	return upsert(ctx, t.q, tallyUpsert(), rows)
}

func tallies(ctx context.Context, q sqlkit.Querier, keys []domain.UnitKey) ([]domain.Tally, error) {
	units := map[domain.PeriodKey][]string{}
	for _, k := range keys {
		units[k.PeriodKey()] = append(units[k.PeriodKey()], k.Unit)
	}
	var out []domain.Tally
	for key, ids := range units {
		err := lists(ids, []any{key.Tenant, key.Period}, func(in string, args []any) error {
			rows, err := queryTallies(ctx, q, selectTallies+"WHERE tenant = $1 AND period = $2 AND unit IN "+in, args...)
			out = append(out, rows...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// TalliesOf implements app.Tx.
func (t tx) TalliesOf(ctx context.Context, units []app.Ref) ([]domain.Tally, error) {
	var out []domain.Tally
	for tenant, ids := range byTenant(units) {
		err := lists(ids, []any{tenant}, func(in string, args []any) error {
			rows, err := queryTallies(ctx, t.q, selectTallies+"WHERE tenant = $1 AND unit IN "+in, args...)
			out = append(out, rows...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Summary implements app.Store with one statement, which sees one moment on every engine.
func (s *Store) Summary(ctx context.Context, key domain.PeriodKey, maxUnits int) (domain.Summary, error) {
	rows, err := queryTallies(ctx, s.db.Read(), selectTallies+`WHERE tenant = $1 AND period = $2
AND (unit = '' OR people > 0 OR survey_revision > 0) ORDER BY unit LIMIT $3`, key.Tenant, key.Period, maxUnits+1)
	if err != nil {
		return domain.Summary{}, err
	}
	if len(rows) == 0 || rows[0].Key.Unit != domain.WholeTenant {
		return domain.Summary{}, app.ErrNotFound
	}
	return domain.Summary{Whole: rows[0], Units: rows[1:]}, nil
}

func queryTallies(ctx context.Context, q sqlkit.Querier, query string, args ...any) ([]domain.Tally, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read tallies: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []domain.Tally
	for rows.Next() {
		var t domain.Tally
		var visible int64
		p := &t.Counts.Predicates
		err = rows.Scan(&t.Key.Tenant, &t.Key.Period, &t.Key.Unit, &t.DisplayName, &t.Counts.People, &t.Counts.Approved,
			&p[0], &p[1], &p[2], &p[3], &p[4], &t.Survey.Revision, &t.Survey.Index, &t.Survey.Grade, &visible, &t.Revision)
		if err != nil {
			return nil, fmt.Errorf("read tallies: %w", err)
		}
		t.VisibleTime = sqlkit.Time(visible)
		out = append(out, t)
	}
	err = rows.Err()
	if err != nil {
		return nil, fmt.Errorf("read tallies: %w", err)
	}
	return out, nil
}
