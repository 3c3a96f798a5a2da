package faultgrpc_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/faultgrpc"
)

var update = flag.Bool("update", false, "write the golden files")

var planning = faultgrpc.Options{Service: "planning", ErrorID: "01j0error"}

// indented gives protojson a form that is the same in every run: its own white space is random.
func indented(t *testing.T, s *status.Status) string {
	t.Helper()
	raw, err := protojson.Marshal(s.Proto())
	if err != nil {
		t.Fatal(err)
	}
	var value any
	err = json.Unmarshal(raw, &value)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err = enc.Encode(value)
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGoldenStatusOfEveryReason(t *testing.T) {
	t.Parallel()
	var all strings.Builder
	for _, r := range fault.Reasons() {
		f := fault.New(r, "resource", "tenants/3402/periods/2026")
		if f.Kind == fault.KindInvalid {
			f = f.With(fault.Field("plan.results[0].indicators[1].unit_of_measure", r))
		}
		if f.Kind.Retryable() {
			f = f.After(1500 * time.Millisecond)
		}
		fmt.Fprintf(&all, "# %s\n%s", r, indented(t, faultgrpc.Encode(f, planning)))
	}
	path := filepath.Join("testdata", "statuses.golden")
	if *update {
		err := os.MkdirAll("testdata", 0o755)
		if err == nil {
			err = os.WriteFile(path, []byte(all.String()), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), all.String()); diff != "" {
		t.Fatalf("statuses (-want +got), rewrite with -update:\n%s", diff)
	}
}

func TestEncode(t *testing.T) {
	t.Parallel()
	t.Run("details_occur_at_most_once_and_name_the_service", func(t *testing.T) {
		t.Parallel()
		f := fault.Invalid(fault.Field("a", fault.ReasonInvalidNIP), fault.Field("b", fault.ReasonInvalidDate)).After(time.Second)
		seen := map[string]int{}
		for _, d := range faultgrpc.Encode(fmt.Errorf("create: %w", f), planning).Details() {
			seen[fmt.Sprintf("%T", d)]++
			info, ok := d.(*errdetails.ErrorInfo)
			if ok && info.GetDomain() != "planning.kinerja" {
				t.Errorf("domain %s", info.GetDomain())
			}
		}
		want := map[string]int{"*errdetails.ErrorInfo": 1, "*errdetails.BadRequest": 1, "*errdetails.RetryInfo": 1, "*errdetails.LocalizedMessage": 1}
		if diff := cmp.Diff(want, seen); diff != "" {
			t.Fatal(diff)
		}
	})
	t.Run("nothing_of_an_internal_error_leaves_the_process", func(t *testing.T) {
		t.Parallel()
		secret := errors.New("dial tcp 10.0.0.7: SELECT nip FROM people")
		wrapped := fault.New(fault.ReasonInternal, "table", "people").Because(secret).Worded("people is broken", "")
		for _, err := range []error{secret, wrapped, fmt.Errorf("x: %w", wrapped), fault.New("NEW").Because(secret)} {
			s := faultgrpc.Encode(err, planning)
			text := indented(t, s)
			if s.Code() != codes.Internal || strings.Contains(text, "people") || strings.Contains(text, "10.0.0.7") {
				t.Errorf("status of %v tells too much: %s", err, text)
			}
			if !strings.Contains(text, "01j0error") {
				t.Errorf("status of %v has no error id", err)
			}
		}
	})
	t.Run("errors_of_contexts_and_of_the_library_keep_their_code", func(t *testing.T) {
		t.Parallel()
		cases := map[codes.Code]error{
			codes.OK:                nil,
			codes.Canceled:          fmt.Errorf("load: %w", context.Canceled),
			codes.DeadlineExceeded:  context.DeadlineExceeded,
			codes.ResourceExhausted: status.Error(codes.ResourceExhausted, "grpc: received message larger than max"),
			codes.Internal:          status.Error(codes.DataLoss, "x"),
		}
		for want, err := range cases {
			s := faultgrpc.Encode(err, planning)
			if s.Code() != want || strings.Contains(s.Message(), "larger than max") {
				t.Errorf("%v became %v", err, s)
			}
		}
	})
	t.Run("texts_are_made_fit_to_travel", func(t *testing.T) {
		t.Parallel()
		f := fault.New(fault.ReasonNotFound, "resource", "a\xff"+strings.Repeat("é", 900))
		for range 300 {
			f = f.With(fault.Field("x\xff", fault.ReasonInvalidName))
		}
		s := faultgrpc.Encode(f, planning)
		if len(s.Details()) != 3 {
			t.Fatalf("%d details", len(s.Details()))
		}
		b, ok := s.Details()[2].(*errdetails.BadRequest)
		if !ok || len(b.GetFieldViolations()) != 100 || len(s.Message()) > 1000 {
			t.Fatalf("the status is not bounded: %d", len(b.GetFieldViolations()))
		}
	})
}

func TestDecode(t *testing.T) {
	t.Parallel()
	t.Run("a_fault_survives_the_trip", func(t *testing.T) {
		t.Parallel()
		for _, r := range fault.Reasons() {
			given := fault.New(r, "resource", "tenants/3402", "error_id", "01j0error").After(time.Second).
				With(fault.Field("a.b[0]", fault.ReasonInvalidDate))
			if given.Kind == fault.KindInternal {
				given = fault.New(r, "error_id", "01j0error")
			}
			err := faultgrpc.Decode(faultgrpc.Encode(given, planning).Err())
			got, ok := fault.As(err)
			if !ok {
				t.Fatalf("%s became %v", r, err)
			}
			opts := cmp.Options{cmpopts.IgnoreUnexported(fault.Fault{}, fault.Violation{}), cmpopts.IgnoreFields(fault.Violation{}, "Meta")}
			if diff := cmp.Diff(given, got, opts); diff != "" {
				t.Errorf("%s: %s", r, diff)
			}
			if got.Error() != given.Error() || got.Local() != given.Local() || status.Code(err) != faultgrpc.Code(given.Kind) {
				t.Errorf("%s: texts or code differ: %q", r, got.Error())
			}
			for i := range got.Violations {
				if got.Violations[i].Text() != given.Violations[i].Text() || got.Violations[i].Local() != given.Violations[i].Local() {
					t.Errorf("%s: texts of a violation differ", r)
				}
			}
		}
	})
	t.Run("a_reason_of_a_later_version_keeps_its_kind_and_texts", func(t *testing.T) {
		t.Parallel()
		later := &fault.Fault{Reason: "NEW_REASON", Kind: fault.KindPrecondition}
		err := faultgrpc.Decode(faultgrpc.Encode(later.Worded("New.", "Baru."), planning).Err())
		f, ok := fault.As(err)
		if !ok || f.Reason != "NEW_REASON" || f.Kind != fault.KindPrecondition || f.Error() != "New." || f.Local() != "Baru." {
			t.Fatalf("got %#v", f)
		}
	})
	t.Run("a_status_from_elsewhere_gets_our_texts", func(t *testing.T) {
		t.Parallel()
		for code, want := range map[codes.Code]fault.Reason{
			codes.Unavailable: fault.ReasonUnavailable, codes.Unimplemented: fault.ReasonUnknownMethod,
			codes.DataLoss: fault.ReasonInternal, codes.Aborted: fault.ReasonInternal, codes.DeadlineExceeded: fault.ReasonDeadlineExceeded,
		} {
			err := faultgrpc.Decode(status.Error(code, "connection refused 10.0.0.7"))
			f, ok := fault.As(err)
			if !ok || f.Reason != want || strings.Contains(f.Error(), "10.0.0.7") || f.Unwrap() == nil {
				t.Errorf("%v became %v", code, err)
			}
		}
	})
	t.Run("what_is_no_status_stays_as_it_is", func(t *testing.T) {
		t.Parallel()
		plain := errors.New("x")
		f := fault.New(fault.ReasonPlanState)
		if faultgrpc.Decode(nil) != nil || faultgrpc.Decode(plain) != plain || faultgrpc.Decode(f) != error(f) {
			t.Fatal("changed")
		}
	})
}

func TestCodesAndKindsCorrespond(t *testing.T) {
	t.Parallel()
	seen := map[codes.Code]bool{}
	for _, k := range fault.Kinds() {
		c := faultgrpc.Code(k)
		if seen[c] || (k != fault.KindInternal && c == codes.Internal) {
			t.Errorf("kind %v shares code %v", k, c)
		}
		seen[c] = true
	}
}
