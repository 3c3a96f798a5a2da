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
func (v *curve) value(i *Indicator, achieved decimal.Decimal) (value decimal.Decimal, attainable bool, err error) {
	part := &v.parts[0]
	for n := range v.parts {
		if v.parts[n].From.Cmp(achieved) <= 0 {
			part = &v.parts[n]
		}
	}
	if part.Attainable != nil && i.Attainable {
		value, err = num.HalfUp(*part.Attainable, v.places)
		return value, true, err
	}
	value, err = part.value(achieved, v.places)
	return value, false, err
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
