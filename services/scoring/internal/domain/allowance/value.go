package allowance

import (
	"math/big"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// The values of a slip are exact fractions: a day's allowance is rarely a decimal. Within the bounds of Check their
// denominators divide 31 × 10^17, which fits an int64.

// ratio returns d as a fraction.
func ratio(d decimal.Decimal) *big.Rat {
	numerator := new(big.Int).SetUint64(d.Coef())
	if d.IsNeg() {
		numerator.Neg(numerator)
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.Scale())), nil)
	return new(big.Rat).SetFrac(numerator, scale)
}

// whole returns n as a fraction.
func whole(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

// percentOf returns percent of the value.
func percentOf(percent decimal.Decimal, of *big.Rat) *big.Rat {
	share := new(big.Rat).Quo(ratio(percent), whole(100))
	return share.Mul(share, of)
}

// round returns the value with exactly places digits after the point, half up away from zero: its whole part, and its
// rest by the one rounding of the suite.
func round(value *big.Rat, places int) (decimal.Decimal, error) {
	units, rest := new(big.Int).QuoRem(value.Num(), value.Denom(), new(big.Int))
	if !units.IsInt64() || !rest.IsInt64() || !value.Denom().IsInt64() {
		return decimal.Decimal{}, num.ErrOverflow
	}
	fraction, err := num.QuoHalfUp(num.Int(rest.Int64()), num.Int(value.Denom().Int64()), places)
	if err != nil {
		return decimal.Decimal{}, err
	}
	return num.Add(num.Int(units.Int64()), fraction)
}

// exact returns the value as a decimal, or as a fraction where no decimal of 18 digits after the point is exact.
func exact(value *big.Rat) string {
	digits, ok := value.FloatPrec()
	if !ok {
		return value.RatString()
	}
	return value.FloatString(digits)
}
