package telemetry

import (
	"context"
	"fmt"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
)

// TraceConfig says where spans go.
type TraceConfig struct {
	// Service and Version name the process in its spans.
	Service string
	Version string
	// Endpoint is the host:port of an OTLP/gRPC collector. Without one no span is made.
	Endpoint string
	// Ratio is the part of new traces that is kept, from 0 to 1; a caller's decision is followed. Zero keeps all.
	Ratio float64
}

// Flush sends the spans that wait, and ends the export. It returns when ctx is done at the latest.
type Flush func(ctx context.Context) error

// TracerProvider returns a provider of the configuration and the function that ends it. An endpoint that does not answer
// is no error: spans are dropped until it does.
func TracerProvider(ctx context.Context, c TraceConfig) (trace.TracerProvider, Flush, error) {
	if c.Endpoint == "" {
		return noop.NewTracerProvider(), func(context.Context) error { return nil }, nil
	}
	exporter, err := otlptracegrpc.New(ctx, otlptracegrpc.WithEndpoint(c.Endpoint), otlptracegrpc.WithInsecure())
	if err != nil {
		return nil, nil, fmt.Errorf("telemetry: export traces: %w", err)
	}
	ratio := c.Ratio
	if ratio <= 0 || ratio > 1 {
		ratio = 1
	}
	provider := sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(exporter),
		sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(ratio))),
		sdktrace.WithResource(resource.NewSchemaless(
			attribute.String("service.namespace", "kinerja"),
			attribute.String("service.name", c.Service),
			attribute.String("service.version", c.Version),
		)),
	)
	return provider, provider.Shutdown, nil
}

// Propagator returns the propagator of the suite, W3C trace context, for gRPC, HTTP and events alike.
func Propagator() propagation.TextMapPropagator { return propagation.TraceContext{} }
