package telemetry

import (
	"errors"
	"fmt"
	"runtime"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// NewRegistry returns a registry that has the metrics of the Go runtime, of the process, and kinerja_build_info.
func NewRegistry(service, version string) (*prometheus.Registry, error) {
	r := prometheus.NewRegistry()
	build := prometheus.NewGauge(prometheus.GaugeOpts{
		Name:        "kinerja_build_info",
		Help:        "Always 1; the labels tell the service, its version and that of Go.",
		ConstLabels: prometheus.Labels{"service": service, "version": version, "go": runtime.Version()},
	})
	build.Set(1)
	for _, c := range []prometheus.Collector{
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		build,
	} {
		err := r.Register(c)
		if err != nil {
			return nil, fmt.Errorf("telemetry: register: %w", err)
		}
	}
	return r, nil
}

// Register registers the collector and returns it, or the one that was registered before under the same description, so
// that several parts of a process may share a metric.
func Register[C prometheus.Collector](r prometheus.Registerer, c C) (C, error) {
	err := r.Register(c)
	if err == nil {
		return c, nil
	}
	known, ok := errors.AsType[prometheus.AlreadyRegisteredError](err)
	if ok {
		existing, same := known.ExistingCollector.(C)
		if same {
			return existing, nil
		}
	}
	return c, fmt.Errorf("telemetry: register: %w", err)
}
