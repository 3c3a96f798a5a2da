package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// CreateObjective records an objective of a unit; problems are what was found while the request was read. Errors: the
// rules of an objective, RuleReference (unit), RulePeriodClosed, ErrNotFound (period), ErrExists.
func (a *App) CreateObjective(ctx context.Context, o domain.Objective, problems domain.RuleErrors) (domain.Objective, error) {
	err := a.settleUnit(ctx, o.Tenant, o.Unit)
	if err != nil {
		return o, err
	}
	o, own := domain.NewObjective(o, a.now())
	o.ID = a.idOr(o.ID)
	err = a.store.Write(ctx, func(ctx context.Context, tx Tx) error {
		_, err := openPeriod(ctx, tx, o.Tenant, o.Period)
		if err != nil {
			return err
		}
		v := began(problems, own)
		if o.Unit != "" {
			_, err = tx.Unit(ctx, o.Tenant, o.Unit)
			err = missing(&v, "objective.unit", err)
		}
		if err != nil {
			return err
		}
		err = v.Err()
		if err != nil {
			return err
		}
		return tx.InsertObjective(ctx, o)
	})
	return o, err
}

// Objectives returns a page of the objectives of the period, or ErrNotFound when there is no such period.
func (a *App) Objectives(ctx context.Context, tenant, period string, page Page) ([]domain.Objective, error) {
	_, err := a.store.Period(ctx, tenant, period)
	if err != nil {
		return nil, err
	}
	return a.store.Objectives(ctx, tenant, period, page)
}

// openPeriod returns the period, or the error that it does not exist or takes no more facts.
func openPeriod(ctx context.Context, r Reader, tenant, id string) (domain.Period, error) {
	p, err := r.Period(ctx, tenant, id)
	if err != nil {
		return p, err
	}
	return p, p.CheckOpen()
}
