package domain

import (
	"unicode/utf8"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// fewResults is how many bytes the results of a usual computation have at most. The longest code, a label, fits.
const fewResults = maxLabel*utf8.UTFMax + 1

// results are those of the steps of a computation, as a record has them. They take no place in the heap while there are few.
type results struct {
	// more are those that few had no room for, before what few has now.
	more []byte
	few  [fewResults]byte
	used int
}

// number adds a number and returns where its text begins.
func (r *results) number(d decimal.Decimal) int {
	r.room(num.MaxText + 1)
	from := len(r.more) + r.used
	r.used = len(num.Append(r.few[:r.used], d))
	r.end()
	return from
}

// code adds a code.
func (r *results) code(code string) {
	r.room(len(code) + 1)
	r.used += copy(r.few[r.used:], code)
	r.end()
}

// room makes room for so many bytes in few.
func (r *results) room(bytes int) {
	if r.used+bytes > fewResults {
		r.more, r.used = append(r.more, r.few[:r.used]...), 0
	}
}

func (r *results) end() {
	r.few[r.used] = endOfResult
	r.used++
}

// text returns all results.
func (r *results) text() string {
	if len(r.more) == 0 {
		return string(r.few[:r.used])
	}
	return string(append(r.more, r.few[:r.used]...))
}
