package testrpc

import (
	"context"
	_ "embed"
	"sync"

	// The options of the descriptors must be linked before the text is read.
	_ "buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/prototext"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"

	_ "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
)

const (
	// Package is the proto package of the test services.
	Package = "kinerja.kittest.v1"
	// WidgetService is the one that serves.
	WidgetService = Package + ".WidgetService"
	// BareService has no access options.
	BareService = Package + ".BareService"
	// SenselessService has access options that make no sense.
	SenselessService = Package + ".SenselessService"
)

//go:embed widget.textproto
var widgetProto []byte

var file = sync.OnceValue(link)

func link() protoreflect.FileDescriptor {
	var d descriptorpb.FileDescriptorProto
	err := prototext.Unmarshal(widgetProto, &d)
	if err != nil {
		panic(err)
	}
	fd, err := protodesc.NewFile(&d, protoregistry.GlobalFiles)
	if err != nil {
		panic(err)
	}
	err = protoregistry.GlobalFiles.RegisterFile(fd)
	if err != nil {
		panic(err)
	}
	return fd
}

// Service returns the descriptor of the service with this full name, and links it.
func Service(fullName protoreflect.FullName) protoreflect.ServiceDescriptor {
	return file().Services().ByName(fullName.Name())
}

// Method returns the full method name of the WidgetService's method, for an invocation.
func Method(name string) string { return "/" + WidgetService + "/" + name }

// New returns an empty message of this name.
func New(message protoreflect.Name) *dynamicpb.Message {
	return dynamicpb.NewMessage(file().Messages().ByName(message))
}

// Message returns a message of this name read from protobuf text; it panics when the text is not of the message.
func Message(message protoreflect.Name, text string) *dynamicpb.Message {
	m := New(message)
	err := prototext.Unmarshal([]byte(text), m)
	if err != nil {
		panic(err)
	}
	return m
}

// Text returns the string field of the message, following path.
func Text(m proto.Message, path ...protoreflect.Name) string {
	r := m.ProtoReflect()
	for _, name := range path[:len(path)-1] {
		r = r.Get(r.Descriptor().Fields().ByName(name)).Message()
	}
	return r.Get(r.Descriptor().Fields().ByName(path[len(path)-1])).String()
}

// Handlers answer the methods by name. A unary method without one answers an empty Widget.
type Handlers struct {
	Unary  map[string]func(ctx context.Context, request *dynamicpb.Message) (proto.Message, error)
	Stream map[string]func(stream grpc.ServerStream) error
}

// Register registers the service of this name with the handlers.
func (h Handlers) Register(s grpc.ServiceRegistrar, service protoreflect.FullName) {
	d := Service(service)
	desc := &grpc.ServiceDesc{ServiceName: string(d.FullName()), HandlerType: (*any)(nil), Metadata: file().Path()}
	for i := range d.Methods().Len() {
		m := d.Methods().Get(i)
		if m.IsStreamingClient() || m.IsStreamingServer() {
			desc.Streams = append(desc.Streams, h.stream(m))
			continue
		}
		desc.Methods = append(desc.Methods, h.unary(m))
	}
	s.RegisterService(desc, struct{}{})
}

func (h Handlers) unary(m protoreflect.MethodDescriptor) grpc.MethodDesc {
	full := "/" + string(m.Parent().FullName()) + "/" + string(m.Name())
	answer := h.Unary[string(m.Name())]
	if answer == nil {
		answer = func(context.Context, *dynamicpb.Message) (proto.Message, error) { return New("Widget"), nil } //nolint:unparam // one kind of answer
	}
	return grpc.MethodDesc{
		MethodName: string(m.Name()),
		Handler: func(srv any, ctx context.Context, dec func(any) error, i grpc.UnaryServerInterceptor) (any, error) {
			in := dynamicpb.NewMessage(m.Input())
			err := dec(in)
			if err != nil {
				return nil, err
			}
			call := func(ctx context.Context, request any) (any, error) {
				r, _ := request.(*dynamicpb.Message)
				return answer(ctx, r)
			}
			if i == nil {
				return call(ctx, in)
			}
			return i(ctx, in, &grpc.UnaryServerInfo{Server: srv, FullMethod: full}, call)
		},
	}
}

func (h Handlers) stream(m protoreflect.MethodDescriptor) grpc.StreamDesc {
	serve := h.Stream[string(m.Name())]
	return grpc.StreamDesc{
		StreamName:    string(m.Name()),
		ClientStreams: m.IsStreamingClient(),
		ServerStreams: m.IsStreamingServer(),
		Handler: func(_ any, stream grpc.ServerStream) error {
			if serve == nil {
				return nil
			}
			return serve(stream)
		},
	}
}
