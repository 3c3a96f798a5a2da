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
func (t *EfficiencyTerms) value(exact *num.Exact, realised, target decimal.Decimal, places int) decimal.Decimal {
	rest := exact.Sub(exact.Mul(t.Factor, target), realised)
	if t.within(exact, realised, target) {
		return exact.Percent(rest, target, places)
	}
	full := exact.Mul(exact.Add(t.Top, num.Int(hundred)), target)
	return exact.QuoHalfUp(exact.Sub(full, exact.Mul(rest, num.Int(hundred))), target, places)
}

// within reports whether no more than the limit was saved: 100 × (target − realised) ≤ limit × target, so that nothing is
// rounded before it is compared.
func (t *EfficiencyTerms) within(exact *num.Exact, realised, target decimal.Decimal) bool {
	saved := exact.Mul(exact.Sub(target, realised), num.Int(hundred))
	return saved.Cmp(exact.Mul(t.Limit, target)) <= 0
}
