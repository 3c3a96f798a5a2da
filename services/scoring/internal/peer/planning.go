package peer

import (
	"context"

	"google.golang.org/genproto/googleapis/type/date"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

const planning = "planning"

// Planning asks the planning service.
type Planning struct {
	inputs  planningv1.InputServiceClient
	periods planningv1.PeriodServiceClient
	// organization knows the units.
	organization planningv1.OrganizationServiceClient
}

var _ app.Plans = (*Planning)(nil)

// NewPlanning returns a Planning over the clients.
func NewPlanning(
	inputs planningv1.InputServiceClient, periods planningv1.PeriodServiceClient, organization planningv1.OrganizationServiceClient,
) *Planning {
	return &Planning{inputs: inputs, periods: periods, organization: organization}
}

// Terms returns the terms of the period; see app.Plans.
func (p *Planning) Terms(ctx context.Context, period domain.Period) (app.Terms, error) {
	answer, err := p.periods.GetPeriod(ctx, &planningv1.GetPeriodRequest{Name: wire.PeriodName(period)})
	if err != nil {
		return app.Terms{}, unknownPeriod(err)
	}
	return termsOf(answer), nil
}

// termed is what tells the terms of a period.
type termed interface {
	GetRulePack() string
	GetStartDate() *date.Date
	GetEndDate() *date.Date
}

func termsOf(t termed) app.Terms {
	return app.Terms{RulePack: t.GetRulePack(), Start: wire.DayOf(t.GetStartDate()), End: wire.DayOf(t.GetEndDate())}
}

// Plans returns approved plans; see app.Plans.
func (p *Planning) Plans(ctx context.Context, period domain.Period, people []string) (map[string][]app.PlanFacts, app.Terms, error) {
	answer, err := p.inputs.BatchGetPlanInputs(ctx, &planningv1.BatchGetPlanInputsRequest{
		Parent: wire.PeriodName(period), People: wire.PersonNames(period.Tenant, people),
	})
	if err != nil {
		return nil, app.Terms{}, fault.OfPeer(err, planning)
	}
	plans := make(map[string][]app.PlanFacts, len(answer.GetInputs()))
	for _, in := range answer.GetInputs() { // those of one person are in the order of time
		person := resource.ID(in.GetPerson())
		plans[person] = append(plans[person], wire.PlanOf(in))
	}
	return plans, termsOf(answer), nil
}

// PlannedPeople returns everybody with an approved plan in a unit; see app.Plans.
func (p *Planning) PlannedPeople(ctx context.Context, period domain.Period, unit string) ([]string, error) {
	request := &planningv1.ListPlannedPeopleRequest{
		Parent: wire.PeriodName(period), Unit: wire.UnitName(period.Tenant, unit), PageSize: app.MaxPeople,
	}
	var people []string
	for {
		answer, err := p.inputs.ListPlannedPeople(ctx, request)
		if err != nil {
			return nil, fault.OfPeer(err, planning)
		}
		for _, name := range answer.GetPeople() {
			people = append(people, resource.ID(name))
		}
		if answer.GetNextPageToken() == "" {
			return people, nil
		}
		request.PageToken = answer.GetNextPageToken()
	}
}

// Units returns the units of a tenant; see app.Plans.
func (p *Planning) Units(ctx context.Context, tenant string) ([]string, error) {
	var units []string
	err := eachUnit(ctx, p.organization, tenant, func(unit *planningv1.Unit) { units = append(units, resource.ID(unit.GetName())) })
	return units, err
}

// maxUnitPage is how many units one call may return.
const maxUnitPage = 200

// eachUnit calls visit with every unit of the tenant, by id.
func eachUnit(ctx context.Context, from planningv1.OrganizationServiceClient, tenant string, visit func(*planningv1.Unit)) error {
	request := &planningv1.ListUnitsRequest{Parent: resource.TenantName(tenant), PageSize: maxUnitPage}
	for {
		answer, err := from.ListUnits(ctx, request)
		if err != nil {
			return fault.OfPeer(err, planning)
		}
		for _, unit := range answer.GetUnits() {
			visit(unit)
		}
		if answer.GetNextPageToken() == "" {
			return nil
		}
		request.PageToken = answer.GetNextPageToken()
	}
}
