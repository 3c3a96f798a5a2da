package rpc

import (
	"context"

	"cloud.google.com/go/longrunning/autogen/longrunningpb"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

type operationServer struct {
	scoringv1.UnimplementedOperationServiceServer
	operate *app.Operate
	tokens  *page.Codec
}

// GetOperation returns an operation with its progress.
func (s *operationServer) GetOperation(ctx context.Context, request *scoringv1.GetOperationRequest) (*longrunningpb.Operation, error) {
	owner, id, err := parseOperation(request.GetName())
	if err != nil {
		return nil, err
	}
	o, err := s.operate.Operation(ctx, owner, id)
	return operation(o, err, request.GetName())
}

// ListOperations lists operations, newest first.
func (s *operationServer) ListOperations(ctx context.Context, request *scoringv1.ListOperationsRequest) (*scoringv1.ListOperationsResponse, error) {
	owner := request.GetParent()
	if !resource.Matches(wire.TenantPattern, owner) && owner != resource.ProvinceName(resource.Province(owner)) {
		return nil, fault.Invalid(fault.Field("parent", fault.ReasonInvalidName, "pattern", wire.TenantPattern))
	}
	l, err := beginList(s.tokens, request)
	if err != nil {
		return nil, err
	}
	found, err := s.operate.List(ctx, owner, l.after, l.limit+1)
	if err != nil {
		return nil, refusal(err, owner)
	}
	found, next := cut(l, found, func(o app.Operation) string { return o.ID })
	response := &scoringv1.ListOperationsResponse{NextPageToken: next}
	for _, o := range found {
		message, err := wire.Operation(o)
		if err != nil {
			return nil, err
		}
		response.Operations = append(response.Operations, message)
	}
	return response, nil
}

// CancelOperation ends an operation.
func (s *operationServer) CancelOperation(ctx context.Context, request *scoringv1.CancelOperationRequest) (*longrunningpb.Operation, error) {
	owner, id, err := parseOperation(request.GetName())
	if err != nil {
		return nil, err
	}
	o, err := s.operate.Cancel(ctx, owner, id)
	return operation(o, err, request.GetName())
}

// ResumeOperation lets an operation go on.
func (s *operationServer) ResumeOperation(ctx context.Context, request *scoringv1.ResumeOperationRequest) (*longrunningpb.Operation, error) {
	owner, id, err := parseOperation(request.GetName())
	if err != nil {
		return nil, err
	}
	o, err := s.operate.Resume(ctx, owner, id)
	return operation(o, err, request.GetName())
}

// parseOperation reads the name of an operation into its owner and its id.
func parseOperation(name string) (owner, id string, err error) {
	vars, err := resource.Parse(wire.ProvinceOperationPattern, name)
	if err == nil && resource.Province(name) != "" {
		return resource.Parent(name), vars["operation"], nil
	}
	vars, err = resource.ParseField("name", wire.TenantOperationPattern, name)
	if err != nil {
		return "", "", err
	}
	return resource.Parent(name), vars["operation"], nil
}
