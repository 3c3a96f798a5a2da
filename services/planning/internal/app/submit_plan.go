package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// SubmitPlan asks the superior to approve. Errors: RulePlanState, RulePlanIncomplete, RulePeriodClosed, ErrStale.
func (a *App) SubmitPlan(ctx context.Context, key domain.PlanKey, etag Etag) (domain.PlanData, error) {
	_, err := a.settlePlan(ctx, key)
	if err != nil {
		return domain.PlanData{}, err
	}
	now, who := a.now(), actor(ctx)
	return a.changePlan(ctx, key, etag, func(_ context.Context, c planChange) (domain.PlanChanged, error) {
		return c.plan.Submit(who, now)
	})
}
