package grpckit

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/faultgrpc"
)

func (c *chain) encodeUnary(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	response, err := next(ctx, request)
	if err != nil {
		return nil, c.encode(ctx, info.FullMethod, err)
	}
	return response, nil
}

func (c *chain) encodeStream(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
	err := next(srv, ss)
	if err != nil {
		return c.encode(ss.Context(), info.FullMethod, err)
	}
	return nil
}

// encode returns the status of err, and notes the fault for the line of the log.
func (c *chain) encode(ctx context.Context, method string, err error) error {
	f := faultgrpc.Fault(err)
	options := faultgrpc.Options{Service: serviceOf(method, c.options.Name)}
	if f.Kind == fault.KindInternal {
		options.ErrorID = c.options.IDs.New()
	}
	o, ok := ctx.Value(outcomeKey{}).(*outcome)
	if ok {
		o.fault, o.errorID = f, options.ErrorID
	}
	return faultgrpc.Encode(f, options).Err()
}

func recoverUnary(ctx context.Context, request any, _ *grpc.UnaryServerInfo, next grpc.UnaryHandler) (response any, err error) {
	defer func() {
		p := recover()
		if p != nil {
			response, err = nil, panicked(p)
		}
	}()
	return next(ctx, request)
}

func recoverStream(srv any, ss grpc.ServerStream, _ *grpc.StreamServerInfo, next grpc.StreamHandler) (err error) {
	defer func() {
		p := recover()
		if p != nil {
			err = panicked(p)
		}
	}()
	return next(srv, ss)
}

func panicked(p any) error {
	return fault.New(fault.ReasonInternal).Because(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
}

func (c *chain) authnUnary(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	ctx, err := c.authenticate(ctx, info.FullMethod)
	if err != nil {
		return nil, err
	}
	return next(ctx, request)
}

func (c *chain) authnStream(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
	ctx, err := c.authenticate(ss.Context(), info.FullMethod)
	if err != nil {
		return err
	}
	return next(srv, &stream{ServerStream: ss, ctx: ctx})
}

// authenticate returns a context of the token's bearer, of the anonymous citizen when there is no token. A token that is
// not valid is refused even where none is needed, so that a client learns of it.
func (c *chain) authenticate(ctx context.Context, method string) (context.Context, error) {
	if plumbing(method) {
		return ctx, nil
	}
	given := metadata.ValueFromIncomingContext(ctx, auth.Metadata)
	if len(given) == 0 {
		return auth.With(ctx, auth.Anonymous()), nil
	}
	if len(given) > 1 || len(given[0]) <= len(auth.Scheme) || !strings.EqualFold(given[0][:len(auth.Scheme)], auth.Scheme) {
		return ctx, fault.New(fault.ReasonUnauthenticated)
	}
	p, err := c.options.Verifier.Verify(given[0][len(auth.Scheme):])
	if err != nil {
		return ctx, err
	}
	return auth.With(ctx, p), nil
}

func (c *chain) authzUnary(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	ctx, call, err := c.begin(ctx, info.FullMethod)
	if err != nil {
		return nil, err
	}
	err = call.Request(request)
	if err != nil {
		return nil, err
	}
	response, err := next(ctx, request)
	if err != nil {
		return nil, err
	}
	err = call.Settled()
	if err != nil {
		return nil, err
	}
	return response, nil
}

func (c *chain) authzStream(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
	ctx, call, err := c.begin(ss.Context(), info.FullMethod)
	if err != nil {
		return err
	}
	err = next(srv, &stream{ServerStream: ss, ctx: ctx, received: call.Request, sending: call.Settled})
	if err != nil {
		return err
	}
	return call.Settled()
}

func (c *chain) begin(ctx context.Context, method string) (context.Context, *access.Call, error) {
	_, known := c.table.Lookup(method)
	if !known && !plumbing(method) {
		return ctx, nil, unknownMethod(method)
	}
	return c.table.Begin(ctx, method)
}

// unknownMethod answers what no service registered. The chain refuses such calls before; this is for a chain that does not.
func (c *chain) unknownMethod(_ any, ss grpc.ServerStream) error {
	method, _ := grpc.MethodFromServerStream(ss)
	return unknownMethod(method)
}

func unknownMethod(method string) error {
	return fault.New(fault.ReasonUnknownMethod, "method", method)
}
