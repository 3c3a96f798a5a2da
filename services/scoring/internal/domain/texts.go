package domain

import (
	"strconv"
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

const (
	// usualNumber is how many bytes a number of a trace usually has, maxDigits how many the longest whole one has.
	usualNumber = 9
	maxDigits   = 20
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
	var digits num.Text
	return t.bytes(digits.Of(d))
}

// count returns n as text.
func (t *texts) count(n int64) string {
	var digits [maxDigits]byte
	return t.bytes(strconv.AppendInt(digits[:0], n, 10))
}

func (t *texts) bytes(text []byte) string {
	from := t.buffer.Len()
	t.buffer.Write(text)
	return t.buffer.String()[from:]
}
