package rpc

import (
	"errors"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// reasons has a row for every error of the service; the first that an error is decides. People enter nothing here, so
// most of them can reach a caller only by a defect; they stand in the table all the same, so that a new error has to be
// thought about.
var reasons = []struct {
	err    error
	reason fault.Reason
}{
	{app.ErrUncomputable, fault.ReasonInternal},
	{app.ErrNotFound, fault.ReasonNotFound},
	{app.ErrStale, fault.ReasonETagMismatch},
	{app.ErrRunning, fault.ReasonRecomputeRunning},
	{app.ErrOperationState, fault.ReasonOperationState},
	{app.ErrPartLost, fault.ReasonOperationState},
	{pack.ErrUnknown, fault.ReasonRulePackUnknown},
	{pack.ErrNotEffective, fault.ReasonRulePackUnknown},
	{domain.ErrTooFewResponses, fault.ReasonNotFound},
	{domain.ErrInvalidPack, fault.ReasonInternal},
	{domain.ErrInvalidInput, fault.ReasonInternal},
	{domain.ErrInvalidTrace, fault.ReasonInternal},
	{num.ErrDivisionByZero, fault.ReasonInternal},
	{num.ErrOverflow, fault.ReasonInternal},
	{num.ErrPlaces, fault.ReasonInternal},
	{num.ErrSyntax, fault.ReasonInternal},
}

// refusal returns the fault of an error of a use case about the resource. A fault stays as it is, and so does an error
// that is none of ours, for the encoder to treat as a defect.
func refusal(err error, resource string) error {
	_, ok := fault.As(err)
	if ok {
		return err
	}
	for _, row := range reasons {
		if errors.Is(err, row.err) {
			return fault.New(row.reason, "resource", resource).Because(err)
		}
	}
	return err
}
