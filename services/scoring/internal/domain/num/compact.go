package num

import (
	"encoding/binary"
	"math/bits"

	"github.com/govalues/decimal"
)

// A compact number is a byte for its digits after the point and its sign, a byte that counts the bytes of its digits as a
// whole number, and those bytes, the lowest first. Writing it costs a fraction of what text does.
const (
	// MaxCompact is the most bytes of a compact number.
	MaxCompact = 2 + wordBytes
	// CompactEnd is above the first byte of every compact number.
	CompactEnd = 2 * (decimal.MaxScale + 1)

	wordBytes, byteBits = 8, 8
)

// PutCompact writes d with all of its digits, 2.5 and 2.50 are not the same, and returns how many bytes they take.
func PutCompact(to *[MaxCompact]byte, d decimal.Decimal) int {
	digits := d.Coef()
	size := (bits.Len64(digits) + byteBits - 1) / byteBits
	to[0], to[1] = byte(2*d.Scale()), byte(size)
	if d.IsNeg() {
		to[0]++
	}
	binary.LittleEndian.PutUint64(to[2:], digits) // what is above size is written over
	return 2 + size
}

// AppendText appends as text, as Append has it, the compact number that from begins with, and returns what follows it. It
// reports false for what is none.
func AppendText(to, from []byte) (text, rest []byte, ok bool) {
	if len(from) < 2 || from[0] >= CompactEnd || from[1] > wordBytes || len(from) < 2+int(from[1]) {
		return to, from, false
	}
	first, digits, rest := from[0], from[2:2+from[1]], from[2+from[1]:]
	var word [wordBytes]byte
	copy(word[:], digits)
	return appendDigits(to, binary.LittleEndian.Uint64(word[:]), int(first/2), first%2 > 0), rest, true
}
