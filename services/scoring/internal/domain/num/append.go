package num

import (
	"slices"

	"github.com/govalues/decimal"
)

// MaxText is the most bytes that Append adds: a sign, a zero, a point and all digits.
const MaxText = 3 + decimal.MaxPrec

// Append appends d as text, with all of its digits, as its method String has it.
func Append(to []byte, d decimal.Decimal) []byte {
	return appendDigits(to, d.Coef(), d.Scale(), d.IsNeg())
}

// appendDigits appends left with so many of its digits after the point.
func appendDigits(to []byte, left uint64, places int, negative bool) []byte {
	if negative {
		to = append(to, '-')
	}
	size := max(length(left), places+1) // with a zero before the point
	if places > 0 {
		size++
	}
	from := len(to)
	to = slices.Grow(to, size)[:from+size]
	at := len(to)
	for range places {
		at--
		to[at] = '0' + byte(left%10)
		left /= 10
	}
	if places > 0 {
		at--
		to[at] = '.'
	}
	for at > from {
		at--
		to[at] = '0' + byte(left%10)
		left /= 10
	}
	return to
}

// length returns how many digits n has, and 1 for 0.
func length(n uint64) int {
	count := 1
	for count < len(powers) && n >= powers[count] {
		count++
	}
	return count
}
