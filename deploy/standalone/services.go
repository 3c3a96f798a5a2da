package standalone

import (
	"context"
	"io/fs"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"google.golang.org/grpc"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/assessment"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/kit/replay"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/kit/view/viewmem"
	"github.com/kinerja-suite/kinerja/services/planning"
	"github.com/kinerja-suite/kinerja/services/reporting"
	"github.com/kinerja-suite/kinerja/services/scoring"
)

// serviceTokenLife is how long a token lasts with which the services call each other; it is renewed at half of it.
const serviceTokenLife = time.Hour

// service is what the four have in common.
type service struct {
	serviceAPI

	replay *replay.Log
}

type serviceAPI interface {
	Name() string
	Register(grpc.ServiceRegistrar)
	Runners() []run.Runner
	Check(context.Context) error
}

func serviceClaims() auth.Claims {
	return auth.Claims{
		Subject: "standalone", Tenant: auth.AnyTenant, Roles: []commonv1.Role{commonv1.Role_ROLE_SERVICE}, TTL: serviceTokenLife,
	}
}

func (s *Suite) openServices(ctx context.Context) error {
	organization := planningv1.NewOrganizationServiceClient(s.internal)
	periods := planningv1.NewPeriodServiceClient(s.internal)
	plans := planningv1.NewInputServiceClient(s.internal)
	builders := []struct {
		name       string
		migrations fs.FS
		build      func(*sqlkit.DB) (serviceAPI, error)
	}{
		{planning.Name, planning.Migrations(), func(db *sqlkit.DB) (serviceAPI, error) {
			return planning.New(planning.Defaults(), planning.Deps{
				DB: db, NATS: s.busOf(planning.Name), Clock: s.clock, IDs: s.ids, Logger: s.options.Logger,
				Registerer: s.registerer(planning.Name), RulePacks: scoringv1.NewRulePackServiceClient(s.internal),
			})
		}},
		{assessment.Name, assessment.Migrations(), func(db *sqlkit.DB) (serviceAPI, error) {
			return assessment.New(assessment.Defaults(), assessment.Deps{
				DB: db, NATS: s.busOf(assessment.Name), Clock: s.clock, IDs: s.ids, Logger: s.options.Logger,
				Registerer: s.registerer(assessment.Name),
				Inputs:     plans, Organizations: organization, Periods: periods, Relations: relation.Client(organization),
			})
		}},
		{scoring.Name, scoring.Migrations(), func(db *sqlkit.DB) (serviceAPI, error) {
			return scoring.New(scoring.Defaults(), scoring.Deps{
				DB: db, NATS: s.busOf(scoring.Name), Clock: s.clock, IDs: s.ids, Logger: s.options.Logger,
				Registerer: s.registerer(scoring.Name),
				PlanInputs: between(plans, s.options.Plans), Periods: periods, Organization: organization,
				AssessmentInputs: between(assessmentv1.NewInputServiceClient(s.internal), s.options.Facts),
			})
		}},
		{reporting.Name, reporting.Migrations(), func(db *sqlkit.DB) (serviceAPI, error) {
			return reporting.New(reporting.Defaults(), reporting.Deps{
				DB: db, NATS: s.busOf(reporting.Name), Clock: s.clock, Logger: s.options.Logger,
				Registerer: s.registerer(reporting.Name), Views: viewmem.New(), Organization: organization,
			})
		}},
	}
	for _, b := range builders {
		db, err := openSQL(ctx, s.options.Data, b.name, b.migrations)
		if err != nil {
			return err
		}
		s.closers.push(db.Close)
		built, err := b.build(db)
		if err != nil {
			return err
		}
		s.services = append(s.services, service{serviceAPI: built, replay: replay.New(db, s.clock, s.options.Logger)})
	}
	return nil
}

func (s *Suite) replays() map[string]grpckit.Replayer {
	all := map[string]grpckit.Replayer{}
	for _, x := range s.services {
		all[x.Name()] = x.replay
	}
	return all
}

// busOf returns the streams as the service sees them.
func (s *Suite) busOf(name string) jetstream.JetStream {
	if s.options.Bus == nil {
		return s.bus.JetStream
	}
	return s.options.Bus(name, s.bus.JetStream)
}

// between returns the client behind what is put before it, which may be nothing.
func between[C any](client C, put func(C) C) C {
	if put == nil {
		return client
	}
	return put(client)
}
