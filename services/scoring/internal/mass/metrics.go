package mass

import (
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
)

// Metrics count what the background work does.
type Metrics struct {
	people     *prometheus.CounterVec
	chunk      prometheus.Histogram
	failures   prometheus.Counter
	open       prometheus.Gauge
	checked    *prometheus.CounterVec
	mismatches prometheus.Counter
}

// NewMetrics registers the metrics.
func NewMetrics(r prometheus.Registerer) (*Metrics, error) {
	m := &Metrics{
		people: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kinerja_scoring_recompute_people_total",
			Help: "People of mass recomputes, by outcome: written, unchanged, skipped (no approved plan) or failed.",
		}, []string{"outcome"}),
		chunk: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "kinerja_scoring_recompute_commit_seconds", Help: "Time to write one chunk of a mass recompute.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2, 14),
		}),
		failures: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "kinerja_scoring_recompute_failures_total", Help: "Chunks of mass recomputes that have to be tried again.",
		}),
		open: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "kinerja_scoring_recompute_open_parts", Help: "Tenants in mass recomputes that have not ended, as this process sees it.",
		}),
		checked: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kinerja_scoring_recompute_checks_total",
			Help: "Scores and satisfaction indexes that the standing check looked at, by outcome: equal, changing (looked at again), skipped (nothing to compute), uncomputable or mismatch.",
		}, []string{"outcome"}),
		mismatches: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "kinerja_scoring_recompute_mismatch_total", Help: "Stored scores and satisfaction indexes that are not what the facts give. Any is an alarm.",
		}),
	}
	for _, c := range []prometheus.Collector{m.people, m.chunk, m.failures, m.open, m.checked, m.mismatches} {
		err := r.Register(c)
		if err != nil {
			return nil, fmt.Errorf("mass recompute metrics: %w", err)
		}
	}
	return m, nil
}

func (m *Metrics) committed(o app.Outcome, took time.Duration) {
	for outcome, n := range map[string]int{
		"written": o.Written, "unchanged": o.Unchanged, "skipped": o.Skipped, "failed": o.Failed,
	} {
		m.people.WithLabelValues(outcome).Add(float64(n))
	}
	m.chunk.Observe(took.Seconds())
}
