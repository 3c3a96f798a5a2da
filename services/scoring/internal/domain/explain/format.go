package explain

import "strings"

// group is how many digits stand between two dots.
const group = 3

// number writes a plain decimal as in Indonesia: 1320.5 is 1.320,5. What is no number is returned unchanged.
func number(plain string) string {
	digits, negative := strings.CutPrefix(plain, "-")
	whole, fraction, pointed := strings.Cut(digits, ".")
	if whole == "" || strings.Trim(whole+fraction, "0123456789") != "" {
		return plain
	}
	var b strings.Builder
	if negative {
		b.WriteString("−")
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%group == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(digit)
	}
	if pointed {
		b.WriteByte(',')
		b.WriteString(fraction)
	}
	return b.String()
}

// list joins parts of a sentence: a; a dan b; a, b, dan c.
func list(parts []string) string {
	switch n := len(parts); n {
	case 0, 1, 2:
		return strings.Join(parts, " dan ")
	default:
		return strings.Join(parts[:n-1], ", ") + ", dan " + parts[n-1]
	}
}
