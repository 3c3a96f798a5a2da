package grpckit_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/test/bufconn"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/dynamicpb"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/internal/testrpc"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
)

func TestBuild(t *testing.T) {
	t.Parallel()
	register := func(r grpc.ServiceRegistrar) { testrpc.Handlers{}.Register(r, testrpc.WidgetService) }
	t.Run("every_missing_option_is_listed", func(t *testing.T) {
		t.Parallel()
		_, err := grpckit.NewServer(grpckit.ServerOptions{}).Build()
		for _, name := range []string{"Name", "Logger", "Registerer", "Verifier", "IDs"} {
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%s is not in: %v", name, err)
			}
		}
	})
	t.Run("a_service_registered_twice_is_an_error", func(t *testing.T) {
		t.Parallel()
		_, err := grpckit.NewServer(options(t, &harness{})).Add(register).Add(register).Build()
		if err == nil || !strings.Contains(err.Error(), "twice") {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("a_method_without_its_access_option_does_not_start", func(t *testing.T) {
		t.Parallel()
		_, err := grpckit.NewServer(options(t, &harness{})).
			Add(func(r grpc.ServiceRegistrar) { testrpc.Handlers{}.Register(r, testrpc.BareService) }).Build()
		if err == nil || !strings.Contains(err.Error(), "GetBare") || !strings.Contains(err.Error(), "ListBare") {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("reflection_is_served_only_when_it_is_on", func(t *testing.T) {
		t.Parallel()
		off := serve(t, testrpc.Handlers{})
		on := serve(t, testrpc.Handlers{}, func(o *grpckit.ServerOptions) { o.Reflection = true })
		if diff := cmp.Diff([]string{"grpc.health.v1.Health", testrpc.WidgetService}, off.server.Services()); diff != "" {
			t.Error(diff)
		}
		if len(on.server.Services()) != 4 || len(on.server.Table().Methods()) != 8 {
			t.Errorf("services %v", on.server.Services())
		}
	})
}

func TestAccess(t *testing.T) {
	t.Parallel()
	self := func(context.Context) (relation.Set, error) { return relation.Of(commonv1.Relation_RELATION_SELF), nil }
	checked := unary("GetWidget", func(ctx context.Context, _ *dynamicpb.Message) (proto.Message, error) {
		err := access.Check(ctx, self)
		if err != nil {
			return nil, err
		}
		return widget(), nil
	})
	careless := unary("GetWidget", func(context.Context, *dynamicpb.Message) (proto.Message, error) { return widget(), nil })

	t.Run("a_caller_without_a_token_must_sign_in", func(t *testing.T) {
		t.Parallel()
		_, err := call(t.Context(), serve(t, checked).dial(t), "GetWidget", get())
		expect(t, err, fault.ReasonUnauthenticated)
	})
	t.Run("a_token_that_is_not_valid_is_refused_even_where_none_is_needed", func(t *testing.T) {
		t.Parallel()
		h := serve(t, checked)
		for _, bad := range []string{"x.y.z", ""} {
			conn := connect(t, grpckit.ClientOptions{Dialer: h.dialer, Token: auth.StaticToken(bad)})
			_, err := call(t.Context(), conn, "ListWidgets", testrpc.New("ListWidgetsRequest"))
			expect(t, err, fault.ReasonUnauthenticated)
		}
	})
	t.Run("anybody_may_call_a_public_method", func(t *testing.T) {
		t.Parallel()
		_, err := call(t.Context(), serve(t, checked).dial(t), "ListWidgets", testrpc.New("ListWidgetsRequest"))
		if err != nil {
			t.Fatal(err)
		}
	})
	t.Run("a_relation_that_the_handler_settled_grants", func(t *testing.T) {
		t.Parallel()
		got, err := call(t.Context(), serve(t, checked).dial(t, employee), "GetWidget", get())
		if err != nil || testrpc.Text(got, "title") != "rahasia" {
			t.Fatalf("got %v, %v", got, err)
		}
	})
	t.Run("a_handler_that_forgot_to_settle_answers_nothing", func(t *testing.T) {
		t.Parallel()
		h := serve(t, careless)
		got, err := call(t.Context(), h.dial(t, employee), "GetWidget", get())
		f := expect(t, err, fault.ReasonInternal)
		if testrpc.Text(got, "title") != "" || f.Meta["error_id"] == "" {
			t.Fatalf("the answer left the server: %v", got)
		}
		if !strings.Contains(h.log.String(), "did not settle") || !strings.Contains(h.log.String(), f.Meta["error_id"]) {
			t.Fatalf("the log does not tell: %s", h.log)
		}
		_, err = call(t.Context(), h.dial(t, admin), "GetWidget", get())
		if err != nil {
			t.Fatalf("a role needs no relation: %v", err)
		}
	})
	t.Run("a_refusal_is_the_same_whether_or_not_the_resource_exists", func(t *testing.T) {
		t.Parallel()
		h := serve(t, unary("GetWidget", func(ctx context.Context, _ *dynamicpb.Message) (proto.Message, error) {
			return nil, access.Check(ctx, func(context.Context) (relation.Set, error) {
				return 0, fault.New(fault.ReasonNotFound, "resource", "tenants/3374/widgets/w1")
			})
		}))
		conn := h.dial(t, employee)
		_, missing := call(t.Context(), conn, "GetWidget", get())
		_, elsewhere := call(t.Context(), conn, "GetWidget", testrpc.Message("GetWidgetRequest", `name: "tenants/3375/widgets/w1"`))
		a, b := expect(t, missing, fault.ReasonPermissionDenied), expect(t, elsewhere, fault.ReasonPermissionDenied)
		if a.Error() != b.Error() || a.Local() != b.Local() || len(a.Meta)+len(b.Meta) != 0 {
			t.Fatalf("the refusals differ: %v, %v", a, b)
		}
	})
}

func TestStreams(t *testing.T) {
	t.Parallel()
	watch := testrpc.Method("WatchWidgets")
	send := func(settle bool) testrpc.Handlers {
		return testrpc.Handlers{Stream: map[string]func(grpc.ServerStream) error{"WatchWidgets": func(s grpc.ServerStream) error {
			err := s.RecvMsg(testrpc.New("GetWidgetRequest"))
			if err != nil {
				return err
			}
			if settle {
				err = access.Check(s.Context(), func(context.Context) (relation.Set, error) { return relation.Of(commonv1.Relation_RELATION_SELF), nil })
				if err != nil {
					return err
				}
			}
			return s.SendMsg(widget())
		}}}
	}
	open := func(t *testing.T, conn *grpc.ClientConn, request proto.Message) error {
		t.Helper()
		s, err := conn.NewStream(t.Context(), &grpc.StreamDesc{ServerStreams: true}, watch)
		if err != nil {
			return err
		}
		err = errors.Join(s.SendMsg(request), s.CloseSend())
		if err != nil {
			t.Fatal(err)
		}
		return s.RecvMsg(testrpc.New("Widget"))
	}
	t.Run("nothing_is_sent_before_the_relation_is_settled", func(t *testing.T) {
		t.Parallel()
		expect(t, open(t, serve(t, send(false)).dial(t, employee), get()), fault.ReasonInternal)
		err := open(t, serve(t, send(true)).dial(t, employee), get())
		if err != nil {
			t.Fatal(err)
		}
		err = open(t, serve(t, send(false)).dial(t, admin), get())
		if err != nil {
			t.Fatal(err)
		}
	})
	t.Run("the_request_of_a_stream_is_checked_like_that_of_a_call", func(t *testing.T) {
		t.Parallel()
		h := serve(t, send(true))
		conn := h.dial(t, employee)
		expect(t, open(t, conn, testrpc.Message("GetWidgetRequest", `name: "tenants/3375/widgets/w1"`)), fault.ReasonPermissionDenied)
		strange := get()
		strange.SetUnknown([]byte{0xa0, 0x06, 0x01})
		expect(t, open(t, conn, strange), fault.ReasonUnknownField)
		expect(t, open(t, h.dial(t), get()), fault.ReasonUnauthenticated)
	})
	t.Run("each_message_from_a_client_is_a_request", func(t *testing.T) {
		t.Parallel()
		h := serve(t, testrpc.Handlers{Stream: map[string]func(grpc.ServerStream) error{"PushWidgets": func(s grpc.ServerStream) error {
			for {
				err := s.RecvMsg(testrpc.New("UpdateWidgetRequest"))
				if err != nil {
					return err
				}
			}
		}}})
		s, err := h.dial(t, admin).NewStream(t.Context(), &grpc.StreamDesc{ClientStreams: true}, testrpc.Method("PushWidgets"))
		if err != nil {
			t.Fatal(err)
		}
		for _, tenant := range []string{"3374", "3375"} {
			err = s.SendMsg(testrpc.Message("UpdateWidgetRequest", `widget{name:"tenants/`+tenant+`/widgets/w1"}`))
			if err != nil {
				t.Fatal(err)
			}
		}
		expect(t, s.RecvMsg(testrpc.New("Widget")), fault.ReasonPermissionDenied)
	})
}

func TestUnit(t *testing.T) {
	t.Parallel()
	build := func(t *testing.T, handlers testrpc.Handlers) (*harness, *grpckit.Server) {
		t.Helper()
		h := &harness{listener: bufconn.Listen(1 << 20)}
		s, err := grpckit.NewServer(options(t, h)).Add(func(r grpc.ServiceRegistrar) { handlers.Register(r, testrpc.WidgetService) }).Build()
		if err != nil {
			t.Fatal(err)
		}
		h.server = s
		return h, s
	}
	t.Run("health_says_not_serving_while_calls_end", func(t *testing.T) {
		t.Parallel()
		began, release := make(chan struct{}), make(chan struct{})
		h, s := build(t, unary("ListWidgets", func(context.Context, *dynamicpb.Message) (proto.Message, error) {
			close(began)
			<-release
			return widget(), nil
		}))
		other, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		u := s.Unit(200*time.Millisecond, h.listener, other)
		err = u.Start(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ran := make(chan error, 1)
		go func() { ran <- u.Run(t.Context()) }()
		conn := connect(t, grpckit.ClientOptions{Target: other.Addr().String()})
		health := func() healthpb.HealthCheckResponse_ServingStatus {
			r, err := healthpb.NewHealthClient(conn).Check(t.Context(), &healthpb.HealthCheckRequest{Service: testrpc.WidgetService})
			if err != nil {
				t.Fatal(err)
			}
			return r.GetStatus()
		}
		if health() != healthpb.HealthCheckResponse_SERVING {
			t.Fatal("not serving")
		}
		answered := make(chan error, 1)
		go func() {
			_, err := call(t.Context(), conn, "ListWidgets", testrpc.New("ListWidgetsRequest"))
			answered <- err
		}()
		<-began
		stopped := make(chan error, 1)
		go func() { stopped <- u.Stop(t.Context()) }()
		for health() == healthpb.HealthCheckResponse_SERVING {
		}
		close(release)
		for _, c := range []chan error{answered, stopped, ran} {
			err := <-c
			if err != nil {
				t.Error(err)
			}
		}
		if strings.Contains(h.log.String(), "Health") {
			t.Errorf("a health check is in the log: %s", h.log)
		}
	})
	t.Run("calls_that_do_not_end_are_cut", func(t *testing.T) {
		t.Parallel()
		began := make(chan struct{})
		h, s := build(t, unary("ListWidgets", func(ctx context.Context, _ *dynamicpb.Message) (proto.Message, error) {
			close(began)
			<-ctx.Done()
			return nil, ctx.Err()
		}))
		u := s.Unit(0, h.listener)
		ran := make(chan error, 1)
		go func() { ran <- u.Run(t.Context()) }()
		answered := make(chan error, 1)
		conn := h.dial(t)
		go func() {
			_, err := call(t.Context(), conn, "ListWidgets", testrpc.New("ListWidgetsRequest"))
			answered <- err
		}()
		<-began
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if u.Stop(ctx) == nil {
			t.Error("cutting a call is no error")
		}
		if <-answered == nil || <-ran != nil {
			t.Error("the call was answered, or the server did not end well")
		}
	})
	t.Run("a_listener_that_fails_ends_the_unit", func(t *testing.T) {
		t.Parallel()
		h, s := build(t, testrpc.Handlers{})
		broken, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		err = broken.Close()
		if err != nil {
			t.Fatal(err)
		}
		if s.Unit(0, h.listener, broken).Run(t.Context()) == nil {
			t.Fatal("no error")
		}
	})
}
