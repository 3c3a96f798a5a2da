package assessment

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/grpc"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/directory"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/events"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/rpc"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/store"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/store/migrations"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/secret"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// Name is the name of the service in configuration, subjects and metrics.
const Name = events.Service

const (
	// secretMarks is the key that makes the marks of raters and of requests.
	secretMarks = "marks"
	// minKey is the fewest bytes of a key file.
	minKey = 32
)

// Deps are the open things that the service works with. All are required. The service never closes them.
type Deps struct {
	// DB is a database to which Migrations are applied before the service serves.
	DB         *sqlkit.DB
	NATS       jetstream.JetStream
	Clock      clock.Clock
	IDs        ids.Source
	Logger     *slog.Logger
	Registerer prometheus.Registerer
	// Inputs, Organizations and Periods are services of planning, called as this service. Relations asks planning too.
	Inputs        planningv1.InputServiceClient
	Organizations planningv1.OrganizationServiceClient
	Periods       planningv1.PeriodServiceClient
	Relations     relation.Resolver
}

// require returns an error that names the dependencies that are not there.
func (d Deps) require() error {
	return run.Require(map[string]bool{
		"DB": d.DB != nil, "NATS": d.NATS != nil, "Clock": d.Clock != nil, "IDs": d.IDs != nil,
		"Logger": d.Logger != nil, "Registerer": d.Registerer != nil, "Inputs": d.Inputs != nil,
		"Organizations": d.Organizations != nil, "Periods": d.Periods != nil, "Relations": d.Relations != nil,
	})
}

// Service is the assessment service. It is safe for concurrent use.
type Service struct {
	deps   Deps
	server *rpc.Server
	outbox *outbox.Outbox
}

// New returns the service. It fails with one error that lists all that is missing or wrong.
func New(cfg Config, d Deps) (*Service, error) {
	err := errors.Join(cfg.Outbox.Validate(), cfg.Validate(), d.require())
	if err != nil {
		return nil, fmt.Errorf("assessment: %w", err)
	}
	out, err := outbox.New(d.DB, d.IDs, d.Clock, outbox.Options{
		Service:       Name,
		Description:   "Facts of assessment: progress, ratings, peers' answers, surveys, attendance.",
		MaxEventBytes: events.MaxBytes,
		Config:        cfg.Outbox,
		Exclusive:     d.DB.Dialect().Name == sqlkit.SQLite,
		Logger:        d.Logger,
		Registerer:    d.Registerer,
	})
	if err != nil {
		return nil, fmt.Errorf("assessment: %w", err)
	}
	markKey, err := keySource(cfg.Peer.KeyFile, d.DB)
	if err != nil {
		return nil, fmt.Errorf("assessment: %w", err)
	}
	useCases := app.New(app.Ports{
		Store: store.New(d.DB, events.NewTeller(out)), Relations: d.Relations, MarkKey: markKey, Clock: d.Clock, IDs: d.IDs,
		Directory: directory.New(directory.Clients{
			Inputs: d.Inputs, Organizations: d.Organizations, Periods: d.Periods,
		}, d.Clock, cfg.PeriodCache),
	})
	tokens := page.NewCodec(secret.Keep(d.DB, secret.PageTokens))
	return &Service{deps: d, server: rpc.New(useCases, tokens), outbox: out}, nil
}

// keySource gives the key of the file, or that of the database for no file.
func keySource(path string, db *sqlkit.DB) (app.KeySource, error) {
	if path == "" {
		return secret.Keep(db, secretMarks).Get, nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read peer.key_file: %w", err)
	}
	key := bytes.TrimSpace(raw)
	if len(key) < minKey {
		return nil, fmt.Errorf("read peer.key_file: %s has %d bytes, not %d or more", path, len(key), minKey)
	}
	return func(context.Context) ([]byte, error) { return key, nil }, nil
}

// Name returns the name of the service.
func (s *Service) Name() string { return Name }

// Register registers ProgressService, RatingService, PeerService, SurveyService, AttendanceService, MonthFactsService and
// InputService.
func (s *Service) Register(r grpc.ServiceRegistrar) { s.server.Register(r) }

// Runners returns the background work: the stream with the relay of events to it, and the removal of old events.
func (s *Service) Runners() []run.Runner { return s.outbox.Runners(s.deps.NATS) }

// Check reports whether the service can work: its database answers. Without the bus it works too; events wait.
func (s *Service) Check(ctx context.Context) error { return s.deps.DB.Check(ctx) }

// Migrations returns the schema of the service, a directory for each engine.
func (s *Service) Migrations() fs.FS { return Migrations() }

// Migrations returns the schema of the service, a directory for each engine, for those who migrate before New.
func Migrations() fs.FS { return migrations.FS }
