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

type planServer struct {
	planningv1.UnimplementedPlanServiceServer
	app    *app.App
	tokens *page.Codec
}

// planKey reads the name of a plan in the field at path.
func planKey(path, name string) (domain.PlanKey, error) {
	vars, err := resource.ParseField(path, wire.PlanPattern, name)
	return domain.PlanKey{Tenant: vars["tenant"], Period: vars["period"], ID: vars["plan"]}, err
}

func (s *planServer) CreatePlan(ctx context.Context, req *planningv1.CreatePlanRequest) (*planningv1.Plan, error) {
	r, err := inPeriod(req.GetParent())
	if err != nil {
		return nil, err
	}
	draft := app.PlanDraft{
		Key:     domain.PlanKey{Tenant: r.Tenant, Period: r.Period, ID: r.ID("plan_id", req.GetPlanId())},
		Person:  r.RequiredRef("plan.person", wire.PersonPattern, req.GetPlan().GetPerson()),
		Results: r.Results(req.GetPlan().GetResults()),
	}
	draft.Problems = r.Problems
	p, err := s.app.CreatePlan(ctx, draft)
	if err != nil {
		return nil, fail(err, target{name: wire.PlanName(r.Tenant, r.Period, draft.Key.ID), parent: req.GetParent()})
	}
	return wire.Plan(p), nil
}

func (s *planServer) GetPlan(ctx context.Context, req *planningv1.GetPlanRequest) (*planningv1.Plan, error) {
	key, err := planKey("name", req.GetName())
	if err != nil {
		return nil, err
	}
	p, err := s.app.Plan(ctx, key)
	return planOrFault(p, err, req.GetName())
}

func (s *planServer) ListPlans(ctx context.Context, req *planningv1.ListPlansRequest) (*planningv1.ListPlansResponse, error) {
	r, err := inPeriod(req.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, req, page.Size)
	if err != nil {
		return nil, err
	}
	rows, err := s.app.Plans(ctx, r.Tenant, r.Period, l.page())
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	out := &planningv1.ListPlansResponse{}
	out.Plans, out.NextPageToken = messages(l, rows, func(p domain.PlanData) string { return p.ID }, wire.Plan)
	return out, nil
}

func (s *planServer) UpdatePlan(ctx context.Context, req *planningv1.UpdatePlanRequest) (*planningv1.Plan, error) {
	name := req.GetPlan().GetName()
	key, err := planKey("plan.name", name)
	if err != nil {
		return nil, err
	}
	r := wire.Reading{Tenant: key.Tenant, Period: key.Period}
	for _, path := range req.GetUpdateMask().GetPaths() {
		if path != "results" && path != "*" {
			r.Problems = append(r.Problems, domain.At("update_mask", domain.RuleImmutable, "path", path))
		}
	}
	update := app.PlanUpdate{Key: key, Etag: etagOf(req.GetPlan().GetEtag(), name), Results: r.Results(req.GetPlan().GetResults())}
	update.Problems = r.Problems
	p, err := s.app.UpdatePlan(ctx, update)
	return planOrFault(p, err, name)
}

func (s *planServer) SubmitPlan(ctx context.Context, req *planningv1.SubmitPlanRequest) (*planningv1.Plan, error) {
	key, err := planKey("name", req.GetName())
	if err != nil {
		return nil, err
	}
	p, err := s.app.SubmitPlan(ctx, key, etagOf(req.GetEtag(), req.GetName()))
	return planOrFault(p, err, req.GetName())
}

func (s *planServer) ApprovePlan(ctx context.Context, req *planningv1.ApprovePlanRequest) (*planningv1.Plan, error) {
	key, err := planKey("name", req.GetName())
	if err != nil {
		return nil, err
	}
	p, err := s.app.ApprovePlan(ctx, key, etagOf(req.GetEtag(), req.GetName()))
	return planOrFault(p, err, req.GetName())
}

func (s *planServer) ReturnPlan(ctx context.Context, req *planningv1.ReturnPlanRequest) (*planningv1.Plan, error) {
	key, err := planKey("name", req.GetName())
	if err != nil {
		return nil, err
	}
	p, err := s.app.ReturnPlan(ctx, key, etagOf(req.GetEtag(), req.GetName()), req.GetReason())
	return planOrFault(p, err, req.GetName())
}

func planOrFault(p domain.PlanData, err error, name string) (*planningv1.Plan, error) {
	if err != nil {
		return nil, fail(err, target{name: name})
	}
	return wire.Plan(p), nil
}
