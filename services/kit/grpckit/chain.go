package grpckit

import (
	"context"
	"errors"
	"fmt"

	"buf.build/go/protovalidate"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	"github.com/kinerja-suite/kinerja/services/kit/access"
)

// link is one named part of the chain. It has a side for calls and a side for streams.
type link struct {
	name   string
	unary  grpc.UnaryServerInterceptor
	stream grpc.StreamServerInterceptor
}

// chain is the parts in order, and what they share.
type chain struct {
	options   ServerOptions
	metrics   *metrics
	validator protovalidate.Validator
	// table is set once everything is registered, before the server serves.
	table *access.Table
	links []link
}

func newChain(o ServerOptions) (*chain, error) {
	m, err := newMetrics(o.Registerer)
	if err != nil {
		return nil, err
	}
	c := &chain{options: o, metrics: m}
	c.links = []link{
		{"request_id", c.requestIDUnary, c.requestIDStream},
		{"log_metrics", c.logUnary, c.logStream},
		{"fault_encode", c.encodeUnary, c.encodeStream},
		{"recover", recoverUnary, recoverStream},
		{"authn", c.authnUnary, c.authnStream},
		{"authz", c.authzUnary, c.authzStream},
		{"deadline", c.deadlineUnary, c.deadlineStream},
		{"unknown_fields", unknownUnary, unknownStream},
		{"validate", c.validateUnary, c.validateStream},
		{"replay", c.replayUnary, replayStream},
	}
	return c, whole(c.links)
}

// whole returns an error for each part that serves only calls or only streams: what is checked for the one must be
// checked for the other.
func whole(links []link) error {
	var errs []error
	for _, l := range links {
		if l.unary == nil || l.stream == nil {
			errs = append(errs, fmt.Errorf("interceptor %s does not serve both calls and streams", l.name))
		}
	}
	return errors.Join(errs...)
}

// open gives the chain the table, and compiles the validation rules of every request of it.
func (c *chain) open(table *access.Table) error {
	c.table = table
	var requests []protoreflect.MessageDescriptor
	for _, full := range table.Methods() {
		m, err := methodOf(full)
		if err != nil {
			return err
		}
		requests = append(requests, m.Input())
	}
	v, err := protovalidate.New(protovalidate.WithMessageDescriptors(requests...))
	if err != nil {
		return fmt.Errorf("compile validation rules: %w", err)
	}
	c.validator = v
	return nil
}

// methodOf returns the descriptor of a full method name such as /kinerja.planning.v1.PlanService/GetPlan.
func methodOf(full string) (protoreflect.MethodDescriptor, error) {
	name := []byte(full[1:])
	for i, b := range name {
		if b == '/' {
			name[i] = '.'
		}
	}
	d, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName(name))
	if err != nil {
		return nil, fmt.Errorf("method %s: %w", full, err)
	}
	m, ok := d.(protoreflect.MethodDescriptor)
	if !ok {
		return nil, fmt.Errorf("method %s: the descriptor of that name is no method", full)
	}
	return m, nil
}

func (c *chain) unary() []grpc.UnaryServerInterceptor {
	all := make([]grpc.UnaryServerInterceptor, 0, len(c.links))
	for _, l := range c.links {
		all = append(all, l.unary)
	}
	return all
}

func (c *chain) stream() []grpc.StreamServerInterceptor {
	all := make([]grpc.StreamServerInterceptor, 0, len(c.links))
	for _, l := range c.links {
		all = append(all, l.stream)
	}
	return all
}

// stream is a server stream with another context, and with checks of what is received and before something is sent.
// A nil check passes.
type stream struct {
	grpc.ServerStream
	ctx      context.Context //nolint:containedctx // grpc.ServerStream hands its context out by a method.
	received func(message any) error
	sending  func() error
}

func (s *stream) Context() context.Context { return s.ctx }

func (s *stream) RecvMsg(message any) error {
	err := s.ServerStream.RecvMsg(message)
	if err != nil || s.received == nil {
		return err
	}
	return s.received(message)
}

func (s *stream) SendMsg(message any) error {
	if s.sending != nil {
		err := s.sending()
		if err != nil {
			return err
		}
	}
	return s.ServerStream.SendMsg(message)
}
