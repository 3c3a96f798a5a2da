package app

import (
	"context"
	"errors"
	"slices"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
)

// fieldParent names the period of what is created.
const fieldParent = "parent"

// CreateProgressReport adds a report of the caller on an indicator of their approved plan.
func (a *App) CreateProgressReport(ctx context.Context, p domain.Progress) (domain.Progress, error) {
	err := a.mayPerson(ctx, p.Tenant, p.Person)
	if err != nil {
		return domain.Progress{}, err
	}
	var period domain.Period
	var plan domain.Plan
	var broken []domain.Violation
	var periodErr, planErr error
	together(
		func() { period, broken, periodErr = a.period(ctx, p.Tenant, p.Period, fieldParent) },
		func() { plan, planErr = a.Directory.Plan(ctx, p.Tenant, p.Period, p.Person) },
	)
	if periodErr != nil {
		return domain.Progress{}, periodErr
	}
	noPlan := errors.Is(planErr, domain.ErrPlanNotApproved)
	if planErr != nil && !noPlan {
		return domain.Progress{}, planErr
	}
	if !noPlan {
		broken = append(broken, domain.CheckIndicator(plan, p.Indicator)...)
	}
	broken = slices.Concat(broken, domain.CheckProgress(p))
	err = first(domain.Refuse(broken), period.Open(name.Period(p.Tenant, p.Period)), planErr)
	if err != nil {
		return domain.Progress{}, err
	}
	p.ID, p.Plan = a.IDs.New(), plan.ID
	p.CreateTime = a.Clock.Now()
	return p, a.Store.AddProgress(ctx, p)
}
