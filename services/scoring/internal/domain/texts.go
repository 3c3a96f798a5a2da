package domain

import (
	"strconv"
	"strings"

	"github.com/govalues/decimal"
)

const (
	// usualNumber is how many bytes a number of a trace usually has, maxNumber how many the longest has.
	usualNumber = 9
	maxNumber   = 24
)

// texts makes short texts in one buffer, so that many of them cost one allocation. A text that it has returned stays as
// it is while others follow.
type texts struct{ buffer strings.Builder }

// room makes room for so many bytes.
func (t *texts) room(bytes int) { t.buffer.Grow(bytes) }

// join returns the parts as one text.
func (t *texts) join(parts ...string) string {
	from := t.buffer.Len()
	for _, part := range parts {
		t.buffer.WriteString(part)
	}
	return t.buffer.String()[from:]
}

// number returns d as text, with all of its digits.
func (t *texts) number(d decimal.Decimal) string {
	var digits [maxNumber]byte
	text, _ := d.AppendText(digits[:0]) // it has no errors
	return t.bytes(text)
}

// count returns n as text.
func (t *texts) count(n int64) string {
	var digits [maxNumber]byte
	return t.bytes(strconv.AppendInt(digits[:0], n, 10))
}

func (t *texts) bytes(text []byte) string {
	from := t.buffer.Len()
	t.buffer.Write(text)
	return t.buffer.String()[from:]
}
