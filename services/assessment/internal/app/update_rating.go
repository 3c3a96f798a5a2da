package app

import (
	"context"
	"slices"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// fieldRating names the period and the person of a rating.
const fieldRating = "rating.name"

// UpdateRating adds a revision of the superior's ratings, by the caller and now. The same values again are a revision
// too: it is a human act.
func (a *App) UpdateRating(ctx context.Context, r domain.Rating, expect Expect) (domain.Rating, error) {
	var period domain.Period
	var missing []domain.Violation
	var plan domain.Plan
	var granted, periodErr, planErr error
	together(
		func() { granted = a.maySuperior(ctx, r) },
		func() { period, missing, periodErr = a.period(ctx, r.Tenant, r.Period, fieldRating) },
		func() { plan, planErr = a.Directory.Plan(ctx, r.Tenant, r.Period, r.Person) },
	)
	err := first(granted, periodErr)
	if err != nil {
		return domain.Rating{}, err
	}
	broken := slices.Concat(missing, domain.CheckRating(r, period.Start, a.today()))
	err = first(domain.Refuse(broken), period.Open(name.Period(r.Tenant, r.Period)), planErr)
	if err != nil {
		return domain.Rating{}, err
	}
	r.Rater, r.Plan = auth.From(ctx).Person, plan.ID
	r.UpdateTime = a.Clock.Now()
	return a.Store.SetRating(ctx, r, expect)
}

// maySuperior settles whether the caller is the superior of the rated. A refusal says NOT_SUPERIOR to everybody of the
// tenant, whether or not the rated exists.
func (a *App) maySuperior(ctx context.Context, r domain.Rating) error {
	err := a.mayPerson(ctx, r.Tenant, r.Person)
	if fault.IsKind(err, fault.KindDenied) {
		return domain.About(domain.ErrNotSuperior, a.today().String())
	}
	return err
}
