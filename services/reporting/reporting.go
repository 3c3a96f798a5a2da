package reporting

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/inbox"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/secret"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/kit/view"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/events"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/rpc"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/store"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/store/migrations"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/wire"
)

// Name is that of the service in configuration, errors and the names of its runners.
const Name = "reporting"

// Deps are what the service works with. The caller opens and closes them. All are required but Views, Registerer and
// TracerProvider.
type Deps struct {
	// DB is a database to which Migrations were applied before the service is used.
	DB   *sqlkit.DB
	NATS jetstream.JetStream
	// Views is the view store. Processes that share a database share a view store too. Without one, every read comes
	// from the tables.
	Views view.Store
	// Organization is asked how callers stand to people and units.
	Organization   planningv1.OrganizationServiceClient
	Clock          clock.Clock
	Logger         *slog.Logger
	Registerer     prometheus.Registerer
	TracerProvider trace.TracerProvider
}

// require returns an error that names the dependencies that are not there.
func (d Deps) require() error {
	return run.Require(map[string]bool{
		"DB": d.DB != nil, "NATS": d.NATS != nil, "Organization": d.Organization != nil, "Clock": d.Clock != nil,
		"Logger": d.Logger != nil,
	})
}

// Service is reporting, built and not started.
type Service struct {
	db        *sqlkit.DB
	server    *rpc.Server
	consumers []*natskit.Consumer
	refresher *app.Refresher
	sweeper   *inbox.Sweeper
}

// New returns the service. It opens and starts nothing. Its error lists all that is missing or wrong.
func New(cfg Config, d Deps) (*Service, error) {
	err := errors.Join(cfg.Validate(), d.require())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", Name, err)
	}
	if d.Views == nil {
		d.Views = app.NoViews{}
	}
	metrics, err := app.NewMetrics(d.Registerer)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", Name, err)
	}
	parts := app.Deps{
		Store: store.New(d.DB), Views: app.NewViews(d.Views, d.Clock, d.Logger, metrics),
		Documents: wire.Documents{}, Clock: d.Clock, Metrics: metrics,
	}
	refresher := app.NewRefresher(parts, d.Logger, cfg.SummaryInterval)
	consumers, err := events.Consumers(events.Deps{
		JetStream: d.NATS, DeadLetters: natskit.NewDeadLetterTable(d.DB, d.Clock),
		Projector: app.NewProjector(parts, refresher.Kick), Batch: cfg.Batch,
		Clock: d.Clock, Logger: d.Logger, Registerer: d.Registerer, TracerProvider: d.TracerProvider,
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", Name, err)
	}
	tokens := page.NewCodec(secret.Keep(d.DB, secret.PageTokens))
	return &Service{
		db:        d.DB,
		server:    rpc.New(app.NewReader(parts, relation.Client(d.Organization)), tokens),
		consumers: consumers,
		refresher: refresher,
		sweeper:   inbox.NewSweeper(d.DB, d.Clock, 0),
	}, nil
}

// Name returns "reporting".
func (s *Service) Name() string { return Name }

// Register registers ReportService.
func (s *Service) Register(r grpc.ServiceRegistrar) { s.server.Register(r) }

// Runners returns the consumers, the refresher of the views and the sweeper of the inbox.
func (s *Service) Runners() []run.Runner {
	runners := []run.Runner{
		{Name: Name + " views", Run: s.refresher.Run},
		{Name: Name + " inbox", Run: s.sweeper.Run},
	}
	for _, c := range s.consumers {
		runners = append(runners, run.Runner{Name: c.Name(), Run: c.Run})
	}
	return runners
}

// Check returns why the service cannot serve now: only the database counts. Without the bus it serves what it knows, and
// without the view store it reads the tables.
func (s *Service) Check(ctx context.Context) error { return s.db.Check(ctx) }

// Migrations returns the schema of the service, a directory for each engine; see sqlkit.Migrate.
func (s *Service) Migrations() fs.FS { return Migrations() }

// Migrations returns the schema of the service, a directory for each engine, for those who migrate before New.
func Migrations() fs.FS { return migrations.FS }
