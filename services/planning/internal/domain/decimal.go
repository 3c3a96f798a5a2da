package domain

import (
	"regexp"

	"github.com/govalues/decimal"
)

// decimalDigits bounds the digits after the point.
const decimalDigits = "4"

var plainDecimal = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]{1,4})?$`)

// parseDecimal reads a number of at most 12 digits before the point and 4 after it, without sign, exponent, separators
// or blanks.
func parseDecimal(text string) (decimal.Decimal, bool) {
	if !plainDecimal.MatchString(text) {
		return decimal.Decimal{}, false
	}
	d, err := decimal.Parse(text)
	if err != nil {
		return decimal.Decimal{}, false
	}
	return d, true
}

// canonical returns the number without zeros that say nothing.
func canonical(d decimal.Decimal) string { return d.Trim(0).String() }
