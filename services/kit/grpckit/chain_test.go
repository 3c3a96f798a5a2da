package grpckit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"
)

func TestChainIsInOrderAndWhole(t *testing.T) {
	t.Parallel()
	c, err := newChain(ServerOptions{Registerer: prometheus.NewRegistry()})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, l := range c.links {
		names = append(names, l.name)
	}
	want := []string{
		"request_id", "log_metrics", "fault_encode", "recover", "authn", "authz", "deadline", "unknown_fields", "validate", "replay",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Fatal(diff)
	}
	if len(c.unary()) != len(want) || len(c.stream()) != len(want) {
		t.Fatal("calls and streams pass different checks")
	}
	err = whole([]link{{"both", recoverUnary, recoverStream}, {"calls", recoverUnary, nil}, {"streams", nil, recoverStream}})
	if err == nil || strings.Contains(err.Error(), "both does") || !strings.Contains(err.Error(), "calls") || !strings.Contains(err.Error(), "streams") {
		t.Fatalf("got %v", err)
	}
}

func TestServiceOf(t *testing.T) {
	t.Parallel()
	for method, want := range map[string]string{
		"/kinerja.planning.v1.PlanService/GetPlan": "planning",
		"/grpc.health.v1.Health/Check":             "standalone",
		"/kinerja.":                                "standalone",
		"":                                         "standalone",
	} {
		if got := serviceOf(method, "standalone"); got != want {
			t.Errorf("serviceOf(%q) is %s", method, got)
		}
	}
}
