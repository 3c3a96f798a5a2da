package events

import (
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
)

// Metrics count what recomputes do.
type Metrics struct {
	scores    *prometheus.CounterVec
	indexes   prometheus.Counter
	conflicts prometheus.Counter
	duration  *prometheus.HistogramVec
}

// NewMetrics registers the metrics.
func NewMetrics(r prometheus.Registerer) (*Metrics, error) {
	m := &Metrics{
		scores: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kinerja_scoring_scores_total",
			Help: "Scores that were looked at, by outcome: written, unchanged, skipped (no approved plan) or failed.",
		}, []string{"outcome"}),
		indexes: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "kinerja_scoring_survey_indexes_total", Help: "New revisions of satisfaction indexes.",
		}),
		conflicts: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "kinerja_scoring_conflicts_total", Help: "Recomputes that were repeated because another one was faster.",
		}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "kinerja_scoring_recompute_seconds", Help: "Time of one recompute, by consumer.",
			Buckets: prometheus.ExponentialBuckets(0.001, 2, 14),
		}, []string{"consumer"}),
	}
	for _, c := range []prometheus.Collector{m.scores, m.indexes, m.conflicts, m.duration} {
		err := r.Register(c)
		if err != nil {
			return nil, fmt.Errorf("scoring metrics: %w", err)
		}
	}
	return m, nil
}

func (m *Metrics) count(consumer string, o app.Outcome, took time.Duration) {
	for outcome, n := range map[string]int{
		"written": o.Written, "unchanged": o.Unchanged, "skipped": o.Skipped, "failed": o.Failed,
	} {
		m.scores.WithLabelValues(outcome).Add(float64(n))
	}
	m.indexes.Add(float64(o.Indexes))
	m.conflicts.Add(float64(o.Conflicts))
	m.duration.WithLabelValues(consumer).Observe(took.Seconds())
}
