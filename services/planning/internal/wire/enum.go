package wire

import (
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/protobuf/types/known/timestamppb"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// Prefixes of the value names of the contract's enums.
const (
	kindPrefix       = "KIND_"
	levelPrefix      = "FUNCTIONAL_LEVEL_"
	reachPrefix      = "LEVEL_"
	familyPrefix     = "JOB_FAMILY_"
	employmentPrefix = "EMPLOYMENT_"
	statePrefix      = "STATE_"
	aspectPrefix     = "ASPECT_"
	formulaPrefix    = "FORMULA_"
	sourcePrefix     = "SOURCE_"

	unspecified = "UNSPECIFIED"
)

// textOf returns the name of an enum's value without its prefix, and "" for the unspecified one.
func textOf[T ~string](value interface{ String() string }, prefix string) T {
	name := strings.TrimPrefix(value.String(), prefix)
	if name == unspecified {
		return ""
	}
	return T(name)
}

// valueOf is the inverse of textOf. A text that the contract does not know is the unspecified value.
func valueOf[E ~int32, T ~string](values map[string]int32, text T, prefix string) E {
	return E(values[prefix+string(text)])
}

// DateOf returns the date of a message; no message is no date.
func DateOf(d *date.Date) domain.Date {
	return domain.Date{Year: int(d.GetYear()), Month: int(d.GetMonth()), Day: int(d.GetDay())}
}

func dateMessage(d domain.Date) *date.Date {
	if d.IsZero() {
		return nil
	}
	return &date.Date{Year: int32(d.Year), Month: int32(d.Month), Day: int32(d.Day)}
}

// timestamp returns the message of a time, and none for the zero time.
func timestamp(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

// PlanState returns the contract's value of the state.
func PlanState(s domain.PlanState) planningv1.Plan_State {
	return valueOf[planningv1.Plan_State](planningv1.Plan_State_value, s, statePrefix)
}
