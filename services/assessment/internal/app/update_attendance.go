package app

import (
	"context"
	"slices"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
)

// fieldAttendance names the period and the person of an attendance.
const fieldAttendance = "attendance.name"

// UpdateAttendance adds a revision of the attendance of a person, by the caller and now.
func (a *App) UpdateAttendance(ctx context.Context, at domain.Attendance, expect Expect) (domain.Attendance, error) {
	var period domain.Period
	var noPeriod, noPerson []domain.Violation
	var periodErr, personErr error
	together(
		func() { period, noPeriod, periodErr = a.period(ctx, at.Tenant, at.Period, fieldAttendance) },
		func() {
			err := a.Directory.Person(ctx, at.Tenant, at.Person)
			noPerson, personErr = absent(err, fieldAttendance, name.Person(at.Tenant, at.Person))
		},
	)
	err := first(periodErr, personErr)
	if err != nil {
		return domain.Attendance{}, err
	}
	broken := slices.Concat(noPeriod, noPerson, domain.CheckAttendance(at))
	err = first(domain.Refuse(broken), period.Open(name.Period(at.Tenant, at.Period)))
	if err != nil {
		return domain.Attendance{}, err
	}
	at.Recorder = auth.From(ctx).Name()
	at.UpdateTime = a.Clock.Now()
	return a.Store.SetAttendance(ctx, at, expect)
}
