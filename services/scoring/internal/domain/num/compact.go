package num

import (
	"encoding/binary"

	"github.com/govalues/decimal"
)

// A compact number is a byte, which says how many digits are after the point and whether the number is negative, and then
// its digits as a whole number in base 128. Writing it costs a fraction of what text does.
const (
	// MaxCompact is the most bytes that AppendCompact adds.
	MaxCompact = 1 + binary.MaxVarintLen64
	// CompactEnd is above the first byte of every compact number.
	CompactEnd = 2 * (decimal.MaxScale + 1)
)

// AppendCompact appends d with all of its digits: 2.5 and 2.50 are not the same.
func AppendCompact(to []byte, d decimal.Decimal) []byte {
	first := byte(2 * d.Scale())
	if d.IsNeg() {
		first++
	}
	return binary.AppendUvarint(append(to, first), d.Coef())
}

// AppendText appends as text, as Append has it, the compact number that from begins with, and returns what follows it. It
// reports false for what is none.
func AppendText(to, from []byte) (text, rest []byte, ok bool) {
	if len(from) == 0 || from[0] >= CompactEnd {
		return to, from, false
	}
	first := from[0]
	left, size := binary.Uvarint(from[1:])
	if size <= 0 {
		return to, from, false
	}
	return appendDigits(to, left, int(first/2), first%2 > 0), from[1+size:], true
}
