package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

var july = domain.Month{Year: 2026, Month: 7}

// monthFacts have every field set.
func monthFacts(person string) domain.MonthFacts {
	days, row := 12, 10
	return domain.MonthFacts{
		Tenant: tenant, Person: person, Month: july, PositionClass: "kelas-7", Productivity: "98.75", YearUnexcusedDays: &days,
		ConsecutiveUnexcusedDays: &row,
		Attendance:               &domain.MonthAttendance{WorkingDays: 23, Counts: []domain.AttendanceCount{{Code: "TL1", Count: 2}, {Code: "PSW4", Count: 1}}},
		Sanction:                 &domain.AllowanceSanction{UnexcusedDays: 11, Month: 2}, UpdateTime: noon,
	}
}

func TestMonthFacts_each_change_is_a_revision_that_tells_nobody(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		must[domain.MonthFacts](t)(b.store.SetMonthFacts(t.Context(), monthFacts("budi"), onRevision(0)))
		bare := domain.MonthFacts{Tenant: tenant, Person: "budi", Month: july, UpdateTime: noon.Add(time.Minute)}
		set := must[domain.MonthFacts](t)(b.store.SetMonthFacts(t.Context(), bare, onRevision(1)))
		bare.Revision = 2
		if diff := cmp.Diff(bare, set); diff != "" {
			t.Errorf("set (-want +got):\n%s", diff)
		}
		_, err := b.store.SetMonthFacts(t.Context(), monthFacts("budi"), onRevision(1))
		if !errors.Is(err, domain.ErrStale) {
			t.Errorf("stale: %v", err)
		}
		full := monthFacts("ani")
		must[domain.MonthFacts](t)(b.store.SetMonthFacts(t.Context(), full, whatever))
		full.Revision = 1
		got := must[[]domain.MonthFacts](t)(b.store.ListMonthFacts(t.Context(), app.MonthPage{Tenant: tenant, Month: july, Limit: 9}))
		if diff := cmp.Diff([]domain.MonthFacts{full, bare}, got); diff != "" {
			t.Errorf("current (-want +got):\n%s", diff)
		}
		if len(b.told()) != 0 {
			t.Errorf("told: %+v", b.told())
		}
	})
}

func TestMonthFacts_are_those_of_the_tenant_month_and_people_asked_for(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		for i := range 7 {
			must[domain.MonthFacts](t)(b.store.SetMonthFacts(t.Context(), monthFacts(fmt.Sprintf("p%d", i)), whatever))
		}
		for _, stranger := range []func(*domain.MonthFacts){
			func(f *domain.MonthFacts) { f.Tenant = "3402" }, func(f *domain.MonthFacts) { f.Month.Month = 6 },
		} {
			f := monthFacts("p9")
			stranger(&f)
			must[domain.MonthFacts](t)(b.store.SetMonthFacts(t.Context(), f, whatever))
		}
		some := must[[]domain.MonthFacts](t)(b.store.MonthFacts(t.Context(), app.MonthQuery{Tenant: tenant, Month: july, People: []string{"p1", "p9", "p3"}}))
		if len(some) != 2 {
			t.Errorf("facts: %+v", some)
		}
		var people []string
		q := app.MonthPage{Tenant: tenant, Month: july, Limit: 3}
		for range 4 {
			for _, f := range must[[]domain.MonthFacts](t)(b.store.ListMonthFacts(t.Context(), q)) {
				people = append(people, f.Person)
				q.After = f.Person
			}
		}
		if diff := cmp.Diff([]string{"p0", "p1", "p2", "p3", "p4", "p5", "p6"}, people); diff != "" {
			t.Errorf("people (-want +got):\n%s", diff)
		}
	})
}
