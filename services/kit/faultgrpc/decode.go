package faultgrpc

import (
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// kindOf and reasonOf read a code that came without an ErrorInfo, so not from a service of the suite: from the gRPC
// library, a proxy, or an engine. Codes that are not listed are defects.
var (
	kindOf = map[codes.Code]fault.Kind{
		codes.InvalidArgument:    fault.KindInvalid,
		codes.NotFound:           fault.KindNotFound,
		codes.AlreadyExists:      fault.KindExists,
		codes.Aborted:            fault.KindStale,
		codes.FailedPrecondition: fault.KindPrecondition,
		codes.PermissionDenied:   fault.KindDenied,
		codes.Unauthenticated:    fault.KindUnauthenticated,
		codes.ResourceExhausted:  fault.KindExhausted,
		codes.Unavailable:        fault.KindUnavailable,
		codes.Canceled:           fault.KindCanceled,
		codes.DeadlineExceeded:   fault.KindDeadline,
		codes.Unimplemented:      fault.KindUnimplemented,
	}
	reasonOf = map[codes.Code]fault.Reason{
		codes.InvalidArgument:   fault.ReasonInvalidArgument,
		codes.NotFound:          fault.ReasonNotFound,
		codes.AlreadyExists:     fault.ReasonAlreadyExists,
		codes.PermissionDenied:  fault.ReasonPermissionDenied,
		codes.Unauthenticated:   fault.ReasonUnauthenticated,
		codes.ResourceExhausted: fault.ReasonResourceExhausted,
		codes.Unavailable:       fault.ReasonUnavailable,
		codes.Canceled:          fault.ReasonCanceled,
		codes.DeadlineExceeded:  fault.ReasonDeadlineExceeded,
		codes.Unimplemented:     fault.ReasonUnknownMethod,
	}
)

// Decode returns the fault that a peer's status carries, with err as its cause: reason, kind, metadata, violations,
// texts and delay are those of the peer. A status without an ErrorInfo becomes the fault of its code, with our texts.
// An error that is no status is returned as it is, and nil for nil.
//
// Decode is faithful, so what it returns is the peer's answer to this service, not an answer for this service's own
// caller. Use fault.OfPeer for that.
func Decode(err error) error {
	if err == nil {
		return nil
	}
	_, ok := fault.As(err)
	if ok {
		return err
	}
	s, ok := status.FromError(err)
	if !ok {
		return err
	}
	f := &fault.Fault{Kind: kindOf[s.Code()]}
	local, known := "", false
	for _, detail := range s.Details() {
		switch d := detail.(type) {
		case *errdetails.ErrorInfo:
			f.Reason, f.Meta, known = fault.Reason(d.GetReason()), d.GetMetadata(), true
		case *errdetails.BadRequest:
			f.Violations = violationsOf(d)
		case *errdetails.RetryInfo:
			f.RetryAfter = d.GetRetryDelay().AsDuration()
		case *errdetails.LocalizedMessage:
			local = d.GetMessage()
		}
	}
	if known {
		return f.Worded(s.Message(), local).Because(err)
	}
	reason, ok := reasonOf[s.Code()]
	if !ok {
		reason = fault.ReasonInternal
	}
	return fault.New(reason).Because(err)
}

func violationsOf(b *errdetails.BadRequest) []fault.Violation {
	var all []fault.Violation
	for _, v := range b.GetFieldViolations() {
		field := fault.Field(v.GetField(), fault.Reason(v.GetReason()))
		all = append(all, field.Worded(v.GetDescription(), v.GetLocalizedMessage().GetMessage()))
	}
	return all
}
