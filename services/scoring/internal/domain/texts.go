package domain

import "strings"

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

// quoted returns a text of the plan between Indonesian quotation marks.
func (t *texts) quoted(text string) string { return t.join("“", strings.TrimSpace(text), "”") }
