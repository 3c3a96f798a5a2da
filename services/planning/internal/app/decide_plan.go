package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// ApprovePlan fixes a submitted plan. Errors: RuleNotSuperior, RulePlanState, RulePeriodClosed, ErrStale.
func (a *App) ApprovePlan(ctx context.Context, key domain.PlanKey, etag Etag) (domain.PlanData, error) {
	err := a.settleSuperior(ctx, key)
	if err != nil {
		return domain.PlanData{}, err
	}
	now, who, approver := a.now(), actor(ctx), auth.From(ctx).Person
	return a.changePlan(ctx, key, etag, func(_ context.Context, c planChange) (domain.PlanChanged, error) {
		return c.plan.Approve(approver, who, now)
	})
}

// ReturnPlan sends a submitted plan back with a reason. Errors: RuleNotSuperior, RulePlanState, RuleRequired,
// RulePeriodClosed, ErrStale.
func (a *App) ReturnPlan(ctx context.Context, key domain.PlanKey, etag Etag, reason string) (domain.PlanData, error) {
	err := a.settleSuperior(ctx, key)
	if err != nil {
		return domain.PlanData{}, err
	}
	now, who := a.now(), actor(ctx)
	return a.changePlan(ctx, key, etag, func(_ context.Context, c planChange) (domain.PlanChanged, error) {
		return c.plan.Return(reason, who, now)
	})
}

// settleSuperior settles whether the caller is the superior of the plan's owner today. Only people of the tenant come
// this far, so the refusal may say what they are not; it says the same when there is no such plan.
func (a *App) settleSuperior(ctx context.Context, key domain.PlanKey) error {
	_, err := a.settlePlan(ctx, key)
	if fault.IsKind(err, fault.KindDenied) {
		return domain.Refuse(domain.RuleNotSuperior, "date", a.today().String())
	}
	return err
}
