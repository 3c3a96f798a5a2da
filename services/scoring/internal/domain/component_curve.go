package domain

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// curve turns achievements into values, with so many places.
type curve struct {
	parts  []CurvePart
	places int
}

// value returns the value of an achievement, and whether it is the one for a target that is the most that can be attained.
// That one holds from the part that states it on, so that more is never worth less.
func (v *curve) value(exact *num.Exact, i *Indicator, achieved decimal.Decimal) (value decimal.Decimal, attainable bool) {
	part := &v.parts[0]
	var least *decimal.Decimal
	for n := range v.parts {
		reached := &v.parts[n]
		if reached.From.Cmp(achieved) > 0 {
			break
		}
		part = reached
		if i.Attainable && part.Attainable != nil && (least == nil || least.Cmp(*part.Attainable) < 0) {
			least = part.Attainable
		}
	}
	value = part.value(exact, achieved, v.places)
	if least == nil || value.Cmp(*least) >= 0 {
		return value, false
	}
	return exact.HalfUp(*least, v.places), true
}

// value is Low + (High − Low) × (achieved − From) / (To − From), written as one fraction so that it is rounded once.
func (part *CurvePart) value(exact *num.Exact, achieved decimal.Decimal, places int) decimal.Decimal {
	if part.To == nil || part.To.Cmp(part.From) <= 0 || achieved.Cmp(part.From) <= 0 {
		return exact.HalfUp(part.Low, places)
	}
	width := exact.Sub(*part.To, part.From)
	risen := exact.Mul(exact.Sub(part.High, part.Low), exact.Sub(achieved, part.From))
	return exact.QuoHalfUp(exact.Add(exact.Mul(part.Low, width), risen), width, places)
}
