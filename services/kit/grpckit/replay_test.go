package grpckit_test

import (
	"context"
	"log/slog"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/protobuf/proto"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/internal/testrpc"
)

// tape notes the calls that reach the log of requests.
type tape struct {
	mu    sync.Mutex
	calls []string
}

func (r *tape) Do(ctx context.Context, method string, _ proto.Message, next func(context.Context) (proto.Message, error)) (proto.Message, error) {
	r.mu.Lock()
	r.calls = append(r.calls, method+" by "+auth.From(ctx).Subject)
	r.mu.Unlock()
	return next(ctx)
}

func TestReplayIsTheLastBeforeTheHandler(t *testing.T) {
	t.Parallel()
	r := &tape{}
	h := serve(t, testrpc.Handlers{}, func(o *grpckit.ServerOptions) { o.Replay = map[string]grpckit.Replayer{"kittest": r, "other": &tape{}} })
	conn := h.dial(t, admin)
	_, err := call(t.Context(), conn, "CreateWidget", testrpc.Message("CreateWidgetRequest", `parent: "tenants/3374" widget{}`))
	if err != nil {
		t.Fatal(err)
	}
	_, err = call(t.Context(), conn, "CreateWidget", testrpc.Message("CreateWidgetRequest", `parent: "tenants/3374"`))
	expect(t, err, fault.ReasonInvalidArgument)
	_, err = call(t.Context(), conn, "CreateWidget", testrpc.Message("CreateWidgetRequest", `parent: "tenants/3375" widget{}`))
	expect(t, err, fault.ReasonPermissionDenied)
	_, err = healthpb.NewHealthClient(conn).Check(t.Context(), &healthpb.HealthCheckRequest{})
	if err != nil {
		t.Fatal(err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if diff := cmp.Diff([]string{testrpc.Method("CreateWidget") + " by p1"}, r.calls); diff != "" {
		t.Fatal(diff)
	}
}

// BenchmarkCall measures a call through the whole chain and an in-memory listener.
func BenchmarkCall(b *testing.B) {
	conn := serve(b, testrpc.Handlers{}, func(o *grpckit.ServerOptions) { o.Logger = slog.New(slog.DiscardHandler) }).dial(b, admin)
	request := testrpc.Message("CreateWidgetRequest", `parent: "tenants/3374" widget{ title: "abc" tags: ["a", "b"] }`)
	for b.Loop() {
		_, err := call(b.Context(), conn, "CreateWidget", request)
		if err != nil {
			b.Fatal(err)
		}
	}
}
