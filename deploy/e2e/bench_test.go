package e2e

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/deploy/e2e/bare"
	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
)

// changes is how many changes a benchmark carries through, whatever b.N is.
const changes = 200

// BenchmarkChangeToVisible is the time from a rating, sent through the API, to the report that shows it, in the suite in
// one process; beside it, in the same run and in turn with it, the same change through the bare pipeline of the same
// engines. It prints the medians, the 99th percentiles, and the ratio of the medians.
func BenchmarkChangeToVisible(b *testing.B) {
	floor, err := bare.Start(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer floor.Close()
	d := harness.Standalone(b, b.TempDir(), "--empty")
	loader := demo.New(d.Conns, d.Signer)
	err = loader.Load(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	change := changer(b, d, loader.Tokens())
	for b.Loop() {
		var suite, base, acknowledged []time.Duration
		for i := range changes {
			started := time.Now() //nolint:forbidigo // a benchmark reads the clock
			err = floor.Change(b.Context(), int64(i+1))
			if err != nil {
				b.Fatal(err)
			}
			base = append(base, time.Since(started))
			ack, visible := change(i)
			acknowledged = append(acknowledged, ack)
			suite = append(suite, visible)
		}
		report := func(d time.Duration, unit string) { b.ReportMetric(float64(d.Microseconds())/1000, unit) }
		report(quantile(base, 50), "bare-p50-ms")
		report(quantile(base, 99), "bare-p99-ms")
		report(quantile(acknowledged, 50), "acknowledged-p50-ms")
		report(quantile(suite, 50), "visible-p50-ms")
		report(quantile(suite, 99), "visible-p99-ms")
		b.ReportMetric(float64(quantile(suite, 50))/float64(quantile(base, 50)), "ratio-p50")
		b.ReportMetric(0, "ns/op") // means nothing here
	}
}

// changer returns a function that sends one rating and reads the report until it shows it.
func changer(b *testing.B, d *harness.Deployment, tokens *demo.Tokens) func(int) (ack, visible time.Duration) {
	b.Helper()
	superior, err := tokens.Person(nurseHead)
	if err != nil {
		b.Fatal(err)
	}
	admin, err := tokens.Admin()
	if err != nil {
		b.Fatal(err)
	}
	ratings := assessmentv1.NewRatingServiceClient(d.Conns.Assessment)
	reports := reportingv1.NewReportServiceClient(d.Conns.Reporting)
	levels := []assessmentv1.Expectation{assessmentv1.Expectation_EXPECTATION_ABOVE, assessmentv1.Expectation_EXPECTATION_MEETS}
	show := func(ctx context.Context, want assessmentv1.Expectation) bool {
		got, err := reports.GetPersonReport(ctx, &reportingv1.GetPersonReportRequest{
			Name: "tenants/3402/periods/2026/personReports/" + nurse,
		}, as(admin))
		if err != nil {
			b.Fatal(err)
		}
		return got.GetBehaviorRating() == want
	}
	return func(i int) (time.Duration, time.Duration) {
		want := levels[i%2]
		started := time.Now() //nolint:forbidigo // a benchmark reads the clock
		_, err := ratings.UpdateRating(b.Context(), &assessmentv1.UpdateRatingRequest{Rating: &assessmentv1.Rating{
			Name:         "tenants/3402/periods/2026/ratings/" + nurse,
			ResultRating: assessmentv1.Expectation_EXPECTATION_ABOVE, BehaviorRating: want,
		}}, as(superior))
		if err != nil {
			b.Fatal(err)
		}
		ack := time.Since(started)
		for !show(b.Context(), want) {
			if time.Since(started) > time.Minute {
				b.Fatal("the report does not show the rating after a minute")
			}
		}
		return ack, time.Since(started)
	}
}

func quantile(all []time.Duration, percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[(len(sorted)-1)*percent/100]
}
