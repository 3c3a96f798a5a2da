package app

import (
	"context"
	"slices"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
)

// fieldSurveyUnit names the unit that a survey is about.
const fieldSurveyUnit = "survey.unit"

// CreateSurvey opens a survey of a unit. An empty ID lets the service choose one.
func (a *App) CreateSurvey(ctx context.Context, s domain.Survey) (domain.Survey, error) {
	var period domain.Period
	var noPeriod, noUnit []domain.Violation
	var granted, periodErr, unitErr error
	together(
		func() { granted = a.mayUnit(ctx, s.Tenant, s.Unit) },
		func() { period, noPeriod, periodErr = a.period(ctx, s.Tenant, s.Period, fieldParent) },
		func() {
			err := a.Directory.Unit(ctx, s.Tenant, s.Unit)
			noUnit, unitErr = absent(err, fieldSurveyUnit, name.Unit(s.Tenant, s.Unit))
		},
	)
	err := first(granted, periodErr, unitErr)
	if err != nil {
		return domain.Survey{}, err
	}
	broken := slices.Concat(noPeriod, noUnit, domain.CheckSurvey(s))
	err = first(domain.Refuse(broken), period.Open(name.Period(s.Tenant, s.Period)))
	if err != nil {
		return domain.Survey{}, err
	}
	if s.ID == "" {
		s.ID = a.IDs.New()
	}
	s.CreateTime = a.Clock.Now()
	return s, a.Store.AddSurvey(ctx, s)
}
