package app_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
	"github.com/kinerja-suite/kinerja/services/planning/internal/region"
	"github.com/kinerja-suite/kinerja/services/planning/internal/store"
	"github.com/kinerja-suite/kinerja/services/planning/internal/store/migrations"
)

// twice is a store whose every transaction is rolled back once and run again, as an engine does that could not
// serialise it.
type twice struct{ *store.Store }

// anyPack has every rule pack, each in force at all times.
type anyPack struct{}

func (anyPack) RulePack(_ context.Context, name string) (domain.RulePack, error) {
	return domain.RulePack{Name: name}, nil
}

var errAgain = errors.New("could not serialise")

func (s twice) Write(ctx context.Context, fn func(ctx context.Context, tx app.Tx) error) error {
	err := s.Store.Write(ctx, func(ctx context.Context, tx app.Tx) error {
		return errors.Join(errAgain, fn(ctx, tx))
	})
	if !errors.Is(err, errAgain) {
		return err
	}
	return s.Store.Write(ctx, fn)
}

// ok fails the test when a use case fails, and passes on what it returned.
func ok[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestUseCasesMayRunTheirTransactionAgain(t *testing.T) {
	t.Parallel()
	var told []domain.Event
	db := kittest.Engine{Name: sqlkit.SQLite}.DB(t, migrations.FS)
	state := store.New(db, func(_ context.Context, tx *sqlkit.Tx, e domain.Event) error {
		tx.AfterCommit(func() { told = append(told, e) })
		return nil
	})
	regions, err := region.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 15, 3, 0, 0, 0, time.UTC)
	a := app.New(app.Ports{
		Store: twice{state}, Regions: regions, RulePacks: anyPack{}, Clock: clock.NewFake(now), IDs: ids.Sequence("id"),
	})
	ctx := access.Trusted(t.Context())
	year := domain.Interval{Start: domain.Date{Year: 2026, Month: 1, Day: 1}, End: domain.Date{Year: 2027, Month: 1, Day: 1}}

	ok[domain.Tenant](t)(a.CreateTenant(ctx, "3374"))
	unit := ok[domain.Unit](t)(a.CreateUnit(ctx, domain.Unit{Tenant: "3374", DisplayName: "Puskesmas", Kind: "HEALTH_CENTER"}, nil))
	post := ok[domain.Position](t)(a.CreatePosition(ctx, domain.Position{Tenant: "3374", Title: "Staf", Unit: unit.ID, Kind: "EXECUTOR"}, nil))
	who := ok[domain.Person](t)(a.CreatePerson(ctx, domain.Person{
		Tenant: "3374", DisplayName: "Budi", Employment: domain.EmploymentPNS, NIP: "198503152010011002",
	}, nil))
	held := ok[domain.Assignment](t)(a.CreateAssignment(ctx, domain.Assignment{
		Tenant: "3374", Person: who.ID, Position: post.ID, Kind: domain.AssignmentDefinitive, Interval: year,
	}, nil))
	ok[domain.Period](t)(a.CreatePeriod(ctx, domain.Period{Tenant: "3374", ID: "2026", DisplayName: "2026", Interval: year}, nil))
	ok[domain.Objective](t)(a.CreateObjective(ctx, domain.Objective{Tenant: "3374", Period: "2026", Unit: unit.ID, Title: "Sasaran"}, nil))
	results := []domain.Result{{ID: "r1", Title: "Layanan", Indicators: []domain.Indicator{{
		ID: "i1", Description: "Pasien", UnitOfMeasure: "orang", Formula: domain.FormulaNormal, Target: "10",
	}}}}
	plan := ok[domain.PlanData](t)(a.CreatePlan(ctx, app.PlanDraft{
		Key: domain.PlanKey{Tenant: "3374", Period: "2026"}, Person: who.ID, Results: results,
	}))
	anyRevision := func(int64) bool { return true }
	plan = ok[domain.PlanData](t)(a.UpdatePlan(ctx, app.PlanUpdate{Key: plan.PlanKey, Etag: anyRevision, Results: results}))
	plan = ok[domain.PlanData](t)(a.SubmitPlan(ctx, plan.PlanKey, anyRevision))
	plan = ok[domain.PlanData](t)(a.ReturnPlan(ctx, plan.PlanKey, anyRevision, "Lengkapi"))
	plan = ok[domain.PlanData](t)(a.SubmitPlan(ctx, plan.PlanKey, anyRevision))
	plan = ok[domain.PlanData](t)(a.ApprovePlan(ctx, plan.PlanKey, anyRevision))

	stored := ok[domain.PlanData](t)(state.Plan(ctx, plan.PlanKey))
	diff := cmp.Diff(stored, plan)
	if diff != "" || plan.Revision != 6 || plan.State != domain.PlanApproved {
		t.Errorf("revision %d, %s: %s", plan.Revision, plan.State, diff)
	}
	ended := ok[domain.Assignment](t)(a.EndAssignment(ctx, "3374", held.ID, domain.Date{Year: 2026, Month: 4, Day: 1}))
	held = ok[domain.Assignment](t)(state.Assignment(ctx, "3374", held.ID))
	diff = cmp.Diff(held, ended)
	if diff != "" || ended.Revision != 2 {
		t.Errorf("revision %d of the assignment: %s", ended.Revision, diff)
	}
	if len(told) != 11 {
		t.Errorf("%d events were told, want 11", len(told))
	}
	_, err = a.UpdatePlan(ctx, app.PlanUpdate{Key: plan.PlanKey, Etag: anyRevision, Results: []domain.Result{{ID: "r1", Objective: "o9"}}})
	v, _ := errors.AsType[domain.RuleErrors](err)
	if len(v) != 2 {
		t.Errorf("a transaction that ran again told its violations as %v", err)
	}
}
