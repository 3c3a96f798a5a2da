package grpckit

import (
	"context"
	"strconv"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

func (c *chain) deadlineUnary(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	if plumbing(info.FullMethod) {
		return next(ctx, request)
	}
	err := hasDeadline(ctx)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.options.MaxDeadline)
	defer cancel()
	response, err := next(ctx, request)
	if err != nil {
		return nil, broken(ctx, err)
	}
	return response, nil
}

func (c *chain) deadlineStream(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
	if plumbing(info.FullMethod) {
		return next(srv, ss)
	}
	err := hasDeadline(ss.Context())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ss.Context(), c.options.MaxStreamAge)
	defer cancel()
	err = next(srv, &stream{ServerStream: ss, ctx: ctx})
	if err != nil {
		return broken(ctx, err)
	}
	return nil
}

func hasDeadline(ctx context.Context) error {
	_, ok := ctx.Deadline()
	if !ok {
		return fault.New(fault.ReasonDeadlineRequired)
	}
	return nil
}

// broken returns err, or what the end of the context says when err is only a consequence of it: engines word an
// interruption each in their own way.
func broken(ctx context.Context, err error) error {
	if ctx.Err() == nil || fault.From(err).Kind != fault.KindInternal {
		return err
	}
	return fault.From(ctx.Err()).Because(err)
}

func unknownUnary(ctx context.Context, request any, _ *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	err := knownFields(request)
	if err != nil {
		return nil, err
	}
	return next(ctx, request)
}

func unknownStream(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
	if plumbing(info.FullMethod) {
		return next(srv, ss)
	}
	return next(srv, &stream{ServerStream: ss, ctx: ss.Context(), received: knownFields})
}

// knownFields refuses a request with a field that the contract does not know, at any depth: it would be lost silently.
// The path of such a field ends with its number.
func knownFields(request any) error {
	m, ok := request.(proto.Message)
	if !ok {
		return nil
	}
	var violations []fault.Violation
	walk("", m.ProtoReflect(), func(at string, m protoreflect.Message) {
		raw := m.GetUnknown()
		if len(raw) == 0 {
			return
		}
		number, _, _ := protowire.ConsumeTag(raw)
		violations = append(violations, fault.Field(join(at, strconv.Itoa(int(number))), fault.ReasonUnknownField))
	})
	if len(violations) == 0 {
		return nil
	}
	return fault.Invalid(violations...)
}

// walk visits the message at a path and every message in it, at any depth, in the order of the contract.
func walk(at string, m protoreflect.Message, visit func(at string, m protoreflect.Message)) {
	visit(at, m)
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		if !m.Has(f) || f.Message() == nil {
			continue
		}
		if f.IsMap() && f.MapValue().Message() == nil {
			continue
		}
		items(join(at, string(f.Name())), f, m.Get(f), func(at string, v protoreflect.Value) { walk(at, v.Message(), visit) })
	}
}

// items visits each value of a field with its path: those of a list by their number, those of a map by their key.
func items(at string, f protoreflect.FieldDescriptor, value protoreflect.Value, visit func(at string, v protoreflect.Value)) {
	switch {
	case f.IsList():
		for i := range value.List().Len() {
			visit(at+"["+strconv.Itoa(i)+"]", value.List().Get(i))
		}
	case f.IsMap():
		value.Map().Range(func(k protoreflect.MapKey, v protoreflect.Value) bool {
			visit(at+"["+strconv.Quote(k.String())+"]", v)
			return true
		})
	default:
		visit(at, value)
	}
}

func join(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

func (c *chain) replayUnary(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	log := c.options.Replay[serviceOf(info.FullMethod, c.options.Name)]
	m, ok := request.(proto.Message)
	if log == nil || !ok || plumbing(info.FullMethod) {
		return next(ctx, request)
	}
	return log.Do(ctx, info.FullMethod, m, func(ctx context.Context) (proto.Message, error) {
		response, err := next(ctx, request)
		if err != nil {
			return nil, err
		}
		answer, _ := response.(proto.Message)
		return answer, nil
	})
}

// replayStream has nothing to do: no stream changes anything by a request_id. It keeps the two sides of the chain equal.
func replayStream(srv any, ss grpc.ServerStream, _ *grpc.StreamServerInfo, next grpc.StreamHandler) error {
	return next(srv, ss)
}
