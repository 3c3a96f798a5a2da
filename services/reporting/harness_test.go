package reporting_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/grpc"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/proto"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/kit/view"
	"github.com/kinerja-suite/kinerja/services/kit/view/viewmem"
	"github.com/kinerja-suite/kinerja/services/reporting"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// lateEvening is the next day already in Western Indonesian Time.
var lateEvening = time.Date(2026, 3, 14, 20, 0, 0, 0, time.UTC)

// suite is the service behind the real chain, on a bus in this process, with a planning service that tells relations.
type suite struct {
	t        *testing.T
	db       *sqlkit.DB
	bus      *natskit.Bus
	clock    *clock.Fake
	ids      ids.Source
	signer   *auth.Signer
	verifier *auth.Verifier
	planning *planning
	dial     func(context.Context) (net.Conn, error)
}

// each runs the test on a service over every engine.
func each(t *testing.T, test func(t *testing.T, s *suite)) {
	t.Helper()
	t.Parallel()
	kittest.Each(t, reporting.Migrations(), func(t *testing.T, db *sqlkit.DB) { test(t, start(t, db, viewmem.New())) })
}

// one runs the test on a service over SQLite, for what does not depend on the engine.
func one(t *testing.T) *suite {
	t.Helper()
	t.Parallel()
	return start(t, kittest.Engine{Name: sqlkit.SQLite}.DB(t, reporting.Migrations()), viewmem.New())
}

func start(t *testing.T, db *sqlkit.DB, views view.Store) *suite {
	t.Helper()
	s := &suite{t: t, db: db, bus: kittest.NATS(t), clock: clock.NewFake(lateEvening), planning: &planning{}}
	s.ids = ids.New(s.clock)
	keys := t.TempDir()
	var err error
	s.signer, err = auth.LoadOrCreateKeys(keys, s.clock)
	must(t, err)
	s.verifier, err = auth.LoadVerifier(filepath.Join(keys, auth.PublicKeyFile), s.clock)
	must(t, err)
	for name, subjects := range map[string]string{"KINERJA_PLANNING": "kinerja.planning.>", "KINERJA_SCORING": "kinerja.scoring.>"} {
		_, err = natskit.EnsureStream(t.Context(), s.bus.JetStream, jetstream.StreamConfig{Name: name, Subjects: []string{subjects}}, kittest.Logger(t))
		must(t, err)
	}
	peer := s.serve("planning", func(r grpc.ServiceRegistrar) { planningv1.RegisterOrganizationServiceServer(r, s.planning) })
	service, err := reporting.New(reporting.Defaults(), reporting.Deps{
		DB: db, NATS: s.bus.JetStream, Views: views, Clock: s.clock, Logger: s.logger(),
		Organization: planningv1.NewOrganizationServiceClient(s.conn(peer, s.token(auth.AnyTenant, "", commonv1.Role_ROLE_SERVICE))),
	})
	must(t, err)
	s.dial = s.serve(reporting.Name, service.Register)
	for _, r := range service.Runners() {
		kittest.Run(t, r.Run)
	}
	return s
}

func (s *suite) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(s.t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// serve serves what is registered behind the real chain until the end of the test.
func (s *suite) serve(name string, register func(grpc.ServiceRegistrar)) func(context.Context) (net.Conn, error) {
	s.t.Helper()
	server, err := grpckit.NewServer(grpckit.ServerOptions{
		Name: name, Logger: s.logger(), Registerer: prometheus.NewRegistry(), Verifier: s.verifier, IDs: s.ids,
	}).Add(register).Build()
	must(s.t, err)
	listener := bufconn.Listen(1 << 20)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	s.t.Cleanup(func() {
		server.Close()
		must(s.t, <-served)
	})
	return listener.DialContext
}

func (s *suite) token(tenant, person string, roles ...commonv1.Role) auth.TokenSource {
	s.t.Helper()
	subject := person
	if subject == "" {
		subject = "client"
	}
	token, err := s.signer.Sign(auth.Claims{Subject: subject, Person: person, Tenant: tenant, Roles: roles, TTL: time.Hour})
	must(s.t, err)
	return auth.StaticToken(token)
}

func (s *suite) conn(dial func(context.Context) (net.Conn, error), token auth.TokenSource) *grpc.ClientConn {
	s.t.Helper()
	conn, err := grpckit.Dial(grpckit.ClientOptions{Dialer: dial, Token: token, Timeout: 20 * time.Second})
	must(s.t, err)
	s.t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// as returns the client of the bearer of a token: a person of the tenant when person is set.
func (s *suite) as(tenant, person string, roles ...commonv1.Role) reportingv1.ReportServiceClient {
	s.t.Helper()
	return reportingv1.NewReportServiceClient(s.conn(s.dial, s.token(tenant, person, roles...)))
}

func (s *suite) admin() reportingv1.ReportServiceClient {
	s.t.Helper()
	return s.as("3374", "", commonv1.Role_ROLE_TENANT_ADMIN)
}

// publish puts an event on the stream of its service, as an outbox relay does.
func (s *suite) publish(service, verb string, payload proto.Message) {
	s.t.Helper()
	s.send(s.message(service, verb, payload))
}

// message returns an event of tenant 3374; verb is resource and event, such as plan.changed.
func (s *suite) message(service, verb string, payload proto.Message) *nats.Msg {
	s.t.Helper()
	e, err := event.Seal(s.t.Context(), event.Source(service), event.Event{
		ID: s.ids.New(), Subject: "kinerja." + service + ".v1.3374." + verb,
		Resource: "tenants/3374", Revision: 1, Time: s.clock.Now(), Payload: payload,
	})
	must(s.t, err)
	return &nats.Msg{Subject: e.Subject, Header: nats.Header(e.Header()), Data: e.Data}
}

func (s *suite) send(m *nats.Msg) {
	s.t.Helper()
	_, err := s.bus.JetStream.PublishMsg(s.t.Context(), m)
	must(s.t, err)
}

func planOf(person, unit string, state planningv1.Plan_State, revision int64) *planningv1.PlanChanged {
	return &planningv1.PlanChanged{
		Plan: "tenants/3374/periods/2026/plans/p-" + person, Person: "tenants/3374/people/" + person,
		Unit: "tenants/3374/units/" + unit, PositionTitle: "Perawat Ahli Pertama", State: state, Revision: revision,
	}
}

func scoresOf(scores ...*scoringv1.Score) *scoringv1.ScoresChanged {
	m := &scoringv1.ScoresChanged{Period: "tenants/3374/periods/2026"}
	for _, s := range scores {
		m.Changes = append(m.Changes, &scoringv1.ScoreChange{Score: s})
	}
	return m
}

func scoreOf(person, unit string, p scoringv1.Predicate, revision int64) *scoringv1.Score {
	return &scoringv1.Score{
		Name: "tenants/3374/periods/2026/scores/" + person, Unit: "tenants/3374/units/" + unit,
		State: scoringv1.Score_STATE_COMPLETE, Predicate: p, Revision: revision,
	}
}

// await returns when the report of the person satisfies done.
func (s *suite) await(what, person string, done func(*reportingv1.PersonReport) bool) *reportingv1.PersonReport {
	s.t.Helper()
	client := s.admin()
	var got *reportingv1.PersonReport
	kittest.Await(s.t, what, func() bool {
		var err error
		got, err = client.GetPersonReport(s.t.Context(), &reportingv1.GetPersonReportRequest{Name: personName(person)})
		if err != nil && !fault.Is(err, fault.ReasonNotFound) {
			s.t.Fatalf("%s: %v", what, err)
		}
		return err == nil && done(got)
	})
	return got
}

func personName(person string) string { return "tenants/3374/periods/2026/personReports/" + person }

func unitName(unit string) string { return "tenants/3374/periods/2026/unitReports/" + unit }

// planning tells relations.
type planning struct {
	planningv1.UnimplementedOrganizationServiceServer
	mu    sync.Mutex
	known map[string]commonv1.Relation
	last  *date.Date
	fails bool
}

// tell sets how a person stands to another, or to a unit, by their names below the tenant.
func (p *planning) tell(subject, to string, r commonv1.Relation) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known == nil {
		p.known = map[string]commonv1.Relation{}
	}
	p.known["tenants/3374/people/"+subject+" tenants/3374/"+to] = r
}

func (p *planning) ResolveRelations(
	_ context.Context, req *planningv1.ResolveRelationsRequest,
) (*planningv1.ResolveRelationsResponse, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = req.GetDate()
	if p.fails {
		return nil, fault.New(fault.ReasonUnavailable, "service", "planning")
	}
	resp := &planningv1.ResolveRelationsResponse{}
	r, ok := p.known[req.GetSubject()+" "+req.GetPerson()+req.GetUnit()]
	if ok {
		resp.Relations = []commonv1.Relation{r}
	}
	return resp, nil
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused expects a fault of the reason and kind.
func refused(t *testing.T, what string, err error, reason fault.Reason) *fault.Fault {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Reason != reason || f.Kind != fault.KindOf(reason) {
		t.Errorf("%s: got %v, want %s", what, err, reason)
		return fault.New(reason)
	}
	return f
}

func numbered(n int) string { return fmt.Sprintf("01p%03d", n) }
