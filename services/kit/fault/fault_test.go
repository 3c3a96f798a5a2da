package fault_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

func TestCatalogue(t *testing.T) {
	t.Parallel()
	t.Run("every_reason_of_the_contract_has_a_row_and_every_row_a_reason", func(t *testing.T) {
		t.Parallel()
		want := map[string]bool{}
		for number, name := range commonv1.ErrorReason_name {
			if number != 0 {
				want[strings.TrimPrefix(name, "ERROR_REASON_")] = true
			}
		}
		got := map[string]bool{}
		for _, r := range fault.Reasons() {
			got[string(r)] = true
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("contract and catalogue differ (-contract +catalogue):\n%s", diff)
		}
	})
	t.Run("texts_are_whole_sentences_with_and_without_values", func(t *testing.T) {
		t.Parallel()
		placeholder := regexp.MustCompile(`[{}\[\]]`)
		for _, r := range fault.Reasons() {
			bare := fault.New(r)
			full := fault.New(r, everyKey()...)
			for _, text := range []string{bare.Error(), bare.Local(), full.Error(), full.Local()} {
				if placeholder.MatchString(text) {
					t.Errorf("%s: %q has a raw placeholder", r, text)
				}
				if strings.Contains(text, "  ") || strings.Contains(text, " .") || !strings.HasSuffix(text, ".") {
					t.Errorf("%s: %q is not a clean sentence", r, text)
				}
			}
			if bare.Error() == bare.Local() {
				t.Errorf("%s has no Indonesian text of its own", r)
			}
			if bare.Kind != fault.KindOf(r) || !fault.Known(r) {
				t.Errorf("%s: kind %v is not that of the catalogue", r, bare.Kind)
			}
		}
	})
}

func everyKey() []string {
	keys := []string{"field", "pattern", "problem", "formula", "digits", "resource", "code", "element", "date", "state", "limit", "service", "error_id", "method"}
	kv := make([]string, 0, 2*len(keys))
	for _, k := range keys {
		kv = append(kv, k, "nilai-"+k)
	}
	return kv
}

func TestFault(t *testing.T) {
	t.Parallel()
	t.Run("a_part_without_its_value_is_left_out", func(t *testing.T) {
		t.Parallel()
		if got, want := fault.New(fault.ReasonNotFound).Error(), "The resource does not exist."; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		got := fault.New(fault.ReasonNotFound, "resource", "tenants/3402").Error()
		if want := "The resource tenants/3402 does not exist."; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
	t.Run("no_text_shows_the_cause", func(t *testing.T) {
		t.Parallel()
		cause := errors.New("pq: password of 10.0.0.7 refused")
		f := fault.New(fault.ReasonUnavailable, "service", "planning").Because(cause)
		if strings.Contains(f.Error()+f.Local(), "10.0.0.7") {
			t.Fatal("a text shows the cause")
		}
		if !errors.Is(f, cause) {
			t.Fatal("the cause is not in the chain")
		}
	})
	t.Run("methods_change_a_copy_only", func(t *testing.T) {
		t.Parallel()
		f := fault.New(fault.ReasonResourceExhausted, "limit", "50/s")
		g := f.After(time.Second).With(fault.Field("a", fault.ReasonInvalidName)).Because(errors.New("x")).Worded("E.", "I.")
		g.Meta["limit"] = "other"
		if f.RetryAfter != 0 || len(f.Violations) != 0 || f.Unwrap() != nil || f.Meta["limit"] != "50/s" || f.Error() == "E." {
			t.Fatalf("the original has changed: %#v", f)
		}
		if g.RetryAfter != time.Second || len(g.Violations) != 1 || g.Error() != "E." || g.Local() != "I." {
			t.Fatalf("the copy lacks a change: %#v", g)
		}
	})
	t.Run("an_unknown_reason_becomes_internal", func(t *testing.T) {
		t.Parallel()
		f := fault.New("NO_SUCH_REASON")
		if f.Reason != fault.ReasonInternal || f.Kind != fault.KindInternal || !strings.Contains(f.Unwrap().Error(), "NO_SUCH_REASON") {
			t.Fatalf("got %#v", f)
		}
	})
}

func TestInvalid(t *testing.T) {
	t.Parallel()
	unit := func(path string) fault.Violation { return fault.Field(path, fault.ReasonIndicatorUnitRequired) }
	cases := map[string]struct {
		given []fault.Violation
		want  fault.Reason
	}{
		"none":             {nil, fault.ReasonInvalidArgument},
		"one":              {[]fault.Violation{unit("a")}, fault.ReasonIndicatorUnitRequired},
		"two_of_a_reason":  {[]fault.Violation{unit("a"), unit("b")}, fault.ReasonIndicatorUnitRequired},
		"two_that_differ":  {[]fault.Violation{unit("a"), fault.Field("b", fault.ReasonInvalidTarget)}, fault.ReasonInvalidArgument},
		"kind_of_a_reason": {[]fault.Violation{fault.Field("p", fault.ReasonRulePackUnknown)}, fault.ReasonRulePackUnknown},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fault.Invalid(c.given...)
			if f.Reason != c.want || f.Kind != fault.KindInvalid || len(f.Violations) != len(c.given) {
				t.Fatalf("got reason %s, kind %v, %d violations", f.Reason, f.Kind, len(f.Violations))
			}
			if len(c.given) > 0 && f.Meta["field"] != c.given[0].Field {
				t.Fatalf("metadata %v does not name the first field", f.Meta)
			}
		})
	}
	t.Run("texts_name_the_field", func(t *testing.T) {
		t.Parallel()
		v := unit("plan.results[0].indicators[1].unit_of_measure")
		if !strings.Contains(v.Text(), v.Field) || !strings.Contains(v.Local(), v.Field) {
			t.Fatalf("texts %q, %q", v.Text(), v.Local())
		}
	})
}

func TestFrom(t *testing.T) {
	t.Parallel()
	own := fault.New(fault.ReasonPlanState)
	cases := map[string]struct {
		given error
		want  fault.Reason
	}{
		"a_fault_deep_in_the_chain": {fmt.Errorf("submit: %w", own), fault.ReasonPlanState},
		"a_cancelled_context":       {fmt.Errorf("load: %w", context.Canceled), fault.ReasonCanceled},
		"a_passed_deadline":         {context.DeadlineExceeded, fault.ReasonDeadlineExceeded},
		"anything_else":             {errors.New("boom"), fault.ReasonInternal},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fault.From(c.given)
			if f.Reason != c.want {
				t.Fatalf("got %s, want %s", f.Reason, c.want)
			}
			if !fault.Is(f, c.want) || !fault.IsKind(f, f.Kind) {
				t.Fatal("Is and IsKind do not see the fault")
			}
		})
	}
	if fault.From(nil) != nil || fault.Is(errors.New("x"), fault.ReasonInternal) {
		t.Fatal("nil and plain errors are not faults")
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, k := range fault.Kinds() {
		if seen[k.String()] || k.HTTP() < 400 {
			t.Errorf("kind %d: name %q, status %d", k, k, k.HTTP())
		}
		seen[k.String()] = true
	}
	if len(seen) != 13 {
		t.Errorf("%d kinds, want 13", len(seen))
	}
}

func TestOfPeer(t *testing.T) {
	t.Parallel()
	cases := map[fault.Reason]fault.Reason{
		fault.ReasonUnavailable:      fault.ReasonUnavailable,
		fault.ReasonDeadlineExceeded: fault.ReasonDeadlineExceeded,
		fault.ReasonCanceled:         fault.ReasonCanceled,
		fault.ReasonETagMismatch:     fault.ReasonETagMismatch,
		fault.ReasonPermissionDenied: fault.ReasonInternal,
		fault.ReasonNotFound:         fault.ReasonInternal,
		fault.ReasonInvalidName:      fault.ReasonInternal,
	}
	for given, want := range cases {
		err := fault.OfPeer(fault.New(given).After(time.Second), "planning")
		if !fault.Is(err, want) {
			t.Errorf("%s became %v", given, err)
		}
		if given == fault.ReasonUnavailable && !strings.Contains(err.Error(), "planning") {
			t.Errorf("the text does not name the peer: %v", err)
		}
	}
	if fault.OfPeer(nil, "planning") != nil {
		t.Error("nil is not nil")
	}
}
