package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

func TestResultsOfHoldersAreThoseOfEverybodyWhoHoldsThePosition(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		f.assign(
			[5]string{"ani", "chief", "DEFINITIVE", "2026-01-01", "2026-03-01"},
			[5]string{"budi", "chief", "ACTING", "2026-02-01", ""},
			[5]string{"citra", "head", "DEFINITIVE", "2026-01-01", ""},
		)
		f.must(func(ctx context.Context, tx app.Tx) error {
			return errors.Join(tx.InsertPlan(ctx, plan("pa", "ani")), tx.InsertPlan(ctx, plan("pb", "budi")), tx.InsertPlan(ctx, plan("pc", "citra")))
		})
		ani, budi := domain.ResultRef{Plan: "pa", Result: "r1"}, domain.ResultRef{Plan: "pb", Result: "r1"}
		cases := map[string]struct {
			on, except string
			want       map[domain.ResultRef]bool
		}{
			"the_holder":             {"2026-01-15", "dewi", map[domain.ResultRef]bool{ani: true}},
			"the_holder_and_the_plt": {"2026-02-15", "dewi", map[domain.ResultRef]bool{ani: true, budi: true}},
			"the_plt_alone":          {"2026-03-15", "dewi", map[domain.ResultRef]bool{budi: true}},
			"not_oneself":            {"2026-03-15", "budi", map[domain.ResultRef]bool{}},
			"nobody":                 {"2025-12-31", "dewi", map[domain.ResultRef]bool{}},
		}
		for name, c := range cases {
			got, err := f.ResultsOfHolders(t.Context(), app.HolderQuery{
				Tenant: "3374", Period: "2026", Position: "chief", On: date(t, c.on), Except: c.except,
			})
			diff := cmp.Diff(c.want, got)
			if err != nil || diff != "" {
				t.Errorf("%s: %v\n%s", name, err, diff)
			}
		}
	})
}

func TestObjectivesExistOnlyInTheirPeriod(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		f.must(func(ctx context.Context, tx app.Tx) error {
			return errors.Join(tx.InsertPeriod(ctx, period("2027")), tx.InsertObjective(ctx, objective("o1")), tx.InsertObjective(ctx, objective("o2")))
		})
		got, err := f.ObjectivesExist(t.Context(), "3374", "2026", []string{"o2", "o3", "o1", "o4", "o5"})
		same(t, map[string]bool{"o1": true, "o2": true}, got, err)
		got, err = f.ObjectivesExist(t.Context(), "3374", "2027", []string{"o1"})
		same(t, map[string]bool{}, got, err)
	})
}

func TestPlanInputsAreTheApprovedPlansWithWhatWasHeld(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		ctx := t.Context()
		f.assign(
			[5]string{"ani", "nurse", "DEFINITIVE", "2020-01-01", "2026-02-01"},
			[5]string{"ani", "nurse", "DEFINITIVE", "2026-05-01", ""},
			[5]string{"ani", "chief", "DEFINITIVE", "2026-02-01", "2026-05-01"},
			[5]string{"ani", "nurse", "ACTING", "2026-03-01", "2026-04-01"},
		)
		approved := func(id, owner string) domain.PlanData {
			p := plan(id, owner)
			p.State = domain.PlanApproved
			return p
		}
		f.must(func(ctx context.Context, tx app.Tx) error {
			return errors.Join(tx.InsertPlan(ctx, approved("pa", "ani")), tx.InsertPlan(ctx, approved("pb", "budi")), tx.InsertPlan(ctx, plan("pc", "citra")))
		})
		got, err := f.PlanInputs(ctx, "3374", "2026", []string{"citra", "budi", "nobody", "ani", "ani"})
		slices.SortFunc(got, func(a, b app.PlanInput) int { return strings.Compare(a.Plan.ID, b.Plan.ID) })
		for _, in := range got {
			slices.SortFunc(in.Held, func(a, b domain.Interval) int { return strings.Compare(a.Start.String(), b.Start.String()) })
		}
		same(t, []app.PlanInput{
			{Plan: approved("pa", "ani"), UnitKind: "AGENCY", Family: "HEALTH", Held: []domain.Interval{days(t, "2020-01-01", "2026-02-01"), days(t, "2026-05-01", "")}},
			{Plan: approved("pb", "budi"), UnitKind: "AGENCY", Family: "HEALTH"},
		}, got, err)
		none, err := f.PlanInputs(ctx, "3374", "2027", []string{"ani"})
		same(t, nil, none, err)
	})
}

func TestPlanInputsOfManyPeople(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		var people []string
		for i := range 500 {
			people = append(people, fmt.Sprintf("p-%03d", i))
		}
		f.must(func(ctx context.Context, tx app.Tx) error {
			var errs []error
			for i, id := range people[:300] {
				p, d := person(id), plan("plan-"+id, id)
				p.NIP, d.State = fmt.Sprintf("199001012025011%03d", i+1), domain.PlanApproved
				errs = append(errs, tx.InsertPerson(ctx, p), tx.InsertPlan(ctx, d))
			}
			return errors.Join(errs...)
		})
		for _, n := range []int{1, 2, 5, 257, 500} {
			got, err := f.PlanInputs(t.Context(), "3374", "2026", people[:n])
			same(t, min(n, 300), len(got), err)
		}
	})
}

func TestPlannedPeopleAreThoseOfTheUnitWithAnApprovedPlan(t *testing.T) {
	each(t, func(f fixture) {
		t := f.t
		ctx := t.Context()
		f.must(func(ctx context.Context, tx app.Tx) error {
			var errs []error
			for owner, state := range map[string]domain.PlanState{
				"ani": domain.PlanApproved, "budi": domain.PlanSubmitted, "citra": domain.PlanApproved, "dewi": domain.PlanApproved,
			} {
				p := plan("z-"+owner, owner)
				p.State = state
				if owner == "dewi" {
					p.Post.Unit = "health"
				}
				errs = append(errs, tx.InsertPlan(ctx, p))
			}
			return errors.Join(errs...)
		})
		q := app.PlannedQuery{Tenant: "3374", Period: "2026", Unit: "clinic"}
		first, err := f.PlannedPeople(ctx, q, app.Page{Limit: 1})
		same(t, []string{"ani"}, first, err)
		rest, err := f.PlannedPeople(ctx, q, app.Page{After: "ani", Limit: 5})
		same(t, []string{"citra"}, rest, err)
		n, err := f.CountPlannedPeople(ctx, q)
		same(t, int64(2), n, err)
		q.Unit = ""
		everybody, err := f.PlannedPeople(ctx, q, app.Page{Limit: 5})
		same(t, []string{"ani", "citra", "dewi"}, everybody, err)
		rest, err = f.PlannedPeople(ctx, q, app.Page{After: "ani", Limit: 1})
		same(t, []string{"citra"}, rest, err)
		n, err = f.CountPlannedPeople(ctx, q)
		same(t, int64(3), n, err)
		q.Tenant = "3402"
		none, err := f.PlannedPeople(ctx, q, app.Page{Limit: 5})
		same(t, nil, none, err)
	})
}
