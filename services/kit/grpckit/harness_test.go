package grpckit_test

import (
	"bytes"
	"context"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"
	"google.golang.org/grpc"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/dynamicpb"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/internal/testrpc"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// lines is a buffer that a server may write to while a test reads it.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// harness is a server on an in-memory listener.
type harness struct {
	server   *grpckit.Server
	listener *bufconn.Listener
	signer   *auth.Signer
	log      *lines
	registry *prometheus.Registry
}

func options(t testing.TB, h *harness) grpckit.ServerOptions {
	t.Helper()
	c := clock.System()
	signer, err := auth.LoadOrCreateKeys(t.TempDir(), c)
	if err != nil {
		t.Fatal(err)
	}
	verifier := signer.Verifier()
	h.signer, h.log, h.registry = signer, &lines{}, prometheus.NewRegistry()
	logger, err := telemetry.Logger(h.log, "info", "json")
	if err != nil {
		t.Fatal(err)
	}
	return grpckit.ServerOptions{
		Name: "kittest", Logger: logger, Registerer: h.registry, Verifier: verifier, IDs: ids.Sequence("id"),
		MaxRecvBytes: 64 << 10, MaxDeadline: 5 * time.Second,
	}
}

// serve starts a server with the handlers; edit may change its options.
func serve(t testing.TB, handlers testrpc.Handlers, edit ...func(*grpckit.ServerOptions)) *harness {
	t.Helper()
	h := &harness{listener: bufconn.Listen(1 << 20)}
	o := options(t, h)
	for _, e := range edit {
		e(&o)
	}
	server, err := grpckit.NewServer(o).Add(func(r grpc.ServiceRegistrar) { handlers.Register(r, testrpc.WidgetService) }).Build()
	if err != nil {
		t.Fatal(err)
	}
	h.server = server
	done := make(chan error, 1)
	go func() { done <- server.Serve(h.listener) }()
	t.Cleanup(func() {
		server.Close()
		err := <-done
		if err != nil {
			t.Error(err)
		}
	})
	return h
}

func (h *harness) dialer(ctx context.Context) (net.Conn, error) { return h.listener.DialContext(ctx) }

// dial connects as a person of tenant 3374 with the roles; with none it is anonymous.
func (h *harness) dial(t testing.TB, roles ...commonv1.Role) *grpc.ClientConn {
	t.Helper()
	o := grpckit.ClientOptions{Dialer: h.dialer}
	if len(roles) > 0 {
		claims := auth.Claims{Subject: "p1", Person: "p1", Tenant: "3374", Roles: roles, TTL: time.Hour}
		o.Token = auth.SignedToken(h.signer, claims)
	}
	return connect(t, o)
}

func connect(t testing.TB, o grpckit.ClientOptions) *grpc.ClientConn {
	t.Helper()
	conn, err := grpckit.Dial(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		err := conn.Close()
		if err != nil {
			t.Error(err)
		}
	})
	return conn
}

const (
	employee = commonv1.Role_ROLE_EMPLOYEE
	admin    = commonv1.Role_ROLE_TENANT_ADMIN
)

func get() *dynamicpb.Message {
	return testrpc.Message("GetWidgetRequest", `name: "tenants/3374/widgets/w1"`)
}

func call(ctx context.Context, conn *grpc.ClientConn, method string, request proto.Message, opts ...grpc.CallOption) (*dynamicpb.Message, error) {
	response := testrpc.New("Widget")
	err := conn.Invoke(ctx, testrpc.Method(method), request, response, opts...)
	return response, err
}

// unary makes handlers of one method.
func unary(method string, f func(ctx context.Context, request *dynamicpb.Message) (proto.Message, error)) testrpc.Handlers {
	return testrpc.Handlers{Unary: map[string]func(context.Context, *dynamicpb.Message) (proto.Message, error){method: f}}
}

func widget() proto.Message { return testrpc.Message("Widget", `title: "rahasia"`) }

func expect(t *testing.T, err error, reason fault.Reason) *fault.Fault {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Reason != reason {
		t.Fatalf("got %v, want %s", err, reason)
	}
	return f
}
