package app

import (
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics of the read models.
type Metrics struct {
	readHit  prometheus.Counter
	readMiss prometheus.Counter
	readDown prometheus.Counter
	notPut   prometheus.Counter
	down     prometheus.Gauge
	owed     prometheus.Gauge
	visible  prometheus.Histogram
}

// NewMetrics returns the metrics, registered with reg unless that is nil.
func NewMetrics(reg prometheus.Registerer) (*Metrics, error) {
	reads := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "kinerja_reporting_view_reads_total", Help: "Reads of a view by result: hit, miss, or down when the view store was left alone.",
	}, []string{"result"})
	m := &Metrics{
		readHit: reads.WithLabelValues("hit"), readMiss: reads.WithLabelValues("miss"), readDown: reads.WithLabelValues("down"),
		notPut: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "kinerja_reporting_views_not_put_total", Help: "Views that the view store did not take at once.",
		}),
		down: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "kinerja_reporting_view_store_down", Help: "1 while the view store does not answer and reads come from the tables.",
		}),
		owed: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "kinerja_reporting_views_owed", Help: "Views found waiting to be put at the last look, at most one batch of them.",
		}),
		visible: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "kinerja_reporting_visible_seconds", Help: "From the oldest event of a batch to its views.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 60, 600},
		}),
	}
	if reg == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{reads, m.notPut, m.down, m.owed, m.visible} {
		err := reg.Register(c)
		if err != nil {
			return nil, fmt.Errorf("reporting metrics: %w", err)
		}
	}
	return m, nil
}
