package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// ScoringInput is an approved plan as scoring needs it.
type ScoringInput struct {
	Plan     domain.PlanData
	UnitKind domain.UnitKind
	Family   domain.JobFamily
	// Months of the period that the plan covers, 1 to 12.
	Months int32
}

// PlanInputs returns the period and the approved plans of the people in it, in no order, or ErrNotFound when there is
// no such period. It is on the path from a change to its visible score: two statements, whatever the number of people.
func (a *App) PlanInputs(ctx context.Context, tenant, period string, people []string) (domain.Period, []ScoringInput, error) {
	p, err := a.store.Period(ctx, tenant, period)
	if err != nil {
		return p, nil, err
	}
	rows, err := a.store.PlanInputs(ctx, tenant, period, people)
	if err != nil {
		return p, nil, err
	}
	inputs := make([]ScoringInput, len(rows))
	for i, r := range rows {
		inputs[i] = ScoringInput{Plan: r.Plan, UnitKind: r.UnitKind, Family: r.Family, Months: p.MonthsHeld(r.Held)}
	}
	return p, inputs, nil
}

// PlannedPeople returns a page of the people of the unit, or of the tenant, whose plan of the period is approved, or
// ErrNotFound when there is no such period.
func (a *App) PlannedPeople(ctx context.Context, q PlannedQuery, page Page) ([]string, error) {
	_, err := a.store.Period(ctx, q.Tenant, q.Period)
	if err != nil {
		return nil, err
	}
	return a.store.PlannedPeople(ctx, q, page)
}

// CountPlannedPeople returns how many people PlannedPeople has on all its pages.
func (a *App) CountPlannedPeople(ctx context.Context, q PlannedQuery) (int64, error) {
	return a.store.CountPlannedPeople(ctx, q)
}

// PeriodTenants returns the tenants of the province that have the period, by id.
func (a *App) PeriodTenants(ctx context.Context, province, period string) ([]string, error) {
	return a.store.PeriodTenants(ctx, province, period)
}
