package rpc

import (
	"context"
	"strconv"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

type distributionServer struct {
	scoringv1.UnimplementedDistributionServiceServer
	distributions *app.Distributions
}

// CheckDistribution compares units with the pattern for those who may see them.
func (s *distributionServer) CheckDistribution(ctx context.Context, request *scoringv1.CheckDistributionRequest) (*scoringv1.CheckDistributionResponse, error) {
	period, _, err := parse("parent", wire.PeriodPattern, request.GetParent())
	if err != nil {
		return nil, err
	}
	units, wrong := refs(period.Tenant, "units", wire.UnitPattern, request.GetUnits())
	if len(wrong) > 0 {
		return nil, fault.Invalid(wrong...)
	}
	report, err := s.distributions.Check(ctx, app.Scope{
		Period: period, Units: units, Subtree: request.GetSubtree(),
		Field: func(i int) string { return element("units", i) },
	})
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	return wire.Report(period.Tenant, report), nil
}

// JustifyDistribution records why a unit deviates, by those who may.
func (s *distributionServer) JustifyDistribution(ctx context.Context, request *scoringv1.JustifyDistributionRequest) (*scoringv1.DistributionJustification, error) {
	period, _, err := parse("parent", wire.PeriodPattern, request.GetParent())
	if err != nil {
		return nil, err
	}
	unit, wrong := ref(period.Tenant, "unit", wire.UnitPattern, request.GetUnit())
	given := app.Justification{
		Period: period, Unit: unit, Subtree: request.GetSubtree(), Rules: request.GetRules(), Text: request.GetText(),
	}
	if len(wrong) > 0 {
		return nil, fault.Invalid(append(wrong, given.Violations()...)...)
	}
	j, err := s.distributions.Justify(ctx, given)
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	return wire.Justification(period.Tenant, j, true), nil
}

// element is the path of an element of a repeated field.
func element(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }

// ref returns the last id of a name that the field refers to. One of another tenant is as one that does not exist.
func ref(tenant, field, pattern, name string) (string, []fault.Violation) {
	if !resource.Matches(pattern, name) {
		return "", []fault.Violation{fault.Field(field, fault.ReasonInvalidName, "pattern", pattern)}
	}
	if resource.Tenant(name) != tenant {
		return "", []fault.Violation{fault.Field(field, fault.ReasonReferenceNotFound)}
	}
	return resource.ID(name), nil
}

// refs is ref for each element of a repeated field.
func refs(tenant, field, pattern string, names []string) ([]string, []fault.Violation) {
	ids := make([]string, len(names))
	var violations []fault.Violation
	for i, name := range names {
		id, wrong := ref(tenant, element(field, i), pattern, name)
		ids[i] = id
		violations = append(violations, wrong...)
	}
	return ids, violations
}
