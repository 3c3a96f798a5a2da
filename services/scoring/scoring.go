package scoring

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"google.golang.org/grpc"

	"github.com/kinerja-suite/kinerja/services/kit/inbox"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/secret"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/events"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/mass"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/peer"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/rpc"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store/migrations"
)

// Name is the name of the service in configuration, subjects and metrics.
const Name = events.Service

// Service is the scoring service. It is safe for concurrent use.
type Service struct {
	config    Config
	deps      Deps
	outbox    *outbox.Outbox
	server    rpc.Server
	consumers []*natskit.Consumer
	live      *app.Live
	worker    *mass.Worker
	checker   *mass.Checker
}

// New returns the service. It fails with one error that lists all that is missing or wrong, worked examples of rule
// packs that come out otherwise than their file states among it.
func New(cfg Config, d Deps) (*Service, error) {
	packs, err := pack.Embedded()
	err = errors.Join(cfg.Outbox.Validate(), cfg.Validate(), d.require(), err)
	if err != nil {
		return nil, fmt.Errorf("scoring: %w", err)
	}
	s := &Service{config: cfg, deps: d}
	err = s.assemble(packs)
	if err != nil {
		return nil, fmt.Errorf("scoring: %w", err)
	}
	return s, nil
}

// assemble puts the use cases between the store, the peers, the consumers and the server.
func (s *Service) assemble(packs *pack.Catalog) error {
	d := s.deps
	var err error
	s.outbox, err = outbox.New(d.DB, d.IDs, d.Clock, outbox.Options{
		Service:       Name,
		Description:   "New revisions of scores and satisfaction indexes.",
		MaxEventBytes: events.MaxBytes,
		Config:        s.config.Outbox,
		Exclusive:     d.DB.Dialect().Name == sqlkit.SQLite,
		Logger:        d.Logger,
		Registerer:    d.Registerer,
	})
	if err != nil {
		return err
	}
	state := store.New(d.DB, s.outbox)
	library := pack.NewLibrary(packs, state)
	planning := peer.NewPlanning(d.PlanInputs, d.Periods, d.Organization)
	recompute := &app.Recompute{
		Plans:     planning,
		Facts:     peer.NewAssessment(d.AssessmentInputs),
		Packs:     library,
		Store:     state,
		Announcer: events.Announcer{},
		Clock:     d.Clock,
	}
	err = s.background(recompute, state, planning)
	if err != nil {
		return err
	}
	relations := relation.Client(d.Organization)
	decide := &app.Decide{
		Store: state, Packs: library, Periods: planning, Relations: relations, Announcer: events.Announcer{}, Clock: d.Clock,
	}
	calibrations := &app.Calibrations{Distributions: &app.Distributions{
		Store: state,
		Peers: &peer.Calibration{
			Inputs: d.PlanInputs, Periods: d.Periods, Organization: d.Organization, Facts: d.AssessmentInputs,
		},
		Packs: library, Relations: relations, Clock: d.Clock, IDs: d.IDs,
	}}
	show := &app.Show{
		Store: state, Decisions: state, Packs: library, Known: recompute, Units: peer.Units{Organization: d.Organization},
		Relations: relations, Clock: d.Clock,
	}
	s.server = rpc.Server{
		Show:         show,
		Decide:       decide,
		Library:      library,
		Drafts:       &app.Drafts{Store: state, Rules: library, Trial: &app.Trial{Recompute: recompute}, Clock: d.Clock},
		Calibrations: calibrations,
		Adjust:       &app.AdjustCalibration{Calibrations: calibrations, Decide: decide},
		Allowances:   &app.Allowances{Store: state, Months: peer.NewAssessment(d.AssessmentInputs), Show: show},
		Credits:      &app.Credits{Scores: state, Periods: planning, Show: show},
		IDs:          d.IDs,
		Clock:        d.Clock,
		Tokens:       page.NewCodec(secret.Keep(d.DB, secret.PageTokens)),
		Mismatches:   state,
		Operate: &app.Operate{
			Operations: state, Roster: planning, IDs: d.IDs, Clock: d.Clock, Kick: s.worker.Kick,
		},
	}
	return s.consume(recompute)
}

// background makes the worker of mass recomputes and the standing check.
func (s *Service) background(recompute *app.Recompute, state *store.Store, roster app.Roster) error {
	d := s.deps
	metrics, err := mass.NewMetrics(d.Registerer)
	if err != nil {
		return err
	}
	s.live = app.NewLive()
	s.worker = mass.NewWorker(mass.Deps{
		Operations: state, Roster: roster, Computer: recompute, Live: s.live,
		Clock: d.Clock, Logger: d.Logger, Metrics: metrics, Holder: d.IDs.New(),
		Exclusive: d.DB.Dialect().Name == sqlkit.SQLite,
	})
	if s.config.CheckPeople > 0 {
		s.checker = mass.NewChecker(mass.CheckerDeps{
			Mismatches: state, Roster: roster, Recomputer: recompute, Live: s.live, IDs: d.IDs, Clock: d.Clock,
			Logger: d.Logger, Metrics: metrics, People: s.config.CheckPeople,
		})
	}
	return nil
}

// consume makes a consumer of each source.
func (s *Service) consume(recompute *app.Recompute) error {
	d := s.deps
	metrics, err := events.NewMetrics(d.Registerer)
	if err != nil {
		return err
	}
	for _, source := range events.Sources() {
		consumer, err := natskit.NewConsumer(natskit.ConsumerConfig{
			JetStream:      d.NATS,
			Stream:         source.Stream,
			Durable:        source.Durable,
			Subjects:       source.Subjects,
			Handler:        events.First(s.live, source.Durable, events.Handler(source.Durable, recompute.Execute, metrics)),
			DeadLetters:    natskit.NewDeadLetterTable(d.DB, d.Clock),
			Batch:          s.config.ConsumerBatch,
			Clock:          d.Clock,
			Logger:         d.Logger,
			Registerer:     d.Registerer,
			TracerProvider: d.TracerProvider,
		})
		if err != nil {
			return err
		}
		s.consumers = append(s.consumers, consumer)
	}
	return nil
}

// Name returns the name of the service.
func (s *Service) Name() string { return Name }

// Register registers the gRPC services.
func (s *Service) Register(r grpc.ServiceRegistrar) { s.server.Register(r) }

// Runners returns the background work: the consumers, the stream with the relay of events to it, the removal of old
// events and claims, mass recomputes, and the standing check.
func (s *Service) Runners() []run.Runner {
	runners := append(s.outbox.Runners(s.deps.NATS),
		run.Runner{Name: Name + " inbox sweep", Run: inbox.NewSweeper(s.deps.DB, s.deps.Clock, 0).Run})
	for _, consumer := range s.consumers {
		runners = append(runners, run.Runner{Name: consumer.Name(), Run: consumer.Run})
	}
	runners = append(runners, run.Runner{Name: Name + " recompute", Run: s.worker.Run})
	if s.checker != nil {
		runners = append(runners, run.Runner{Name: Name + " standing check", Run: s.checker.Run})
	}
	return runners
}

// Check reports whether the service can serve: its database answers. Without the bus or a peer it shows the scores that
// it has.
func (s *Service) Check(ctx context.Context) error { return s.deps.DB.Check(ctx) }

// Migrations returns the schema of the service, a directory for each engine.
func (s *Service) Migrations() fs.FS { return Migrations() }

// Migrations returns the schema of the service, a directory for each engine, for those who migrate before New.
func Migrations() fs.FS { return migrations.FS }
