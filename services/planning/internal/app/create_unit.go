package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// CreateUnit adds a unit; problems are what was found while the request was read. Errors: the rules of a unit,
// RuleReference (parent), ErrNotFound (tenant), ErrExists.
func (a *App) CreateUnit(ctx context.Context, u domain.Unit, problems domain.RuleErrors) (domain.Unit, error) {
	u, own := domain.NewUnit(u, a.now())
	u.ID = a.idOr(u.ID)
	err := a.store.Write(ctx, func(ctx context.Context, tx Tx) error {
		_, err := tx.Tenant(ctx, u.Tenant)
		if err != nil {
			return err
		}
		v := began(problems, own)
		if u.Parent != "" {
			_, err = tx.Unit(ctx, u.Tenant, u.Parent)
			err = missing(&v, "unit.parent_unit", err)
		}
		if err != nil {
			return err
		}
		err = v.Err()
		if err != nil {
			return err
		}
		err = tx.InsertUnit(ctx, u)
		if err != nil {
			return err
		}
		return tx.Emit(ctx, domain.UnitChanged{Unit: u})
	})
	return u, err
}

// Unit returns the unit, or ErrNotFound.
func (a *App) Unit(ctx context.Context, tenant, id string) (domain.Unit, error) {
	return a.store.Unit(ctx, tenant, id)
}

// Units returns a page of the units of the tenant, or ErrNotFound when there is no such tenant.
func (a *App) Units(ctx context.Context, tenant string, page Page) ([]domain.Unit, error) {
	_, err := a.store.Tenant(ctx, tenant)
	if err != nil {
		return nil, err
	}
	return a.store.Units(ctx, tenant, page)
}
