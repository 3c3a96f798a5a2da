package app

import (
	"context"
	"errors"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// CreatePeriod opens a period; problems are what was found while the request was read. Errors: the rules of a period,
// RulePackUnknown, RulePackNotInForce, RulePeriodOverlap, ErrNotFound (tenant), ErrExists, those of RulePacks.
func (a *App) CreatePeriod(ctx context.Context, p domain.Period, problems domain.RuleErrors) (domain.Period, error) {
	p, own := domain.NewPeriod(p, a.now())
	broken, err := a.checkRulePack(ctx, p)
	if err != nil {
		return p, err
	}
	own = append(own, broken...)
	err = a.store.Write(ctx, func(ctx context.Context, tx Tx) error {
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

// checkRulePack returns what is wrong with the rule pack of the period. The days of one that does not say when it begins are
// not compared.
func (a *App) checkRulePack(ctx context.Context, p domain.Period) (domain.RuleErrors, error) {
	pack, err := a.packs.RulePack(ctx, p.RulePack)
	if errors.Is(err, ErrNotFound) {
		return domain.RuleErrors{domain.At("period.rule_pack", domain.RulePackUnknown, "resource", p.RulePack)}, nil
	}
	if err != nil || !p.Interval.Start.Exists() {
		return nil, err
	}
	return p.CheckRulePack(pack), nil
}

// Period returns the period, or ErrNotFound.
func (a *App) Period(ctx context.Context, tenant, id string) (domain.Period, error) {
	return a.store.Period(ctx, tenant, id)
}
