package rpc

import (
	"context"
	"strconv"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
	"github.com/kinerja-suite/kinerja/services/planning/internal/wire"
)

func (s *inputServer) BatchGetTraits(ctx context.Context, req *planningv1.BatchGetTraitsRequest) (*planningv1.BatchGetTraitsResponse, error) {
	r, err := inTenant(req.GetParent())
	if err != nil {
		return nil, err
	}
	people := make([]string, len(req.GetPeople()))
	for i, name := range req.GetPeople() {
		people[i] = r.Ref("people["+strconv.Itoa(i)+"]", wire.PersonPattern, name)
	}
	on := wire.DateOf(req.GetDate())
	if !on.Exists() {
		r.Problems = append(r.Problems, domain.At("date", domain.RuleDate, "problem", domain.DateUnreal))
	}
	err = r.Problems.Err()
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	traits, err := s.app.Traits(ctx, r.Tenant, people, on)
	if err != nil {
		return nil, fail(err, target{name: req.GetParent()})
	}
	return &planningv1.BatchGetTraitsResponse{Traits: wire.Traits(r.Tenant, traits)}, nil
}
