package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store"
)

var july = allowance.Month{Year: 2026, Month: 7}

// table returns a draft with every field of one set.
func table(id, from string) app.AllowanceTable {
	return app.AllowanceTable{
		TableKey: app.TableKey{Tenant: "3402", ID: id}, DisplayName: "Tabel " + id, Regulation: "Perbup 10/2022", EffectiveFrom: from,
		Examples: 4, Content: "name: " + id + "\n", Hash: "hash-" + id, Author: "siti", AuthorPerson: "p-siti", CreateTime: noon,
	}
}

func addTable(t *testing.T, s *store.Store, given app.AllowanceTable) app.AllowanceTable {
	t.Helper()
	added, err := s.AddTable(t.Context(), given)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

func publish(t *testing.T, s *store.Store, given app.AllowanceTable, at time.Time) {
	t.Helper()
	given.Publisher, given.PublishTime = "budi", at
	err := s.PublishTable(t.Context(), given)
	if err != nil {
		t.Fatal(err)
	}
}

// slip returns a revision with every field set.
func slip(person string, revision int64) app.StoredSlip {
	percent, days := decimal.MustParse("98.50"), int64(4)
	s := app.StoredSlip{
		SlipKey: app.SlipKey{Tenant: "3402", Person: person, Month: july}, Revision: revision,
		Table: app.TableKey{Tenant: "3402", ID: "tpp", Version: 2}, TableHash: "hash-tpp", FactsRevision: 3, Digest: fmt.Sprintf("d%d", revision), ComputeTime: noon,
		Facts: allowance.Facts{
			Month: july, PositionClass: "pelaksana", Productivity: &percent, Predicate: domain.PredicateGood, YearUnexcusedDays: &days,
			ConsecutiveUnexcusedDays: &days,
			Attendance:               &allowance.Attendance{WorkingDays: 22, Counts: []allowance.Count{{Code: "TL1", Count: 2}}},
			Sanction:                 &allowance.Sanction{UnexcusedDays: 11, Month: 1},
		},
		Slip: allowance.Slip{
			Month: july, State: allowance.StateComplete, Total: "1.00", Regulation: "R",
			Lines: []allowance.Line{{
				ID: "base", Kind: allowance.KindBase, Label: "B", Note: "N", Exact: "1", Amount: "1.00",
				Operands: []allowance.Operand{{Label: "L", Value: "V", Unit: allowance.UnitRupiah}},
			}},
			Missing: []allowance.Missing{{Fact: "predicate", Description: "D", Policy: allowance.PolicyFull}},
			Notice:  &allowance.Notice{Days: 4, Consecutive: true, Label: "Teguran", Source: "PP 94/2021"},
		},
	}
	return s
}

func TestTables(t *testing.T) {
	t.Parallel()
	each(t, "keep_every_field_and_count_their_versions", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		first, second := addTable(t, s, table("tpp", "2026-01-01")), addTable(t, s, table("tpp", "2026-07-01"))
		if first.Version != 1 || second.Version != 2 || addTable(t, s, table("other", "2026-01-01")).Version != 1 {
			t.Fatalf("versions %d, %d", first.Version, second.Version)
		}
		got, err := s.Table(t.Context(), second.TableKey)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(second, got); diff != "" {
			t.Fatalf("table (-want +got):\n%s", diff)
		}
		publish(t, s, second, noon.Add(time.Hour))
		second.Publisher, second.PublishTime = "budi", noon.Add(time.Hour)
		got, err = s.Table(t.Context(), second.TableKey)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(second, got); diff != "" {
			t.Fatalf("published table (-want +got):\n%s", diff)
		}
		err = s.PublishTable(t.Context(), second)
		if !errors.Is(err, app.ErrTablePublished) {
			t.Errorf("published again: %v", err)
		}
		_, err = s.Table(t.Context(), app.TableKey{Tenant: "3374", ID: "tpp", Version: 1})
		if !errors.Is(err, app.ErrNotFound) {
			t.Errorf("table of another tenant: %v", err)
		}
	})
	each(t, "are_listed_by_id_and_version_without_content", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		for _, id := range []string{"b", "a", "b", "a", "a-b"} {
			addTable(t, s, table(id, "2026-01-01"))
		}
		elsewhere := table("a", "2026-01-01")
		elsewhere.Tenant = "3374"
		addTable(t, s, elsewhere)
		var got []string
		after := app.TableKey{Tenant: "3402"}
		for range 3 {
			page, err := s.Tables(t.Context(), after, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, table := range page {
				got = append(got, fmt.Sprintf("%s/%d%s", table.ID, table.Version, table.Content))
				after = table.TableKey
			}
		}
		if diff := cmp.Diff([]string{"a/1", "a/2", "a-b/1", "b/1", "b/2"}, got); diff != "" {
			t.Errorf("tables (-want +got):\n%s", diff)
		}
	})
	each(t, "in_force_are_the_newest_effective_published_ones", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		inForce := func(day string) string {
			got, err := s.TableInForce(t.Context(), "3402", day)
			if errors.Is(err, app.ErrNotFound) {
				return "none"
			}
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf("%s/%d", got.ID, got.Version)
		}
		january := addTable(t, s, table("tpp", "2026-01-01"))
		if got := inForce("2026-07-01"); got != "none" {
			t.Errorf("a draft is in force: %s", got)
		}
		publish(t, s, january, noon)
		summer := addTable(t, s, table("tpp", "2026-07-01"))
		publish(t, s, summer, noon.Add(time.Minute))
		corrected := addTable(t, s, table("tpp", "2026-01-01"))
		publish(t, s, corrected, noon.Add(time.Hour))
		addTable(t, s, table("tpp", "2026-02-01"))
		for day, want := range map[string]string{"2025-12-01": "none", "2026-01-01": "tpp/3", "2026-06-01": "tpp/3", "2026-07-01": "tpp/2", "2027-01-01": "tpp/2"} {
			if got := inForce(day); got != want {
				t.Errorf("on %s %s is in force, want %s", day, got, want)
			}
		}
	})
}

func TestTables_of_one_day(t *testing.T) {
	t.Parallel()
	each(t, "are_one_published_table_at_its_last_version", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		first, draft, other := addTable(t, s, table("tpp", "2026-07-01")), addTable(t, s, table("tpp", "2026-07-01")), addTable(t, s, table("lain", "2026-07-01"))
		last := addTable(t, s, table("tpp", "2026-07-01"))
		publish(t, s, first, noon)
		publish(t, s, last, noon)
		for name, refused := range map[string]app.AllowanceTable{"another": other, "an_older_version": draft} {
			refused.Publisher, refused.PublishTime = "budi", noon.Add(time.Hour)
			err := s.PublishTable(t.Context(), refused)
			if !errors.Is(err, app.ErrTableStart) {
				t.Errorf("%s: error is %v, want ErrTableStart", name, err)
			}
			got, err := s.Table(t.Context(), refused.TableKey)
			if err != nil || got.Published() {
				t.Errorf("%s is published: %v", name, err)
			}
		}
		elsewhere, later := table("lain", "2026-07-01"), addTable(t, s, table("lain", "2026-08-01"))
		elsewhere.Tenant = "3374"
		publish(t, s, addTable(t, s, elsewhere), noon)
		publish(t, s, later, noon)
		got, err := s.TableInForce(t.Context(), "3402", "2026-07-31")
		if err != nil || got.TableKey != last.TableKey {
			t.Fatalf("%v is in force, %v", got.TableKey, err)
		}
	})
	each(t, "that_are_published_at_once_get_through_one_by_one", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		errs := make([]error, 6)
		var wg sync.WaitGroup
		for i := range errs {
			draft := addTable(t, s, table(fmt.Sprintf("t%d", i), "2026-07-01"))
			draft.Publisher, draft.PublishTime = "budi", noon
			wg.Go(func() { errs[i] = s.PublishTable(context.WithoutCancel(t.Context()), draft) })
		}
		wg.Wait()
		through := 0
		for _, err := range errs {
			if err == nil {
				through++
			} else if !errors.Is(err, app.ErrTableStart) {
				t.Errorf("error is %v, want ErrTableStart", err)
			}
		}
		if through != 1 {
			t.Fatalf("%d got through", through)
		}
	})
}

func TestSlips(t *testing.T) {
	t.Parallel()
	each(t, "keep_every_field_of_every_revision", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		first, second, other := slip("ani", 1), slip("ani", 2), slip("budi", 1)
		for _, batch := range [][]app.StoredSlip{{first, other}, {second}} {
			err := s.AddSlips(t.Context(), batch)
			if err != nil {
				t.Fatal(err)
			}
		}
		current, err := s.Slips(t.Context(), "3402", july, []string{"ani", "budi", "citra"})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string]app.StoredSlip{"ani": second, "budi": other}, current, cmp.Comparer(decimal.Decimal.Equal)); diff != "" {
			t.Errorf("current (-want +got):\n%s", diff)
		}
		for revision, want := range map[int64]app.StoredSlip{0: second, 1: first, 2: second} {
			got, err := s.Slip(t.Context(), first.SlipKey, revision)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got, cmp.Comparer(decimal.Decimal.Equal)); diff != "" {
				t.Errorf("revision %d (-want +got):\n%s", revision, diff)
			}
		}
		elsewhere := first.SlipKey
		elsewhere.Tenant = "3374"
		for _, missing := range []struct {
			key      app.SlipKey
			revision int64
		}{{first.SlipKey, 3}, {elsewhere, 0}} {
			_, err = s.Slip(t.Context(), missing.key, missing.revision)
			if !errors.Is(err, app.ErrNotFound) {
				t.Errorf("%+v: %v", missing, err)
			}
		}
	})
	each(t, "that_do_not_follow_the_current_one_change_nothing", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		err := s.AddSlips(t.Context(), []app.StoredSlip{slip("ani", 1)})
		if err != nil {
			t.Fatal(err)
		}
		for _, stale := range []int64{1, 3} {
			err = s.AddSlips(t.Context(), []app.StoredSlip{slip("budi", 1), slip("ani", stale)})
			if !errors.Is(err, app.ErrStale) {
				t.Errorf("revision %d: %v", stale, err)
			}
		}
		current, err := s.Slips(t.Context(), "3402", july, []string{"budi"})
		if err != nil || len(current) != 0 {
			t.Errorf("the other slip is there: %v, %v", current, err)
		}
	})
	each(t, "of_several_writers_at_once_are_written_once", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		errs := make([]error, 6)
		var wg sync.WaitGroup
		for i := range errs {
			wg.Go(func() {
				errs[i] = s.AddSlips(context.WithoutCancel(t.Context()), []app.StoredSlip{slip("ani", 1)})
			})
		}
		wg.Wait()
		through := 0
		for _, err := range errs {
			if err == nil {
				through++
			} else if !errors.Is(err, app.ErrStale) {
				t.Errorf("error is %v, want ErrStale", err)
			}
		}
		if through != 1 {
			t.Fatalf("%d writers got through", through)
		}
	})
	each(t, "of_a_whole_page_fit_into_their_statements", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		var all []app.StoredSlip
		var people []string
		for i := range 200 {
			people = append(people, fmt.Sprintf("p%03d", i))
			all = append(all, slip(people[i], 1))
		}
		err := s.AddSlips(t.Context(), all)
		if err != nil {
			t.Fatal(err)
		}
		current, err := s.Slips(t.Context(), "3402", july, people)
		if err != nil || len(current) != 200 {
			t.Fatalf("%d slips, %v", len(current), err)
		}
	})
}

func TestScores_across_periods(t *testing.T) {
	t.Parallel()
	in := func(period string, sc app.Revision) app.Revision {
		sc.Period.ID = period
		return sc
	}
	each(t, "of_a_person_are_current_and_by_period", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		for _, sc := range []app.Revision{score("ani", 1), in("2024", score("ani", 1)), in("2025", score("ani", 1)), in("2025", score("ani", 2)), score("budi", 1)} {
			apply(t, s, app.Write{Scores: []app.Revision{sc}})
		}
		got, err := s.PersonScores(t.Context(), "3402", "ani")
		if err != nil {
			t.Fatal(err)
		}
		want := []app.Revision{in("2024", score("ani", 1)), in("2025", score("ani", 2)), score("ani", 1)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("scores (-want +got):\n%s", diff)
		}
	})
	each(t, "give_the_predicates_that_are_fixed_and_those_of_complete_ones", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		complete, provisional := app.Revision{Score: computed("ani", 1)}, app.Revision{Score: computed("budi", 1)}
		fixed, without := score("dewi", 1), score("eko", 1)
		complete.State, fixed.State = domain.StateComplete, domain.StateComplete
		without.State, without.Predicate = domain.StateIncomplete, ""
		apply(t, s, app.Write{Scores: []app.Revision{complete, provisional, fixed, without}})
		got, err := s.Predicates(t.Context(), period, slices.Repeat([]string{"ani", "budi", "citra", "dewi", "eko"}, 200))
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]app.HeldPredicate{
			"ani":  {Predicate: domain.PredicateGood, RulePack: complete.RulePack},
			"dewi": {Predicate: domain.PredicateVeryGood, Fixed: true, RulePack: fixed.RulePack},
			"eko":  {Predicate: domain.PredicateVeryGood, Fixed: true, RulePack: without.RulePack},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("predicates (-want +got):\n%s", diff)
		}
	})
}
