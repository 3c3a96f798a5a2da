package app_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store/migrations"
)

var (
	period = domain.Period{Tenant: "3402", ID: "2026"}
	noon   = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
)

const rulePack = "rulePacks/permenpanrb-6-2022/versions/1"

// peers are the other services: facts that a test sets, and a record of what was asked.
type peers struct {
	mu    sync.Mutex
	terms app.Terms
	plans map[string][]app.PlanFacts
	// people and units are the facts of assessment.
	people map[string]app.PersonFacts
	units  map[string]app.UnitFacts
	// asked are the calls, in order.
	asked []string
	// during is called within the next call of Facts, outside of the lock.
	during func()
	err    error
}

var (
	_ app.Plans = (*peers)(nil)
	_ app.Facts = (*peers)(nil)
)

func newPeers() *peers {
	return &peers{
		terms:  app.Terms{RulePack: rulePack, Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)},
		plans:  map[string][]app.PlanFacts{},
		people: map[string]app.PersonFacts{},
		units:  map[string]app.UnitFacts{},
	}
}

func (p *peers) Terms(context.Context, domain.Period) (app.Terms, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, "terms")
	return p.terms, p.err
}

func (p *peers) Plans(_ context.Context, _ domain.Period, people []string) (map[string][]app.PlanFacts, app.Terms, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, fmt.Sprintf("plans of %d", len(people)))
	found := map[string][]app.PlanFacts{}
	for _, person := range people {
		plan, ok := p.plans[person]
		if ok {
			found[person] = plan
		}
	}
	return found, p.terms, p.err
}

func (p *peers) PlannedPeople(_ context.Context, _ domain.Period, unit string) ([]string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, "people of "+unit)
	var people []string
	for _, person := range slices.Sorted(maps.Keys(p.plans)) {
		if slices.ContainsFunc(p.plans[person], func(plan app.PlanFacts) bool { return plan.Plan.Unit == unit }) {
			people = append(people, person)
		}
	}
	return people, p.err
}

func (p *peers) Units(context.Context, string) ([]string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, "units")
	return slices.Sorted(maps.Keys(p.units)), p.err
}

func (p *peers) Facts(_ context.Context, _ domain.Period, people, units []string) (map[string]app.PersonFacts, map[string]app.UnitFacts, error) {
	p.mu.Lock()
	p.asked = append(p.asked, fmt.Sprintf("facts of %d and %v", len(people), units))
	ofPeople, ofUnits := maps.Clone(p.people), map[string]app.UnitFacts{}
	for _, unit := range units {
		facts, ok := p.units[unit]
		if ok {
			ofUnits[unit] = facts
		}
	}
	during, err := p.during, p.err
	p.during = nil
	p.mu.Unlock()
	if during != nil {
		during()
	}
	return ofPeople, ofUnits, err
}

// announcer makes one event of everything, and keeps what it was told.
type announcer struct {
	mu      sync.Mutex
	changes []app.ScoreChange
}

func (a *announcer) Announce(_ domain.Period, scores []app.ScoreChange, _ []domain.SurveyScore) []event.Event {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.changes = append(a.changes, scores...)
	return nil
}

// bundle is a recompute over a real store and peers that the test sets.
type bundle struct {
	*app.Recompute
	peers     *peers
	announcer *announcer
	store     *store.Store
	db        *sqlkit.DB
}

func setup(t testing.TB) bundle {
	t.Helper()
	db := kittest.Engine{Name: sqlkit.SQLite}.DB(t, migrations.FS)
	c := clock.NewFake(noon)
	out, err := outbox.New(db, ids.Sequence("event"), c, outbox.Options{Service: "scoring", Stream: "KINERJA_SCORING"})
	if err != nil {
		t.Fatal(err)
	}
	packs, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	b := bundle{peers: newPeers(), announcer: &announcer{}, store: store.New(db, out), db: db}
	b.Recompute = &app.Recompute{Plans: b.peers, Facts: b.peers, Packs: pack.NewLibrary(packs, nil), Store: b.store, Announcer: b.announcer, Clock: c}
	return b
}

// plan approves a plan of one indicator in a unit.
func (b bundle) plan(person, unit string) {
	b.peers.plans[person] = []app.PlanFacts{{
		ApproveTime: noon.Add(-time.Hour),
		Plan: domain.Plan{
			Source: "plans/" + person, Unit: unit, FunctionalLevel: domain.LevelAhliPertama, Months: 12,
			Indicators: []domain.Indicator{{
				ID: "results/r1/indicators/i1", Description: "Jumlah pasien", Unit: "pasien",
				Formula: domain.FormulaNormal, Target: decimal.MustParse("100"), Source: domain.SourceReported,
			}},
		},
	}}
}

// report sets the realisation and the ratings of a person.
func (b bundle) report(person, realisation string) {
	b.peers.mu.Lock()
	defer b.peers.mu.Unlock()
	b.peers.people[person] = app.PersonFacts{
		PlanResults: app.PlanResults{
			Realisations: []domain.Realisation{{Indicator: "results/r1/indicators/i1", Value: decimal.MustParse(realisation), Source: "progressReports/" + realisation}},
			Rating:       &domain.Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationMeets, Source: "ratings/" + person},
			Authors:      app.Authors{Rater: "dewi"},
		},
		LatestTime: noon.Add(-time.Minute),
	}
}

// survey sets the survey of a unit: every answer the same.
func (b bundle) survey(unit string, responses, answer int64) {
	s := &domain.Survey{Source: "surveys/" + unit, Responses: responses}
	for _, element := range []domain.SurveyElement{
		domain.ElementRequirements, domain.ElementProcedure, domain.ElementTime, domain.ElementCost, domain.ElementProduct,
		domain.ElementCompetence, domain.ElementBehavior, domain.ElementComplaints, domain.ElementFacilities,
	} {
		s.Sums = append(s.Sums, domain.ElementSum{Element: element, Sum: responses * answer})
	}
	b.peers.mu.Lock()
	defer b.peers.mu.Unlock()
	b.peers.units[unit] = app.UnitFacts{Survey: s, LatestTime: noon}
}

// work is about people, by one event.
func work(eventID string, people ...string) app.Work {
	w := app.Work{Period: period, People: app.Causes{}, Units: app.Causes{}, Consumer: "consumer", Events: []string{eventID}}
	for _, person := range people {
		w.People.Add(person, "kinerja.assessment.v1.rating.changed")
	}
	return w
}

func (b bundle) execute(t testing.TB, w app.Work) app.Outcome {
	t.Helper()
	outcome, err := b.Execute(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

func (b bundle) score(t *testing.T, person string) app.Revision {
	t.Helper()
	score, err := b.store.Score(t.Context(), period, person)
	if err != nil {
		t.Fatal(err)
	}
	return score
}

func (b bundle) claims(t *testing.T) int {
	t.Helper()
	var n int
	err := b.db.Read().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM inbox").Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
