package rpc

import (
	"context"
	"strconv"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/page"
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
	q := app.PlannedQuery{Tenant: r.Tenant, Period: r.Period, Unit: r.Ref("unit", wire.UnitPattern, req.GetUnit())}
	err = r.Problems.Err()
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	rows, err := s.app.PlannedPeople(ctx, q, l.page())
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	out := &planningv1.ListPlannedPeopleResponse{}
	out.People, out.NextPageToken = messages(l, rows, func(id string) string { return id },
		func(id string) string { return wire.PersonName(r.Tenant, id) })
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
