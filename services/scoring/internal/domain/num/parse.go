package num

import (
	"fmt"
	"strings"

	"github.com/govalues/decimal"
)

// Bounds of an amount that people enter: targets and realisations.
const (
	// AmountDigits is the most digits before the point.
	AmountDigits = 12
	// AmountPlaces is the most digits after the point.
	AmountPlaces = 4
)

// ParseAmount returns the amount that s states: digits, and after a point at most AmountPlaces more, without sign,
// exponent, blanks or grouping. Anything else is ErrSyntax.
func ParseAmount(s string) (decimal.Decimal, error) {
	whole, fraction, pointed := strings.Cut(s, ".")
	if !digits(whole, AmountDigits) || (pointed && !digits(fraction, AmountPlaces)) {
		return decimal.Decimal{}, fmt.Errorf("%q: %w", s, ErrSyntax)
	}
	return decimal.Parse(s) // so few digits always are one
}

// IsAmount reports whether d is within the bounds of an amount: not negative, at most AmountDigits before and
// AmountPlaces digits after the point.
func IsAmount(d decimal.Decimal) bool {
	return !d.IsNeg() && d.Scale() <= AmountPlaces && d.Coef() < powers[AmountDigits+d.Scale()]
}

// digits reports whether s is 1 to most of 0 to 9.
func digits(s string, most int) bool {
	if len(s) == 0 || len(s) > most {
		return false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
