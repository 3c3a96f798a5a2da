package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/store"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/store/migrations"
)

var (
	at     = time.Date(2026, 3, 1, 8, 0, 0, 123000, time.UTC)
	period = domain.PeriodKey{Tenant: "3374", Period: "2026"}
)

// each runs a test of the contract on every engine.
func each(t *testing.T, run func(t *testing.T, s *store.Store)) {
	t.Helper()
	t.Parallel()
	kittest.Each(t, migrations.FS, func(t *testing.T, db *sqlkit.DB) { run(t, store.New(db)) })
}

func project(t *testing.T, s *store.Store, fn func(ctx context.Context, tx app.Tx) error) {
	t.Helper()
	err := s.Project(t.Context(), fn)
	if err != nil {
		t.Fatalf("project: %v", err)
	}
}

func report(tenant, period, person, unit string) domain.Report {
	return domain.Report{
		Key:         domain.PersonKey{Tenant: tenant, Period: period, Person: person},
		DisplayName: "Ani, S.Kep.", UnitDisplayName: "Dinas Kesehatan", Unit: unit,
		Plan: domain.Plan{Revision: 3, State: "APPROVED", PositionTitle: "Perawat Ahli Pertama"},
		Score: domain.Score{
			Revision: 7, State: "COMPLETE", Predicate: domain.Good, ResultRating: "ABOVE", BehaviorRating: "MEETS",
			Achievement: "104.00", SurveyIndex: "81.94", Credit: "12.50", Value: "96.20", Suggestion: "MEETS", Final: true, PredicateWord: "Cukup",
			Missing:   []domain.Missing{{Input: "rating.result", Description: "Rating hasil kerja", Policy: "BLOCK"}},
			InputTime: at.Add(-time.Hour), ComputeTime: at.Add(-time.Minute),
		},
		Revision: 9, VisibleTime: at,
	}
}

func tally(tenant, period, unit string, people int) domain.Tally {
	return domain.Tally{
		Key: domain.UnitKey{Tenant: tenant, Period: period, Unit: unit}, DisplayName: "Dinas Kesehatan",
		Counts: domain.Counts{People: people, Approved: 2, Predicates: [5]int{1, 2, 3, 4, 5}},
		Survey: domain.Survey{Revision: 4, Index: "81.94", Grade: "B"}, Revision: 6, VisibleTime: at,
	}
}

func sorted() cmp.Option {
	return cmp.Options{
		cmpopts.SortSlices(func(a, b domain.Report) bool { return fmt.Sprint(a.Key) < fmt.Sprint(b.Key) }),
		cmpopts.SortSlices(func(a, b domain.Tally) bool { return fmt.Sprint(a.Key) < fmt.Sprint(b.Key) }),
		cmpopts.EquateEmpty(),
	}
}

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got, sorted()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestReportsComeBackAsTheyWereSaved(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		var rows []domain.Report
		var keys []domain.PersonKey
		for i := range 300 {
			r := report("3374", "2026", fmt.Sprintf("01p%03d", i), "dinkes")
			rows, keys = append(rows, r), append(keys, r.Key)
		}
		bare := domain.Report{Key: domain.PersonKey{Tenant: "3402", Period: "2025", Person: "01bare"}, Revision: 1, VisibleTime: at}
		rows, keys = append(rows, bare), append(keys, bare.Key, domain.PersonKey{Tenant: "3402", Period: "2025", Person: "01none"})
		project(t, s, func(ctx context.Context, tx app.Tx) error { return tx.SaveReports(ctx, rows) })
		got, err := s.Reports(t.Context(), keys)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "reports", rows, got)

		rows[4].Score, rows[4].Unit, rows[4].Revision = domain.Score{}, "rsud", 10
		project(t, s, func(ctx context.Context, tx app.Tx) error {
			err := tx.SaveReports(ctx, rows[4:5])
			if err != nil {
				return err
			}
			inside, err := tx.Reports(ctx, keys[4:5])
			same(t, "the transaction sees what it wrote", rows[4:5], inside)
			return err
		})
		got, err = s.Reports(t.Context(), keys)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "after a change of one", rows, got)
	})
}

func TestReportsAreFoundByPersonAndByUnitOfEveryPeriod(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		rows := []domain.Report{
			report("3374", "2025", "01ani", "dinkes"), report("3374", "2026", "01ani", "rsud"),
			report("3374", "2026", "01budi", "dinkes"), report("3402", "2026", "01ani", "dinkes"),
		}
		project(t, s, func(ctx context.Context, tx app.Tx) error {
			err := tx.SaveReports(ctx, rows)
			if err != nil {
				return err
			}
			ofAni, err := tx.ReportsOf(ctx, app.People, []app.Ref{{Tenant: "3374", ID: "01ani"}, {Tenant: "3374", ID: "01none"}})
			if err != nil {
				return err
			}
			same(t, "of a person", rows[:2], ofAni)
			inDinkes, err := tx.ReportsOf(ctx, app.Units, []app.Ref{{Tenant: "3374", ID: "dinkes"}})
			same(t, "of a unit", []domain.Report{rows[0], rows[2]}, inDinkes)
			return err
		})
	})
}

func TestListsArePagedByPersonInByteOrder(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		// A collation that passes over hyphens would order these otherwise.
		ids := []string{"01-z", "01a", "01b-a", "01ba", "02"}
		project(t, s, func(ctx context.Context, tx app.Tx) error {
			var rows []domain.Report
			for i, id := range ids {
				rows = append(rows, report("3374", "2026", id, []string{"dinkes", "rsud"}[i%2]))
			}
			rows = append(rows, report("3374", "2025", "01aa", "dinkes"), report("3402", "2026", "01ab", "dinkes"))
			return tx.SaveReports(ctx, rows)
		})
		for unit, want := range map[string][]string{"": ids, "dinkes": {"01-z", "01b-a", "02"}, "none": nil} {
			var got []string
			q := app.ListQuery{Key: period, Unit: unit, Limit: 2}
			for {
				rows, err := s.ListReports(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				for _, r := range rows {
					got = append(got, r.Key.Person)
					q.After = r.Key.Person
				}
				if len(rows) < q.Limit {
					break
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("unit %q: %s", unit, diff)
			}
		}
	})
}

func TestTallies(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		rows := []domain.Tally{
			tally("3374", "2026", "", 9), tally("3374", "2026", "dinkes", 5), tally("3374", "2026", "rsud", 4),
			tally("3374", "2025", "dinkes", 3), tally("3402", "2026", "dinkes", 2),
		}
		empty := domain.Tally{Key: domain.UnitKey{Tenant: "3374", Period: "2026", Unit: "empty"}, Revision: 1, VisibleTime: at}
		project(t, s, func(ctx context.Context, tx app.Tx) error {
			err := tx.SaveTallies(ctx, append(rows, empty))
			if err != nil {
				return err
			}
			found, err := tx.TalliesOf(ctx, []app.Ref{{Tenant: "3374", ID: "dinkes"}, {Tenant: "3374", ID: ""}})
			same(t, "of a unit and of the tenant", []domain.Tally{rows[0], rows[1], rows[3]}, found)
			return err
		})
		got, err := s.Tallies(t.Context(), []domain.UnitKey{rows[1].Key, rows[4].Key, {Tenant: "3374", Period: "2026", Unit: "none"}})
		if err != nil {
			t.Fatal(err)
		}
		same(t, "by key", []domain.Tally{rows[1], rows[4]}, got)

		summary, err := s.Summary(t.Context(), period, 1000)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "a summary leaves out units without people and survey", domain.Summary{Whole: rows[0], Units: rows[1:3]}, summary)
		summary, err = s.Summary(t.Context(), period, 1)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "a summary is bounded", domain.Summary{Whole: rows[0], Units: rows[1:2]}, summary)
		_, err = s.Summary(t.Context(), domain.PeriodKey{Tenant: "3374", Period: "2024"}, 1000)
		if !errors.Is(err, app.ErrNotFound) {
			t.Errorf("a period without tallies gave %v", err)
		}
	})
}

func TestDirectoryKeepsTheNewestNames(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		named := func(id, name string, revision int64) app.Named {
			return app.Named{Ref: app.Ref{Tenant: "3374", ID: id}, DisplayName: name, Revision: revision}
		}
		refs := []app.Ref{{Tenant: "3374", ID: "01ani"}, {Tenant: "3374", ID: "01budi"}, {Tenant: "3402", ID: "01ani"}}
		steps := []struct {
			save []app.Named
			want map[app.Ref]string
		}{
			{nil, map[app.Ref]string{}},
			{[]app.Named{named("01ani", "Ani", 2), named("01budi", "Budi", 1)}, map[app.Ref]string{refs[0]: "Ani", refs[1]: "Budi"}},
			{[]app.Named{named("01ani", "Older", 1), named("01budi", "Budi, S.E.", 2)}, map[app.Ref]string{refs[0]: "Ani", refs[1]: "Budi, S.E."}},
			{[]app.Named{named("01ani", "Same", 2)}, map[app.Ref]string{refs[0]: "Ani", refs[1]: "Budi, S.E."}},
		}
		for i, step := range steps {
			project(t, s, func(ctx context.Context, tx app.Tx) error {
				err := tx.SaveNames(ctx, app.People, step.save)
				if err != nil {
					return err
				}
				got, err := tx.Names(ctx, app.People, refs)
				same(t, fmt.Sprintf("step %d", i), step.want, got)
				units, unitsErr := tx.Names(ctx, app.Units, refs)
				same(t, "units are not people", map[app.Ref]string{}, units)
				return errors.Join(err, unitsErr)
			})
		}
	})
}

func TestEnterGivesTheNewestNameOfEachTenant(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		steps := []struct {
			enter []app.Named
			want  map[string]string
		}{
			{[]app.Named{{Ref: app.Ref{Tenant: "3402"}}, {Ref: app.Ref{Tenant: "3374"}}}, map[string]string{"3374": "", "3402": ""}},
			{[]app.Named{{Ref: app.Ref{Tenant: "3374"}, DisplayName: "Kota Semarang", Revision: 1}}, map[string]string{"3374": "Kota Semarang"}},
			{[]app.Named{{Ref: app.Ref{Tenant: "3374"}}}, map[string]string{"3374": "Kota Semarang"}},
		}
		for i, step := range steps {
			project(t, s, func(ctx context.Context, tx app.Tx) error {
				got, err := tx.Enter(ctx, step.enter)
				same(t, fmt.Sprintf("step %d", i), step.want, got)
				return err
			})
		}
	})
}

func TestDebtsStayUntilTheirRevisionIsPaid(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		debt := func(kind app.DebtKind, id string, revision int64) app.Debt {
			return app.Debt{Kind: kind, Key: period, ID: id, Revision: revision}
		}
		person, summary := debt(app.PersonView, "01ani", 5), debt(app.SummaryView, "", 6)
		expect := func(what string, limit int, want ...app.Debt) {
			t.Helper()
			got, err := s.Debts(t.Context(), limit)
			if err != nil {
				t.Fatal(err)
			}
			same(t, what, want, got)
		}
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(s.Owe(t.Context(), nil))
		must(s.Owe(t.Context(), []app.Debt{debt(app.PersonView, "01ani", 3), person, debt(app.PersonView, "01ani", 4)}))
		project(t, s, func(ctx context.Context, tx app.Tx) error { return tx.Owe(ctx, []app.Debt{summary}) })
		expect("each view is owed once, as of its newest revision", 10, person, summary)
		expect("a look is bounded", 1, person)
		must(s.Settle(t.Context(), []app.Debt{debt(app.PersonView, "01ani", 4), debt(app.SummaryView, "", 7)}))
		expect("an older payment does not settle", 10, person)
		must(s.Owe(t.Context(), []app.Debt{debt(app.PersonView, "01ani", 2)}))
		expect("an older debt changes nothing", 10, person)
		must(s.Settle(t.Context(), []app.Debt{person}))
		expect("all is paid", 10)
	})
}

func TestAFailedProjectionLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		boom := errors.New("boom")
		r := report("3374", "2026", "01ani", "dinkes")
		err := s.Project(t.Context(), func(ctx context.Context, tx app.Tx) error {
			_, err := tx.Claim(ctx, "c", []string{"e1"}, at)
			return errors.Join(boom, err, tx.SaveReports(ctx, []domain.Report{r}))
		})
		if !errors.Is(err, boom) {
			t.Fatalf("got %v", err)
		}
		got, err := s.Reports(t.Context(), []domain.PersonKey{r.Key})
		if err != nil || len(got) != 0 {
			t.Fatalf("there is %v, %v", got, err)
		}
		project(t, s, func(ctx context.Context, tx app.Tx) error {
			fresh, err := tx.Claim(ctx, "c", []string{"e1"}, at)
			same(t, "the claim was undone", map[string]bool{"e1": true}, fresh)
			return err
		})
	})
}

// TestProjectionsOfATenantTakeTurns adds to one row in many transactions at a time, by reading and writing it.
func TestProjectionsOfATenantTakeTurns(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		const writers, turns = 4, 20
		done := make(chan error, writers)
		for w := range writers {
			go func() {
				var err error
				for i := 0; i < turns && err == nil; i++ {
					err = s.Project(t.Context(), func(ctx context.Context, tx app.Tx) error { return addOne(ctx, tx, w) })
				}
				done <- err
			}()
		}
		for range writers {
			err := <-done
			if err != nil {
				t.Error(err)
			}
		}
		got, err := s.Tallies(t.Context(), []domain.UnitKey{period.Whole()})
		if err != nil || len(got) != 1 || got[0].Counts.People != writers*turns {
			t.Fatalf("%d additions gave %v, %v", writers*turns, got, err)
		}
	})
}

func addOne(ctx context.Context, tx app.Tx, writer int) error {
	// Two tenants, named in both orders.
	tenants := []app.Named{{Ref: app.Ref{Tenant: "3374"}}, {Ref: app.Ref{Tenant: "3402"}}}
	if writer%2 == 0 {
		tenants[0], tenants[1] = tenants[1], tenants[0]
	}
	_, err := tx.Enter(ctx, tenants)
	if err != nil {
		return err
	}
	row := domain.Tally{Key: period.Whole()}
	found, err := tx.Tallies(ctx, []domain.UnitKey{row.Key})
	if err != nil {
		return err
	}
	if len(found) > 0 {
		row = found[0]
	}
	row.Counts.People++
	row.Revision++
	return tx.SaveTallies(ctx, []domain.Tally{row})
}
