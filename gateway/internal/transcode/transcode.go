package transcode

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protojson"

	"github.com/kinerja-suite/kinerja/gateway/internal/route"
)

// Backends are the connections to the services; all are required.
type Backends struct {
	Planning, Assessment, Scoring, Reporting grpc.ClientConnInterface
}

// Options are what a transcoder needs; all are required.
type Options struct {
	Backends Backends
	Logger   *slog.Logger
	// MaxBody bounds the body of a request, in bytes.
	MaxBody int64
	// Timeout bounds each call.
	Timeout time.Duration
}

// Transcoder serves the contract over HTTP. It is safe for concurrent use.
type Transcoder struct {
	options Options
	table   *route.Table
	mux     *runtime.ServeMux
}

var _ http.Handler = (*Transcoder)(nil)

// New returns a transcoder for every RPC with an HTTP annotation.
func New(o Options) (*Transcoder, error) {
	table, err := route.NewTable(files()...)
	if err != nil {
		return nil, fmt.Errorf("read the HTTP annotations: %w", err)
	}
	t := &Transcoder{options: o, table: table}
	t.mux = runtime.NewServeMux(
		runtime.WithIncomingHeaderMatcher(incoming),
		// What a service puts in headers and trailers is for gRPC clients.
		runtime.WithOutgoingHeaderMatcher(nothing),
		runtime.WithOutgoingTrailerMatcher(nothing),
		// A form of another site could otherwise turn its POST into another method.
		runtime.WithDisableHTTPMethodOverride(),
		runtime.WithDisablePathLengthFallback(),
		runtime.WithErrorHandler(t.failed),
		runtime.WithRoutingErrorHandler(t.unrouted),
		runtime.WithMarshalerOption(runtime.MIMEWildcard, &runtime.JSONPb{
			MarshalOptions:   protojson.MarshalOptions{EmitUnpopulated: true, UseProtoNames: false},
			UnmarshalOptions: protojson.UnmarshalOptions{DiscardUnknown: false},
		}),
	)
	err = register(t.mux, o.Backends)
	if err != nil {
		return nil, fmt.Errorf("register the services: %w", err)
	}
	return t, nil
}

// Routes returns every route that is served, by RPC.
func (t *Transcoder) Routes() []*route.Route { return t.table.Routes() }

func nothing(string) (string, bool) { return "", false }

// incoming names the headers that the mux passes on. The gateway library itself adds `authorization`, always; the client
// connection adds the request id and the trace of the context.
func incoming(header string) (string, bool) {
	if header == "Accept-Language" {
		return "accept-language", true
	}
	return "", false
}

// exchange is one request on its way through the mux.
type exchange struct {
	route *route.Route
	body  []byte
	// service is the service that was called, or empty while none was.
	service string
}

type exchangeKey struct{}

func exchangeOf(ctx context.Context) *exchange {
	ex, ok := ctx.Value(exchangeKey{}).(*exchange)
	if !ok {
		return &exchange{}
	}
	return ex
}

// upstream is the connection to a service. It notes on the exchange that the service was called: an error before that
// is about the decoding of the request.
type upstream struct {
	name string
	conn grpc.ClientConnInterface
}

var _ grpc.ClientConnInterface = upstream{}

// Invoke calls the service.
func (u upstream) Invoke(ctx context.Context, method string, args, reply any, opts ...grpc.CallOption) error {
	exchangeOf(ctx).service = u.name
	return u.conn.Invoke(ctx, method, args, reply, opts...)
}

// NewStream is not supported: the contract has no stream over HTTP.
func (u upstream) NewStream(context.Context, *grpc.StreamDesc, string, ...grpc.CallOption) (grpc.ClientStream, error) {
	return nil, errors.New("streams are not served over HTTP")
}
