package outbox

import (
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics of one service's outbox. They work unregistered too.
type metrics struct {
	depth      prometheus.Gauge
	oldest     prometheus.Gauge
	parked     prometheus.Gauge
	active     prometheus.Gauge
	published  prometheus.Counter
	duplicates prometheus.Counter
	refused    prometheus.Counter
	failures   prometheus.Counter
	purged     prometheus.Counter
	atomic     prometheus.Counter
}

func newMetrics(reg prometheus.Registerer, service string) (*metrics, error) {
	labels := prometheus.Labels{"producer": service}
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help, ConstLabels: labels})
	}
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help, ConstLabels: labels})
	}
	m := &metrics{
		depth:      gauge("kinerja_outbox_pending_events", "Events that are committed and not yet published."),
		oldest:     gauge("kinerja_outbox_oldest_pending_seconds", "Age of the oldest event that is not yet published."),
		parked:     gauge("kinerja_outbox_parked_events", "Events that the bus refused for good and an operator must look at."),
		active:     gauge("kinerja_outbox_relay_active", "1 while this process holds the relay's lease."),
		published:  counter("kinerja_outbox_published_total", "Events that the stream has acknowledged."),
		duplicates: counter("kinerja_outbox_duplicates_total", "Acknowledged events that the stream held already."),
		refused:    counter("kinerja_outbox_refused_total", "Times that the server refused an event itself."),
		failures:   counter("kinerja_outbox_publish_failures_total", "Batches that ended early because the bus or the database failed."),
		purged:     counter("kinerja_outbox_purged_total", "Published events removed after their retention."),
		atomic:     counter("kinerja_outbox_atomic_batches_total", "Batches that the stream took whole."),
	}
	if reg == nil {
		return m, nil
	}
	all := []prometheus.Collector{
		m.depth, m.oldest, m.parked, m.active, m.published, m.duplicates, m.refused, m.failures, m.purged, m.atomic,
	}
	for _, c := range all {
		err := reg.Register(c)
		if err != nil {
			return nil, fmt.Errorf("outbox metrics: %w", err)
		}
	}
	return m, nil
}
