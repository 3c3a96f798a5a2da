package faultgrpc

import (
	"strings"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	rpcstatus "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

const (
	// Locale is the language of every LocalizedMessage.
	Locale = "id-ID"

	domainSuffix = ".kinerja"
	// maxViolations bounds a status: it travels in the trailer of the response, which proxies limit.
	maxViolations = 100
	// maxText bounds each text and value of a status, in bytes.
	maxText = 1000
)

var codeOf = map[fault.Kind]codes.Code{
	fault.KindInternal:        codes.Internal,
	fault.KindInvalid:         codes.InvalidArgument,
	fault.KindNotFound:        codes.NotFound,
	fault.KindExists:          codes.AlreadyExists,
	fault.KindStale:           codes.Aborted,
	fault.KindPrecondition:    codes.FailedPrecondition,
	fault.KindDenied:          codes.PermissionDenied,
	fault.KindUnauthenticated: codes.Unauthenticated,
	fault.KindExhausted:       codes.ResourceExhausted,
	fault.KindUnavailable:     codes.Unavailable,
	fault.KindCanceled:        codes.Canceled,
	fault.KindDeadline:        codes.DeadlineExceeded,
	fault.KindUnimplemented:   codes.Unimplemented,
}

// Code returns the gRPC code of the kind.
func Code(kind fault.Kind) codes.Code {
	c, ok := codeOf[kind]
	if !ok {
		return codes.Internal
	}
	return c
}

// Options are what a status tells besides the fault.
type Options struct {
	// Service is the name of the service, such as planning; the domain of the ErrorInfo is <service>.kinerja.
	Service string
	// ErrorID is told with an internal fault, for people to quote; the log has the cause under it.
	ErrorID string
}

// Encode returns the status of err: that of the fault within it, of the context's error or peer's status that it is,
// or INTERNAL. The status of nil is OK.
func Encode(err error, o Options) *status.Status {
	if err == nil {
		return status.New(codes.OK, "")
	}
	f := Fault(err)
	if f.Kind == fault.KindInternal {
		f = fault.New(fault.ReasonInternal, "error_id", o.ErrorID)
	}
	p := &rpcstatus.Status{Code: int32(Code(f.Kind)), Message: clip(f.Error())}
	for _, d := range details(f, o) {
		packed, err := anypb.New(d)
		if err != nil {
			// Every text was made valid UTF-8, which is the only way for these messages to fail.
			continue
		}
		p.Details = append(p.Details, packed)
	}
	return status.FromProto(p)
}

// Fault returns the fault that err is, or that stands for it: see fault.From and Decode.
func Fault(err error) *fault.Fault {
	f, ok := fault.As(err)
	if ok {
		return f
	}
	_, ok = status.FromError(err)
	if ok {
		f, _ = fault.As(Decode(err))
	}
	if f != nil {
		return f
	}
	return fault.From(err)
}

func details(f *fault.Fault, o Options) []proto.Message {
	info := &errdetails.ErrorInfo{Reason: string(f.Reason), Domain: o.Service + domainSuffix}
	for k, v := range f.Meta {
		if v == "" {
			continue
		}
		if info.Metadata == nil {
			info.Metadata = map[string]string{}
		}
		info.Metadata[clip(k)] = clip(v)
	}
	all := []proto.Message{info, localized(f.Local())}
	if len(f.Violations) > 0 {
		all = append(all, badRequest(f.Violations))
	}
	if f.RetryAfter > 0 {
		all = append(all, &errdetails.RetryInfo{RetryDelay: durationpb.New(f.RetryAfter)})
	}
	return all
}

func badRequest(violations []fault.Violation) *errdetails.BadRequest {
	b := &errdetails.BadRequest{}
	for _, v := range violations[:min(len(violations), maxViolations)] {
		b.FieldViolations = append(b.FieldViolations, &errdetails.BadRequest_FieldViolation{
			Field:            clip(v.Field),
			Description:      clip(v.Text()),
			Reason:           string(v.Reason),
			LocalizedMessage: localized(v.Local()),
		})
	}
	return b
}

func localized(text string) *errdetails.LocalizedMessage {
	return &errdetails.LocalizedMessage{Locale: Locale, Message: clip(text)}
}

// clip makes text fit for a proto string of a status.
func clip(text string) string {
	if len(text) > maxText {
		text = text[:maxText]
	}
	return strings.ToValidUTF8(text, "")
}
