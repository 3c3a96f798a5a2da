package telemetry

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// readyTimeout bounds the check behind /readyz.
const readyTimeout = 5 * time.Second

// Ops is what the operations endpoints show.
type Ops struct {
	Gatherer prometheus.Gatherer
	// Ready returns why the process cannot serve now, nil when it can. The reason goes to the log, not to the caller.
	Ready  func(ctx context.Context) error
	Logger *slog.Logger
}

// Handler returns the operations endpoints: /metrics, /healthz (200 while the process lives) and /readyz (200 while it
// can serve, 503 otherwise). They hold no data of tenants, but are not for the public network.
func (o Ops) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(o.Gatherer, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, "ok\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), readyTimeout)
		defer cancel()
		err := o.Ready(ctx)
		if err != nil {
			o.Logger.WarnContext(ctx, "not ready", KeyError, err.Error())
			answer(w, http.StatusServiceUnavailable, "not ready\n")
			return
		}
		answer(w, http.StatusOK, "ok\n")
	})
	return mux
}

func answer(w http.ResponseWriter, code int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(code)
	// The caller is gone when this fails.
	_, _ = w.Write([]byte(text))
}
