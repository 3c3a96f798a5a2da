package fault

import "strings"

// render fills the template from values. `{key}` is the value of key. A part in `[` and `]` is left out when it uses a
// key that has no value, so that a text stays whole whatever the caller knew. Parts do not nest.
func render(template string, values map[string]string) string {
	var out strings.Builder
	rest := template
	for rest != "" {
		open := strings.IndexByte(rest, '[')
		if open < 0 {
			fill(&out, rest, values)
			break
		}
		fill(&out, rest[:open], values)
		end := strings.IndexByte(rest[open:], ']')
		if end < 0 {
			break
		}
		var part strings.Builder
		if fill(&part, rest[open+1:open+end], values) {
			out.WriteString(part.String())
		}
		rest = rest[open+end+1:]
	}
	return out.String()
}

// fill writes text with its keys replaced, and reports whether each had a value.
func fill(out *strings.Builder, text string, values map[string]string) bool {
	whole := true
	for {
		before, after, found := strings.Cut(text, "{")
		out.WriteString(before)
		if !found {
			return whole
		}
		key, rest, _ := strings.Cut(after, "}")
		if values[key] == "" {
			whole = false
		}
		out.WriteString(values[key])
		text = rest
	}
}
