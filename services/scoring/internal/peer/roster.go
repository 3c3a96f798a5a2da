package peer

import (
	"context"
	"fmt"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

var _ app.Roster = (*Planning)(nil)

// ProvincePeriods returns the periods of a province; see app.Roster.
func (p *Planning) ProvincePeriods(ctx context.Context, province, id string) ([]domain.Period, error) {
	answer, err := p.inputs.ListProvincePeriods(ctx, &planningv1.ListProvincePeriodsRequest{
		Parent: resource.ProvinceName(province), Period: id,
	})
	if err != nil {
		return nil, fault.OfPeer(err, planning)
	}
	var periods []domain.Period
	for _, name := range answer.GetPeriods() {
		vars, err := resource.Parse(wire.PeriodPattern, name)
		if err != nil {
			return nil, fmt.Errorf("period of a province: %w", err)
		}
		periods = append(periods, domain.Period{Tenant: vars["tenant"], ID: vars["period"]})
	}
	return periods, nil
}

// unknownPeriod returns app.ErrNotFound where the period of a request does not exist, and otherwise what is told of an
// error of a peer.
func unknownPeriod(err error) error {
	if fault.IsKind(err, fault.KindNotFound) {
		return fmt.Errorf("%w: %s", app.ErrNotFound, err.Error())
	}
	return fault.OfPeer(err, planning)
}

// Planned returns a page of people; see app.Roster.
func (p *Planning) Planned(ctx context.Context, q app.PlannedQuery) (app.PlannedPage, error) {
	request := &planningv1.ListPlannedPeopleRequest{
		Parent: wire.PeriodName(q.Period), PageSize: int32(q.Limit), WithTotalSize: q.Count,
	}
	if q.Unit != "" {
		request.Unit = wire.UnitName(q.Period.Tenant, q.Unit)
	}
	if q.After != "" {
		request.After = wire.PersonName(q.Period.Tenant, q.After)
	}
	answer, err := p.inputs.ListPlannedPeople(ctx, request)
	if err != nil {
		return app.PlannedPage{}, unknownPeriod(err)
	}
	page := app.PlannedPage{
		People: make([]string, len(answer.GetPeople())), More: answer.GetNextPageToken() != "", Total: answer.GetTotalSize(),
	}
	for i, name := range answer.GetPeople() {
		page.People[i] = resource.ID(name)
	}
	return page, nil
}
