package rig

import (
	"context"
	"io/fs"
	"log/slog"
	"net"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc"

	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/assessment"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/kit/view/viewmem"
	"github.com/kinerja-suite/kinerja/services/planning"
	"github.com/kinerja-suite/kinerja/services/reporting"
	"github.com/kinerja-suite/kinerja/services/scoring"
)

// Rig is the services with the demonstration in them. reporting has stopped once that is loaded.
type Rig struct {
	// Planning, Assessment and Scoring are the databases of the services.
	Planning, Assessment, Scoring *sqlkit.DB
	// Recomputes and Operations call scoring as a service of all tenants.
	Recomputes scoringv1.RecomputeServiceClient
	Operations scoringv1.OperationServiceClient
	// Plans and Facts are what scoring reads.
	Plans planningv1.InputServiceClient
	Facts assessmentv1.InputServiceClient
}

// service is what the services have in common.
type service interface {
	Register(r grpc.ServiceRegistrar)
	Runners() []run.Runner
}

// builder is what each service is built with.
type builder struct {
	b      testing.TB
	engine kittest.Engine
	bus    *natskit.Bus
	clock  clock.Clock
	ids    ids.Source
	logger *slog.Logger
	// conn reaches all services as a service of all tenants.
	conn *grpc.ClientConn
}

// Start returns a rig on databases of the engine; it ends with the test.
func Start(b testing.TB, engine kittest.Engine) *Rig {
	b.Helper()
	c := clock.System()
	signer, err := auth.LoadOrCreateKeys(b.TempDir(), c)
	must(b, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // loopback, for the length of the test
	must(b, err)
	x := &builder{
		b: b, engine: engine, bus: kittest.NATS(b), clock: c, ids: ids.New(c),
		logger: slog.New(slog.NewTextHandler(b.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})),
	}
	token, err := signer.Sign(auth.Claims{
		Subject: "rig", Tenant: auth.AnyTenant, Roles: []commonv1.Role{commonv1.Role_ROLE_SERVICE}, TTL: 24 * time.Hour,
	})
	must(b, err)
	x.conn = x.dial(listener.Addr().String(), auth.StaticToken(token))
	r := &Rig{
		Recomputes: scoringv1.NewRecomputeServiceClient(x.conn), Operations: scoringv1.NewOperationServiceClient(x.conn),
		Plans: planningv1.NewInputServiceClient(x.conn), Facts: assessmentv1.NewInputServiceClient(x.conn),
	}
	services := []service{x.planning(r), x.assessment(r), x.scoring(r)}
	reports := x.reporting()
	serve(x, signer, listener, append(services, reports))
	for _, s := range services {
		for _, runner := range s.Runners() {
			kittest.Run(b, runner.Run)
		}
	}
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	for _, runner := range reports.Runners() {
		kittest.Run(b, func(outer context.Context) error {
			inner, cancel := context.WithCancel(ctx)
			defer cancel()
			defer context.AfterFunc(outer, cancel)()
			return runner.Run(inner)
		})
	}
	plain := x.dial(listener.Addr().String(), nil)
	must(b, demo.New(demo.Conns{Planning: plain, Assessment: plain, Scoring: plain, Reporting: plain}, signer).Load(ctx))
	return r
}

func serve(x *builder, signer *auth.Signer, listener net.Listener, services []service) {
	x.b.Helper()
	build := grpckit.NewServer(grpckit.ServerOptions{
		Name: "rig", Logger: x.logger, Registerer: prometheus.NewRegistry(), Verifier: signer.Verifier(), IDs: x.ids,
	})
	for _, s := range services {
		build = build.Add(s.Register)
	}
	server, err := build.Build()
	must(x.b, err)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	x.b.Cleanup(func() {
		server.Close()
		must(x.b, <-served)
	})
}

func (x *builder) dial(address string, token auth.TokenSource) *grpc.ClientConn {
	x.b.Helper()
	conn, err := grpckit.Dial(grpckit.ClientOptions{Target: address, Token: token, Timeout: 20 * time.Second})
	must(x.b, err)
	x.b.Cleanup(func() { _ = conn.Close() })
	return conn
}

func (x *builder) db(migrations fs.FS) *sqlkit.DB { return x.engine.DB(x.b, migrations) }

func (x *builder) planning(r *Rig) service {
	r.Planning = x.db(planning.Migrations())
	s, err := planning.New(planning.Defaults(), planning.Deps{
		DB: r.Planning, NATS: x.bus.JetStream, Clock: x.clock, IDs: x.ids, Logger: x.logger, Registerer: prometheus.NewRegistry(),
		RulePacks: scoringv1.NewRulePackServiceClient(x.conn),
	})
	must(x.b, err)
	return s
}

func (x *builder) assessment(r *Rig) service {
	r.Assessment = x.db(assessment.Migrations())
	organization := planningv1.NewOrganizationServiceClient(x.conn)
	s, err := assessment.New(assessment.Defaults(), assessment.Deps{
		DB: r.Assessment, NATS: x.bus.JetStream, Clock: x.clock, IDs: x.ids, Logger: x.logger, Registerer: prometheus.NewRegistry(),
		Inputs: r.Plans, Organizations: organization, Periods: planningv1.NewPeriodServiceClient(x.conn),
		Relations: relation.Client(organization),
	})
	must(x.b, err)
	return s
}

func (x *builder) scoring(r *Rig) service {
	r.Scoring = x.db(scoring.Migrations())
	s, err := scoring.New(scoring.Defaults(), scoring.Deps{
		DB: r.Scoring, NATS: x.bus.JetStream, Clock: x.clock, IDs: x.ids, Logger: x.logger, Registerer: prometheus.NewRegistry(),
		PlanInputs: r.Plans, Periods: planningv1.NewPeriodServiceClient(x.conn),
		Organization: planningv1.NewOrganizationServiceClient(x.conn), AssessmentInputs: r.Facts,
	})
	must(x.b, err)
	return s
}

func (x *builder) reporting() service {
	s, err := reporting.New(reporting.Defaults(), reporting.Deps{
		DB: x.db(reporting.Migrations()), NATS: x.bus.JetStream, Clock: x.clock, Logger: x.logger, Registerer: prometheus.NewRegistry(),
		Views: viewmem.New(), Organization: planningv1.NewOrganizationServiceClient(x.conn),
	})
	must(x.b, err)
	return s
}

func must(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
