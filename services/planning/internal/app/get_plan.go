package app

import (
	"context"
	"errors"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// Plan returns the plan to a caller who may know it, or ErrNotFound.
func (a *App) Plan(ctx context.Context, key domain.PlanKey) (domain.PlanData, error) {
	return a.settlePlan(ctx, key)
}

// Plans returns a page of the plans of the period, or ErrNotFound when there is no such period.
func (a *App) Plans(ctx context.Context, tenant, period string, page Page) ([]domain.PlanData, error) {
	_, err := a.store.Period(ctx, tenant, period)
	if err != nil {
		return nil, err
	}
	return a.store.Plans(ctx, tenant, period, page)
}

// settlePlan returns the plan once it is settled that the caller may do this to its owner. Only a caller whom a role
// grants it gets ErrNotFound; all others are refused as if the plan were there.
func (a *App) settlePlan(ctx context.Context, key domain.PlanKey) (domain.PlanData, error) {
	data, loaded := a.store.Plan(ctx, key)
	if loaded != nil && !errors.Is(loaded, ErrNotFound) {
		return data, loaded
	}
	err := a.settlePerson(ctx, key.Tenant, data.Person)
	if err != nil {
		return domain.PlanData{}, err
	}
	return data, loaded
}
