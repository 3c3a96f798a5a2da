package rpc

import (
	"errors"
	"strings"
	"testing"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

func TestEvery_rule_has_a_reason(t *testing.T) {
	t.Parallel()
	if len(rules) != len(domain.Rules()) {
		t.Errorf("%d rows for %d rules", len(rules), len(domain.Rules()))
	}
	for _, rule := range domain.Rules() {
		err := toFault(domain.RuleErrors{{Field: "rating.feedback", Rule: rule, Detail: "1–4"}})
		f, ok := fault.As(err)
		if !ok || f.Kind != fault.KindInvalid || len(f.Violations) != 1 || f.Violations[0].Field != "rating.feedback" {
			t.Errorf("rule %s: %v", rule, err)
			continue
		}
		for _, text := range []string{f.Violations[0].Text(), f.Violations[0].Local()} {
			if text == "" || strings.Contains(text, "{") {
				t.Errorf("rule %s: text %q", rule, text)
			}
		}
	}
}

func TestEvery_refusal_has_a_reason(t *testing.T) {
	t.Parallel()
	if len(refusals) != len(domain.Refusals()) {
		t.Errorf("%d rows for %d refusals", len(refusals), len(domain.Refusals()))
	}
	for _, kind := range domain.Refusals() {
		r, ok := refusals[kind]
		if !ok {
			t.Errorf("%v has no row", kind)
			continue
		}
		for _, err := range []error{kind, domain.About(kind, "tenants/3374")} {
			f, ok := fault.As(toFault(err))
			if !ok || f.Reason != r.reason || f.Kind != fault.KindOf(r.reason) || f.Local() == "" {
				t.Errorf("%v: %+v", err, f)
			}
		}
		f, _ := fault.As(toFault(domain.About(kind, "tenants/3374")))
		if r.key != "" && f.Meta[r.key] != "tenants/3374" {
			t.Errorf("%v: metadata %v", kind, f.Meta)
		}
	}
}

func TestOther_errors_stay_what_they_are(t *testing.T) {
	t.Parallel()
	defect := errors.New("disk full")
	if !errors.Is(toFault(defect), defect) || toFault(nil) != nil {
		t.Error("an unknown error was changed")
	}
	denied := fault.New(fault.ReasonPermissionDenied)
	if !fault.Is(toFault(denied), fault.ReasonPermissionDenied) {
		t.Error("a fault was changed")
	}
}

func TestConversions_have_every_value(t *testing.T) {
	t.Parallel()
	for _, e := range []domain.Expectation{domain.ExpectationAbove, domain.ExpectationMeets, domain.ExpectationBelow} {
		if expectations[keyOf(expectations, e)] != e {
			t.Errorf("expectation %s is lost", e)
		}
	}
	for _, l := range domain.OrganizationLevels() {
		if levels[keyOf(levels, l)] != l {
			t.Errorf("level %s is lost", l)
		}
	}
}
