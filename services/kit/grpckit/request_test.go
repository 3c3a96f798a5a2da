package grpckit_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/dynamicpb"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
	"github.com/kinerja-suite/kinerja/services/kit/internal/testrpc"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

func list() *dynamicpb.Message { return testrpc.New("ListWidgetsRequest") }

// bare is a connection without the interceptors of the suite.
func (h *harness) bare(t *testing.T) *grpc.ClientConn {
	t.Helper()
	conn, err := grpc.NewClient("passthrough:///x", grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return h.dialer(ctx) }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}

func TestDeadline(t *testing.T) {
	t.Parallel()
	t.Run("a_call_without_one_is_refused", func(t *testing.T) {
		t.Parallel()
		h := serve(t, testrpc.Handlers{})
		_, err := call(t.Context(), h.bare(t), "ListWidgets", list())
		if status.Code(err) != codes.InvalidArgument || !strings.Contains(err.Error(), "without a deadline") {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("a_long_one_is_capped", func(t *testing.T) {
		t.Parallel()
		left := make(chan time.Duration, 1)
		h := serve(t, unary("ListWidgets", func(ctx context.Context, _ *dynamicpb.Message) (proto.Message, error) {
			at, _ := ctx.Deadline()
			left <- time.Until(at)
			return widget(), nil
		}))
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		_, err := call(ctx, h.dial(t), "ListWidgets", list())
		if err != nil {
			t.Fatal(err)
		}
		if got := <-left; got > 5*time.Second || got < 3*time.Second {
			t.Fatalf("%v were left", got)
		}
	})
	t.Run("an_engine_that_words_an_interruption_its_own_way_is_understood", func(t *testing.T) {
		t.Parallel()
		h := serve(t, unary("ListWidgets", func(ctx context.Context, _ *dynamicpb.Message) (proto.Message, error) {
			<-ctx.Done()
			return nil, errors.New("sqlite: interrupted (9)")
		}), func(o *grpckit.ServerOptions) { o.MaxDeadline = 20 * time.Millisecond })
		_, err := call(t.Context(), h.dial(t), "ListWidgets", list())
		expect(t, err, fault.ReasonDeadlineExceeded)
		if strings.Contains(h.log.String(), `"level":"ERROR"`) {
			t.Fatalf("logged as a defect: %s", h.log)
		}
	})
}

func TestRequests(t *testing.T) {
	t.Parallel()
	h := serve(t, testrpc.Handlers{})
	conn := h.dial(t, admin)
	create := func(text string) *dynamicpb.Message {
		return testrpc.Message("CreateWidgetRequest", `parent: "tenants/3374" `+text)
	}
	t.Run("an_unknown_field_is_refused_at_any_depth", func(t *testing.T) {
		t.Parallel()
		request := create(`widget{title:"abc"}`)
		request.Get(request.Descriptor().Fields().ByName("widget")).Message().SetUnknown([]byte{0xa0, 0x06, 0x01})
		_, err := call(t.Context(), conn, "CreateWidget", request)
		f := expect(t, err, fault.ReasonUnknownField)
		if f.Violations[0].Field != "widget.100" {
			t.Fatalf("field %s", f.Violations[0].Field)
		}
	})
	t.Run("violations_tell_each_field_once_in_two_languages", func(t *testing.T) {
		t.Parallel()
		_, err := call(t.Context(), conn, "CreateWidget", create(`widget{title:"ab" size:11 state:7 tags:["a","b","c","B"]}`))
		f := expect(t, err, fault.ReasonInvalidArgument)
		got := map[string]string{}
		for _, v := range f.Violations {
			got[v.Field] = v.Local()
			if v.Reason != fault.ReasonInvalidArgument || !strings.HasPrefix(v.Text(), v.Field) {
				t.Errorf("violation %q: %s", v.Text(), v.Reason)
			}
		}
		want := map[string]string{
			"widget.title":   "Isian widget.title harus memuat paling sedikit 3 karakter; lengkapi isian ini.",
			"widget.size":    "Isian widget.size harus bernilai antara 0 dan 9.",
			"widget.state":   "Isian widget.state harus berupa salah satu dari STATE_DRAFT.",
			"widget.tags":    "Isian widget.tags tidak boleh memuat lebih dari 3 butir; kurangi jumlah butir.",
			"widget.tags[3]": "Isian widget.tags[3] tidak sesuai dengan format yang ditentukan; periksa kembali penulisannya.",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
	t.Run("what_is_left_out_is_asked_for", func(t *testing.T) {
		t.Parallel()
		for request, want := range map[string][]string{
			`color: COLOR_RED`:    {"Isian number wajib diisi dan tidak boleh kurang dari 1.", "Isian code wajib diisi."},
			`number: 1 code: "a"`: {"Isian color wajib diisi; pilih salah satu dari COLOR_RED, COLOR_BLUE."},
			`color: 7 number: -1 code: "A"`: {
				"Isian color harus berupa salah satu dari COLOR_RED, COLOR_BLUE.", "Isian number tidak boleh kurang dari 1.",
				"Isian code tidak sesuai dengan format yang ditentukan; periksa kembali penulisannya, misalnya b.",
			},
		} {
			_, err := call(t.Context(), conn, "PaintWidget", testrpc.Message("PaintWidgetRequest", `name:"tenants/3374/widgets/w1" `+request))
			f := expect(t, err, fault.ReasonInvalidArgument)
			var got []string
			for _, v := range f.Violations {
				got = append(got, v.Local())
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", request, diff)
			}
		}
	})
	t.Run("a_control_character_is_refused_in_every_text_beside_the_rules", func(t *testing.T) {
		t.Parallel()
		_, err := call(t.Context(), conn, "CreateWidget", create(`widget{title:"ab\000c" size:11 tags:["a","b\033"]}`))
		f := expect(t, err, fault.ReasonInvalidArgument)
		var got []string
		for _, v := range f.Violations {
			got = append(got, v.Local())
		}
		want := []string{
			"Isian widget.title memuat karakter yang tidak dapat disimpan; hapus karakter itu.",
			"Isian widget.tags[1] memuat karakter yang tidak dapat disimpan; hapus karakter itu.",
			"Isian widget.size harus bernilai antara 0 dan 9.",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
	t.Run("lines_and_tabs_are_text", func(t *testing.T) {
		t.Parallel()
		_, err := call(t.Context(), conn, "CreateWidget", create(`widget{title:"abc\r\n\tdé"}`))
		if err != nil {
			t.Fatal(err)
		}
	})
	t.Run("one_violation_words_the_whole", func(t *testing.T) {
		t.Parallel()
		_, err := call(t.Context(), conn, "CreateWidget", create(""))
		f := expect(t, err, fault.ReasonInvalidArgument)
		if f.Local() != "Isian widget wajib diisi." || f.Meta["field"] != "widget" {
			t.Fatalf("got %q, %v", f.Local(), f.Meta)
		}
	})
	t.Run("permission_comes_before_validation", func(t *testing.T) {
		t.Parallel()
		_, err := call(t.Context(), conn, "CreateWidget", testrpc.Message("CreateWidgetRequest", `parent: "tenants/3375"`))
		expect(t, err, fault.ReasonPermissionDenied)
	})
	t.Run("a_method_that_nobody_registered_is_unimplemented", func(t *testing.T) {
		t.Parallel()
		for _, method := range []string{testrpc.Method("NoSuch"), "/no.Such/Thing"} {
			err := conn.Invoke(t.Context(), method, get(), testrpc.New("Widget"))
			f := expect(t, err, fault.ReasonUnknownMethod)
			if status.Code(f.Unwrap()) != codes.Unimplemented {
				t.Errorf("%s: %v", method, f.Unwrap())
			}
		}
	})
	t.Run("a_message_over_the_bound_is_refused", func(t *testing.T) {
		t.Parallel()
		_, err := call(t.Context(), conn, "CreateWidget", create(`widget{title:"`+strings.Repeat("a", 70<<10)+`"}`))
		expect(t, err, fault.ReasonResourceExhausted)
	})
}

func TestLog(t *testing.T) {
	t.Parallel()
	t.Run("a_panic_tells_the_caller_an_id_and_the_log_the_rest", func(t *testing.T) {
		t.Parallel()
		h := serve(t, unary("ListWidgets", func(context.Context, *dynamicpb.Message) (proto.Message, error) { panic("aduh") }))
		ctx := telemetry.WithRequestID(t.Context(), "req-7")
		var trailer metadata.MD
		_, err := call(ctx, h.dial(t), "ListWidgets", list(), grpc.Trailer(&trailer))
		if got := trailer.Get(grpckit.RequestIDHeader); len(got) != 1 || got[0] != "req-7" {
			t.Errorf("the id of the request came back as %v", got)
		}
		f := expect(t, err, fault.ReasonInternal)
		if strings.Contains(f.Error()+f.Local(), "aduh") {
			t.Fatalf("the caller sees %v", f)
		}
		var line struct {
			Level, Msg, Method, Code, Reason, Cause string
			RequestID                               string `json:"request_id"`
			ErrorID                                 string `json:"error_id"`
			Duration                                int64
		}
		err = json.Unmarshal([]byte(h.log.String()), &line)
		if err != nil {
			t.Fatalf("not one line: %v: %s", err, h.log)
		}
		if line.Level != "ERROR" || line.Code != "INTERNAL" || line.Reason != "INTERNAL" || line.RequestID != "req-7" || line.Duration <= 0 {
			t.Errorf("line %+v", line)
		}
		if line.ErrorID != f.Meta["error_id"] || !strings.Contains(line.Cause, "aduh") || !strings.Contains(line.Cause, "request_test.go") {
			t.Errorf("line %+v", line)
		}
		if line.Method != testrpc.Method("ListWidgets") {
			t.Errorf("method %s", line.Method)
		}
	})
	t.Run("the_request_id_comes_back_and_a_strange_one_is_replaced", func(t *testing.T) {
		t.Parallel()
		h := serve(t, testrpc.Handlers{})
		conn := h.dial(t)
		for given, want := range map[string]string{"req-8": "req-8", "evil\" id": "id-000001"} {
			var header metadata.MD
			_, err := call(telemetry.WithRequestID(t.Context(), given), conn, "ListWidgets", list(), grpc.Header(&header))
			if err != nil {
				t.Fatal(err)
			}
			if got := header.Get(grpckit.RequestIDHeader); len(got) != 1 || got[0] != want {
				t.Errorf("%q came back as %v", given, got)
			}
		}
	})
	t.Run("no_payload_is_logged_and_calls_are_counted", func(t *testing.T) {
		t.Parallel()
		h := serve(t, testrpc.Handlers{})
		conn := h.dial(t, admin)
		for _, title := range []string{"rahasia", "x"} {
			_, _ = call(t.Context(), conn, "CreateWidget", testrpc.Message("CreateWidgetRequest", `parent:"tenants/3374" widget{title:"`+title+`"}`))
		}
		_ = conn.Invoke(t.Context(), "/no.Such/Thing", get(), testrpc.New("Widget"))
		if strings.Contains(h.log.String(), "rahasia") || strings.Count(h.log.String(), "rpc completed") != 3 {
			t.Errorf("log %s", h.log)
		}
		families, err := h.registry.Gather()
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]uint64{}
		for _, f := range families {
			for _, m := range f.GetMetric() {
				key := f.GetName()
				for _, l := range m.GetLabel() {
					key += " " + l.GetValue()
				}
				got[key] = m.GetHistogram().GetSampleCount() + uint64(m.GetCounter().GetValue())
			}
		}
		create := testrpc.Method("CreateWidget")
		want := map[string]uint64{
			"kinerja_grpc_server_duration_seconds OK " + create:                1,
			"kinerja_grpc_server_duration_seconds INVALID_ARGUMENT " + create:  1,
			"kinerja_grpc_server_duration_seconds UNIMPLEMENTED unknown":       1,
			"kinerja_grpc_server_faults_total " + create + " INVALID_ARGUMENT": 1,
			"kinerja_grpc_server_faults_total unknown UNKNOWN_METHOD":          1,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestClient(t *testing.T) {
	t.Parallel()
	t.Run("an_unavailable_server_is_asked_again_and_a_failing_one_is_not", func(t *testing.T) {
		t.Parallel()
		var calls atomic.Int32
		var answer atomic.Pointer[fault.Fault]
		h := serve(t, unary("ListWidgets", func(context.Context, *dynamicpb.Message) (proto.Message, error) {
			if calls.Add(1) < 3 {
				return nil, answer.Load()
			}
			return widget(), nil
		}))
		conn := h.dial(t)
		answer.Store(fault.New(fault.ReasonUnavailable, "service", "planning"))
		_, err := call(t.Context(), conn, "ListWidgets", list())
		if err != nil || calls.Load() != 3 {
			t.Fatalf("%d calls, %v", calls.Load(), err)
		}
		calls.Store(0)
		answer.Store(fault.New(fault.ReasonPlanState, "state", "DRAFT"))
		_, err = call(t.Context(), conn, "ListWidgets", list())
		f := expect(t, err, fault.ReasonPlanState)
		if calls.Load() != 1 || f.Meta["state"] != "DRAFT" || f.Kind != fault.KindPrecondition {
			t.Fatalf("%d calls, %+v", calls.Load(), f)
		}
	})
	t.Run("a_call_without_a_deadline_gets_one", func(t *testing.T) {
		t.Parallel()
		h := serve(t, unary("ListWidgets", func(ctx context.Context, _ *dynamicpb.Message) (proto.Message, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}))
		conn := connect(t, grpckit.ClientOptions{Dialer: h.dialer, Timeout: 30 * time.Millisecond})
		_, err := call(t.Context(), conn, "ListWidgets", list())
		expect(t, err, fault.ReasonDeadlineExceeded)
	})
	t.Run("nobody_at_home_is_unavailable", func(t *testing.T) {
		t.Parallel()
		conn := connect(t, grpckit.ClientOptions{Target: "127.0.0.1:1", Timeout: time.Second})
		_, err := call(t.Context(), conn, "ListWidgets", list())
		expect(t, err, fault.ReasonUnavailable)
	})
	t.Run("the_end_of_a_stream_stays_io_EOF", func(t *testing.T) {
		t.Parallel()
		h := serve(t, testrpc.Handlers{Stream: map[string]func(grpc.ServerStream) error{"WatchWidgets": func(s grpc.ServerStream) error {
			return s.RecvMsg(testrpc.New("GetWidgetRequest"))
		}}})
		s, err := h.dial(t, admin).NewStream(t.Context(), &grpc.StreamDesc{ServerStreams: true}, testrpc.Method("WatchWidgets"))
		if err != nil {
			t.Fatal(err)
		}
		err = errors.Join(s.SendMsg(get()), s.CloseSend())
		if err != nil {
			t.Fatal(err)
		}
		err = s.RecvMsg(testrpc.New("Widget"))
		if !errors.Is(err, io.EOF) {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("a_connection_needs_a_target", func(t *testing.T) {
		t.Parallel()
		_, err := grpckit.Dial(grpckit.ClientOptions{})
		if err == nil {
			t.Fatal("no error")
		}
	})
}
