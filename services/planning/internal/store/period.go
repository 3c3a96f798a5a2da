package store

import (
	"context"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

const (
	periodColumns    = `tenant, period, display_name, start_date, end_date, rule_pack, state, revision, create_time`
	objectiveColumns = `tenant, period, objective, unit, title, revision, create_time`
)

func scanPeriod(s scanner) (domain.Period, error) {
	var p domain.Period
	var start, end string
	var at int64
	err := s.Scan(&p.Tenant, &p.ID, &p.DisplayName, &start, &end, &p.RulePack, &p.State, &p.Revision, &at)
	if err != nil {
		return p, err
	}
	p.CreateTime = sqlkit.Time(at)
	p.Interval, err = interval(start, end)
	return p, err
}

func scanObjective(s scanner) (domain.Objective, error) {
	var o domain.Objective
	var at int64
	err := s.Scan(&o.Tenant, &o.Period, &o.ID, &o.Unit, &o.Title, &o.Revision, &at)
	o.CreateTime = sqlkit.Time(at)
	return o, err
}

// Period returns the period.
func (r reader) Period(ctx context.Context, tenant, id string) (domain.Period, error) {
	return one(ctx, r, scanPeriod, query{
		`SELECT ` + periodColumns + ` FROM periods WHERE tenant = $1 AND period = $2`, []any{tenant, id},
	})
}

// PeriodTenants returns the tenants of the province that have the period.
func (r reader) PeriodTenants(ctx context.Context, province, period string) ([]string, error) {
	// Every id that begins with the code lies between the code and the code with a sign above all that ids have.
	return list(ctx, r, scanText, query{
		`SELECT tenant FROM periods WHERE tenant >= $1 AND tenant < $2 AND period = $3 ORDER BY tenant`,
		[]any{province, province + "~", period},
	})
}

// Objectives returns a page of objectives.
func (r reader) Objectives(ctx context.Context, tenant, period string, page app.Page) ([]domain.Objective, error) {
	return list(ctx, r, scanObjective, query{
		`SELECT ` + objectiveColumns + ` FROM objectives
		WHERE tenant = $1 AND period = $2 AND objective > $3 ORDER BY objective LIMIT $4`,
		[]any{tenant, period, page.After, page.Limit},
	})
}

// ObjectivesExist returns those of the ids that are objectives of the period.
func (r reader) ObjectivesExist(ctx context.Context, tenant, period string, ids []string) (map[string]bool, error) {
	out := map[string]bool{}
	if len(ids) == 0 {
		return out, nil
	}
	in := inList(ids)
	found, err := list(ctx, r, scanText, query{
		`SELECT objective FROM objectives WHERE tenant = $1 AND period = $2 AND objective IN ` + sqlkit.In(len(in), 3),
		append([]any{tenant, period}, in...),
	})
	for _, id := range found {
		out[id] = true
	}
	return out, err
}

// LockPeriods locks by an update of the tenant's row that changes nothing in it, which makes a second writer wait for the end
// of this transaction and then see what it did.
func (t *tx) LockPeriods(ctx context.Context, tenant string) error {
	n, err := sqlkit.Affected(t.sql.ExecContext(ctx, `UPDATE tenants SET revision = revision WHERE tenant = $1`, tenant))
	if err != nil {
		return fmt.Errorf("lock periods: %w", err)
	}
	if n == 0 {
		return app.ErrNotFound
	}
	return nil
}

// OverlappingPeriods returns the periods in the way of p, by start.
func (t *tx) OverlappingPeriods(ctx context.Context, p domain.Period) ([]domain.Period, error) {
	return list(ctx, t.reader, scanPeriod, query{
		`SELECT ` + periodColumns + ` FROM periods WHERE tenant = $1 AND start_date < $2 AND end_date > $3 ORDER BY start_date, period`,
		[]any{p.Tenant, endText(p.Interval.End), p.Interval.Start.String()},
	})
}

// InsertPeriod adds the period.
func (t *tx) InsertPeriod(ctx context.Context, p domain.Period) error {
	return t.insert(ctx, `INSERT INTO periods (`+periodColumns+`) VALUES `+sqlkit.Values(1, 9, 1),
		p.Tenant, p.ID, p.DisplayName, p.Interval.Start.String(), endText(p.Interval.End), p.RulePack, string(p.State),
		p.Revision, sqlkit.Micros(p.CreateTime))
}

// InsertObjective adds the objective.
func (t *tx) InsertObjective(ctx context.Context, o domain.Objective) error {
	return t.insert(ctx, `INSERT INTO objectives (`+objectiveColumns+`) VALUES `+sqlkit.Values(1, 7, 1),
		o.Tenant, o.Period, o.ID, o.Unit, o.Title, o.Revision, sqlkit.Micros(o.CreateTime))
}
