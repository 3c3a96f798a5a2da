package scoring_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"
	"google.golang.org/protobuf/proto"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/replay"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring"
)

// unstopped is a goroutine of a stream that a NATS server had begun to make when it was shut down, as happens at the end of
// a test on a busy machine: the server then forgets the stream's files.
const unstopped = "github.com/nats-io/nats-server/v2/server.(*fileStore).flushStreamStateLoop"

func TestMain(m *testing.M) { goleak.VerifyTestMain(m, goleak.IgnoreTopFunction(unstopped)) }

const (
	tenant     = "3402"
	periodName = "tenants/3402/periods/2026"
	rulePack   = "rulePacks/permenpanrb-6-2022/versions/1"

	above = assessmentv1.Expectation_EXPECTATION_ABOVE
	meets = assessmentv1.Expectation_EXPECTATION_MEETS
	good  = assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_GOOD
)

var noon = time.Date(2026, 7, 1, 5, 0, 0, 0, time.UTC)

func personName(id string) string { return "tenants/3402/people/" + id }
func unitName(id string) string   { return "tenants/3402/units/" + id }
func scoreName(id string) string  { return periodName + "/scores/" + id }

// suite is the scoring service behind the real chain, on a bus in this process, with peers that the test sets.
type suite struct {
	t       *testing.T
	db      *sqlkit.DB
	bus     *natskit.Bus
	clock   *clock.Fake
	logger  *slog.Logger
	signer  *auth.Signer
	peers   *peers
	service *scoring.Service
	dial    func(context.Context) (net.Conn, error)
}

// each runs the test on a service over every engine.
func each(t *testing.T, test func(t *testing.T, s *suite)) {
	t.Helper()
	t.Parallel()
	kittest.Each(t, scoring.Migrations(), func(t *testing.T, db *sqlkit.DB) { test(t, start(t, db)) })
}

// one runs the test on a service over SQLite, for what does not depend on the engine.
func one(t *testing.T) *suite {
	t.Helper()
	t.Parallel()
	return start(t, kittest.Engine{Name: sqlkit.SQLite}.DB(t, scoring.Migrations()))
}

func start(t *testing.T, db *sqlkit.DB) *suite {
	t.Helper()
	s := &suite{
		t: t, db: db, bus: kittest.NATS(t), clock: clock.NewFake(noon), peers: newPeers(),
		logger: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	var err error
	s.signer, err = auth.LoadOrCreateKeys(t.TempDir(), s.clock)
	must(t, err)
	conn := s.peers.serve(t, s)
	source, registry := ids.New(s.clock), prometheus.NewRegistry()
	s.service, err = scoring.New(scoring.Defaults(), scoring.Deps{
		DB: db, NATS: s.bus.JetStream, Clock: s.clock, IDs: source, Logger: s.logger, Registerer: registry,
		PlanInputs: planningv1.NewInputServiceClient(conn), Periods: planningv1.NewPeriodServiceClient(conn),
		Organization: planningv1.NewOrganizationServiceClient(conn), AssessmentInputs: assessmentv1.NewInputServiceClient(conn),
	})
	must(t, err)
	server, err := grpckit.NewServer(grpckit.ServerOptions{
		Name: scoring.Name, Logger: s.logger, Registerer: registry, Verifier: s.signer.Verifier(), IDs: source,
		Replay: map[string]grpckit.Replayer{scoring.Name: replay.New(db, s.clock, s.logger)},
	}).Add(s.service.Register).Build()
	must(t, err)
	s.dial = listen(t, server)
	for stream, subjects := range map[string]string{"KINERJA_PLANNING": "kinerja.planning.>", "KINERJA_ASSESSMENT": "kinerja.assessment.>"} {
		_, err = natskit.EnsureStream(t.Context(), s.bus.JetStream, jetstream.StreamConfig{Name: stream, Subjects: []string{subjects}}, kittest.Logger(t))
		must(t, err)
	}
	return s
}

// run runs the background work of the service until the end of the test.
func (s *suite) run() {
	s.t.Helper()
	for _, r := range s.service.Runners() {
		kittest.Run(s.t, r.Run)
	}
}

// publish puts an event on the bus as its service would. An id that was published before is delivered once more.
func (s *suite) publish(id, subject string, payload proto.Message) {
	s.t.Helper()
	_, err := s.bus.JetStream.PublishMsg(s.t.Context(), s.message(id, subject, payload))
	must(s.t, err)
}

// later publishes an event about a person without waiting for the bus, as a relay does with a batch.
func (s *suite) later(id, what, person string) {
	s.t.Helper()
	_, err := s.bus.JetStream.PublishMsgAsync(s.message(id, "kinerja.assessment.v1.3402."+what,
		&assessmentv1.PersonFactChanged{Period: periodName, Person: personName(person)}))
	must(s.t, err)
}

func (s *suite) message(id, subject string, payload proto.Message) *nats.Msg {
	s.t.Helper()
	sealed, err := event.Seal(s.t.Context(), "/kinerja/test", event.Event{
		ID: id, Subject: subject, Resource: periodName, Revision: 1, Time: s.clock.Now(), Payload: payload,
	})
	must(s.t, err)
	return &nats.Msg{Subject: subject, Header: sealed.Header(), Data: sealed.Data}
}

// fact publishes an event about a person.
func (s *suite) fact(id, what, person string) {
	s.t.Helper()
	s.publish(id, "kinerja.assessment.v1.3402."+what, &assessmentv1.PersonFactChanged{Period: periodName, Person: personName(person)})
}

// unitFact publishes an event about a unit.
func (s *suite) unitFact(id, what, unit string) {
	s.t.Helper()
	s.publish(id, "kinerja.assessment.v1.3402."+what, &assessmentv1.UnitFactChanged{Period: periodName, Unit: unitName(unit)})
}

// handled waits until the consumer of a stream has nothing left to do.
func (s *suite) handled(stream, durable string) {
	s.t.Helper()
	kittest.Await(s.t, durable+" to have nothing left", func() bool {
		consumer, err := s.bus.JetStream.Consumer(s.t.Context(), stream, durable)
		if err != nil {
			return false // the runner makes it
		}
		info, err := consumer.Info(s.t.Context())
		must(s.t, err)
		// What was just published is not yet pending, so the last message of the stream counts as well.
		source, err := s.bus.JetStream.Stream(s.t.Context(), stream)
		must(s.t, err)
		return info.NumPending == 0 && info.NumAckPending == 0 && info.Delivered.Stream == source.CachedInfo().State.LastSeq
	})
}

// told waits for n events on the stream of the service and returns their payloads.
func (s *suite) told(n uint64) []proto.Message {
	s.t.Helper()
	var stream jetstream.Stream
	kittest.Await(s.t, fmt.Sprintf("%d events to be told", n), func() bool {
		var err error
		stream, err = s.bus.JetStream.Stream(s.t.Context(), "KINERJA_SCORING")
		return err == nil && stream.CachedInfo().State.Msgs >= n
	})
	var payloads []proto.Message
	for seq := uint64(1); seq <= stream.CachedInfo().State.LastSeq; seq++ {
		raw, err := stream.GetMsg(s.t.Context(), seq)
		must(s.t, err)
		received, err := event.Open(raw.Subject, raw.Header, raw.Data)
		must(s.t, err)
		var payload proto.Message = &scoringv1.ScoresChanged{}
		if received.Subject == "kinerja.scoring.v1.3402.survey-index.changed" {
			payload = &scoringv1.SurveyIndexesChanged{}
		}
		must(s.t, received.Unmarshal(payload))
		payloads = append(payloads, payload)
	}
	return payloads
}

// caller is the clients of one bearer of a token.
type caller struct {
	scores        scoringv1.ScoreServiceClient
	packs         scoringv1.RulePackServiceClient
	decisions     scoringv1.DecisionServiceClient
	history       scoringv1.ScoreHistoryServiceClient
	distributions scoringv1.DistributionServiceClient
	calibrations  scoringv1.CalibrationServiceClient
	recomputes    scoringv1.RecomputeServiceClient
	operations    scoringv1.OperationServiceClient
	drafts        scoringv1.RulePackDraftServiceClient
	explanations  scoringv1.ExplanationServiceClient
}

// as returns the clients of somebody: a person of the tenant when person is set.
func (s *suite) as(in, person string, roles ...commonv1.Role) caller {
	s.t.Helper()
	subject := person
	if subject == "" {
		subject = "client"
	}
	token, err := s.signer.Sign(auth.Claims{Subject: subject, Person: person, Tenant: in, Roles: roles, TTL: time.Hour})
	must(s.t, err)
	return s.with(auth.StaticToken(token))
}

func (s *suite) with(token auth.TokenSource) caller {
	s.t.Helper()
	conn := dial(s.t, s.dial, token)
	return caller{
		scoringv1.NewScoreServiceClient(conn), scoringv1.NewRulePackServiceClient(conn),
		scoringv1.NewDecisionServiceClient(conn), scoringv1.NewScoreHistoryServiceClient(conn),
		scoringv1.NewDistributionServiceClient(conn), scoringv1.NewCalibrationServiceClient(conn),
		scoringv1.NewRecomputeServiceClient(conn), scoringv1.NewOperationServiceClient(conn),
		scoringv1.NewRulePackDraftServiceClient(conn), scoringv1.NewExplanationServiceClient(conn),
	}
}

func (s *suite) anonymous() caller { s.t.Helper(); return s.with(nil) }

func (s *suite) admin() caller {
	s.t.Helper()
	return s.as(tenant, "", commonv1.Role_ROLE_TENANT_ADMIN)
}

func (s *suite) employee(person string) caller {
	s.t.Helper()
	return s.as(tenant, person, commonv1.Role_ROLE_EMPLOYEE)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// refused fails the test unless err is a fault of the reason, with an Indonesian text, and returns it.
func refused(t *testing.T, err error, reason fault.Reason) *fault.Fault {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Reason != reason {
		t.Fatalf("got %v, want %s", err, reason)
	}
	if f.Local() == "" {
		t.Fatal("there is no Indonesian text")
	}
	return f
}
