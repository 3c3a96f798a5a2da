package app_test

import (
	"fmt"
	"log/slog"
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/view/viewmem"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/store"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/store/migrations"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/wire"
)

// BenchmarkApply takes in a score change of each of n people at a time, out of 2,000 people in 40 units.
func BenchmarkApply(b *testing.B) {
	for _, engine := range kittest.Engines(b) {
		for _, n := range []int{1, 500} {
			b.Run(fmt.Sprintf("%s/%d", engine.Name, n), func(b *testing.B) {
				const people = 2000
				metrics, err := app.NewMetrics(nil)
				if err != nil {
					b.Fatal(err)
				}
				logger := slog.New(slog.DiscardHandler)
				projector := app.NewProjector(app.Deps{
					Store: store.New(engine.DB(b, migrations.FS)), Views: app.NewViews(viewmem.New(), clock.System(), logger, metrics),
					Documents: wire.Documents{}, Clock: clock.System(), Metrics: metrics,
				}, func() {})
				turn := int64(0)
				apply := func(facts []any) {
					turn++
					err := projector.Apply(b.Context(), "bench", []app.Event{on(fmt.Sprintf("e%d", turn), facts...)})
					if err != nil {
						b.Fatal(err)
					}
				}
				var plans []any
				for i := range people {
					plans = append(plans, plan(fmt.Sprintf("01p%d", i), fmt.Sprintf("unit-%d", i%40), "APPROVED", 1))
				}
				apply(plans)
				at := 0
				for b.Loop() {
					facts := make([]any, 0, n)
					for range n {
						at++
						facts = append(facts, score(fmt.Sprintf("01p%d", at%people), fmt.Sprintf("unit-%d", at%people%40),
							domain.Predicates()[turn%5], turn))
					}
					apply(facts)
				}
				b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "changes/s")
			})
		}
	}
}
