package rpc

import (
	"context"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
	"github.com/kinerja-suite/kinerja/services/planning/internal/wire"
)

type periodServer struct {
	planningv1.UnimplementedPeriodServiceServer
	app    *app.App
	tokens *page.Codec
}

func (s *periodServer) CreatePeriod(ctx context.Context, req *planningv1.CreatePeriodRequest) (*planningv1.Period, error) {
	r, err := inTenant(req.GetParent())
	if err != nil {
		return nil, err
	}
	given := r.NewPeriod(req.GetPeriodId(), req.GetPeriod())
	p, err := s.app.CreatePeriod(ctx, given, r.Problems)
	if err != nil {
		return nil, fail(err, target{name: wire.PeriodName(r.Tenant, given.ID), parent: req.GetParent()})
	}
	return wire.Period(p), nil
}

func (s *periodServer) GetPeriod(ctx context.Context, req *planningv1.GetPeriodRequest) (*planningv1.Period, error) {
	vars, err := resource.ParseField("name", wire.PeriodPattern, req.GetName())
	if err != nil {
		return nil, err
	}
	p, err := s.app.Period(ctx, vars["tenant"], vars["period"])
	if err != nil {
		return nil, fail(err, target{name: req.GetName()})
	}
	return wire.Period(p), nil
}

func (s *periodServer) CreateObjective(ctx context.Context, req *planningv1.CreateObjectiveRequest) (*planningv1.Objective, error) {
	r, err := inPeriod(req.GetParent())
	if err != nil {
		return nil, err
	}
	given := r.Objective(req.GetObjectiveId(), req.GetObjective())
	o, err := s.app.CreateObjective(ctx, given, r.Problems)
	if err != nil {
		return nil, fail(err, target{name: wire.ObjectiveName(r.Tenant, r.Period, given.ID), parent: req.GetParent()})
	}
	return wire.Objective(o), nil
}

func (s *periodServer) ListObjectives(ctx context.Context, req *planningv1.ListObjectivesRequest) (*planningv1.ListObjectivesResponse, error) {
	r, err := inPeriod(req.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, req, page.Size)
	if err != nil {
		return nil, err
	}
	rows, err := s.app.Objectives(ctx, r.Tenant, r.Period, l.page())
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	out := &planningv1.ListObjectivesResponse{}
	out.Objectives, out.NextPageToken = messages(l, rows, func(o domain.Objective) string { return o.ID }, wire.Objective)
	return out, nil
}
