package wire

import (
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// The codes of the domain are the names of the enum values of the contract, in small letters and without the prefix of
// their enum. A test holds every value of every enum to that.
const (
	prefixExpectation     = "EXPECTATION_"
	prefixPredicate       = "PREDICATE_"
	prefixOrganization    = "ORGANIZATION_LEVEL_"
	prefixFunctionalLevel = "FUNCTIONAL_LEVEL_"
	prefixFormula         = "FORMULA_"
	prefixSource          = "SOURCE_"
	prefixElement         = "SURVEY_ELEMENT_"
	prefixPolicy          = "POLICY_"
	prefixJobFamily       = "JOB_FAMILY_"
	prefixAspect          = "ASPECT_"
	prefixLevel           = "LEVEL_"
	prefixGroup           = "RATER_GROUP_"
	prefixState           = "STATE_"
	prefixKind            = "KIND_"
	prefixGround          = "GROUND_"

	unspecified = "unspecified"
)

// codeOf returns the code of an enum value, and the empty code for UNSPECIFIED.
func codeOf[T ~string](value interface{ String() string }, prefix string) T {
	code := strings.ToLower(strings.TrimPrefix(value.String(), prefix))
	if code == unspecified {
		return ""
	}
	return T(code)
}

// valueOf returns the enum value of a code, and UNSPECIFIED for one that the enum does not have.
func valueOf[E ~int32, T ~string](values map[string]int32, code T, prefix string) E {
	return E(values[prefix+strings.ToUpper(string(code))])
}

func expectation(e domain.Expectation) assessmentv1.Expectation {
	return valueOf[assessmentv1.Expectation](assessmentv1.Expectation_value, e, prefixExpectation)
}

// Predicate returns the message form of a predicate.
func Predicate(p domain.Predicate) scoringv1.Predicate {
	return valueOf[scoringv1.Predicate](scoringv1.Predicate_value, p, prefixPredicate)
}

func state(s domain.State) scoringv1.Score_State {
	return valueOf[scoringv1.Score_State](scoringv1.Score_State_value, s, prefixState)
}

func policy(p domain.Policy) scoringv1.MissingInput_Policy {
	return valueOf[scoringv1.MissingInput_Policy](scoringv1.MissingInput_Policy_value, p, prefixPolicy)
}

func element(e domain.SurveyElement) assessmentv1.SurveyElement {
	return valueOf[assessmentv1.SurveyElement](assessmentv1.SurveyElement_value, e, prefixElement)
}

// source returns where a realisation comes from; without a word it is reported, as the contract says.
func source(s planningv1.Indicator_Source) domain.Source {
	code := codeOf[domain.Source](s, prefixSource)
	if code == "" {
		return domain.SourceReported
	}
	return code
}

// timestamp returns the message form of t; the zero time has none.
func timestamp(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

// timeOf returns the time of a message, the zero time for none.
func timeOf(t *timestamppb.Timestamp) time.Time {
	if t == nil {
		return time.Time{}
	}
	return t.AsTime()
}

// DayOf returns midnight UTC of a date.
func DayOf(d *date.Date) time.Time {
	return time.Date(int(d.GetYear()), time.Month(d.GetMonth()), int(d.GetDay()), 0, 0, 0, 0, time.UTC)
}

// Date returns the message form of the date of a day.
func Date(day time.Time) *date.Date {
	return &date.Date{Year: int32(day.Year()), Month: int32(day.Month()), Day: int32(day.Day())}
}
