package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/klauspost/compress/gzhttp"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
	"google.golang.org/grpc"

	"github.com/kinerja-suite/kinerja/gateway/internal/edge"
	"github.com/kinerja-suite/kinerja/gateway/internal/problem"
	"github.com/kinerja-suite/kinerja/gateway/internal/refpage"
	"github.com/kinerja-suite/kinerja/gateway/internal/transcode"
	apidoc "github.com/kinerja-suite/kinerja/proto"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
)

// minCompressed is the size from which an answer is compressed, in bytes: below it the saving is not worth the work.
const minCompressed = 1 << 10

// Deps are the open things that a gateway uses and does not close.
type Deps struct {
	// Planning, Assessment, Scoring and Reporting are connections to the services, made by grpckit.Dial without a token
	// of their own. They may be one connection.
	Planning, Assessment, Scoring, Reporting grpc.ClientConnInterface
	Logger                                   *slog.Logger
	Registerer                               prometheus.Registerer
	// TracerProvider makes the spans; none without it.
	TracerProvider trace.TracerProvider
	// Ready returns why the process cannot serve, for example because it is stopping; nil without it.
	Ready func(ctx context.Context) error
}

// Gateway is the HTTP edge. It is safe for concurrent use.
type Gateway struct {
	config  Config
	deps    Deps
	handler http.Handler
}

// New returns a gateway. It opens nothing. Its error lists every missing dependency.
func New(cfg Config, d Deps) (*Gateway, error) {
	err := errors.Join(cfg.Validate(), d.missing())
	if err != nil {
		return nil, fmt.Errorf("gateway: %w", err)
	}
	if d.TracerProvider == nil {
		d.TracerProvider = noop.NewTracerProvider()
	}
	if d.Ready == nil {
		d.Ready = func(context.Context) error { return nil }
	}
	g := &Gateway{config: cfg, deps: d}
	g.handler, err = g.build()
	if err != nil {
		return nil, fmt.Errorf("gateway: %w", err)
	}
	return g, nil
}

func (d Deps) missing() error {
	var names []string
	for _, dep := range []struct {
		name  string
		given bool
	}{
		{"Planning", d.Planning != nil},
		{"Assessment", d.Assessment != nil},
		{"Scoring", d.Scoring != nil},
		{"Reporting", d.Reporting != nil},
		{"Logger", d.Logger != nil},
		{"Registerer", d.Registerer != nil},
	} {
		if !dep.given {
			names = append(names, dep.name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return errors.New("missing " + strings.Join(names, ", "))
}

// Handler returns the handler of everything that the gateway serves.
func (g *Gateway) Handler() http.Handler { return g.handler }

// Server returns an HTTP server of the handler with the limits of the configuration. The caller serves and stops it.
func (g *Gateway) Server() *http.Server {
	return &http.Server{
		Addr:              g.config.Addr,
		Handler:           g.handler,
		ReadHeaderTimeout: g.config.ReadHeaderTimeout,
		ReadTimeout:       g.config.ReadTimeout,
		WriteTimeout:      g.config.UpstreamTimeout + g.config.ReadTimeout,
		IdleTimeout:       g.config.IdleTimeout,
		MaxHeaderBytes:    int(g.config.MaxHeader),
		ErrorLog:          slog.NewLogLogger(g.deps.Logger.Handler(), slog.LevelWarn),
	}
}

func (g *Gateway) build() (http.Handler, error) {
	around, err := edge.New(edge.Options{
		IDs:            ids.New(clock.System()),
		Logger:         g.deps.Logger,
		Registerer:     g.deps.Registerer,
		TracerProvider: g.deps.TracerProvider,
		Quiet:          []string{pathHealth, pathReady},
	})
	if err != nil {
		return nil, err
	}
	api, err := transcode.New(transcode.Options{
		Backends: transcode.Backends{
			Planning:   g.deps.Planning,
			Assessment: g.deps.Assessment,
			Scoring:    g.deps.Scoring,
			Reporting:  g.deps.Reporting,
		},
		Logger:  g.deps.Logger,
		MaxBody: int64(g.config.MaxBody),
		Timeout: g.config.UpstreamTimeout,
	})
	if err != nil {
		return nil, err
	}
	page, err := refpage.Render(apidoc.OpenAPI)
	if err != nil {
		return nil, err
	}
	compress, err := gzhttp.NewWrapper(
		gzhttp.MinSize(minCompressed),
		gzhttp.EnableZstd(false),
		gzhttp.ContentTypes([]string{"application/json", problem.ContentType, "text/html"}),
	)
	if err != nil {
		return nil, fmt.Errorf("set up compression: %w", err)
	}
	routes := router{
		api: api,
		exact: map[string]http.Handler{
			pathHealth:  http.HandlerFunc(healthz),
			pathReady:   http.HandlerFunc(g.readyz),
			pathOpenAPI: static{content: apidoc.OpenAPI, contentType: "application/json"}.handler(),
			pathDocs:    static{content: page.HTML, contentType: "text/html; charset=utf-8", policy: page.Policy}.handler(),
		},
	}
	return around.Wrap(compress(routes)), nil
}

const (
	pathHealth  = "/healthz"
	pathReady   = "/readyz"
	pathOpenAPI = "/openapi.json"
	pathDocs    = "/docs"
	prefixAPI   = "/v1/"
)

// router finds the handler of a path. It neither cleans nor redirects: a path is known or it is not.
type router struct {
	api   http.Handler
	exact map[string]http.Handler
}

func (rt router) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rec := edge.RecordOf(r.Context())
	escaped := r.URL.EscapedPath()
	if strings.HasPrefix(escaped, prefixAPI) {
		rt.api.ServeHTTP(w, r)
		return
	}
	h, ok := rt.exact[escaped]
	if !ok {
		problem.Write(w, problem.Answer{
			Fault: fault.New(fault.ReasonUnknownMethod), Domain: edge.Domain, RequestID: rec.ID,
		})
		return
	}
	rec.Route = escaped
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		problem.Write(w, problem.Answer{
			Fault:     fault.New(fault.ReasonUnknownMethod, "allow", "GET, HEAD"),
			Domain:    edge.Domain,
			RequestID: rec.ID,
			Status:    http.StatusMethodNotAllowed,
		})
		return
	}
	h.ServeHTTP(w, r)
}
