package domain

import (
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
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

// written returns bytes as text.
func (t *texts) written(text []byte) string {
	from := t.buffer.Len()
	t.buffer.Write(text)
	return t.buffer.String()[from:]
}

// number returns a number as text, and "" while nothing is known.
func (t *texts) number(n *number) string {
	if !n.known {
		return ""
	}
	var digits [num.MaxText]byte
	return t.written(num.Append(digits[:0], n.value))
}

// quoted returns a text of the plan between Indonesian quotation marks.
func (t *texts) quoted(text string) string { return t.join("“", strings.TrimSpace(text), "”") }
