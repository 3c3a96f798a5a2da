package gateway_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/kinerja-suite/kinerja/gateway"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
)

// nowhere returns a connection to a service that does not answer.
func nowhere(t *testing.T) gateway.Deps {
	t.Helper()
	conn, err := grpckit.Dial(grpckit.ClientOptions{
		Dialer: func(context.Context) (net.Conn, error) { return nil, errors.New("10.1.2.3 refused") },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return gateway.Deps{
		Planning: conn, Assessment: conn, Scoring: conn, Reporting: conn,
		Logger: slog.New(slog.DiscardHandler), Registerer: prometheus.NewRegistry(),
	}
}

func TestUnreachableService(t *testing.T) {
	t.Parallel()
	g := newGateway(t, gateway.Defaults(), nowhere(t))
	a := do(t, g.Handler(), call{path: plan}, "")
	doc := a.problem(t, http.StatusServiceUnavailable, "UNAVAILABLE")
	if doc.Domain != "gateway.kinerja" || doc.Metadata["service"] != "planning" || strings.Contains(a.body, "10.1.2.3") {
		t.Error(a.body)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	ready := func(t *testing.T, h http.Handler) (int, []string) {
		t.Helper()
		a := do(t, h, call{path: "/readyz"}, "")
		var state struct {
			Ready   bool     `json:"ready"`
			Missing []string `json:"missing"`
		}
		err := json.Unmarshal([]byte(a.body), &state)
		if err != nil || state.Ready != (a.status == http.StatusOK) {
			t.Fatalf("status %d: %s", a.status, a.body)
		}
		return a.status, state.Missing
	}
	t.Run("it_is_ready_when_every_service_is", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		status, missing := ready(t, b.handler)
		if status != http.StatusOK || len(missing) != 0 {
			t.Errorf("status %d, missing %v", status, missing)
		}
		b.server.SetServing(false)
		status, missing = ready(t, b.handler)
		if diff := cmp.Diff([]string{"planning", "assessment", "scoring", "reporting"}, missing); diff != "" || status != http.StatusServiceUnavailable {
			t.Errorf("status %d, missing (-want +got):\n%s", status, diff)
		}
		if a := do(t, b.handler, call{path: "/healthz"}, ""); a.status != http.StatusOK {
			t.Errorf("healthz: status %d", a.status)
		}
	})
	t.Run("it_is_not_ready_while_the_process_stops", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, func(_ *gateway.Config, d *gateway.Deps) {
			d.Ready = func(context.Context) error { return errors.New("stopping") }
		})
		status, missing := ready(t, b.handler)
		if diff := cmp.Diff([]string{"gateway"}, missing); diff != "" || status != http.StatusServiceUnavailable {
			t.Errorf("status %d, missing (-want +got):\n%s", status, diff)
		}
	})
	t.Run("a_service_that_does_not_answer_is_missing", func(t *testing.T) {
		t.Parallel()
		status, missing := ready(t, newGateway(t, gateway.Defaults(), nowhere(t)).Handler())
		if status != http.StatusServiceUnavailable || len(missing) != 4 {
			t.Errorf("status %d, missing %v", status, missing)
		}
	})
}

func TestLogAndMetrics(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	registry := prometheus.NewRegistry()
	b := newBench(t, func(_ *gateway.Config, d *gateway.Deps) {
		d.Logger = slog.New(slog.NewJSONHandler(&out, nil))
		d.Registerer = registry
	})
	b.plans.get = func(context.Context, string) (*planningv1.Plan, error) { return nil, fault.New(fault.ReasonNotFound) }
	b.do(t, call{path: plan})
	b.do(t, call{method: "BREW", path: "/v1/x?nip=198501012010011001"})
	do(t, b.handler, call{path: "/healthz"}, "")
	var lines []map[string]any
	for line := range strings.Lines(out.String()) {
		var m map[string]any
		err := json.Unmarshal([]byte(line), &m)
		if err != nil {
			t.Fatal(err)
		}
		delete(m, "time")
		delete(m, "duration")
		lines = append(lines, m)
	}
	want := []map[string]any{
		{"level": "INFO", "msg": "request", "method": "GET", "route": "/v1/tenants/*/periods/*/plans/*", "status": 404.0},
		{"level": "INFO", "msg": "request", "method": "other", "route": "unknown", "status": 404.0},
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
	n, err := testutil.GatherAndCount(registry, "kinerja_http_request_duration_seconds")
	if err != nil || n != 3 {
		t.Errorf("%d series, %v", n, err)
	}
}

func TestNew(t *testing.T) {
	t.Parallel()
	_, err := gateway.New(gateway.Config{}, gateway.Deps{})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"Planning", "Assessment", "Scoring", "Reporting", "Logger", "Registerer", "upstream_timeout", "max_body"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error lacks %s: %v", want, err)
		}
	}
}
