package app_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/view"
	"github.com/kinerja-suite/kinerja/services/kit/view/viewmem"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

func (w *world) debts(t *testing.T) int {
	t.Helper()
	debts, err := w.Debts(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	return len(debts)
}

func TestAViewStoreThatIsDownFailsNothing(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.apply(t, on("e1", plan("01ani", "dinkes", "DRAFT", 1)))
		w.turn(t)
		w.shelf.failing.Store(true)
		w.apply(t, on("e2", plan("01ani", "dinkes", "APPROVED", 2)))
		expect(t, "owed: the person, the unit and the summary", 3, w.debts(t))

		gets := w.shelf.gets.Load()
		expect(t, "the person is read from the tables", "STATE_APPROVED", w.person(t, "01ani").GetPlanState().String())
		expect(t, "the unit is read from the tables", int32(1), w.unit(t, "dinkes").GetApprovedPlanCount())
		expect(t, "the summary is read from the tables", int32(1), w.summary(t).GetApprovedPlanCount())
		expect(t, "reads of a store that is known to be down", gets, w.shelf.gets.Load())

		w.turn(t)
		expect(t, "owed while it is down", 3, w.debts(t))
		w.shelf.failing.Store(false)
		w.turn(t)
		expect(t, "owed after it came back", 0, w.debts(t))
		w.expectViews(t, []string{"3374"}, []string{"2026"})
		expect(t, "the view shows the change", "STATE_APPROVED", w.person(t, "01ani").GetPlanState().String())
		if w.shelf.gets.Load() == gets {
			t.Error("the views are still not read")
		}
	})
}

func TestAReadFindsTheViewStoreDown(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.apply(t, on("e1", plan("01ani", "dinkes", "DRAFT", 1)))
		w.shelf.failing.Store(true)
		for range 3 {
			expect(t, "the report", "STATE_DRAFT", w.person(t, "01ani").GetPlanState().String())
		}
		expect(t, "reads of the views", int64(1), w.shelf.gets.Load())
	})
}

func TestAViewThatWasLostIsPutByTheNextRead(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.apply(t, on("e1", plan("01ani", "dinkes", "DRAFT", 1)))
		w.turn(t)
		w.shelf.Store = viewmem.New()
		expect(t, "the person", "STATE_DRAFT", w.person(t, "01ani").GetPlanState().String())
		expect(t, "the unit", int32(1), w.unit(t, "dinkes").GetPeopleCount())
		expect(t, "the summary", int32(1), w.summary(t).GetPeopleCount())
		w.expectViews(t, []string{"3374"}, []string{"2026"})
	})
}

// TestACrashBeforeThePutLeavesNoStaleView ends the work after the commit and before the views, and gives the events
// again to a new process.
func TestACrashBeforeThePutLeavesNoStaleView(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.apply(t,
			on("e1", plan("01ani", "puskesmas", "DRAFT", 1)), on("e2", plan("01budi", "dinkes", "DRAFT", 1)),
			on("e3", unitName(named("dinkes", "Dinas Kesehatan", 1))), on("e4", survey("sd-1", "70.00", "C", 1)))
		w.turn(t)
		again := []app.Event{
			on("e5", plan("01ani", "rsud", "APPROVED", 2)), on("e6", score("01budi", "dinkes", domain.Good, 1)),
			on("e7", unitName(named("dinkes", "Dinkes", 2))), on("e8", survey("sd-1", "90.00", "A", 2)),
			on("e9", personName(named("01ani", "Ani", 1))), on("e10", tenantName(named("", "Kota Semarang", 1))),
		}
		ctx, crash := context.WithCancel(t.Context())
		w.shelf.onPut = crash
		err := w.projector.Apply(ctx, "test", again)
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("the crash gave %v", err)
		}
		w.shelf.onPut = nil
		w.restart(t)
		expect(t, "before the events come again the view is stale", "STATE_DRAFT", w.person(t, "01ani").GetPlanState().String())
		reportsBefore, talliesBefore := w.rows(t, []string{"3374"}, []string{"2026"})
		w.apply(t, again...)
		reports, tallies := w.rows(t, []string{"3374"}, []string{"2026"})
		expect(t, "the tables had it all: reports", reportsBefore, reports)
		expect(t, "the tables had it all: tallies", talliesBefore, tallies)
		w.turn(t)
		w.expectViews(t, []string{"3374"}, []string{"2026"})
		expect(t, "the person", "STATE_APPROVED", w.person(t, "01ani").GetPlanState().String())
		expect(t, "the unit that was left", int32(0), w.unit(t, "puskesmas").GetPeopleCount())
	})
}

// TestViewsOutliveTheTables makes the tables anew beside the old views: the new rows must pass them.
func TestViewsOutliveTheTables(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for revision := range int64(5) {
			w.apply(t, on(string(rune('a'+revision)), plan("01ani", "dinkes", "DRAFT", revision+1)))
		}
		w.turn(t)
		rebuilt := newWorld(t, w.another(t))
		rebuilt.clock.Set(noon.Add(time.Minute))
		rebuilt.shelf.Store = w.shelf.Store
		rebuilt.apply(t, on("e", plan("01ani", "dinkes", "APPROVED", 9)))
		rebuilt.turn(t)
		rebuilt.expectViews(t, []string{"3374"}, []string{"2026"})
	})
}

func TestADocumentThatIsTooLargeDisplacesTheOldOne(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.apply(t, on("e1", score("01ani", "dinkes", domain.Good, 1)))
		huge := score("01ani", "dinkes", domain.Poor, 2)
		huge.Score.Missing = []domain.Missing{{Description: string(make([]byte, view.MaxValueBytes))}}
		w.apply(t, on("e2", huge))
		expect(t, "the report", "Kurang/Misconduct", w.person(t, "01ani").GetPredicateLabel())
		expect(t, "the report, read again", "Kurang/Misconduct", w.person(t, "01ani").GetPredicateLabel())
	})
}

func TestTheRefresherPutsSummariesSoon(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		stop := kittest.Run(t, w.refresher.Run)
		key := "rm:v1:{3374.2026}:summary"
		last := int64(0)
		for revision := range int64(3) {
			w.clock.Advance(time.Second)
			w.apply(t, on(string(rune('a'+revision)), plan("01ani", "dinkes", []string{"DRAFT", "APPROVED"}[revision%2], revision+1)))
			kittest.Await(t, "the summary is put", func() bool {
				got, err := w.shelf.Store.Get(t.Context(), key)
				if err != nil || got[0].Revision <= last {
					return false
				}
				last = got[0].Revision
				return true
			})
		}
		kittest.Await(t, "nothing is owed", func() bool { return w.debts(t) == 0 })
		expect(t, "kicks", int64(3), w.kicks.Load())
		err := stop()
		if err != nil {
			t.Errorf("it ended with %v", err)
		}
	})
}
