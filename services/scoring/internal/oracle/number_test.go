package oracle_test

import (
	"math/big"
	"strings"

	"github.com/govalues/decimal"
)

// amount is a number as a step shows it: with a fixed count of digits after the point.
type amount struct {
	*big.Rat
	places int
}

func (a *amount) String() string {
	if a == nil {
		return ""
	}
	return written(a.Rat, a.places)
}

// rounded keeps so many digits after the point, a half away from zero.
func rounded(r *big.Rat, places int) *amount {
	// floor((2 × |numerator| × 10^places + denominator) / (2 × denominator))
	twice := new(big.Int).Mul(r.Num(), ten(places))
	twice.Lsh(twice.Abs(twice), 1)
	twice.Add(twice, r.Denom())
	units := twice.Quo(twice, new(big.Int).Lsh(r.Denom(), 1))
	if r.Sign() < 0 {
		units.Neg(units)
	}
	return &amount{new(big.Rat).SetFrac(units, ten(places)), places}
}

// written writes a number that has at most so many digits after the point.
func written(r *big.Rat, places int) string {
	units, rest := new(big.Int).Mul(r.Num(), ten(places)), new(big.Int)
	units.QuoRem(units, r.Denom(), rest)
	if rest.Sign() != 0 {
		panic("more digits than are shown: " + r.String())
	}
	digits := units.Abs(units).String()
	if len(digits) <= places {
		digits = strings.Repeat("0", places+1-len(digits)) + digits
	}
	if places > 0 {
		digits = digits[:len(digits)-places] + "." + digits[len(digits)-places:]
	}
	if r.Sign() < 0 {
		return "-" + digits
	}
	return digits
}

// tens are the powers that numbers of packs need.
var tens = func() (powers [20]*big.Int) {
	for n := range powers {
		powers[n] = new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
	}
	return powers
}()

func ten(places int) *big.Int { return tens[places] }

func whole(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }

func exact(d decimal.Decimal) *big.Rat {
	count := new(big.Int).SetUint64(d.Coef())
	if d.IsNeg() {
		count.Neg(count)
	}
	return new(big.Rat).SetFrac(count, ten(d.Scale()))
}

func add(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }

func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

func mul(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

func quo(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }

func sum(all []*big.Rat) *big.Rat {
	total := new(big.Rat)
	for _, r := range all {
		total.Add(total, r)
	}
	return total
}

// mean returns nil for nothing.
func mean(all []*big.Rat) *big.Rat {
	if len(all) == 0 {
		return nil
	}
	return quo(sum(all), whole(int64(len(all))))
}
