package app_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/timestamppb"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/store/migrations"
)

func distribution(counts ...int32) []*reportingv1.PredicateCount {
	labels := []string{"Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang/Misconduct", "Sangat Kurang", "Belum ada predikat"}
	var out []*reportingv1.PredicateCount
	for i, label := range labels {
		out = append(out, &reportingv1.PredicateCount{Predicate: scoringv1.Predicate((i + 1) % 6), Label: label, Count: counts[i]})
	}
	return out
}

func TestWhatIsShown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.apply(t,
			on("e1", plan("01ani", "dinkes", "APPROVED", 2)),
			on("e2", score("01ani", "dinkes", domain.Good, 1)),
			on("e3", plan("01budi", "dinkes", "DRAFT", 1)),
			on("e4", score("01cici", "rsud", domain.Poor, 1)),
			on("e5", survey("rsud", "81.94", "B", 1)),
			on("e6", personName(named("01ani", "Ani, S.Kep.", 1))),
			on("e7", unitName(named("dinkes", "Dinas Kesehatan", 1))),
			on("e8", tenantName(named("", "Kota Semarang", 1))))
		at := timestamppb.New(noon)
		expect(t, "a person with plan and score", &reportingv1.PersonReport{
			Name: "tenants/3374/periods/2026/personReports/01ani", DisplayName: "Ani, S.Kep.", PositionTitle: "Perawat",
			Unit: "tenants/3374/units/dinkes", UnitDisplayName: "Dinas Kesehatan",
			PlanState: planningv1.Plan_STATE_APPROVED, ScoreState: scoringv1.Score_STATE_COMPLETE,
			Predicate: scoringv1.Predicate_PREDICATE_GOOD, PredicateLabel: "Baik",
			Score: "tenants/3374/periods/2026/scores/01ani", ScoreRevision: 1, ComputeTime: at, VisibleTime: at,
		}, w.person(t, "01ani"))
		expect(t, "a person with a plan only", &reportingv1.PersonReport{
			Name: "tenants/3374/periods/2026/personReports/01budi", PositionTitle: "Perawat",
			Unit: "tenants/3374/units/dinkes", UnitDisplayName: "Dinas Kesehatan",
			PlanState: planningv1.Plan_STATE_DRAFT, VisibleTime: at,
		}, w.person(t, "01budi"))
		dinkes := &reportingv1.UnitReport{
			Name: "tenants/3374/periods/2026/unitReports/dinkes", DisplayName: "Dinas Kesehatan",
			PeopleCount: 2, ApprovedPlanCount: 1, ScoredCount: 1, Distribution: distribution(0, 1, 0, 0, 0, 1), VisibleTime: at,
		}
		rsud := &reportingv1.UnitReport{
			Name: "tenants/3374/periods/2026/unitReports/rsud", SurveyIndex: "81.94", SurveyGrade: "B",
			Distribution: distribution(0, 0, 0, 0, 0, 0), VisibleTime: at,
		}
		expect(t, "a unit with people", dinkes, w.unit(t, "dinkes"))
		expect(t, "a unit with a survey only", rsud, w.unit(t, "rsud"))
		expect(t, "the tenant", &reportingv1.TenantSummary{
			Name: "tenants/3374/periods/2026/summary", DisplayName: "Kota Semarang",
			PeopleCount: 2, ApprovedPlanCount: 1, ScoredCount: 1, Distribution: distribution(0, 1, 0, 0, 0, 1),
			Units: []*reportingv1.UnitReport{dinkes, rsud}, VisibleTime: at,
		}, w.summary(t))
	})
}

func TestNamesThatComeLaterAreShownEverywhere(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.apply(t,
			on("e1", plan("01ani", "dinkes", "APPROVED", 1)), on("e2", survey("dinkes", "81.94", "B", 1)),
			on("e3", unitName(named("dinkes", "Dinkes lama", 1))), on("e4", personName(named("01ani", "Ani", 2))))
		w.turn(t)
		w.apply(t, on("e5", unitName(named("dinkes", "Dinas Kesehatan", 2))), on("e6", personName(named("01ani", "Too old", 1))))
		w.turn(t)
		expect(t, "name in the summary", "Dinas Kesehatan", w.summary(t).GetUnits()[0].GetDisplayName())
		w.apply(t, on("e8", survey("dinkes", "90.00", "A", 2)))
		w.turn(t)
		expect(t, "index in the summary", "90.00", w.summary(t).GetUnits()[0].GetSurveyIndex())
		w.apply(t, on("e7", tenantName(named("", "Kota Semarang", 1))))
		w.turn(t)
		gets := w.shelf.gets.Load()
		for what, got := range map[string]string{
			"Ani": w.person(t, "01ani").GetDisplayName(), "Dinas Kesehatan": w.person(t, "01ani").GetUnitDisplayName(),
			"Kota Semarang": w.summary(t).GetDisplayName(),
		} {
			expect(t, "name", what, got)
		}
		expect(t, "name in the unit's report", "Dinas Kesehatan", w.unit(t, "dinkes").GetDisplayName())
		expect(t, "reads of views", int64(4), w.shelf.gets.Load()-gets)
	})
}

// storm is a history of facts about a few people, as events.
func storm(random *rand.Rand) []app.Event {
	var events []app.Event
	units := []string{"dinkes", "rsud", "sd-1"}
	states := []string{"DRAFT", "SUBMITTED", "RETURNED", "APPROVED"}
	predicates := []domain.Predicate{"", domain.VeryGood, domain.Good, domain.NeedsImprovement, domain.Poor, domain.VeryPoor}
	add := func(fact any) { events = append(events, on(fmt.Sprintf("e%d", len(events)), fact)) }
	for _, tenant := range []string{"3374", "3402"} {
		add(tenantName{Ref: app.Ref{Tenant: tenant}, DisplayName: "Tenant " + tenant, Revision: 1})
		for _, unit := range units {
			for revision := range 1 + random.Int64N(3) {
				add(unitName{Ref: app.Ref{Tenant: tenant, ID: unit}, DisplayName: fmt.Sprintf("%s %d", unit, revision), Revision: revision + 1})
			}
		}
		for p := range 8 {
			person := fmt.Sprintf("01p%d", p)
			for revision := range random.Int64N(3) {
				add(personName{Ref: app.Ref{Tenant: tenant, ID: person}, DisplayName: fmt.Sprintf("Nama %d", revision), Revision: revision + 1})
			}
			for _, period := range []string{"2025", "2026"} {
				key := domain.PersonKey{Tenant: tenant, Period: period, Person: person}
				for revision := range random.Int64N(4) {
					c := plan(person, units[random.IntN(3)], states[random.IntN(4)], revision+1)
					c.Key = key
					add(c)
				}
				for revision := range random.Int64N(5) {
					c := score(person, units[random.IntN(3)], predicates[random.IntN(6)], revision+1)
					c.Key = key
					add(c)
				}
			}
		}
		for revision := range random.Int64N(4) {
			c := survey(units[random.IntN(3)], fmt.Sprintf("%d.00", 70+revision), "B", revision+1)
			c.Key.Tenant = tenant
			add(c)
		}
	}
	return events
}

// shuffled returns the events in another order, a third of them twice, in batches of random sizes.
func shuffled(random *rand.Rand, events []app.Event) [][]app.Event {
	all := append([]app.Event(nil), events...)
	for range len(events) / 3 {
		all = append(all, events[random.IntN(len(events))])
	}
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	var batches [][]app.Event
	for len(all) > 0 {
		n := min(len(all), 1+random.IntN(12))
		batches = append(batches, all[:n])
		all = all[n:]
	}
	return batches
}

func TestAStormOfRedeliveryEqualsAFreshFold(t *testing.T) {
	tenants, periods := []string{"3374", "3402"}, []string{"2025", "2026"}
	each(t, func(t *testing.T, w *world) {
		for seed := range uint64(6) {
			random := rand.New(rand.NewPCG(seed, 7))
			events := storm(random)
			fresh := newWorld(t, kittest.Engine{Name: sqlkit.SQLite}.DB(t, migrations.FS))
			fresh.apply(t, events...)
			wantReports, wantTallies := fresh.rows(t, tenants, periods)

			w := newWorld(t, w.another(t))
			for _, batch := range shuffled(random, events) {
				w.clock.Advance(1)
				w.apply(t, batch...)
			}
			reports, tallies := w.rows(t, tenants, periods)
			expect(t, fmt.Sprintf("seed %d: reports", seed), wantReports, reports)
			expect(t, fmt.Sprintf("seed %d: tallies", seed), wantTallies, tallies)
			expect(t, fmt.Sprintf("seed %d: recount", seed), recount(reports, tallies), tallies)
			w.turn(t)
			w.expectViews(t, tenants, periods)
		}
	})
}

func TestProjectionsAtTheSameTimeCountExactly(t *testing.T) {
	tenants, periods := []string{"3374", "3402"}, []string{"2025", "2026"}
	each(t, func(t *testing.T, w *world) {
		random := rand.New(rand.NewPCG(3, 7))
		events := storm(random)
		const workers = 4
		done := make(chan error, workers)
		for range workers {
			batches := shuffled(random, events)
			go func() {
				var err error
				for i := 0; i < len(batches) && err == nil; i++ {
					err = w.projector.Apply(t.Context(), "test", batches[i])
				}
				done <- err
			}()
		}
		for range workers {
			err := <-done
			if err != nil {
				t.Error(err)
			}
		}
		fresh := newWorld(t, kittest.Engine{Name: sqlkit.SQLite}.DB(t, migrations.FS))
		fresh.apply(t, events...)
		wantReports, _ := fresh.rows(t, tenants, periods)
		reports, tallies := w.rows(t, tenants, periods)
		expect(t, "reports", wantReports, reports)
		expect(t, "recount", recount(reports, tallies), tallies)
		w.turn(t)
		w.expectViews(t, tenants, periods)
	})
}

// expectViews compares every view with the row that it shows.
func (w *world) expectViews(t *testing.T, tenants, periods []string) {
	t.Helper()
	for _, tenant := range tenants {
		for _, period := range periods {
			key := domain.PeriodKey{Tenant: tenant, Period: period}
			reports, err := w.ListReports(t.Context(), app.ListQuery{Key: key, Limit: 10_000})
			if err != nil {
				t.Fatal(err)
			}
			for i := range reports {
				id := reports[i].Key.Person
				w.expectRevision(t, fmt.Sprintf("rm:v1:{%s.%s.%s}:person", tenant, period, id), reports[i].Revision)
			}
			summary, err := w.Summary(t.Context(), key, app.MaxUnits)
			if err != nil {
				t.Fatal(err)
			}
			w.expectRevision(t, fmt.Sprintf("rm:v1:{%s.%s}:summary", tenant, period), summary.Whole.Revision)
			for _, unit := range summary.Units {
				w.expectRevision(t, fmt.Sprintf("rm:v1:{%s.%s.u.%s}:unit", tenant, period, unit.Key.Unit), unit.Revision)
			}
		}
	}
}

func (w *world) expectRevision(t *testing.T, key string, want int64) {
	t.Helper()
	got, err := w.shelf.Store.Get(t.Context(), key)
	if err != nil || got[0].Revision != want {
		t.Errorf("view %s has revision %d, the row %d: %v", key, got[0].Revision, want, err)
	}
}

// another returns one more database of the same engine.
func (w *world) another(t *testing.T) *sqlkit.DB {
	t.Helper()
	name := sqlkit.SQLite
	if strings.HasSuffix(t.Name(), sqlkit.Postgres) {
		name = sqlkit.Postgres
	}
	return kittest.Engine{Name: name}.DB(t, migrations.FS)
}

func TestRevisionsOfRowsGrow(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		key := domain.PersonKey{Tenant: "3374", Period: "2026", Person: "01ani"}
		last := int64(0)
		for i := range 5 {
			// The clock stands still, and once it is set back.
			if i == 3 {
				w.clock.Advance(-1000)
			}
			w.apply(t, on(fmt.Sprintf("e%d", i), score("01ani", "dinkes", domain.Good, int64(i+1))))
			rows, err := w.Reports(t.Context(), []domain.PersonKey{key})
			if err != nil || rows[0].Revision <= last {
				t.Fatalf("revision %d after %d: %v", rows[0].Revision, last, err)
			}
			last = rows[0].Revision
		}
		w.apply(t, on("e9", score("01ani", "dinkes", domain.Poor, 2)))
		rows, err := w.Reports(t.Context(), []domain.PersonKey{key})
		if err != nil || rows[0].Revision != last {
			t.Fatalf("a fact that was passed over gave revision %d after %d: %v", rows[0].Revision, last, err)
		}
	})
}

func TestWhatCountsNobodyHasNoReport(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.apply(t, on("e1", score("01ani", "dinkes", domain.Good, 1)))
		w.apply(t, on("e2", unitName(named("dinkes", "Dinas Kesehatan", 1))))
		w.apply(t, on("e1", score("01ani", "dinkes", domain.Good, 1)))
		expect(t, "the person", "Dinas Kesehatan", w.person(t, "01ani").GetUnitDisplayName())
		ctx := access.Trusted(t.Context())
		_, err := w.reader.Unit(ctx, domain.UnitKey{Tenant: "3374", Period: "2026", Unit: "dinkes"})
		if !errors.Is(err, app.ErrNotFound) {
			t.Errorf("the unit gave %v", err)
		}
		_, err = w.reader.Summary(ctx, domain.PeriodKey{Tenant: "3374", Period: "2026"})
		if !errors.Is(err, app.ErrNotFound) {
			t.Errorf("the summary gave %v", err)
		}
		_, err = w.reader.Person(ctx, domain.PersonKey{Tenant: "3374", Period: "2026", Person: "01none"})
		if !errors.Is(err, app.ErrNotFound) {
			t.Errorf("somebody unknown gave %v", err)
		}
	})
}

func TestAMassOfFactsIsTakenInParts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		var events []app.Event
		for e := range 6 {
			var facts []any
			for i := range 500 {
				facts = append(facts, plan(fmt.Sprintf("01p%d-%d", e, i), "dinkes", "APPROVED", 1))
			}
			events = append(events, on(fmt.Sprintf("e%d", e), facts...))
		}
		puts := 0
		w.shelf.onPut = func() { puts++ }
		w.apply(t, events...)
		if puts != 2 {
			t.Errorf("3,000 facts made %d calls of the view store", puts)
		}
		expect(t, "people", int32(3000), w.summary(t).GetPeopleCount())
	})
}
