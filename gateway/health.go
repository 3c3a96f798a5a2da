package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

// readyTimeout bounds the check of all services together.
const readyTimeout = 2 * time.Second

// readiness is the answer of /readyz.
type readiness struct {
	Ready bool `json:"ready"`
	// Missing are the parts that cannot serve: gateway, or a service.
	Missing []string `json:"missing"`
}

func healthz(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]string{"status": "ok"})
}

// readyz answers 200 when the process and every service can serve, and 503 with what is missing otherwise. Why it is
// missing is in the log.
func (g *Gateway) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
	defer cancel()
	parts := []struct {
		name  string
		check func(context.Context) error
	}{
		{"gateway", g.deps.Ready},
		{"planning", serving(g.deps.Planning)},
		{"assessment", serving(g.deps.Assessment)},
		{"scoring", serving(g.deps.Scoring)},
		{"reporting", serving(g.deps.Reporting)},
	}
	failures := make([]error, len(parts))
	var group errgroup.Group
	for i, part := range parts {
		group.Go(func() error {
			failures[i] = part.check(ctx)
			return nil
		})
	}
	_ = group.Wait()
	state := readiness{Missing: []string{}}
	for i, part := range parts {
		if failures[i] == nil {
			continue
		}
		state.Missing = append(state.Missing, part.name)
		g.deps.Logger.WarnContext(ctx, "not ready", "part", part.name, telemetry.KeyError, failures[i].Error())
	}
	state.Ready = len(state.Missing) == 0
	status := http.StatusOK
	if !state.Ready {
		status = http.StatusServiceUnavailable
	}
	writeJSON(w, status, state)
}

var errNotServing = errors.New("the health service does not say SERVING")

// serving returns a check that asks the health service behind the connection.
func serving(conn grpc.ClientConnInterface) func(context.Context) error {
	return func(ctx context.Context) error {
		answer, err := healthpb.NewHealthClient(conn).Check(ctx, &healthpb.HealthCheckRequest{})
		if err != nil {
			return err
		}
		if answer.GetStatus() != healthpb.HealthCheckResponse_SERVING {
			return errNotServing
		}
		return nil
	}
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// The caller is gone when this fails.
	_ = json.NewEncoder(w).Encode(value)
}
