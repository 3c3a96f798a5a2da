package assessment_test

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/grpc"
	"google.golang.org/grpc/test/bufconn"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/assessment"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/kit/replay"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const period = "tenants/3374/periods/2026"

// suite is the service behind the real chain, with a planning of its own behind the real chain too.
type suite struct {
	t        *testing.T
	db       *sqlkit.DB
	bus      *natskit.Bus
	clock    *clock.Fake
	planning *planning
	service  *assessment.Service
	signer   *auth.Signer
	log      *lines
	dial     func(context.Context) (net.Conn, error)
}

// each runs the test on a service over every engine.
func each(t *testing.T, test func(t *testing.T, s *suite)) {
	t.Helper()
	t.Parallel()
	kittest.Each(t, assessment.Migrations(), func(t *testing.T, db *sqlkit.DB) { test(t, start(t, db)) })
}

// one runs a service over SQLite, for what does not depend on the engine.
func one(t *testing.T) *suite {
	t.Helper()
	t.Parallel()
	return start(t, kittest.Engine{Name: sqlkit.SQLite}.DB(t, assessment.Migrations()))
}

func start(t *testing.T, db *sqlkit.DB) *suite {
	t.Helper()
	// Noon of 15 July 2026 in Western Indonesia Time.
	s := &suite{
		t: t, db: db, bus: kittest.NATS(t), clock: clock.NewFake(time.Date(2026, 7, 15, 5, 0, 0, 0, time.UTC)),
		planning: newPlanning(), log: &lines{},
	}
	var err error
	s.signer, err = auth.LoadOrCreateKeys(t.TempDir(), s.clock)
	must(t, err)
	toPlanning := s.connect(s.serve("planning", nil, s.planning.register), s.token("assessment", "", auth.AnyTenant, commonv1.Role_ROLE_SERVICE))
	organizations := planningv1.NewOrganizationServiceClient(toPlanning)
	logger := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s.service, err = assessment.New(assessment.Defaults(), assessment.Deps{
		DB: db, NATS: s.bus.JetStream, Clock: s.clock, IDs: ids.New(s.clock), Logger: logger, Registerer: prometheus.NewRegistry(),
		Inputs: planningv1.NewInputServiceClient(toPlanning), Organizations: organizations,
		Periods: planningv1.NewPeriodServiceClient(toPlanning), Relations: relation.Client(organizations),
	})
	must(t, err)
	s.dial = s.serve(assessment.Name, replay.New(db, s.clock, logger), s.service.Register)
	return s
}

// serve serves on an in-memory listener until the end of the test.
func (s *suite) serve(name string, log *replay.Log, register func(grpc.ServiceRegistrar)) func(context.Context) (net.Conn, error) {
	s.t.Helper()
	options := grpckit.ServerOptions{
		Name: name, Logger: slog.New(slog.NewTextHandler(s.log, nil)), Registerer: prometheus.NewRegistry(),
		Verifier: s.signer.Verifier(), IDs: ids.New(s.clock),
	}
	if log != nil {
		options.Replay = map[string]grpckit.Replayer{name: log}
	}
	server, err := grpckit.NewServer(options).Add(register).Build()
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

func (s *suite) token(subject, person, tenant string, roles ...commonv1.Role) auth.TokenSource {
	s.t.Helper()
	token, err := s.signer.Sign(auth.Claims{Subject: subject, Person: person, Tenant: tenant, Roles: roles, TTL: 2 * 365 * 24 * time.Hour})
	must(s.t, err)
	return auth.StaticToken(token)
}

func (s *suite) connect(dial func(context.Context) (net.Conn, error), token auth.TokenSource) *grpc.ClientConn {
	s.t.Helper()
	conn, err := grpckit.Dial(grpckit.ClientOptions{Dialer: dial, Token: token, Timeout: 20 * time.Second})
	must(s.t, err)
	s.t.Cleanup(func() { _ = conn.Close() })
	return conn
}

// caller is the clients of one bearer of a token.
type caller struct {
	progress   assessmentv1.ProgressServiceClient
	rating     assessmentv1.RatingServiceClient
	peer       assessmentv1.PeerServiceClient
	survey     assessmentv1.SurveyServiceClient
	attendance assessmentv1.AttendanceServiceClient
	input      assessmentv1.InputServiceClient
	month      assessmentv1.MonthFactsServiceClient
}

func (s *suite) with(token auth.TokenSource) caller {
	s.t.Helper()
	conn := s.connect(s.dial, token)
	return caller{
		assessmentv1.NewProgressServiceClient(conn), assessmentv1.NewRatingServiceClient(conn),
		assessmentv1.NewPeerServiceClient(conn), assessmentv1.NewSurveyServiceClient(conn),
		assessmentv1.NewAttendanceServiceClient(conn), assessmentv1.NewInputServiceClient(conn),
		assessmentv1.NewMonthFactsServiceClient(conn),
	}
}

// person is an employee of the tenant 3374.
func (s *suite) person(id string) caller {
	s.t.Helper()
	return s.with(s.token(id, id, "3374", commonv1.Role_ROLE_EMPLOYEE))
}

// admin keeps the data of the tenant.
func (s *suite) admin(tenant string) caller {
	s.t.Helper()
	return s.with(s.token("admin-"+tenant, "", tenant, commonv1.Role_ROLE_TENANT_ADMIN))
}

// scoring is the service that computes scores.
func (s *suite) scoring() caller {
	s.t.Helper()
	return s.with(s.token("scoring", "", auth.AnyTenant, commonv1.Role_ROLE_SERVICE))
}

func (s *suite) citizen() caller {
	s.t.Helper()
	return s.with(nil)
}

// facts returns what scoring reads of budi and of the unit puskesmas.
func (s *suite) facts() (*assessmentv1.PersonInput, *assessmentv1.UnitInput) {
	s.t.Helper()
	resp, err := s.scoring().input.BatchGetAssessmentInputs(s.t.Context(), &assessmentv1.BatchGetAssessmentInputsRequest{
		Parent: period, People: []string{name("people", "budi")}, Units: []string{name("units", "puskesmas")},
	})
	must(s.t, err)
	var person *assessmentv1.PersonInput
	var unit *assessmentv1.UnitInput
	for _, p := range resp.GetPeople() {
		person = p
	}
	for _, u := range resp.GetUnits() {
		unit = u
	}
	return person, unit
}

// lines is a log that a server may write while a test reads it.
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

func name(collection, id string) string { return "tenants/3374/" + collection + "/" + id }

func day(year, month, d int32) *date.Date { return &date.Date{Year: year, Month: month, Day: d} }

func itoa(n int32) string { return strconv.Itoa(int(n)) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused fails the test unless err is a fault of the reason with its kind, an Indonesian text and these fields.
func refused(t *testing.T, err error, reason fault.Reason, fields ...string) *fault.Fault {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Reason != reason || f.Kind != fault.KindOf(reason) {
		t.Fatalf("got %v (%+v), want %s", err, f, reason)
	}
	if f.Local() == "" {
		t.Error("there is no Indonesian text")
	}
	var got []string
	for _, v := range f.Violations {
		got = append(got, v.Field)
		if v.Local() == "" {
			t.Errorf("there is no Indonesian text about %s", v.Field)
		}
	}
	if len(got) != len(fields) {
		t.Fatalf("fields at fault: %v, want %v", got, fields)
	}
	for i := range got {
		if got[i] != fields[i] {
			t.Fatalf("fields at fault: %v, want %v", got, fields)
		}
	}
	return f
}

// secret writes a file with the text and returns its path.
func secret(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "secret")
	must(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}
