package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// CreatePeriod opens a period; problems are what was found while the request was read. Errors: the rules of a period,
// RulePeriodOverlap, ErrNotFound (tenant), ErrExists.
func (a *App) CreatePeriod(ctx context.Context, p domain.Period, problems domain.RuleErrors) (domain.Period, error) {
	p, own := domain.NewPeriod(p, a.now())
	err := a.store.Write(ctx, func(ctx context.Context, tx Tx) error {
		// The lock comes before the look at what overlaps: two writers must not both see free days.
		err := tx.LockPeriods(ctx, p.Tenant)
		if err != nil {
			return err
		}
		err = began(problems, own).Err()
		if err != nil {
			return err
		}
		others, err := tx.OverlappingPeriods(ctx, p)
		if err != nil {
			return err
		}
		err = p.CheckOverlap(others)
		if err != nil {
			return err
		}
		err = tx.InsertPeriod(ctx, p)
		if err != nil {
			return err
		}
		return tx.Emit(ctx, domain.PeriodChanged{Period: p})
	})
	return p, err
}

// Period returns the period, or ErrNotFound.
func (a *App) Period(ctx context.Context, tenant, id string) (domain.Period, error) {
	return a.store.Period(ctx, tenant, id)
}
