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

type organizationServer struct {
	planningv1.UnimplementedOrganizationServiceServer
	app    *app.App
	tokens *page.Codec
}

func (s *organizationServer) CreateTenant(ctx context.Context, req *planningv1.CreateTenantRequest) (*planningv1.Tenant, error) {
	t, err := s.app.CreateTenant(ctx, req.GetTenantId())
	if err != nil {
		return nil, fail(err, target{name: wire.TenantName(req.GetTenantId())})
	}
	return wire.Tenant(t), nil
}

func (s *organizationServer) GetTenant(ctx context.Context, req *planningv1.GetTenantRequest) (*planningv1.Tenant, error) {
	vars, err := resource.ParseField("name", wire.TenantPattern, req.GetName())
	if err != nil {
		return nil, err
	}
	t, err := s.app.Tenant(ctx, vars["tenant"])
	if err != nil {
		return nil, fail(err, target{name: req.GetName()})
	}
	return wire.Tenant(t), nil
}

func (s *organizationServer) CreateUnit(ctx context.Context, req *planningv1.CreateUnitRequest) (*planningv1.Unit, error) {
	r, err := inTenant(req.GetParent())
	if err != nil {
		return nil, err
	}
	given := r.Unit(req.GetUnitId(), req.GetUnit())
	u, err := s.app.CreateUnit(ctx, given, r.Problems)
	if err != nil {
		return nil, fail(err, target{name: wire.UnitName(r.Tenant, given.ID), parent: req.GetParent()})
	}
	return wire.Unit(u), nil
}

func (s *organizationServer) GetUnit(ctx context.Context, req *planningv1.GetUnitRequest) (*planningv1.Unit, error) {
	vars, err := resource.ParseField("name", wire.UnitPattern, req.GetName())
	if err != nil {
		return nil, err
	}
	u, err := s.app.Unit(ctx, vars["tenant"], vars["unit"])
	if err != nil {
		return nil, fail(err, target{name: req.GetName()})
	}
	return wire.Unit(u), nil
}

func (s *organizationServer) ListUnits(ctx context.Context, req *planningv1.ListUnitsRequest) (*planningv1.ListUnitsResponse, error) {
	r, err := inTenant(req.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, req, page.Size)
	if err != nil {
		return nil, err
	}
	rows, err := s.app.Units(ctx, r.Tenant, l.page())
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	out := &planningv1.ListUnitsResponse{}
	out.Units, out.NextPageToken = messages(l, rows, func(u domain.Unit) string { return u.ID }, wire.Unit)
	return out, nil
}

func (s *organizationServer) CreatePosition(ctx context.Context, req *planningv1.CreatePositionRequest) (*planningv1.Position, error) {
	r, err := inTenant(req.GetParent())
	if err != nil {
		return nil, err
	}
	given := r.Position(req.GetPositionId(), req.GetPosition())
	p, err := s.app.CreatePosition(ctx, given, r.Problems)
	if err != nil {
		return nil, fail(err, target{name: wire.PositionName(r.Tenant, given.ID), parent: req.GetParent()})
	}
	return wire.Position(p), nil
}

func (s *organizationServer) CreatePerson(ctx context.Context, req *planningv1.CreatePersonRequest) (*planningv1.Person, error) {
	r, err := inTenant(req.GetParent())
	if err != nil {
		return nil, err
	}
	given := r.Person(req.GetPersonId(), req.GetPerson())
	p, err := s.app.CreatePerson(ctx, given, r.Problems)
	if err != nil {
		return nil, fail(err, target{name: wire.PersonName(r.Tenant, given.ID), parent: req.GetParent()})
	}
	return wire.Person(p), nil
}

func (s *organizationServer) GetPerson(ctx context.Context, req *planningv1.GetPersonRequest) (*planningv1.Person, error) {
	vars, err := resource.ParseField("name", wire.PersonPattern, req.GetName())
	if err != nil {
		return nil, err
	}
	p, err := s.app.Person(ctx, vars["tenant"], vars["person"])
	if err != nil {
		return nil, fail(err, target{name: req.GetName()})
	}
	return wire.Person(p), nil
}

func (s *organizationServer) ListPeople(ctx context.Context, req *planningv1.ListPeopleRequest) (*planningv1.ListPeopleResponse, error) {
	r, err := inTenant(req.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, req, page.Size)
	if err != nil {
		return nil, err
	}
	rows, err := s.app.People(ctx, r.Tenant, l.page())
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	out := &planningv1.ListPeopleResponse{}
	out.People, out.NextPageToken = messages(l, rows, func(p domain.Person) string { return p.ID }, wire.Person)
	return out, nil
}

func (s *organizationServer) CreateAssignment(ctx context.Context, req *planningv1.CreateAssignmentRequest) (*planningv1.Assignment, error) {
	r, err := inTenant(req.GetParent())
	if err != nil {
		return nil, err
	}
	given := r.Assignment(req.GetAssignmentId(), req.GetAssignment())
	a, err := s.app.CreateAssignment(ctx, given, r.Problems)
	if err != nil {
		return nil, fail(err, target{name: wire.AssignmentName(r.Tenant, given.ID), parent: req.GetParent()})
	}
	return wire.Assignment(a), nil
}

func (s *organizationServer) EndAssignment(ctx context.Context, req *planningv1.EndAssignmentRequest) (*planningv1.Assignment, error) {
	vars, err := resource.ParseField("name", wire.AssignmentPattern, req.GetName())
	if err != nil {
		return nil, err
	}
	a, err := s.app.EndAssignment(ctx, vars["tenant"], vars["assignment"], wire.DateOf(req.GetEndDate()))
	if err != nil {
		return nil, fail(err, target{name: req.GetName()})
	}
	return wire.Assignment(a), nil
}
