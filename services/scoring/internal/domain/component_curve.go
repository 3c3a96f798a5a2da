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
func (v *curve) value(i *Indicator, achieved decimal.Decimal) (value decimal.Decimal, attainable bool, err error) {
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
	value, err = part.value(achieved, v.places)
	if err != nil || least == nil || value.Cmp(*least) >= 0 {
		return value, false, err
	}
	value, err = num.HalfUp(*least, v.places)
	return value, true, err
}

// value is Low + (High − Low) × (achieved − From) / (To − From), written as one fraction so that it is rounded once.
func (part *CurvePart) value(achieved decimal.Decimal, places int) (decimal.Decimal, error) {
	if part.To == nil || part.To.Cmp(part.From) <= 0 || achieved.Cmp(part.From) <= 0 {
		return num.HalfUp(part.Low, places)
	}
	width, err := num.Sub(*part.To, part.From)
	if err != nil {
		return decimal.Decimal{}, err
	}
	height, err := num.Sub(part.High, part.Low)
	if err != nil {
		return decimal.Decimal{}, err
	}
	along, err := num.Sub(achieved, part.From)
	if err != nil {
		return decimal.Decimal{}, err
	}
	risen, err := num.Mul(height, along)
	if err != nil {
		return decimal.Decimal{}, err
	}
	base, err := num.Mul(part.Low, width)
	if err != nil {
		return decimal.Decimal{}, err
	}
	numerator, err := num.Add(base, risen)
	if err != nil {
		return decimal.Decimal{}, err
	}
	return num.QuoHalfUp(numerator, width, places)
}
