package wire

import (
	"strconv"
	"strings"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
)

// Prefixes that the contract puts before the values of an enum.
const (
	prefixState       = "STATE_"
	prefixPredicate   = "PREDICATE_"
	prefixExpectation = "EXPECTATION_"
	prefixPolicy      = "POLICY_"
)

type enum interface {
	~int32
	String() string
}

// text is the value without its prefix, "" for the unspecified one and its number for one that this build does not know.
func text[E enum](prefix string, e E) string {
	if e == 0 {
		return ""
	}
	return strings.TrimPrefix(e.String(), prefix)
}

// value is the inverse of text, by the table of the enum's values.
func value[E enum](values map[string]int32, prefix, s string) E {
	if s == "" {
		return 0
	}
	known, ok := values[prefix+s]
	if ok {
		return E(known)
	}
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return 0
	}
	return E(n)
}

func planState(s string) planningv1.Plan_State {
	return value[planningv1.Plan_State](planningv1.Plan_State_value, prefixState, s)
}

func scoreState(s string) scoringv1.Score_State {
	return value[scoringv1.Score_State](scoringv1.Score_State_value, prefixState, s)
}

func predicate(s string) scoringv1.Predicate {
	return value[scoringv1.Predicate](scoringv1.Predicate_value, prefixPredicate, s)
}

func expectation(s string) assessmentv1.Expectation {
	return value[assessmentv1.Expectation](assessmentv1.Expectation_value, prefixExpectation, s)
}

func policy(s string) scoringv1.MissingInput_Policy {
	return value[scoringv1.MissingInput_Policy](scoringv1.MissingInput_Policy_value, prefixPolicy, s)
}
