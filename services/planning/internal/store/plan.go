package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// Plan returns the plan.
func (r reader) Plan(ctx context.Context, key domain.PlanKey) (domain.PlanData, error) {
	return one(ctx, r, scanPlan, query{
		`SELECT ` + planColumns + ` FROM plans WHERE tenant = $1 AND period = $2 AND plan = $3`,
		[]any{key.Tenant, key.Period, key.ID},
	})
}

// PlanOfPerson returns the plan of the person in the period.
func (r reader) PlanOfPerson(ctx context.Context, tenant, period, person string) (domain.PlanData, error) {
	return one(ctx, r, scanPlan, query{
		`SELECT ` + planColumns + ` FROM plans WHERE tenant = $1 AND period = $2 AND person = $3`,
		[]any{tenant, period, person},
	})
}

// Plans returns a page of plans.
func (r reader) Plans(ctx context.Context, tenant, period string, page app.Page) ([]domain.PlanData, error) {
	return list(ctx, r, scanPlan, query{
		`SELECT ` + planColumns + ` FROM plans WHERE tenant = $1 AND period = $2 AND plan > $3 ORDER BY plan LIMIT $4`,
		[]any{tenant, period, page.After, page.Limit},
	})
}

// holderPlan is the plan of a holder of a position.
type holderPlan struct {
	plan    string
	results []domain.Result
}

func scanHolderPlan(s scanner) (holderPlan, error) {
	var h holderPlan
	var results []byte
	err := s.Scan(&h.plan, &results)
	if err != nil {
		return h, err
	}
	h.results, err = resultsOf(results)
	return h, err
}

// ResultsOfHolders returns the results in the plans of the holders of the position.
func (r reader) ResultsOfHolders(ctx context.Context, q app.HolderQuery) (map[domain.ResultRef]bool, error) {
	plans, err := list(ctx, r, scanHolderPlan, query{
		`
		SELECT pl.plan, pl.results
		FROM assignments a
		JOIN plans pl ON pl.tenant = a.tenant AND pl.person = a.person
		WHERE a.tenant = $1 AND a.position = $2 AND a.start_date <= $3 AND a.end_date > $3
			AND pl.period = $4 AND a.person <> $5`,
		[]any{q.Tenant, q.Position, q.On.String(), q.Period, q.Except},
	})
	if err != nil {
		return nil, err
	}
	out := map[domain.ResultRef]bool{}
	for _, p := range plans {
		for _, result := range p.results {
			out[domain.ResultRef{Plan: p.plan, Result: result.ID}] = true
		}
	}
	return out, nil
}

// inputRow is an approved plan with one interval over which its owner holds its position, or none.
type inputRow struct {
	plan       domain.PlanData
	unit       domain.UnitKind
	family     domain.JobFamily
	start, end sql.NullString
}

func scanInput(s scanner) (inputRow, error) {
	var row inputRow
	var err error
	row.plan, err = scanPlanAnd(s, &row.unit, &row.family, &row.start, &row.end)
	return row, err
}

// PlanInputs returns the approved plans of the people. The state is part of the text: for a bound one SQLite compiles the
// statement anew each time, to see whether the index of approved plans serves.
func (r reader) PlanInputs(ctx context.Context, tenant, period string, people []string) ([]app.PlanInput, error) {
	if len(people) == 0 {
		return nil, nil
	}
	in := inList(people)
	args := append([]any{tenant, period, string(domain.AssignmentDefinitive)}, in...)
	rows, err := list(ctx, r, scanInput, query{`
		SELECT ` + inputColumns() + `, u.kind, po.job_family, a.start_date, a.end_date
		FROM plans pl
		JOIN units u ON u.tenant = pl.tenant AND u.unit = pl.unit
		JOIN positions po ON po.tenant = pl.tenant AND po.position = pl.position
		LEFT JOIN assignments a
			ON a.tenant = pl.tenant AND a.person = pl.person AND a.position = pl.position AND a.kind = $3
		WHERE pl.tenant = $1 AND pl.period = $2 AND pl.state = 'APPROVED' AND pl.person IN ` + sqlkit.In(len(in), 4), args})
	if err != nil {
		return nil, err
	}
	var out []app.PlanInput
	index := map[string]int{}
	for _, row := range rows {
		i, known := index[row.plan.ID]
		if !known {
			i = len(out)
			index[row.plan.ID] = i
			out = append(out, app.PlanInput{Plan: row.plan, UnitKind: row.unit, Family: row.family})
		}
		if !row.start.Valid {
			continue
		}
		held, err := interval(row.start.String, row.end.String)
		if err != nil {
			return nil, err
		}
		out[i].Held = append(out[i].Held, held)
	}
	return out, nil
}

// inputColumns returns planColumns of the table pl.
func inputColumns() string {
	columns := strings.Split(planColumns, ",")
	for i, c := range columns {
		columns[i] = "pl." + strings.TrimSpace(c)
	}
	return strings.Join(columns, ", ")
}

// PlannedPeople returns a page of the people of the unit, or of the tenant, whose plan is approved.
func (r reader) PlannedPeople(ctx context.Context, q app.PlannedQuery, page app.Page) ([]string, error) {
	where, args := planned(q)
	after, limit := len(args)+1, len(args)+2
	return list(ctx, r, scanText, query{
		fmt.Sprintf(`SELECT person FROM plans WHERE %s AND person > $%d ORDER BY person LIMIT $%d`, where, after, limit),
		append(args, page.After, page.Limit),
	})
}

// CountPlannedPeople returns how many people PlannedPeople has.
func (r reader) CountPlannedPeople(ctx context.Context, q app.PlannedQuery) (int64, error) {
	where, args := planned(q)
	return one(ctx, r, scanNumber, query{`SELECT COUNT(*) FROM plans WHERE ` + where, args})
}

// planned returns the condition for approved plans and its arguments.
func planned(q app.PlannedQuery) (where string, args []any) {
	where, args = `tenant = $1 AND period = $2 AND state = 'APPROVED'`, []any{q.Tenant, q.Period}
	if q.Unit != "" {
		where, args = where+` AND unit = $3`, append(args, q.Unit)
	}
	return where, args
}

// InsertPlan adds the plan.
func (t *tx) InsertPlan(ctx context.Context, p domain.PlanData) error {
	args, err := planArgs(p)
	if err != nil {
		return err
	}
	return t.insert(ctx, `INSERT INTO plans (`+planColumns+`) VALUES `+sqlkit.Values(1, planWidth, 1), args...)
}

// UpdatePlan replaces what may change of the plan, when the stored revision is the one before.
func (t *tx) UpdatePlan(ctx context.Context, p domain.PlanData) error {
	results, err := resultsText(p.Results)
	if err != nil {
		return err
	}
	n, err := sqlkit.Affected(t.sql.ExecContext(ctx, `
		UPDATE plans SET results = $4, state = $5, return_reason = $6, approver = $7, submit_time = $8, approve_time = $9,
			update_time = $10, revision = $11
		WHERE tenant = $1 AND period = $2 AND plan = $3 AND revision = $12`,
		p.Tenant, p.Period, p.ID, results, string(p.State), p.ReturnReason, p.Approver, sqlkit.Micros(p.SubmitTime),
		sqlkit.Micros(p.ApproveTime), sqlkit.Micros(p.UpdateTime), p.Revision, p.Revision-1))
	if err != nil {
		return fmt.Errorf("update plan: %w", err)
	}
	if n != 1 {
		return app.ErrStale
	}
	return nil
}
