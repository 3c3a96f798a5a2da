package natskit

import (
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
)

// consumerMetrics of one consumer. They work unregistered too.
type consumerMetrics struct {
	lag         prometheus.Gauge
	lastPull    prometheus.Gauge
	handled     prometheus.Counter
	redelivered prometheus.Counter
	failures    prometheus.Counter
	deadLetters prometheus.Counter
	pullErrors  prometheus.Counter
}

func newConsumerMetrics(reg prometheus.Registerer, consumer string) (*consumerMetrics, error) {
	labels := prometheus.Labels{"consumer": consumer}
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help, ConstLabels: labels})
	}
	counter := func(name, help string) prometheus.Counter {
		return prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help, ConstLabels: labels})
	}
	m := &consumerMetrics{
		lag:         gauge("kinerja_consumer_lag_messages", "Messages of the stream that this consumer has yet to see."),
		lastPull:    gauge("kinerja_consumer_last_pull_timestamp_seconds", "When the consumer last heard from the stream."),
		handled:     counter("kinerja_consumer_handled_total", "Events handled and acknowledged."),
		redelivered: counter("kinerja_consumer_redelivered_total", "Events delivered more than once."),
		failures:    counter("kinerja_consumer_failed_batches_total", "Batches whose handler returned an error."),
		deadLetters: counter("kinerja_consumer_dead_letters_total", "Messages recorded as dead letters."),
		pullErrors:  counter("kinerja_consumer_pull_errors_total", "Pulls that ended with an error."),
	}
	if reg == nil {
		return m, nil
	}
	all := []prometheus.Collector{
		m.lag, m.lastPull, m.handled, m.redelivered, m.failures, m.deadLetters, m.pullErrors,
	}
	for _, c := range all {
		err := reg.Register(c)
		if err != nil {
			return nil, fmt.Errorf("consumer metrics: %w", err)
		}
	}
	return m, nil
}
