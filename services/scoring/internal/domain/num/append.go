package num

import "github.com/govalues/decimal"

// Text is room for the text of a decimal: a sign, a zero, a point and all digits.
type Text [3 + decimal.MaxPrec]byte

// Of returns d as text, with all of its digits, as its method String has it. It is valid until the next one.
func (digits *Text) Of(d decimal.Decimal) []byte {
	at, left := len(digits), d.Coef()
	for n := 0; n < d.Scale(); n++ {
		at--
		digits[at] = '0' + byte(left%10)
		left /= 10
	}
	if d.Scale() > 0 {
		at--
		digits[at] = '.'
	}
	for first := true; first || left > 0; first = false {
		at--
		digits[at] = '0' + byte(left%10)
		left /= 10
	}
	if d.IsNeg() {
		at--
		digits[at] = '-'
	}
	return digits[at:]
}
