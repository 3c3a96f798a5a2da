package planning_test

import (
	"context"
	"log/slog"
	"net"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/grpc"
	"google.golang.org/grpc/test/bufconn"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/replay"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// suite is the planning service behind the real chain, on a bus in this process.
type suite struct {
	t       *testing.T
	db      *sqlkit.DB
	bus     *natskit.Bus
	clock   *clock.Fake
	service *planning.Service
	server  *grpckit.Server
	signer  *auth.Signer
	packs   rulePacks
	dial    func(context.Context) (net.Conn, error)
}

// each runs the test on a service over every engine.
func each(t *testing.T, test func(s *suite)) {
	t.Helper()
	t.Parallel()
	kittest.Each(t, planning.Migrations(), func(t *testing.T, db *sqlkit.DB) {
		t.Helper()
		test(start(t, db))
	})
}

// one runs the test on a service over SQLite, for what does not depend on the engine.
func one(t *testing.T) *suite {
	t.Helper()
	t.Parallel()
	return start(t, kittest.Engine{Name: sqlkit.SQLite}.DB(t, planning.Migrations()))
}

func start(t *testing.T, db *sqlkit.DB) *suite {
	t.Helper()
	s := &suite{t: t, db: db, bus: kittest.NATS(t), clock: clock.NewFake(time.Date(2026, 3, 15, 3, 0, 0, 0, time.UTC))}
	logger := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	registry := prometheus.NewRegistry()
	source := ids.New(s.clock)
	var err error
	s.service, err = planning.New(planning.Defaults(), planning.Deps{
		DB: db, NATS: s.bus.JetStream, Clock: s.clock, IDs: source, Logger: logger, Registerer: registry, RulePacks: &s.packs,
	})
	must(t, err)
	keys := t.TempDir()
	s.signer, err = auth.LoadOrCreateKeys(keys, s.clock)
	must(t, err)
	verifier, err := auth.LoadVerifier(filepath.Join(keys, auth.PublicKeyFile), s.clock)
	must(t, err)
	s.server, err = grpckit.NewServer(grpckit.ServerOptions{
		Name: planning.Name, Logger: logger, Registerer: registry, Verifier: verifier, IDs: source,
		Replay: map[string]grpckit.Replayer{planning.Name: replay.New(db, s.clock, logger)},
	}).Add(s.service.Register).Build()
	must(t, err)
	listener := bufconn.Listen(1 << 20)
	s.dial = listener.DialContext
	served := make(chan error, 1)
	go func() { served <- s.server.Serve(listener) }()
	t.Cleanup(func() {
		s.server.Close()
		must(t, <-served)
	})
	return s
}

// rulePacks is scoring as planning calls it: it has the pack of SKP since 2023, and that of 2021 until the end of its year.
type rulePacks struct {
	scoringv1.RulePackServiceClient

	down atomic.Bool
}

const (
	packOfSKP  = "rulePacks/permenpanrb-6-2022/versions/1"
	packOf2021 = "rulePacks/permenpanrb-8-2021/versions/1"
)

func (p *rulePacks) GetRulePack(_ context.Context, req *scoringv1.GetRulePackRequest, _ ...grpc.CallOption) (*scoringv1.RulePack, error) {
	switch {
	case p.down.Load():
		return nil, fault.New(fault.ReasonUnavailable)
	case req.GetName() == packOfSKP:
		return &scoringv1.RulePack{Name: packOfSKP, EffectiveDate: day(2023, 1, 1)}, nil
	case req.GetName() == packOf2021:
		return &scoringv1.RulePack{Name: packOf2021, EffectiveDate: day(2021, 7, 1), LastEffectiveDate: day(2021, 12, 31)}, nil
	default:
		return nil, fault.New(fault.ReasonRulePackUnknown, "resource", req.GetName())
	}
}

// run runs the background work of the service until the end of the test.
func (s *suite) run() {
	for _, r := range s.service.Runners() {
		kittest.Run(s.t, r.Run)
	}
}

// caller is the clients of one bearer of a token.
type caller struct {
	org    planningv1.OrganizationServiceClient
	period planningv1.PeriodServiceClient
	plan   planningv1.PlanServiceClient
	input  planningv1.InputServiceClient
}

// as returns the clients of somebody: a person of the tenant when person is set.
func (s *suite) as(tenant, person string, roles ...commonv1.Role) caller {
	s.t.Helper()
	subject := person
	if subject == "" {
		subject = "client-" + tenant
	}
	if tenant == auth.AnyTenant {
		subject = "scoring"
	}
	token, err := s.signer.Sign(auth.Claims{Subject: subject, Person: person, Tenant: tenant, Roles: roles, TTL: 48 * time.Hour})
	must(s.t, err)
	return s.with(auth.StaticToken(token))
}

func (s *suite) with(token auth.TokenSource) caller {
	s.t.Helper()
	conn, err := grpckit.Dial(grpckit.ClientOptions{Dialer: s.dial, Token: token, Timeout: 20 * time.Second})
	must(s.t, err)
	s.t.Cleanup(func() { _ = conn.Close() })
	return caller{
		planningv1.NewOrganizationServiceClient(conn), planningv1.NewPeriodServiceClient(conn),
		planningv1.NewPlanServiceClient(conn), planningv1.NewInputServiceClient(conn),
	}
}

func (s *suite) admin(tenant string) caller {
	s.t.Helper()
	return s.as(tenant, "", commonv1.Role_ROLE_TENANT_ADMIN)
}

func (s *suite) employee(person string) caller {
	s.t.Helper()
	return s.as("3374", person, commonv1.Role_ROLE_EMPLOYEE)
}

func (s *suite) scoring() caller {
	s.t.Helper()
	return s.as(auth.AnyTenant, "", commonv1.Role_ROLE_SERVICE)
}

// seed opens the tenant 3374 with its organisation: city above health above clinic; mayor over head over chief over
// nurse and nurse2. wali holds mayor, ani head, citra chief, budi nurse, dewi nurse2; eko holds nothing.
func (s *suite) seed() {
	s.t.Helper()
	ctx, t := s.t.Context(), s.t
	_, err := s.as("33", "", commonv1.Role_ROLE_PROVINCE_ADMIN).org.CreateTenant(ctx, &planningv1.CreateTenantRequest{TenantId: "3374"})
	must(t, err)
	a := s.admin("3374")
	for _, u := range [][2]string{{"city", ""}, {"health", name("units", "city")}, {"clinic", name("units", "health")}} {
		_, err = a.org.CreateUnit(ctx, &planningv1.CreateUnitRequest{Parent: "tenants/3374", UnitId: u[0], Unit: &planningv1.Unit{
			DisplayName: "Unit " + u[0], Kind: planningv1.Unit_KIND_AGENCY, ParentUnit: u[1],
		}})
		must(t, err)
	}
	for _, p := range [][3]string{
		{"mayor", "city", ""}, {"head", "health", "mayor"}, {"chief", "clinic", "head"}, {"nurse", "clinic", "chief"}, {"nurse2", "clinic", "chief"},
	} {
		_, err = a.org.CreatePosition(ctx, positionOf(p[0], p[1], p[2]))
		must(t, err)
	}
	people := [][3]string{
		{"wali", "", "mayor"},
		{"ani", "197503152000032001", "head"},
		{"citra", "198003152005012001", "chief"},
		{"budi", "198503152010011002", "nurse"},
		{"dewi", "199001012025212001", "nurse2"},
		{"eko", "198803152012011003", ""},
	}
	for _, p := range people {
		_, err = a.org.CreatePerson(ctx, personOf(p[0], p[1]))
		must(t, err)
		if p[2] != "" {
			s.assign(p[0], p[2], planningv1.Assignment_KIND_DEFINITIVE, day(2020, 1, 1), nil)
		}
	}
	_, err = a.period.CreatePeriod(ctx, periodOf("2026"))
	must(t, err)
	_, err = a.period.CreateObjective(ctx, &planningv1.CreateObjectiveRequest{
		Parent: "tenants/3374/periods/2026", ObjectiveId: "o1", Objective: &planningv1.Objective{Unit: name("units", "clinic"), Title: "Layanan cepat"},
	})
	must(t, err)
}

func positionOf(id, unit, superior string) *planningv1.CreatePositionRequest {
	p := &planningv1.Position{
		Title: "Jabatan " + id, Unit: name("units", unit), Kind: planningv1.Position_KIND_FUNCTIONAL,
		FunctionalLevel: planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MUDA, UnitHead: id == "head" || id == "chief",
		JobFamily: planningv1.Position_JOB_FAMILY_HEALTH,
	}
	if superior != "" {
		p.SuperiorPosition = name("positions", superior)
	}
	return &planningv1.CreatePositionRequest{Parent: "tenants/3374", PositionId: id, Position: p}
}

func personOf(id, nip string) *planningv1.CreatePersonRequest {
	p := &planningv1.Person{DisplayName: "Nama " + id, Employment: planningv1.Person_EMPLOYMENT_PNS, Nip: nip}
	switch {
	case nip == "":
		p.Employment = planningv1.Person_EMPLOYMENT_NON_ASN
	case nip[12:14] > "12":
		p.Employment = planningv1.Person_EMPLOYMENT_PPPK
	}
	return &planningv1.CreatePersonRequest{Parent: "tenants/3374", PersonId: id, Person: p}
}

func periodOf(id string) *planningv1.CreatePeriodRequest {
	return &planningv1.CreatePeriodRequest{Parent: "tenants/3374", PeriodId: id, Period: &planningv1.Period{
		DisplayName: "Penilaian Kinerja " + id, StartDate: day(2026, 1, 1), EndDate: day(2027, 1, 1), RulePack: packOfSKP,
	}}
}

func (s *suite) assign(person, position string, kind planningv1.Assignment_Kind, from, to *date.Date) {
	s.t.Helper()
	_, err := s.admin("3374").org.CreateAssignment(s.t.Context(), assignmentOf(person, position, kind, from, to))
	must(s.t, err)
}

func assignmentOf(person, position string, kind planningv1.Assignment_Kind, from, to *date.Date) *planningv1.CreateAssignmentRequest {
	return &planningv1.CreateAssignmentRequest{Parent: "tenants/3374", Assignment: &planningv1.Assignment{
		Person: name("people", person), Position: name("positions", position), Kind: kind, StartDate: from, EndDate: to,
	}}
}

// results is one whole result, changed by the functions.
func results(change ...func(*planningv1.Result)) []*planningv1.Result {
	r := &planningv1.Result{
		Id: "r1", Kind: planningv1.Result_KIND_MAIN, Title: "Pelayanan rawat jalan",
		Indicators: []*planningv1.Indicator{{
			Id: "i1", Aspect: planningv1.Indicator_ASPECT_QUANTITY, Description: "Pasien terlayani", UnitOfMeasure: "pasien",
			Formula: planningv1.Indicator_FORMULA_NORMAL, Target: "1200.00",
		}},
	}
	for _, c := range change {
		c(r)
	}
	return []*planningv1.Result{r}
}

func planOf(id, person string, change ...func(*planningv1.Result)) *planningv1.CreatePlanRequest {
	return &planningv1.CreatePlanRequest{
		Parent: "tenants/3374/periods/2026", PlanId: id, Plan: &planningv1.Plan{Person: name("people", person), Results: results(change...)},
	}
}

// approved drafts, submits and approves a plan.
func (s *suite) approved(id, owner, superior string) *planningv1.Plan {
	s.t.Helper()
	ctx := s.t.Context()
	p, err := s.employee(owner).plan.CreatePlan(ctx, planOf(id, owner))
	must(s.t, err)
	_, err = s.employee(owner).plan.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{Name: p.GetName()})
	must(s.t, err)
	p, err = s.employee(superior).plan.ApprovePlan(ctx, &planningv1.ApprovePlanRequest{Name: p.GetName()})
	must(s.t, err)
	return p
}

func name(collection, id string) string { return "tenants/3374/" + collection + "/" + id }

func planName(id string) string { return "tenants/3374/periods/2026/plans/" + id }

func day(year, month, d int32) *date.Date { return &date.Date{Year: year, Month: month, Day: d} }

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// oneWins fails the test unless one of the outcomes of calls at the same time is a success and the others are faults of the
// reason.
func oneWins(t *testing.T, outcome []error, reason fault.Reason) {
	t.Helper()
	done := 0
	for _, err := range outcome {
		if err == nil {
			done++
			continue
		}
		refused(t, err, reason)
	}
	if done != 1 {
		t.Fatalf("%d of %d calls succeeded", done, len(outcome))
	}
}

// refused fails the test unless err is a fault of the reason and kind, and returns it.
func refused(t *testing.T, err error, reason fault.Reason) *fault.Fault {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Reason != reason || f.Kind != fault.KindOf(reason) {
		t.Fatalf("got %v (%+v), want %s", err, f, reason)
	}
	if f.Local() == "" {
		t.Fatal("there is no Indonesian text")
	}
	return f
}
