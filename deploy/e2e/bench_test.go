package e2e

import (
	"slices"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/deploy/e2e/bare"
	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
)

// readEvery is how often the report is read while the change is waited for.
const readEvery = 250 * time.Microsecond

// changes is how many changes a benchmark carries through, whatever b.N is.
const changes = 200

// stages of one change, each from the start of the call.
type stages struct {
	// acknowledged is when the call was answered, visible when the report was seen to show it.
	acknowledged, visible time.Duration
	// committed, computed and projected are the services' own times of the rating, the score and the report.
	committed, computed, projected time.Duration
}

// BenchmarkChangeToVisible is the time from a rating, sent through the API, to the report that shows it, in the suite in
// one process; beside it, in the same run and in turn with it, the same change through the bare pipeline of the same
// engines. It prints the medians of both, their ratio, and when the median change had passed each stage.
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
		var suite []stages
		var base []time.Duration
		for i := range changes {
			started := time.Now() //nolint:forbidigo // a benchmark reads the clock
			err = floor.Change(b.Context(), int64(i+1))
			if err != nil {
				b.Fatal(err)
			}
			base = append(base, time.Since(started))
			suite = append(suite, change(i))
		}
		show(b, suite, base)
	}
}

func show(b *testing.B, suite []stages, base []time.Duration) {
	b.Helper()
	of := func(pick func(stages) time.Duration, percent int) time.Duration {
		all := make([]time.Duration, 0, len(suite))
		for _, s := range suite {
			all = append(all, pick(s))
		}
		return quantile(all, percent)
	}
	visible := func(s stages) time.Duration { return s.visible }
	report := func(d time.Duration, unit string) { b.ReportMetric(float64(d.Microseconds())/1000, unit) }
	report(quantile(base, 50), "bare-p50-ms")
	report(quantile(base, 99), "bare-p99-ms")
	report(of(visible, 50), "visible-p50-ms")
	report(of(visible, 99), "visible-p99-ms")
	report(of(func(s stages) time.Duration { return s.committed }, 50), "1-committed-ms")
	report(of(func(s stages) time.Duration { return s.acknowledged }, 50), "2-acknowledged-ms")
	report(of(func(s stages) time.Duration { return s.computed }, 50), "3-computed-ms")
	report(of(func(s stages) time.Duration { return s.projected }, 50), "4-projected-ms")
	b.ReportMetric(float64(of(visible, 50))/float64(quantile(base, 50)), "ratio-p50")
	b.ReportMetric(0, "ns/op") // means nothing here
}

// changer returns a function that sends one rating and reads the report until it shows it.
func changer(b *testing.B, d *harness.Deployment, tokens *demo.Tokens) func(int) stages {
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
	read := func() *reportingv1.PersonReport {
		got, err := reports.GetPersonReport(b.Context(), &reportingv1.GetPersonReportRequest{
			Name: "tenants/3402/periods/2026/personReports/" + nurse,
		}, as(admin))
		if err != nil {
			b.Fatal(err)
		}
		return got
	}
	return func(i int) stages {
		want := levels[i%2]
		started := time.Now() //nolint:forbidigo // a benchmark reads the clock
		_, err := ratings.UpdateRating(b.Context(), &assessmentv1.UpdateRatingRequest{Rating: &assessmentv1.Rating{
			Name:         "tenants/3402/periods/2026/ratings/" + nurse,
			ResultRating: assessmentv1.Expectation_EXPECTATION_ABOVE, BehaviorRating: want,
		}}, as(superior))
		if err != nil {
			b.Fatal(err)
		}
		acknowledged := time.Since(started)
		// A reader who asks without a pause would take one of two cores from the services.
		ticker := time.NewTicker(readEvery)
		defer ticker.Stop()
		got := read()
		for got.GetBehaviorRating() != want {
			if time.Since(started) > time.Minute {
				b.Fatal("the report does not show the rating after a minute")
			}
			<-ticker.C
			got = read()
		}
		return stages{
			acknowledged: acknowledged, visible: time.Since(started),
			committed: got.GetInputTime().AsTime().Sub(started),
			computed:  got.GetComputeTime().AsTime().Sub(started),
			projected: got.GetVisibleTime().AsTime().Sub(started),
		}
	}
}

func quantile(all []time.Duration, percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[(len(sorted)-1)*percent/100]
}
