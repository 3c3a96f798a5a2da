package store_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
	"github.com/kinerja-suite/kinerja/services/planning/internal/store"
	"github.com/kinerja-suite/kinerja/services/planning/internal/store/migrations"
)

// BenchmarkPlanInputs reads the inputs of scoring: it is on the path from a change to its visible score.
func BenchmarkPlanInputs(b *testing.B) {
	for _, e := range kittest.Engines(b) {
		b.Run(e.Name, func(b *testing.B) {
			db := e.DB(b, migrations.FS)
			s := store.New(db, func(context.Context, *sqlkit.Tx, domain.Event) error { return nil })
			people := planned(b, s, 500)
			// Engines that have never counted the rows choose plans for an empty table.
			err := db.Write(b.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
				_, err := tx.ExecContext(ctx, "ANALYZE")
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
			for _, n := range []int{1, 64, 500} {
				b.Run(strconv.Itoa(n), func(b *testing.B) {
					for b.Loop() {
						got, err := s.PlanInputs(b.Context(), "3374", "2026", people[:n])
						if err != nil || len(got) != n {
							b.Fatalf("%d inputs, %v", len(got), err)
						}
					}
					b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "people/s")
				})
			}
		})
	}
}

// planned adds people with approved plans and returns their ids.
func planned(b *testing.B, s *store.Store, n int) []string {
	b.Helper()
	people := make([]string, n)
	err := s.Write(b.Context(), func(ctx context.Context, tx app.Tx) error {
		errs := []error{
			tx.InsertTenant(ctx, tenant("3374")), tx.InsertUnit(ctx, unit("clinic", "")),
			tx.InsertPosition(ctx, position("nurse", "clinic", "")), tx.InsertPeriod(ctx, period("2026")),
		}
		for i := range people {
			people[i] = fmt.Sprintf("p-%06d", i)
			who, what := person(people[i]), plan("plan-"+people[i], people[i])
			who.NIP, what.State = fmt.Sprintf("199001012025%06d", i), domain.PlanApproved
			for range 4 {
				what.Results = append(what.Results, what.Results[0])
			}
			errs = append(errs, tx.InsertPerson(ctx, who), tx.InsertPlan(ctx, what), tx.InsertAssignment(ctx, domain.Assignment{
				Tenant: "3374", ID: people[i], Person: people[i], Position: "nurse", Kind: domain.AssignmentDefinitive,
				Interval: period("").Interval, Revision: 1, CreateTime: now,
			}))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		b.Fatal(err)
	}
	return people
}
