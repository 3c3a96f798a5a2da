package app

import (
	"context"
	"slices"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
)

// fieldOrganizationRating names the period and the unit of an organisation rating.
const fieldOrganizationRating = "organization_rating.name"

// UpdateOrganizationRating adds a revision of the rating of a unit, by the caller and now.
func (a *App) UpdateOrganizationRating(
	ctx context.Context, r domain.OrganizationRating, expect Expect,
) (domain.OrganizationRating, error) {
	var period domain.Period
	var noPeriod, noUnit []domain.Violation
	var periodErr, unitErr error
	together(
		func() { period, noPeriod, periodErr = a.period(ctx, r.Tenant, r.Period, fieldOrganizationRating) },
		func() {
			err := a.Directory.Unit(ctx, r.Tenant, r.Unit)
			noUnit, unitErr = absent(err, fieldOrganizationRating, name.Unit(r.Tenant, r.Unit))
		},
	)
	err := first(periodErr, unitErr)
	if err != nil {
		return domain.OrganizationRating{}, err
	}
	broken := slices.Concat(noPeriod, noUnit, domain.CheckOrganizationRating(r))
	err = first(domain.Refuse(broken), period.Open(name.Period(r.Tenant, r.Period)))
	if err != nil {
		return domain.OrganizationRating{}, err
	}
	r.Rater = auth.From(ctx).Name()
	r.UpdateTime = a.Clock.Now()
	return a.Store.SetOrganizationRating(ctx, r, expect)
}
