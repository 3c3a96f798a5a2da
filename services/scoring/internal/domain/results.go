package domain

import (
	"encoding/binary"
	"unicode/utf8"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// fewResults is how many bytes the results of a usual computation have at most. The longest code, a label, fits.
const fewResults = 1 + binary.MaxVarintLen64 + maxLabel*utf8.UTFMax

// codeFollows is before a code among results, with its length: no compact number begins so.
const codeFollows = num.CompactEnd

// results are those of the steps of a computation, as a record has them: compact numbers and codes. They take no place in
// the heap while there are few.
type results struct {
	// more are those that few had no room for, before what few has now.
	more []byte
	few  [fewResults]byte
	used int
}

// number adds a number.
func (r *results) number(d decimal.Decimal) {
	r.room(num.MaxCompact)
	r.used += num.PutCompact((*[num.MaxCompact]byte)(r.few[r.used:]), d)
}

// code adds a code.
func (r *results) code(code string) {
	r.room(1 + binary.MaxVarintLen64 + len(code))
	to := binary.AppendUvarint(append(r.few[:r.used], codeFollows), uint64(len(code)))
	r.used = len(append(to, code...))
}

// room makes room for so many bytes in few.
func (r *results) room(bytes int) {
	if r.used+bytes > fewResults {
		r.more, r.used = append(r.more, r.few[:r.used]...), 0
	}
}

// all returns all results.
func (r *results) all() []byte { return append(r.more, r.few[:r.used]...) }

// fill gives each step its result as text, and reports whether there are exactly as many.
func (t *texts) fill(steps []TraceStep, results []byte) bool {
	for i := range steps {
		var ok bool
		steps[i].Result, results, ok = t.result(results)
		if !ok {
			return false
		}
	}
	return len(results) == 0
}

// result returns as text the result that the results begin with, and those that follow it. It reports false when they
// begin with none.
func (t *texts) result(results []byte) (text string, rest []byte, ok bool) {
	if len(results) > 0 && results[0] == codeFollows {
		length, size := binary.Uvarint(results[1:])
		from := 1 + max(size, 0)
		if size <= 0 || length > uint64(len(results)-from) {
			return "", results, false
		}
		to := from + int(length)
		return t.written(results[from:to]), results[to:], true
	}
	var digits [num.MaxText]byte
	number, rest, ok := num.AppendText(digits[:0], results)
	return t.written(number), rest, ok
}
