package directory

import (
	"context"
	"slices"
	"time"

	"google.golang.org/genproto/googleapis/type/date"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
)

// peer is the service that is asked.
const peer = "planning"

// Clients are the services of planning. All are required.
type Clients struct {
	Inputs        planningv1.InputServiceClient
	Organizations planningv1.OrganizationServiceClient
	Periods       planningv1.PeriodServiceClient
}

// Directory is app.Directory over gRPC. It is safe for concurrent use.
type Directory struct {
	clients Clients
	periods *periods
}

var _ app.Directory = (*Directory)(nil)

// New returns a directory that keeps a period for the given time.
func New(clients Clients, c clock.Clock, keep time.Duration) *Directory {
	return &Directory{clients: clients, periods: newPeriods(c, keep)}
}

// Period implements app.Directory.
func (d *Directory) Period(ctx context.Context, tenant, period string) (domain.Period, error) {
	key := name.Period(tenant, period)
	kept, ok := d.periods.get(key)
	if ok {
		return kept, nil
	}
	got, err := d.clients.Periods.GetPeriod(ctx, &planningv1.GetPeriodRequest{Name: key})
	if err != nil {
		return domain.Period{}, missing(err, key)
	}
	p := domain.Period{
		Start: dateOf(got.GetStartDate()), End: dateOf(got.GetEndDate()),
		Closed: got.GetState() == planningv1.Period_STATE_CLOSED,
	}
	d.periods.put(key, p)
	return p, nil
}

// Plan implements app.Directory.
func (d *Directory) Plan(ctx context.Context, tenant, period, person string) (domain.Plan, error) {
	owner := name.Person(tenant, person)
	got, err := d.clients.Inputs.BatchGetPlanInputs(ctx, &planningv1.BatchGetPlanInputsRequest{
		Parent: name.Period(tenant, period), People: []string{owner},
	})
	if unknown(err) {
		// The period does not exist, which Period tells; no plan is approved in it.
		return domain.Plan{}, domain.ErrPlanNotApproved
	}
	if err != nil {
		return domain.Plan{}, fault.OfPeer(err, peer)
	}
	for _, input := range slices.Backward(got.GetInputs()) { // the last is the one that is in force
		if input.GetPerson() == owner {
			return planOf(input), nil
		}
	}
	return domain.Plan{}, domain.ErrPlanNotApproved
}

// Person implements app.Directory.
func (d *Directory) Person(ctx context.Context, tenant, person string) error {
	key := name.Person(tenant, person)
	_, err := d.clients.Organizations.GetPerson(ctx, &planningv1.GetPersonRequest{Name: key})
	return missing(err, key)
}

// Unit implements app.Directory.
func (d *Directory) Unit(ctx context.Context, tenant, unit string) error {
	key := name.Unit(tenant, unit)
	_, err := d.clients.Organizations.GetUnit(ctx, &planningv1.GetUnitRequest{Name: key})
	return missing(err, key)
}

func planOf(input *planningv1.PlanInput) domain.Plan {
	plan := domain.Plan{ID: resource.ID(input.GetPlan()), Indicators: map[string]domain.Source{}}
	for _, result := range input.GetResults() {
		for _, indicator := range result.GetIndicators() {
			source := domain.SourceReported
			if indicator.GetSource() == planningv1.Indicator_SOURCE_SURVEY_INDEX {
				source = domain.SourceSurvey
			}
			plan.Indicators["results/"+result.GetId()+"/indicators/"+indicator.GetId()] = source
		}
	}
	return plan
}

// missing turns planning's answer that there is no such resource into domain.ErrNotFound about it.
func missing(err error, resource string) error {
	if unknown(err) {
		return domain.About(domain.ErrNotFound, resource)
	}
	return fault.OfPeer(err, peer)
}

func unknown(err error) bool {
	return fault.IsKind(err, fault.KindNotFound) || fault.Is(err, fault.ReasonReferenceNotFound)
}

func dateOf(d *date.Date) domain.Date {
	return domain.Date{Year: int(d.GetYear()), Month: int(d.GetMonth()), Day: int(d.GetDay())}
}
