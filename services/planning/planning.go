package planning

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/secret"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/events"
	"github.com/kinerja-suite/kinerja/services/planning/internal/peer"
	"github.com/kinerja-suite/kinerja/services/planning/internal/region"
	"github.com/kinerja-suite/kinerja/services/planning/internal/rpc"
	"github.com/kinerja-suite/kinerja/services/planning/internal/store"
	"github.com/kinerja-suite/kinerja/services/planning/internal/store/migrations"
)

// Name is the name of the service in configuration, subjects and metrics.
const Name = events.Service

// Deps are the open things that the service works with. All are required. The service never closes them.
type Deps struct {
	// DB is a database to which Migrations were applied.
	DB         *sqlkit.DB
	NATS       jetstream.JetStream
	Clock      clock.Clock
	IDs        ids.Source
	Logger     *slog.Logger
	Registerer prometheus.Registerer
	// RulePacks is of scoring. Only the opening of a period needs it to answer.
	RulePacks scoringv1.RulePackServiceClient
}

// require returns an error that names the dependencies that are not there.
func (d Deps) require() error {
	return run.Require(map[string]bool{
		"DB": d.DB != nil, "NATS": d.NATS != nil, "Clock": d.Clock != nil, "IDs": d.IDs != nil,
		"Logger": d.Logger != nil, "Registerer": d.Registerer != nil, "RulePacks": d.RulePacks != nil,
	})
}

// Service is the planning service. It is safe for concurrent use.
type Service struct {
	deps   Deps
	app    *app.App
	tokens *page.Codec
	outbox *outbox.Outbox
}

// New returns the service. It fails with one error that lists all that is missing or wrong.
func New(cfg Config, d Deps) (*Service, error) {
	err := errors.Join(cfg.Outbox.Validate(), d.require())
	if err != nil {
		return nil, fmt.Errorf("planning: %w", err)
	}
	regions, err := region.Load()
	if err != nil {
		return nil, fmt.Errorf("planning: %w", err)
	}
	out, err := outbox.New(d.DB, d.IDs, d.Clock, outbox.Options{
		Service:     Name,
		Description: "Facts of the planning service.",
		Config:      cfg.Outbox,
		Exclusive:   d.DB.Dialect().Name == sqlkit.SQLite,
		Logger:      d.Logger,
		Registerer:  d.Registerer,
	})
	if err != nil {
		return nil, fmt.Errorf("planning: %w", err)
	}
	state := store.New(d.DB, events.NewPublisher(out).Publish)
	return &Service{
		deps: d,
		app: app.New(app.Ports{
			Store: state, Regions: regions, RulePacks: peer.NewScoring(d.RulePacks), Clock: d.Clock, IDs: d.IDs,
		}),
		tokens: page.NewCodec(secret.Keep(d.DB, secret.PageTokens)),
		outbox: out,
	}, nil
}

// Name returns the name of the service.
func (s *Service) Name() string { return Name }

// Register registers OrganizationService, PeriodService, PlanService and InputService.
func (s *Service) Register(r grpc.ServiceRegistrar) { rpc.Register(r, s.app, s.tokens) }

// Runners returns the background work: the stream with the relay of events to it, and the removal of old events.
func (s *Service) Runners() []run.Runner { return s.outbox.Runners(s.deps.NATS) }

// Check reports whether the service can work: its database answers. Without the bus it works too; events wait.
func (s *Service) Check(ctx context.Context) error {
	return s.deps.DB.Check(ctx)
}

// Migrations returns the schema of the service, a directory for each engine.
func (s *Service) Migrations() fs.FS { return Migrations() }

// Migrations returns the schema of the service, a directory for each engine, for those who migrate before New.
func Migrations() fs.FS { return migrations.FS }
