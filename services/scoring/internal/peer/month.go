package peer

import (
	"context"
	"fmt"

	"github.com/govalues/decimal"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

var _ app.Months = (*Assessment)(nil)

// Month returns the facts of a person in a month; see app.Months.
func (a *Assessment) Month(ctx context.Context, key app.SlipKey) (app.PersonMonth, error) {
	answer, err := a.inputs.BatchGetMonthFacts(ctx, &assessmentv1.BatchGetMonthFactsRequest{
		Parent: resource.TenantName(key.Tenant), Month: key.Month.String(), People: []string{wire.PersonName(key.Tenant, key.Person)},
	})
	if err != nil {
		return app.PersonMonth{}, fault.OfPeer(err, assessment)
	}
	if len(answer.GetMonthFacts()) == 0 {
		return app.PersonMonth{}, app.ErrNoMonthFacts
	}
	return monthOf(answer.GetMonthFacts()[0], key.Month)
}

// Months returns a page of the facts of a month; see app.Months.
func (a *Assessment) Months(ctx context.Context, tenant string, month allowance.Month, page app.MonthPage) ([]app.PersonMonth, string, error) {
	answer, err := a.inputs.ListMonthFacts(ctx, &assessmentv1.ListMonthFactsRequest{
		Parent: resource.TenantName(tenant), Month: month.String(), PageSize: int32(page.Limit), PageToken: page.Token,
	})
	if err != nil {
		return nil, "", fault.OfPeer(err, assessment)
	}
	all := make([]app.PersonMonth, len(answer.GetMonthFacts()))
	for i, message := range answer.GetMonthFacts() {
		all[i], err = monthOf(message, month)
		if err != nil {
			return nil, "", err
		}
	}
	return all, answer.GetNextPageToken(), nil
}

// monthOf reads the facts of a message. A productivity that is no number is a defect of assessment.
func monthOf(message *assessmentv1.MonthFacts, month allowance.Month) (app.PersonMonth, error) {
	m := app.PersonMonth{
		Person: resource.ID(resource.Parent(message.GetName())), Revision: message.GetRevision(),
		Facts: allowance.Facts{Month: month, PositionClass: message.GetPositionClass()},
	}
	if message.GetProductivity() != "" {
		productivity, err := decimal.Parse(message.GetProductivity())
		if err != nil {
			return app.PersonMonth{}, fmt.Errorf("%w: productivity", allowance.ErrInvalidFacts)
		}
		m.Facts.Productivity = &productivity
	}
	if a := message.GetAttendance(); a != nil {
		m.Facts.Attendance = &allowance.Attendance{WorkingDays: int64(a.GetWorkingDays())}
		for _, count := range a.GetCounts() {
			m.Facts.Attendance.Counts = append(m.Facts.Attendance.Counts, allowance.Count{Code: count.GetCode(), Count: int64(count.GetCount())})
		}
	}
	if message.YearUnexcusedDays != nil {
		days := int64(message.GetYearUnexcusedDays())
		m.Facts.YearUnexcusedDays = &days
	}
	if message.ConsecutiveUnexcusedDays != nil {
		days := int64(message.GetConsecutiveUnexcusedDays())
		m.Facts.ConsecutiveUnexcusedDays = &days
	}
	if s := message.GetSanction(); s != nil {
		m.Facts.Sanction = &allowance.Sanction{UnexcusedDays: int64(s.GetUnexcusedDays()), Month: int64(s.GetMonth())}
	}
	return m, nil
}
