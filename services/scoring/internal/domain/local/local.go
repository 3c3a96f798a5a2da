// Package local writes numbers as people in Indonesia read them.
//
// The package changes no digit: it neither rounds nor computes.
package local

import (
	"strconv"
	"strings"
)

// group is how many digits stand between two dots.
const group = 3

// Number writes a plain decimal, or a fraction of two: 1320.5 is 1.320,5.
func Number(plain string) string {
	numerator, denominator, fraction := strings.Cut(plain, "/")
	if fraction {
		return Number(numerator) + "/" + Number(denominator)
	}
	digits, negative := strings.CutPrefix(plain, "-")
	units, places, pointed := strings.Cut(digits, ".")
	var b strings.Builder
	if negative {
		b.WriteString("−")
	}
	for i, digit := range units {
		if i > 0 && (len(units)-i)%group == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(digit)
	}
	if pointed {
		b.WriteByte(',')
		b.WriteString(places)
	}
	return b.String()
}

// Count writes a whole number.
func Count(n int64) string { return Number(strconv.FormatInt(n, 10)) }

// Rupiah writes an amount: -1320.5 is −Rp1.320,5.
func Rupiah(plain string) string {
	digits, negative := strings.CutPrefix(plain, "-")
	if negative {
		return "−Rp" + Number(digits)
	}
	return "Rp" + Number(digits)
}
