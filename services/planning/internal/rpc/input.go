package rpc

import (
	"context"
	"strconv"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/wire"
)

// maxPlanned is the size of the largest page of ListPlannedPeople, and of one whose size is not given.
const maxPlanned = 500

type inputServer struct {
	planningv1.UnimplementedInputServiceServer
	app    *app.App
	tokens *page.Codec
}

func (s *inputServer) BatchGetPlanInputs(ctx context.Context, req *planningv1.BatchGetPlanInputsRequest) (*planningv1.BatchGetPlanInputsResponse, error) {
	r, err := inPeriod(req.GetParent())
	if err != nil {
		return nil, err
	}
	people := make([]string, len(req.GetPeople()))
	for i, name := range req.GetPeople() {
		people[i] = r.Ref("people["+strconv.Itoa(i)+"]", wire.PersonPattern, name)
	}
	err = r.Problems.Err()
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	period, inputs, err := s.app.PlanInputs(ctx, r.Tenant, r.Period, people)
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	return wire.PlanInputs(period, inputs), nil
}

func (s *inputServer) ListPlannedPeople(ctx context.Context, req *planningv1.ListPlannedPeopleRequest) (*planningv1.ListPlannedPeopleResponse, error) {
	r, err := inPeriod(req.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, req, plannedSize)
	if err != nil {
		return nil, err
	}
	q := app.PlannedQuery{Tenant: r.Tenant, Period: r.Period}
	if req.GetUnit() != "" {
		q.Unit = r.Ref("unit", wire.UnitPattern, req.GetUnit())
	}
	at := l.page()
	if req.GetAfter() != "" {
		after := r.Ref("after", wire.PersonPattern, req.GetAfter())
		at.After = max(at.After, after)
	}
	err = r.Problems.Err()
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	rows, err := s.app.PlannedPeople(ctx, q, at)
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	out := &planningv1.ListPlannedPeopleResponse{}
	if req.GetWithTotalSize() {
		out.TotalSize, err = s.app.CountPlannedPeople(ctx, q)
		if err != nil {
			return nil, fail(err, target{name: req.GetParent()})
		}
	}
	out.People, out.NextPageToken = messages(l, rows, func(id string) string { return id },
		func(id string) string { return wire.PersonName(r.Tenant, id) })
	return out, nil
}

func (s *inputServer) ListProvincePeriods(ctx context.Context, req *planningv1.ListProvincePeriodsRequest) (*planningv1.ListProvincePeriodsResponse, error) {
	var problems []fault.Violation
	province := resource.Province(req.GetParent())
	if req.GetParent() != resource.ProvinceName(province) {
		problems = append(problems, fault.Field("parent", fault.ReasonInvalidName, "pattern", wire.ProvincePattern))
	}
	if !resource.ValidID(req.GetPeriod()) {
		problems = append(problems, fault.Field("period", fault.ReasonInvalidArgument))
	}
	if len(problems) > 0 {
		return nil, fault.Invalid(problems...)
	}
	tenants, err := s.app.PeriodTenants(ctx, province, req.GetPeriod())
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	out := &planningv1.ListProvincePeriodsResponse{}
	for _, tenant := range tenants {
		out.Periods = append(out.Periods, wire.PeriodName(tenant, req.GetPeriod()))
	}
	return out, nil
}

// plannedSize is page.Size with the bounds of ListPlannedPeople.
func plannedSize(n int32) (int, error) {
	if n == 0 || n > maxPlanned {
		return maxPlanned, nil
	}
	if n > page.MaxSize {
		return int(n), nil
	}
	return page.Size(n)
}
