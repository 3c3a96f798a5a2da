package mass_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/govalues/decimal"
	"github.com/prometheus/client_golang/prometheus"
	"go.uber.org/goleak"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/events"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/mass"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store/migrations"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)

// peers are planning and assessment: tenants of so many people, each with a plan and a realisation.
type peers struct {
	mu sync.Mutex
	// people is the number of people of each tenant.
	people      map[string]int
	realisation string
	latest      time.Time
	rulePack    string
	// answers is the sum of the answers to each element of the survey of a unit, in a survey of 100 responses; noResponses for a
	// survey that nobody has answered, noSurvey for a unit without one.
	answers map[string]int64
	// unplanned says that no plan is approved any more.
	unplanned bool
	err       error
}

// Sums of answers that are none.
const (
	noResponses = -1
	noSurvey    = -2
)

type period = domain.Period

var (
	_ app.Plans  = (*peers)(nil)
	_ app.Facts  = (*peers)(nil)
	_ app.Roster = (*peers)(nil)
)

func name(i int) string { return fmt.Sprintf("p%05d", i) }

func (p *peers) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}

func (p *peers) Terms(context.Context, domain.Period) (app.Terms, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return app.Terms{RulePack: p.rulePack, Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}, p.err
}

func (p *peers) Plans(ctx context.Context, period domain.Period, people []string) (map[string][]app.PlanFacts, app.Terms, error) {
	terms, err := p.Terms(ctx, period)
	plans := map[string][]app.PlanFacts{}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.unplanned {
		return plans, terms, err
	}
	for _, person := range people {
		plans[person] = []app.PlanFacts{{ApproveTime: noon.Add(-time.Hour), Plan: domain.Plan{
			Source: "plans/" + person, Unit: "u1", Months: 12,
			Indicators: []domain.Indicator{{
				ID: "results/r1/indicators/i1", Description: "Jumlah pasien", Unit: "pasien",
				Formula: domain.FormulaNormal, Target: decimal.MustParse("100"), Source: domain.SourceReported,
			}},
		}}}
	}
	return plans, terms, err
}

func (p *peers) PlannedPeople(context.Context, domain.Period, string) ([]string, error) {
	return nil, nil
}

func (p *peers) Units(context.Context, string) ([]string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Sorted(maps.Keys(p.answers)), p.err
}

func (p *peers) ProvincePeriods(_ context.Context, province, id string) ([]domain.Period, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var periods []domain.Period
	for tenant := range p.people {
		if strings.HasPrefix(tenant, province) {
			periods = append(periods, domain.Period{Tenant: tenant, ID: id})
		}
	}
	slices.SortFunc(periods, func(a, b domain.Period) int { return strings.Compare(a.Tenant, b.Tenant) })
	return periods, p.err
}

func (p *peers) Planned(_ context.Context, q app.PlannedQuery) (app.PlannedPage, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	page := app.PlannedPage{}
	if q.Count {
		page.Total = int64(p.people[q.Period.Tenant])
	}
	for i := range p.people[q.Period.Tenant] {
		if name(i) <= q.After {
			continue
		}
		if len(page.People) == q.Limit {
			page.More = true
			break
		}
		page.People = append(page.People, name(i))
	}
	return page, p.err
}

func (p *peers) Facts(_ context.Context, _ domain.Period, people, units []string) (map[string]app.PersonFacts, map[string]app.UnitFacts, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if slices.Contains(units, "") {
		return nil, nil, errors.New("a unit without an id")
	}
	facts := map[string]app.PersonFacts{}
	for _, person := range people {
		facts[person] = app.PersonFacts{LatestTime: p.latest, PlanResults: app.PlanResults{
			Realisations: []domain.Realisation{{Indicator: "results/r1/indicators/i1", Value: decimal.MustParse(p.realisation), Source: "progressReports/1"}},
			Rating:       &domain.Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationMeets, Source: "ratings/" + person},
		}}
	}
	return facts, p.surveyed(units), p.err
}

// surveyed returns the surveys of units.
func (p *peers) surveyed(units []string) map[string]app.UnitFacts {
	facts := map[string]app.UnitFacts{}
	for _, unit := range units {
		sum, ok := p.answers[unit]
		if !ok || sum == noSurvey {
			continue
		}
		if sum == noResponses {
			facts[unit] = app.UnitFacts{Survey: &domain.Survey{Source: "surveys/" + unit}, LatestTime: p.latest}
			continue
		}
		survey := &domain.Survey{Source: "surveys/" + unit, Responses: 100}
		for _, element := range []domain.SurveyElement{
			domain.ElementRequirements, domain.ElementProcedure, domain.ElementTime, domain.ElementCost, domain.ElementProduct,
			domain.ElementCompetence, domain.ElementBehavior, domain.ElementComplaints, domain.ElementFacilities,
		} {
			survey.Sums = append(survey.Sums, domain.ElementSum{Element: element, Sum: sum})
		}
		facts[unit] = app.UnitFacts{Survey: survey, LatestTime: p.latest}
	}
	return facts
}

// bundle is workers over a real store and peers that the test sets.
type bundle struct {
	t       *testing.T
	db      *sqlkit.DB
	store   *store.Store
	peers   *peers
	app     *app.Recompute
	operate *app.Operate
	live    *app.Live
	clock   *clock.Fake
	metrics *mass.Metrics
	workers []*mass.Worker
	reg     *prometheus.Registry
	logger  *slog.Logger
}

// each runs the test over every engine.
func each(t *testing.T, test func(t *testing.T, b *bundle)) {
	t.Helper()
	t.Parallel()
	kittest.Each(t, migrations.FS, func(t *testing.T, db *sqlkit.DB) { test(t, setup(t, db)) })
}

// one runs the test over SQLite, for what does not depend on the engine.
func one(t *testing.T) *bundle {
	t.Helper()
	t.Parallel()
	return setup(t, kittest.Engine{Name: sqlkit.SQLite}.DB(t, migrations.FS))
}

func setup(t *testing.T, db *sqlkit.DB) *bundle {
	t.Helper()
	b := &bundle{
		t: t, db: db, clock: clock.NewFake(noon), live: app.NewLive(), reg: prometheus.NewRegistry(), logger: kittest.Logger(t),
		peers: &peers{people: map[string]int{}, realisation: "90", latest: noon.Add(-time.Minute), rulePack: "rulePacks/permenpanrb-6-2022/versions/1"},
	}
	source := ids.New(b.clock)
	out, err := outbox.New(db, source, b.clock, outbox.Options{Service: "scoring", Stream: "KINERJA_SCORING", MaxEventBytes: events.MaxBytes})
	must(t, err)
	packs, err := pack.Embedded()
	must(t, err)
	b.store = store.New(db, out)
	b.app = &app.Recompute{Plans: b.peers, Facts: b.peers, Packs: pack.NewLibrary(packs, nil), Store: b.store, Announcer: events.Announcer{}, Clock: b.clock}
	b.operate = &app.Operate{Operations: b.store, Roster: b.peers, IDs: source, Clock: b.clock}
	b.operate.Kick = func() {
		for _, w := range b.workers {
			w.Kick()
		}
	}
	b.metrics, err = mass.NewMetrics(b.reg)
	must(t, err)
	return b
}

// single gives one person a page, so that a few people are many chunks.
type single struct{ *peers }

func (s single) Planned(ctx context.Context, q app.PlannedQuery) (app.PlannedPage, error) {
	q.Limit = 1
	return s.peers.Planned(ctx, q)
}

// worker returns a worker of a process of its own.
func (b *bundle) worker(holder string, computer mass.Computer) *mass.Worker {
	return b.workerOf(b.store, b.peers, holder, computer)
}

// single is worker with chunks of one person.
func (b *bundle) single(holder string, computer mass.Computer) *mass.Worker {
	return b.workerOf(b.store, single{b.peers}, holder, computer)
}

func (b *bundle) workerOf(operations app.Operations, roster app.Roster, holder string, computer mass.Computer) *mass.Worker {
	w := mass.NewWorker(mass.Deps{
		Operations: operations, Roster: roster, Computer: computer, Live: b.live, Clock: b.clock, Logger: b.logger,
		Metrics: b.metrics, Holder: holder,
	})
	b.workers = append(b.workers, w)
	return w
}

func (b *bundle) start(tenant string, people int) app.Operation {
	b.t.Helper()
	b.peers.set(func() { b.peers.people[tenant] = people })
	o, err := b.operate.RecomputeTenant(b.t.Context(), domain.Period{Tenant: tenant, ID: "2026"}, "")
	must(b.t, err)
	return o
}

func (b *bundle) read(o app.Operation) app.Operation {
	b.t.Helper()
	got, err := b.store.Operation(context.WithoutCancel(b.t.Context()), o.Owner, o.ID)
	must(b.t, err)
	return got
}

// ended waits for the end of an operation, for as long as it goes on, and returns it.
func (b *bundle) ended(o app.Operation) app.Operation {
	b.t.Helper()
	return b.endedWhile(o, func() {})
}

// endedWhile is ended while something happens again and again.
func (b *bundle) endedWhile(o app.Operation, happens func()) app.Operation {
	b.t.Helper()
	var got app.Operation
	kittest.AwaitEnd(b.t, "the operation to go on", func() (int64, bool) {
		happens()
		got = b.read(o)
		var done int64
		for _, p := range got.Parts {
			done += p.Done()
		}
		return done, got.State().Ended()
	})
	return got
}

func (b *bundle) count(query string) int {
	b.t.Helper()
	var n int
	must(b.t, b.db.Read().QueryRowContext(context.WithoutCancel(b.t.Context()), query).Scan(&n))
	return n
}

// complete fails the test unless every person of the operation was written once and told once.
func (b *bundle) complete(o app.Operation, people int) {
	b.t.Helper()
	got := b.ended(o)
	if got.State() != app.OperationSucceeded {
		b.t.Fatalf("the operation is %+v", got)
	}
	var written, done, total int64
	for _, p := range got.Parts {
		written += p.Written
		done += p.Done()
		total += p.Total
	}
	if written != int64(people) || done != int64(people) || total != int64(people) {
		b.t.Fatalf("written %d, done %d, total %d, want %d", written, done, total, people)
	}
	if n := b.count("SELECT COUNT(*) FROM score_revisions"); n != people {
		b.t.Fatalf("%d revisions, want %d", n, people)
	}
	if n := b.told(); n != people {
		b.t.Fatalf("%d people were told, want %d", n, people)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
