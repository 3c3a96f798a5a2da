package wire

import (
	"fmt"

	"cloud.google.com/go/longrunning/autogen/longrunningpb"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/types/known/anypb"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/faultgrpc"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// states are those of the contract.
var states = map[app.OperationState]scoringv1.RecomputeMetadata_State{
	app.OperationQueued:    scoringv1.RecomputeMetadata_STATE_QUEUED,
	app.OperationRunning:   scoringv1.RecomputeMetadata_STATE_RUNNING,
	app.OperationSucceeded: scoringv1.RecomputeMetadata_STATE_SUCCEEDED,
	app.OperationFailed:    scoringv1.RecomputeMetadata_STATE_FAILED,
	app.OperationCancelled: scoringv1.RecomputeMetadata_STATE_CANCELLED,
}

// Operation returns the message of an operation.
func Operation(o app.Operation) (*longrunningpb.Operation, error) {
	state := o.State()
	metadata := &scoringv1.RecomputeMetadata{
		Parent: o.Owner, State: states[state], CreateTime: timestamp(o.CreateTime), EndTime: timestamp(o.EndTime()),
	}
	tenant := resource.Tenant(o.Owner)
	if tenant != "" {
		metadata.Parent = PeriodName(domain.Period{Tenant: tenant, ID: o.Period})
	}
	if tenant != "" && o.Unit != "" {
		metadata.Unit = UnitName(tenant, o.Unit)
	}
	response := &scoringv1.RecomputeResponse{}
	for _, p := range o.Parts {
		metadata.Parts = append(metadata.Parts, recomputePart(p))
		response.Written += p.Written
		response.Unchanged += p.Unchanged
		response.Skipped += p.Skipped
		response.Failed += p.Failed
	}
	message := &longrunningpb.Operation{Name: o.Owner + "/operations/" + o.ID, Done: state.Ended()}
	var err error
	message.Metadata, err = anypb.New(metadata)
	if err != nil {
		return nil, fmt.Errorf("metadata of operation: %w", err)
	}
	switch state {
	case app.OperationCancelled:
		message.Result, err = ended(codes.Canceled, "The recompute was canceled.",
			"Penghitungan ulang nilai dibatalkan. Lanjutkan proses ini apabila masih diperlukan.")
	case app.OperationFailed:
		message.Result, err = ended(codes.FailedPrecondition, "A part of the recompute cannot go on; see the problems in the metadata.",
			"Sebagian penghitungan ulang nilai tidak dapat diteruskan. Lihat masalah setiap bagian pada metadata, perbaiki, lalu lanjutkan proses ini.")
	case app.OperationSucceeded:
		var packed *anypb.Any
		packed, err = anypb.New(response)
		message.Result = &longrunningpb.Operation_Response{Response: packed}
	case app.OperationQueued, app.OperationRunning:
	}
	if err != nil {
		return nil, fmt.Errorf("result of operation: %w", err)
	}
	return message, nil
}

// ended returns the error of an operation with its English and its Indonesian text.
func ended(code codes.Code, text, local string) (*longrunningpb.Operation_Error, error) {
	detail, err := anypb.New(&errdetails.LocalizedMessage{Locale: faultgrpc.Locale, Message: local})
	if err != nil {
		return nil, err
	}
	return &longrunningpb.Operation_Error{Error: &status.Status{Code: int32(code), Message: text, Details: []*anypb.Any{detail}}}, nil
}

func recomputePart(p app.Part) *scoringv1.RecomputePart {
	message := &scoringv1.RecomputePart{
		Period: PeriodName(p.Period), State: states[p.State], Total: p.Total, Done: p.Done(), Written: p.Written,
		Unchanged: p.Unchanged, Skipped: p.Skipped, Failed: p.Failed, StartTime: timestamp(p.StartTime), EndTime: timestamp(p.EndTime),
	}
	if p.Problem != "" {
		message.Problem = fault.New(fault.Reason(p.Problem)).Local()
	}
	for _, f := range p.Failures {
		message.Failures = append(message.Failures, &scoringv1.RecomputeFailure{
			Score: ScoreName(p.Period, f.Person), Reason: string(f.Reason), Sentences: f.Sentences,
		})
	}
	return message
}

// Mismatch returns the message of a mismatch.
func Mismatch(m app.Mismatch) *scoringv1.ScoreMismatch {
	message := &scoringv1.ScoreMismatch{
		Name: resource.Name(MismatchPattern, m.Period.Tenant, m.ID), Revision: m.Revision, CurrentRevision: m.CurrentRevision,
		StoredDigest: m.StoredDigest, ComputedDigest: m.ComputedDigest, FindTime: timestamp(m.FindTime),
	}
	if m.Unit != "" {
		message.SurveyIndex = SurveyIndexName(m.Period, m.Unit)
	} else {
		message.Score = ScoreName(m.Period, m.Person)
	}
	return message
}
