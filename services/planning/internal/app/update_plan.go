package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// PlanUpdate is what a caller wants to promise instead.
type PlanUpdate struct {
	Key     domain.PlanKey
	Etag    Etag
	Results []domain.Result
	// Problems are what was found while the request was read.
	Problems domain.RuleErrors
}

// UpdatePlan replaces the results of a plan. Errors: the rules of results, RuleReference, RulePlanState,
// RulePeriodClosed, ErrStale, ErrNotFound.
func (a *App) UpdatePlan(ctx context.Context, u PlanUpdate) (domain.PlanData, error) {
	_, err := a.settlePlan(ctx, u.Key)
	if err != nil {
		return domain.PlanData{}, err
	}
	now, who := a.now(), actor(ctx)
	results, own := domain.CleanResults(u.Results)
	v := began(u.Problems, own)
	return a.changePlan(ctx, u.Key, u.Etag, func(ctx context.Context, c planChange) (domain.PlanChanged, error) {
		data := c.plan.Data()
		post, err := c.tx.Position(ctx, data.Tenant, data.Post.Position)
		if err != nil {
			return domain.PlanChanged{}, err
		}
		references, err := checkReferences(ctx, c.tx, results, HolderQuery{
			Tenant: data.Tenant, Period: data.Period, Position: post.Superior,
			On: c.period.FactDate(domain.Today(now)), Except: data.Person,
		})
		if err != nil {
			return domain.PlanChanged{}, err
		}
		err = began(v, references).Err()
		if err != nil {
			return domain.PlanChanged{}, err
		}
		return c.plan.Update(results, who, now)
	})
}

// planChange is what a change of a plan works on.
type planChange struct {
	tx     Tx
	plan   *domain.Plan
	period domain.Period
}

// changePlan loads the plan, lets change decide, and saves the plan and its event. Errors: RulePeriodClosed, ErrStale,
// ErrNotFound, and those of change.
func (a *App) changePlan(ctx context.Context, key domain.PlanKey, etag Etag,
	change func(ctx context.Context, c planChange) (domain.PlanChanged, error),
) (domain.PlanData, error) {
	var data domain.PlanData
	err := a.store.Write(ctx, func(ctx context.Context, tx Tx) error {
		stored, err := tx.Plan(ctx, key)
		if err != nil {
			return err
		}
		if !etag(stored.Revision) {
			return ErrStale
		}
		period, err := openPeriod(ctx, tx, key.Tenant, key.Period)
		if err != nil {
			return err
		}
		plan := domain.HydratePlan(stored)
		changed, err := change(ctx, planChange{tx, plan, period})
		if err != nil {
			return err
		}
		data = plan.Data()
		err = tx.UpdatePlan(ctx, data)
		if err != nil {
			return err
		}
		return tx.Emit(ctx, changed)
	})
	return data, err
}
