package gateway_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/test/bufconn"

	"github.com/kinerja-suite/kinerja/gateway"
	"github.com/kinerja-suite/kinerja/gateway/internal/problem"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
)

// plans is a PlanService whose answers a test chooses.
type plans struct {
	planningv1.UnimplementedPlanServiceServer

	get    func(ctx context.Context, name string) (*planningv1.Plan, error)
	create func(*planningv1.CreatePlanRequest) (*planningv1.Plan, error)
	update func(*planningv1.UpdatePlanRequest) (*planningv1.Plan, error)
	submit func(*planningv1.SubmitPlanRequest) (*planningv1.Plan, error)

	mu       sync.Mutex
	metadata metadata.MD
	left     time.Duration
	calls    int
}

func (p *plans) note(ctx context.Context) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls++
	p.metadata, _ = metadata.FromIncomingContext(ctx)
	deadline, ok := ctx.Deadline()
	if ok {
		p.left = time.Until(deadline)
	}
}

func (p *plans) seen() (metadata.MD, time.Duration, int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.metadata, p.left, p.calls
}

func (p *plans) GetPlan(ctx context.Context, r *planningv1.GetPlanRequest) (*planningv1.Plan, error) {
	p.note(ctx)
	if p.get == nil {
		return &planningv1.Plan{Name: r.GetName()}, nil
	}
	return p.get(ctx, r.GetName())
}

func (p *plans) CreatePlan(ctx context.Context, r *planningv1.CreatePlanRequest) (*planningv1.Plan, error) {
	p.note(ctx)
	if p.create == nil {
		return r.GetPlan(), nil
	}
	return p.create(r)
}

func (p *plans) UpdatePlan(ctx context.Context, r *planningv1.UpdatePlanRequest) (*planningv1.Plan, error) {
	p.note(ctx)
	if p.update == nil {
		return r.GetPlan(), nil
	}
	return p.update(r)
}

func (p *plans) SubmitPlan(ctx context.Context, r *planningv1.SubmitPlanRequest) (*planningv1.Plan, error) {
	p.note(ctx)
	if p.submit == nil {
		return &planningv1.Plan{Name: r.GetName()}, nil
	}
	return p.submit(r)
}

// bench is a gateway before a planning service with the interceptors of the suite.
type bench struct {
	plans   *plans
	handler http.Handler
	server  *grpckit.Server
	token   string
}

func newBench(t *testing.T, change ...func(*gateway.Config, *gateway.Deps)) *bench {
	t.Helper()
	signer, err := auth.LoadOrCreateKeys(t.TempDir(), clock.System())
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{plans: &plans{}}
	// A service account may call the whole PlanService except what only a person may.
	b.token, err = signer.Sign(auth.Claims{
		Subject: "p1", Person: "p1", Tenant: "3374", TTL: time.Hour,
		Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN},
	})
	if err != nil {
		t.Fatal(err)
	}
	b.server, err = grpckit.NewServer(grpckit.ServerOptions{
		Name:       "planning",
		Logger:     slog.New(slog.DiscardHandler),
		Registerer: prometheus.NewRegistry(),
		Verifier:   signer.Verifier(),
		IDs:        ids.New(clock.System()),
	}).Add(func(r grpc.ServiceRegistrar) { planningv1.RegisterPlanServiceServer(r, b.plans) }).Build()
	if err != nil {
		t.Fatal(err)
	}
	b.server.SetServing(true)
	conn := connect(t, b.server)
	cfg := gateway.Defaults()
	deps := gateway.Deps{
		Planning: conn, Assessment: conn, Scoring: conn, Reporting: conn,
		Logger: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(),
	}
	for _, f := range change {
		f(&cfg, &deps)
	}
	b.handler = newGateway(t, cfg, deps).Handler()
	return b
}

func newGateway(t *testing.T, cfg gateway.Config, deps gateway.Deps) *gateway.Gateway {
	t.Helper()
	g, err := gateway.New(cfg, deps)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// connect serves in memory and returns a connection.
func connect(t *testing.T, s *grpckit.Server) *grpc.ClientConn {
	t.Helper()
	lis := bufconn.Listen(1 << 20)
	done := make(chan error, 1)
	go func() { done <- s.Serve(lis) }()
	conn, err := grpckit.Dial(grpckit.ClientOptions{
		Dialer: func(ctx context.Context) (net.Conn, error) { return lis.DialContext(ctx) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = conn.Close()
		s.Close()
		<-done
	})
	return conn
}

// call is a request to the gateway.
type call struct {
	method string
	path   string
	body   string
	header map[string]string
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (b *bench) do(t *testing.T, c call) answer {
	t.Helper()
	return do(t, b.handler, c, "Bearer "+b.token)
}

func do(t *testing.T, h http.Handler, c call, authorization string) answer {
	t.Helper()
	var body io.Reader = http.NoBody
	if c.body != "" {
		body = strings.NewReader(c.body)
	}
	if c.method == "" {
		c.method = http.MethodGet
	}
	r := httptest.NewRequestWithContext(t.Context(), c.method, c.path, body)
	if c.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	for name, value := range c.header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return answer{status: w.Code, header: w.Header(), body: w.Body.String()}
}

// problem decodes the answer, which must be a problem document with this status and reason.
func (a answer) problem(t *testing.T, status int, reason string) problem.Document {
	t.Helper()
	var doc problem.Document
	err := json.Unmarshal([]byte(a.body), &doc)
	if err != nil {
		t.Fatalf("status %d, no problem document: %v: %s", a.status, err, a.body)
	}
	if a.status != status || doc.Status != status || doc.Reason != reason {
		t.Fatalf("got %d %s, want %d %s: %s", a.status, doc.Reason, status, reason, a.body)
	}
	if got := a.header.Get("Content-Type"); got != problem.ContentType {
		t.Errorf("content type %q", got)
	}
	if doc.Detail == "" || doc.Title == "" || doc.RequestID == "" || doc.RequestID != a.header.Get("X-Request-Id") {
		t.Errorf("the document is not whole: %s", a.body)
	}
	if doc.Type != "/docs#"+reason {
		t.Errorf("type %q", doc.Type)
	}
	return doc
}

const plan = "/v1/tenants/3374/periods/2026/plans/p1"
