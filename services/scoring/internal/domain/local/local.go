// Package local writes numbers and dates as people in Indonesia read them.
//
// The package changes no digit: it neither rounds nor computes.
package local

import (
	"strconv"
	"strings"
	"time"
)

// months in Indonesian.
var months = [...]string{
	"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
}

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

// Month names a month from 1 to 12: 7 is Juli.
func Month(m int) string { return months[m-1] }

// Date writes the day of a time in its own location: 16 Juli 2026.
func Date(t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + Month(int(t.Month())) + " " + strconv.Itoa(t.Year())
}
