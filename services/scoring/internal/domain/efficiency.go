package domain

import (
	"slices"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// Has reports whether the indicator is computed by the efficiency formula: something of its aspect is to be saved, not to be
// raised like the percentage that is on time. Without terms none is.
func (t *EfficiencyTerms) Has(i *Indicator) bool {
	return t != nil && i.Formula.Falls() && slices.Contains(t.Aspects, i.Aspect)
}

// value applies the formula and rounds once. With saved = 100 − realised / target × 100 it is
// (factor × target − realised) / target × 100 while saved ≤ limit, and above that top − (this − 100), written as
// ((top + 100) × target − 100 × (factor × target − realised)) / target.
func (t *EfficiencyTerms) value(realised, target decimal.Decimal, places int) (decimal.Decimal, error) {
	most, err := num.Mul(t.Factor, target)
	if err != nil {
		return decimal.Decimal{}, err
	}
	rest, err := num.Sub(most, realised)
	if err != nil {
		return decimal.Decimal{}, err
	}
	within, err := t.within(realised, target)
	if err != nil {
		return decimal.Decimal{}, err
	}
	if within {
		return num.Percent(rest, target, places)
	}
	top, err := num.Add(t.Top, num.Int(hundred))
	if err != nil {
		return decimal.Decimal{}, err
	}
	full, err := num.Mul(top, target)
	if err != nil {
		return decimal.Decimal{}, err
	}
	hundredfold, err := num.Mul(rest, num.Int(hundred))
	if err != nil {
		return decimal.Decimal{}, err
	}
	left, err := num.Sub(full, hundredfold)
	if err != nil {
		return decimal.Decimal{}, err
	}
	return num.QuoHalfUp(left, target, places)
}

// within reports whether no more than the limit was saved: 100 × (target − realised) ≤ limit × target, so that nothing is
// rounded before it is compared.
func (t *EfficiencyTerms) within(realised, target decimal.Decimal) (bool, error) {
	less, err := num.Sub(target, realised)
	if err != nil {
		return false, err
	}
	saved, err := num.Mul(less, num.Int(hundred))
	if err != nil {
		return false, err
	}
	limit, err := num.Mul(t.Limit, target)
	if err != nil {
		return false, err
	}
	return saved.Cmp(limit) <= 0, nil
}
