package app_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/kit/view"
	"github.com/kinerja-suite/kinerja/services/kit/view/viewmem"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/store"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/store/migrations"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, 3, 1, 5, 0, 0, 0, time.UTC)

// world is the use cases on a real database and a view store that can fail.
type world struct {
	*store.Store
	clock     *clock.Fake
	shelf     *shelf
	projector *app.Projector
	refresher *app.Refresher
	reader    *app.Reader
	kicks     atomic.Int64
}

func newWorld(t *testing.T, db *sqlkit.DB) *world {
	t.Helper()
	w := &world{Store: store.New(db), clock: clock.NewFake(noon), shelf: &shelf{Store: viewmem.New()}}
	w.restart(t)
	return w
}

// restart makes the use cases anew, as a new process has them.
func (w *world) restart(t *testing.T) {
	t.Helper()
	metrics, err := app.NewMetrics(nil)
	if err != nil {
		t.Fatal(err)
	}
	logger := slog.New(slog.NewTextHandler(t.Output(), nil))
	deps := app.Deps{
		Store: w.Store, Views: app.NewViews(w.shelf, w.clock, logger, metrics), Documents: wire.Documents{},
		Clock: w.clock, Metrics: metrics,
	}
	w.refresher = app.NewRefresher(deps, logger, 20*time.Millisecond)
	w.projector = app.NewProjector(deps, func() { w.kicks.Add(1); w.refresher.Kick() })
	w.reader = app.NewReader(deps, nil)
}

// each runs a test on every engine.
func each(t *testing.T, run func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	kittest.Each(t, migrations.FS, func(t *testing.T, db *sqlkit.DB) { run(t, newWorld(t, db)) })
}

// shelf is a view store that fails when told to.
type shelf struct {
	view.Store
	failing atomic.Bool
	// onPut is called before each Put when it is set.
	onPut func()
	gets  atomic.Int64
}

var errShelf = errors.New("the shelf is broken")

func (s *shelf) Put(ctx context.Context, entries []view.Entry) error {
	if s.onPut != nil {
		s.onPut()
	}
	if s.failing.Load() || ctx.Err() != nil {
		return errShelf
	}
	return s.Store.Put(ctx, entries)
}

func (s *shelf) Get(ctx context.Context, keys ...string) ([]view.Entry, error) {
	s.gets.Add(1)
	if s.failing.Load() {
		return nil, errShelf
	}
	return s.Store.Get(ctx, keys...)
}

func (s *shelf) Check(context.Context) error {
	if s.failing.Load() {
		return errShelf
	}
	return nil
}

// on returns an event of tenant 3374.
func on(id string, facts ...any) app.Event {
	e := app.Event{ID: id, Tenant: "3374", Time: noon}
	for _, f := range facts {
		switch f := f.(type) {
		case domain.PlanChange:
			e.Facts.Plans, e.Tenant = append(e.Facts.Plans, f), f.Key.Tenant
		case domain.ScoreChange:
			e.Facts.Scores, e.Tenant = append(e.Facts.Scores, f), f.Key.Tenant
		case domain.SurveyChange:
			e.Facts.Surveys, e.Tenant = append(e.Facts.Surveys, f), f.Key.Tenant
		case tenantName:
			e.Facts.Tenants, e.Tenant = append(e.Facts.Tenants, app.Named(f)), f.Tenant
		case unitName:
			e.Facts.Units, e.Tenant = append(e.Facts.Units, app.Named(f)), f.Tenant
		case personName:
			e.Facts.People, e.Tenant = append(e.Facts.People, app.Named(f)), f.Tenant
		default:
			panic(fmt.Sprintf("no such fact: %T", f))
		}
	}
	return e
}

type (
	tenantName app.Named
	unitName   app.Named
	personName app.Named
)

func named(id, name string, revision int64) app.Named {
	return app.Named{Ref: app.Ref{Tenant: "3374", ID: id}, DisplayName: name, Revision: revision}
}

func plan(person, unit, state string, revision int64) domain.PlanChange {
	return domain.PlanChange{
		Key: domain.PersonKey{Tenant: "3374", Period: "2026", Person: person}, Unit: unit,
		Plan: domain.Plan{Revision: revision, State: state, PositionTitle: "Perawat"},
	}
}

func score(person, unit string, p domain.Predicate, revision int64) domain.ScoreChange {
	return domain.ScoreChange{
		Key: domain.PersonKey{Tenant: "3374", Period: "2026", Person: person}, Unit: unit,
		Score: domain.Score{Revision: revision, State: "COMPLETE", Predicate: p, ComputeTime: noon},
	}
}

func survey(unit, index, grade string, revision int64) domain.SurveyChange {
	return domain.SurveyChange{
		Key:    domain.UnitKey{Tenant: "3374", Period: "2026", Unit: unit},
		Survey: domain.Survey{Revision: revision, Index: index, Grade: grade},
	}
}

func (w *world) apply(t *testing.T, events ...app.Event) {
	t.Helper()
	err := w.projector.Apply(t.Context(), "test", events)
	if err != nil {
		t.Fatalf("apply: %v", err)
	}
}

func (w *world) turn(t *testing.T) {
	t.Helper()
	err := w.refresher.Turn(t.Context())
	if err != nil {
		t.Fatalf("turn: %v", err)
	}
}

func (w *world) person(t *testing.T, id string) *reportingv1.PersonReport {
	t.Helper()
	m := &reportingv1.PersonReport{}
	w.read(t, m, func(ctx context.Context) ([]byte, error) {
		return w.reader.Person(ctx, domain.PersonKey{Tenant: "3374", Period: "2026", Person: id})
	})
	return m
}

func (w *world) unit(t *testing.T, id string) *reportingv1.UnitReport {
	t.Helper()
	m := &reportingv1.UnitReport{}
	w.read(t, m, func(ctx context.Context) ([]byte, error) {
		return w.reader.Unit(ctx, domain.UnitKey{Tenant: "3374", Period: "2026", Unit: id})
	})
	return m
}

func (w *world) summary(t *testing.T) *reportingv1.TenantSummary {
	t.Helper()
	m := &reportingv1.TenantSummary{}
	w.read(t, m, func(ctx context.Context) ([]byte, error) {
		return w.reader.Summary(ctx, domain.PeriodKey{Tenant: "3374", Period: "2026"})
	})
	return m
}

func (w *world) read(t *testing.T, m proto.Message, get func(ctx context.Context) ([]byte, error)) {
	t.Helper()
	document, err := get(access.Trusted(t.Context()))
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	err = proto.Unmarshal(document, m)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
}

// rows returns all rows of the tenants, sorted, without what depends on when they were written.
func (w *world) rows(t *testing.T, tenants, periods []string) ([]domain.Report, []domain.Tally) {
	t.Helper()
	var reports []domain.Report
	var tallies []domain.Tally
	for _, tenant := range tenants {
		for _, period := range periods {
			key := domain.PeriodKey{Tenant: tenant, Period: period}
			found, err := w.ListReports(t.Context(), app.ListQuery{Key: key, Limit: 10_000})
			if err != nil {
				t.Fatal(err)
			}
			reports = append(reports, found...)
			summary, err := w.Summary(t.Context(), key, 10_000)
			if errors.Is(err, app.ErrNotFound) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			tallies = append(append(tallies, summary.Whole), summary.Units...)
		}
	}
	for i := range reports {
		reports[i].Revision, reports[i].VisibleTime = 0, time.Time{}
	}
	for i := range tallies {
		tallies[i].Revision, tallies[i].VisibleTime = 0, time.Time{}
	}
	return reports, tallies
}

// recount returns the tallies that the reports and surveys make, counted from nothing.
func recount(reports []domain.Report, known []domain.Tally) []domain.Tally {
	counts := map[domain.UnitKey]domain.Tally{}
	for _, k := range known {
		counts[k.Key] = domain.Tally{Key: k.Key, DisplayName: k.DisplayName, Survey: k.Survey}
	}
	for i := range reports {
		r := &reports[i]
		for _, key := range []domain.UnitKey{r.Key.PeriodKey().Whole(), {Tenant: r.Key.Tenant, Period: r.Key.Period, Unit: r.Unit}} {
			if r.Plan.Revision == 0 {
				continue
			}
			tally := counts[key]
			tally.Counts = tally.Counts.Plus(r.Counts())
			counts[key] = tally
		}
	}
	var out []domain.Tally
	for _, tally := range counts {
		out = append(out, tally)
	}
	slices.SortFunc(out, func(a, b domain.Tally) int {
		return cmp.Or(cmp.Compare(a.Key.Tenant, b.Key.Tenant), cmp.Compare(a.Key.Period, b.Key.Period), cmp.Compare(a.Key.Unit, b.Key.Unit))
	})
	return out
}

func expect(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := gocmp.Diff(want, got, protocmp.Transform()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
