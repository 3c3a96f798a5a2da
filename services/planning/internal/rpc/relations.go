package rpc

import (
	"context"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
	"github.com/kinerja-suite/kinerja/services/planning/internal/wire"
)

func (s *organizationServer) ResolveRelations(ctx context.Context, req *planningv1.ResolveRelationsRequest) (*planningv1.ResolveRelationsResponse, error) {
	r, err := inTenant(req.GetParent())
	if err != nil {
		return nil, err
	}
	on := wire.DateOf(req.GetDate())
	if !on.Exists() {
		r.Problems = append(r.Problems, domain.At("date", domain.RuleDate, "problem", domain.DateUnreal))
	}
	toUnit := req.GetUnit() != ""
	if toUnit == (req.GetPerson() != "") {
		r.Problems = append(r.Problems, domain.At("person", domain.RuleExclusive, "other", "unit"))
	}
	subject := member(&r, "subject", wire.PersonPattern, req.GetSubject())
	person := member(&r, "person", wire.PersonPattern, req.GetPerson())
	unit := member(&r, "unit", wire.UnitPattern, req.GetUnit())
	err = r.Problems.Err()
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	var set relation.Set
	if toUnit {
		set, err = s.app.Relations().Unit(ctx, app.UnitPair{Tenant: r.Tenant, Subject: subject, Unit: unit}, on)
	} else {
		set, err = s.app.Relations().Person(ctx, app.PersonPair{Tenant: r.Tenant, Subject: subject, Person: person}, on)
	}
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	return &planningv1.ResolveRelationsResponse{Relations: set.List()}, nil
}

// member returns the id of a name, and "", which nobody has, for one of another tenant: it stands in no relation.
func member(r *wire.Reading, field, pattern, name string) string {
	if resource.Matches(pattern, name) && resource.Tenant(name) != r.Tenant {
		return ""
	}
	return r.Ref(field, pattern, name)
}
