package transcode

import (
	"context"
	"net/http"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/status"

	"github.com/kinerja-suite/kinerja/gateway/internal/edge"
	"github.com/kinerja-suite/kinerja/gateway/internal/problem"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/faultgrpc"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

// refusal is an answer of the gateway itself; status 0 is that of the fault's kind.
type refusal struct {
	fault  *fault.Fault
	status int
}

func refuse(w http.ResponseWriter, r *http.Request, why refusal) {
	problem.Write(w, problem.Answer{
		Fault:     why.fault,
		Domain:    edge.Domain,
		RequestID: edge.RecordOf(r.Context()).ID,
		Status:    why.status,
	})
}

// failed answers for an error of the mux: of the decoding of the request, of the call, or of the encoding of the answer.
func (t *Transcoder) failed(ctx context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, r *http.Request, err error) {
	ex := exchangeOf(ctx)
	if ex.service == "" {
		refuse(w, r, refusal{fault: undecoded(ex, err)})
		return
	}
	rec := edge.RecordOf(ctx)
	f := faultgrpc.Fault(err)
	domain, fromService := domainOf(f)
	if !fromService {
		f, domain = t.lost(ctx, ex, f), edge.Domain
	}
	problem.Write(w, problem.Answer{Fault: f, Domain: domain, RequestID: rec.ID})
}

// undecoded returns the fault of a request that the mux could not decode.
func undecoded(ex *exchange, err error) *fault.Fault {
	if ex.route != nil && len(ex.body) > 0 {
		return diagnose(ex.route, ex.body).Because(err)
	}
	return fault.New(fault.ReasonInvalidArgument).Because(err)
}

// lost returns the fault to tell for an error that no service wrote: the service did not answer, or what it answered
// could not be read.
func (t *Transcoder) lost(ctx context.Context, ex *exchange, f *fault.Fault) *fault.Fault {
	switch f.Kind {
	case fault.KindUnavailable:
		t.options.Logger.WarnContext(ctx, "a service does not answer", "peer", ex.service, telemetry.KeyError, cause(f))
		return fault.New(fault.ReasonUnavailable, "service", ex.service).After(f.RetryAfter)
	case fault.KindInternal:
		id := edge.RecordOf(ctx).ID
		t.options.Logger.ErrorContext(ctx, "a call failed", "peer", ex.service, telemetry.KeyErrorID, id,
			telemetry.KeyError, cause(f))
		return fault.New(fault.ReasonInternal, "error_id", id)
	default:
		return f
	}
}

func cause(f *fault.Fault) string {
	err := f.Unwrap()
	if err == nil {
		return f.Error()
	}
	return err.Error()
}

// domainOf returns the domain that the service gave its status.
func domainOf(f *fault.Fault) (string, bool) {
	s, ok := status.FromError(f.Unwrap())
	if !ok {
		return "", false
	}
	for _, detail := range s.Details() {
		info, is := detail.(*errdetails.ErrorInfo)
		if is {
			return info.GetDomain(), true
		}
	}
	return "", false
}

// unrouted answers when the mux knows no handler for a route of the table, which a defect in the registration would
// cause.
func (t *Transcoder) unrouted(_ context.Context, _ *runtime.ServeMux, _ runtime.Marshaler, w http.ResponseWriter, r *http.Request, _ int) {
	refuse(w, r, refusal{fault: fault.New(fault.ReasonUnknownMethod)})
}
