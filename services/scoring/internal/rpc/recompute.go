package rpc

import (
	"context"
	"errors"

	"cloud.google.com/go/longrunning/autogen/longrunningpb"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

type recomputeServer struct {
	scoringv1.UnimplementedRecomputeServiceServer
	operate    *app.Operate
	mismatches app.Mismatches
	tokens     *page.Codec
}

// Recompute begins a recompute of a tenant's period or of a province.
func (s *recomputeServer) Recompute(ctx context.Context, request *scoringv1.RecomputeRequest) (*longrunningpb.Operation, error) {
	if resource.Province(request.GetParent()) != "" {
		return s.province(ctx, request)
	}
	var problems []fault.Violation
	vars, err := resource.Parse(wire.PeriodPattern, request.GetParent())
	if err != nil {
		problems = append(problems, fault.Field("parent", fault.ReasonInvalidName, "pattern", wire.PeriodPattern))
	}
	unit := ""
	if request.GetUnit() != "" {
		of, err := resource.Parse(wire.UnitPattern, request.GetUnit())
		if err != nil || of["tenant"] != resource.Tenant(request.GetParent()) {
			problems = append(problems, fault.Field("unit", fault.ReasonInvalidName, "pattern", wire.UnitPattern))
		}
		unit = of["unit"]
	}
	if request.GetPeriod() != "" {
		problems = append(problems, fault.Field("period", fault.ReasonInvalidArgument).Worded(
			"The period of a tenant stands in parent; period is for a province alone.",
			"Periode instansi sudah disebut pada isian parent. Kosongkan isian period; isian itu hanya untuk hitung ulang seprovinsi."))
	}
	if len(problems) > 0 {
		return nil, fault.Invalid(problems...)
	}
	o, err := s.operate.RecomputeTenant(ctx, domain.Period{Tenant: vars["tenant"], ID: vars["period"]}, unit)
	return operation(o, err, request.GetParent())
}

func (s *recomputeServer) province(ctx context.Context, request *scoringv1.RecomputeRequest) (*longrunningpb.Operation, error) {
	var problems []fault.Violation
	province := resource.Province(request.GetParent())
	if request.GetParent() != resource.ProvinceName(province) {
		problems = append(problems, fault.Field("parent", fault.ReasonInvalidName, "pattern", wire.ProvincePattern))
	}
	if request.GetUnit() != "" {
		problems = append(problems, fault.Field("unit", fault.ReasonInvalidArgument).Worded(
			"A recompute of a province has no unit.",
			"Hitung ulang seprovinsi mencakup semua unit kerja. Kosongkan isian unit, atau sebut periode satu instansi pada isian parent."))
	}
	if !resource.ValidID(request.GetPeriod()) {
		problems = append(problems, badID("period"))
	}
	if len(problems) > 0 {
		return nil, fault.Invalid(problems...)
	}
	o, err := s.operate.RecomputeProvince(ctx, province, request.GetPeriod())
	if errors.Is(err, app.ErrNotFound) {
		return nil, missing("period", request.GetPeriod(), "No tenant of the province has the period "+request.GetPeriod()+".",
			"Belum ada instansi pada provinsi tersebut yang memiliki periode "+request.GetPeriod()+". Periksa kembali isian period.").Because(err)
	}
	return operation(o, err, request.GetParent())
}

// ListScoreMismatches lists what the standing check found, newest first.
func (s *recomputeServer) ListScoreMismatches(ctx context.Context, request *scoringv1.ListScoreMismatchesRequest) (*scoringv1.ListScoreMismatchesResponse, error) {
	vars, err := resource.ParseField("parent", wire.TenantPattern, request.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, request)
	if err != nil {
		return nil, err
	}
	found, err := s.mismatches.Mismatches(ctx, vars["tenant"], l.after, l.limit+1)
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	found, next := cut(l, found, func(m app.Mismatch) string { return m.ID })
	response := &scoringv1.ListScoreMismatchesResponse{NextPageToken: next}
	for _, m := range found {
		response.ScoreMismatches = append(response.ScoreMismatches, wire.Mismatch(m))
	}
	return response, nil
}

// operation returns the answer of a call that results in an operation.
func operation(o app.Operation, err error, name string) (*longrunningpb.Operation, error) {
	if err != nil {
		return nil, refusal(err, name)
	}
	return wire.Operation(o)
}
