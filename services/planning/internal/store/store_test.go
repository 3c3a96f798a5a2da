package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
	"github.com/kinerja-suite/kinerja/services/planning/internal/store"
	"github.com/kinerja-suite/kinerja/services/planning/internal/store/migrations"
)

var now = time.Date(2026, 3, 15, 3, 0, 0, 123000, time.UTC)

// fixture is a store with the tenant 3374: city above health above clinic; mayor over head over chief over nurse.
type fixture struct {
	*store.Store
	t *testing.T
}

// each runs the test on a seeded store of every engine.
func each(t *testing.T, test func(f fixture)) {
	t.Helper()
	t.Parallel()
	kittest.Each(t, migrations.FS, func(t *testing.T, db *sqlkit.DB) {
		quiet := func(context.Context, *sqlkit.Tx, domain.Event) error { return nil }
		f := fixture{store.New(db, quiet), t}
		f.seed()
		test(f)
	})
}

func (f fixture) seed() {
	f.t.Helper()
	f.must(func(ctx context.Context, tx app.Tx) error {
		errs := []error{tx.InsertTenant(ctx, tenant("3374"))}
		for _, u := range [][2]string{{"city", ""}, {"health", "city"}, {"clinic", "health"}} {
			errs = append(errs, tx.InsertUnit(ctx, unit(u[0], u[1])))
		}
		for _, p := range [][3]string{{"mayor", "city", ""}, {"head", "health", "mayor"}, {"chief", "clinic", "head"}, {"nurse", "clinic", "chief"}} {
			errs = append(errs, tx.InsertPosition(ctx, position(p[0], p[1], p[2])))
		}
		for _, p := range []string{"ani", "budi", "citra", "dewi"} {
			errs = append(errs, tx.InsertPerson(ctx, person(p)))
		}
		errs = append(errs, tx.InsertPeriod(ctx, period("2026")))
		return errors.Join(errs...)
	})
}

// must writes and fails the test when that fails.
func (f fixture) must(fn func(ctx context.Context, tx app.Tx) error) {
	f.t.Helper()
	err := f.Write(f.t.Context(), fn)
	if err != nil {
		f.t.Fatal(err)
	}
}

func tenant(id string) domain.Tenant {
	return domain.Tenant{ID: id, DisplayName: "Kota " + id, Population: 1702379, Revision: 1, CreateTime: now}
}

func unit(id, parent string) domain.Unit {
	return domain.Unit{Tenant: "3374", ID: id, DisplayName: "Unit " + id, Kind: "AGENCY", Parent: parent, Revision: 1, CreateTime: now}
}

func position(id, unit, superior string) domain.Position {
	return domain.Position{
		Tenant: "3374", ID: id, Title: "Jabatan " + id, Unit: unit, Kind: domain.PositionFunctional, FunctionalLevel: "AHLI_MUDA", Family: "HEALTH",
		Superior: superior, UnitHead: id != "nurse", Revision: 1, CreateTime: now,
	}
}

func person(id string) domain.Person {
	return domain.Person{
		Tenant: "3374", ID: id, DisplayName: "Nama " + id, Employment: domain.EmploymentPNS, NIP: fmt.Sprintf("19850315201001100%d", id[0]%10),
		Grade: "III/a", Revision: 1, CreateTime: now,
	}
}

func period(id string) domain.Period {
	return domain.Period{
		Tenant: "3374", ID: id, DisplayName: "Tahun " + id, Interval: domain.Interval{Start: domain.Date{Year: 2026, Month: 1, Day: 1}, End: domain.Date{Year: 2027, Month: 1, Day: 1}},
		RulePack: "rulePacks/x-1/versions/1", State: domain.PeriodOpen, Revision: 1, CreateTime: now,
	}
}

func objective(id string) domain.Objective {
	return domain.Objective{Tenant: "3374", Period: "2026", ID: id, Unit: "clinic", Title: "Sasaran " + id, Revision: 1, CreateTime: now}
}

func assignment(t *testing.T, id, who, where string, interval domain.Interval) domain.Assignment {
	t.Helper()
	return domain.Assignment{
		Tenant: "3374", ID: id, Person: who, Position: where, Kind: domain.AssignmentDefinitive, Interval: interval, Revision: 1, CreateTime: now,
	}
}

func days(t *testing.T, start, end string) domain.Interval {
	t.Helper()
	i := domain.Interval{Start: date(t, start)}
	if end != "" {
		i.End = date(t, end)
	}
	return i
}

func date(t *testing.T, text string) domain.Date {
	t.Helper()
	d, err := domain.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// plan is a plan with every field set.
func plan(id, owner string) domain.PlanData {
	return domain.PlanData{
		PlanKey: domain.PlanKey{Tenant: "3374", Period: "2026", ID: id},
		Person:  owner,
		Post: domain.Post{
			Position: "nurse", Title: "Jabatan nurse", Unit: "clinic", Kind: domain.PositionFunctional, FunctionalLevel: "AHLI_MUDA", UnitHead: true,
		},
		Results: []domain.Result{{
			ID: "r1", Kind: "MAIN", Title: "Pelayanan rawat jalan", SuperiorResult: domain.ResultRef{Plan: "p0", Result: "r0"}, Objective: "o1",
			Indicators: []domain.Indicator{{
				ID: "i1", Aspect: "QUANTITY", Description: "Pasien terlayani", UnitOfMeasure: "pasien", Formula: domain.FormulaRange,
				Target: "1", TargetLow: "2", TargetHigh: "3.5", Source: domain.SourceReported, Level: "OUTCOME", MaxAttainable: true,
			}},
			Weight: "4.2",
		}},
		State: domain.PlanDraft, ReturnReason: "Lengkapi", Approver: "citra", SubmitTime: now.Add(time.Hour), ApproveTime: now.Add(2 * time.Hour),
		CreateTime: now, UpdateTime: now.Add(3 * time.Hour), Revision: 1,
	}
}

// same fails the test unless got is want without an error.
func same[T any](t *testing.T, want, got T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	diff := cmp.Diff(want, got)
	if diff != "" {
		t.Fatal(diff)
	}
}

func TestWhatWasInsertedIsReadBack(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		ctx := t.Context()
		f.must(func(ctx context.Context, tx app.Tx) error {
			return errors.Join(tx.InsertObjective(ctx, objective("o1")), tx.InsertPlan(ctx, plan("p1", "budi")))
		})
		tn, err := f.Tenant(ctx, "3374")
		same(t, tenant("3374"), tn, err)
		u, err := f.Unit(ctx, "3374", "clinic")
		same(t, unit("clinic", "health"), u, err)
		for id, remote := range map[string]*bool{"hills": new(true), "town": new(false)} {
			want := unit(id, "city")
			want.Remote = remote
			f.must(func(ctx context.Context, tx app.Tx) error { return tx.InsertUnit(ctx, want) })
			u, err = f.Unit(ctx, "3374", id)
			same(t, want, u, err)
		}
		po, err := f.Position(ctx, "3374", "chief")
		same(t, position("chief", "clinic", "head"), po, err)
		po, err = f.Position(ctx, "3374", "mayor")
		same(t, position("mayor", "city", ""), po, err)
		pe, err := f.Person(ctx, "3374", "budi")
		same(t, person("budi"), pe, err)
		pd, err := f.Period(ctx, "3374", "2026")
		same(t, period("2026"), pd, err)
		os, err := f.Objectives(ctx, "3374", "2026", app.Page{Limit: 5})
		same(t, []domain.Objective{objective("o1")}, os, err)
		pl, err := f.Plan(ctx, plan("p1", "").PlanKey)
		same(t, plan("p1", "budi"), pl, err)
		pl, err = f.PlanOfPerson(ctx, "3374", "2026", "budi")
		same(t, plan("p1", "budi"), pl, err)
		pls, err := f.Plans(ctx, "3374", "2026", app.Page{Limit: 5})
		same(t, []domain.PlanData{plan("p1", "budi")}, pls, err)
	})
}

func TestWhatDoesNotExistIsNotFound(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		ctx := t.Context()
		f.must(func(ctx context.Context, tx app.Tx) error { return tx.InsertTenant(ctx, tenant("3402")) })
		errs := map[string]error{}
		// What 3374 has is not there for another tenant.
		_, errs["tenant"] = f.Tenant(ctx, "9999")
		_, errs["unit"] = f.Unit(ctx, "3402", "clinic")
		_, errs["position"] = f.Position(ctx, "3402", "chief")
		_, errs["person"] = f.Person(ctx, "3402", "budi")
		_, errs["period"] = f.Period(ctx, "3402", "2026")
		_, errs["plan"] = f.Plan(ctx, domain.PlanKey{Tenant: "3402", Period: "2026", ID: "p1"})
		_, errs["plan of a person"] = f.PlanOfPerson(ctx, "3374", "2026", "budi")
		_, errs["definitive position"] = f.DefinitivePosition(ctx, "3374", "budi", date(t, "2026-03-15"))
		for what, err := range errs {
			if !errors.Is(err, app.ErrNotFound) {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

func TestASecondInsertReturnsErrExistsAndLeavesTheTransactionUsable(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		f.must(func(ctx context.Context, tx app.Tx) error {
			a := assignment(t, "a1", "budi", "nurse", days(t, "2026-01-01", ""))
			return errors.Join(tx.InsertObjective(ctx, objective("o1")), tx.InsertPlan(ctx, plan("p1", "budi")), tx.InsertAssignment(ctx, a))
		})
		sameNumber, samePerson := person("budi"), plan("p2", "budi")
		sameNumber.ID = "eko"
		f.must(func(ctx context.Context, tx app.Tx) error {
			errs := map[string]error{
				"tenant":                tx.InsertTenant(ctx, tenant("3374")),
				"unit":                  tx.InsertUnit(ctx, unit("clinic", "")),
				"position":              tx.InsertPosition(ctx, position("chief", "clinic", "")),
				"person":                tx.InsertPerson(ctx, person("budi")),
				"number of a person":    tx.InsertPerson(ctx, sameNumber),
				"period":                tx.InsertPeriod(ctx, period("2026")),
				"objective":             tx.InsertObjective(ctx, objective("o1")),
				"plan":                  tx.InsertPlan(ctx, plan("p1", "ani")),
				"second plan of person": tx.InsertPlan(ctx, samePerson),
				"assignment":            tx.InsertAssignment(ctx, assignment(t, "a1", "ani", "chief", days(t, "2020-01-01", ""))),
			}
			for what, err := range errs {
				if !errors.Is(err, app.ErrExists) {
					t.Errorf("%s: %v", what, err)
				}
			}
			_, err := tx.Person(ctx, "3374", "budi")
			return err
		})
	})
}

func TestPeopleWithoutANumberDoNotClash(t *testing.T) {
	each(t, func(f fixture) {
		f.must(func(ctx context.Context, tx app.Tx) error {
			a, b := person("wali"), person("wakil")
			a.NIP, b.NIP = "", ""
			return errors.Join(tx.InsertPerson(ctx, a), tx.InsertPerson(ctx, b))
		})
	})
}

func TestPagesAreInTheOrderOfBytes(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		ctx := t.Context()
		// In the order of a language, "a-c" would come after "ab".
		f.must(func(ctx context.Context, tx app.Tx) error {
			var errs []error
			for i, id := range []string{"ab", "a-c", "a1", "aa"} {
				p := person(id)
				p.NIP = fmt.Sprintf("1990010120250110%02d", i+1)
				errs = append(errs, tx.InsertPerson(ctx, p), tx.InsertUnit(ctx, unit(id, "")))
			}
			return errors.Join(errs...)
		})
		ids := func(people []domain.Person) []string {
			var out []string
			for _, p := range people {
				out = append(out, p.ID)
			}
			return out
		}
		first, err := f.People(ctx, "3374", app.Page{Limit: 3})
		same(t, []string{"a-c", "a1", "aa"}, ids(first), err)
		second, err := f.People(ctx, "3374", app.Page{After: "aa", Limit: 3})
		same(t, []string{"ab", "ani", "budi"}, ids(second), err)
		last, err := f.People(ctx, "3374", app.Page{After: "dewi", Limit: 3})
		same(t, nil, ids(last), err)
		units, err := f.Units(ctx, "3374", app.Page{After: "ab", Limit: 1})
		same(t, []domain.Unit{unit("city", "")}, units, err)
	})
}

func TestAnErrorUndoesTheWrite(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		refusal := errors.New("refused")
		err := f.Write(t.Context(), func(ctx context.Context, tx app.Tx) error {
			return errors.Join(tx.InsertUnit(ctx, unit("school", "city")), refusal)
		})
		if !errors.Is(err, refusal) {
			t.Fatalf("got %v", err)
		}
		_, err = f.Unit(t.Context(), "3374", "school")
		if !errors.Is(err, app.ErrNotFound) {
			t.Fatalf("the unit is there: %v", err)
		}
	})
}

func TestPlanUpdatesAreGuardedByTheRevision(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		f.must(func(ctx context.Context, tx app.Tx) error { return tx.InsertPlan(ctx, plan("p1", "budi")) })
		next := plan("p1", "budi")
		next.State, next.ReturnReason, next.Approver, next.Revision = domain.PlanApproved, "Baru", "dewi", 2
		next.Results[0].Title, next.UpdateTime = "Pelayanan rawat inap", now.Add(5*time.Hour)
		next.SubmitTime, next.ApproveTime = now.Add(6*time.Hour), now.Add(7*time.Hour)
		update := func(ctx context.Context, tx app.Tx) error { return tx.UpdatePlan(ctx, next) }
		f.must(update)
		got, err := f.Plan(t.Context(), next.PlanKey)
		same(t, next, got, err)
		for _, revision := range []int64{1, 2, 4} {
			next.Revision = revision
			err := f.Write(t.Context(), update)
			if !errors.Is(err, app.ErrStale) {
				t.Errorf("revision %d after 2: %v", revision, err)
			}
		}
	})
}
