package domain

import (
	"fmt"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// Texts of several flaws.
const (
	textUnknown = "“%s” tidak dikenal"
	textTwice   = "ditulis dua kali"
)

// Flaw is one thing that is wrong with an input or a trace.
type Flaw struct {
	// ID is that of the fact, with the prefix of its segment.
	ID string
	// Text says in Indonesian what is wrong, without values that could name anybody.
	Text string
}

// FlawsError is everything that is wrong with an input or a trace; it is ErrInvalidInput or ErrInvalidTrace.
type FlawsError struct {
	Flaws []Flaw

	sentinel error
}

// Error lists the flaws, one a line.
func (e *FlawsError) Error() string {
	var b strings.Builder
	b.WriteString(e.sentinel.Error() + ":")
	for _, p := range e.Flaws {
		b.WriteString("\n  " + p.ID + ": " + p.Text)
	}
	return b.String()
}

func (e *FlawsError) Unwrap() error { return e.sentinel }

// problems collects everything that is wrong with an input or a trace, each with the path of what it is about, so that one
// look shows all of it.
type problems struct {
	// prefix is before every path.
	prefix string
	all    []Flaw
}

func (ps *problems) add(path, format string, args ...any) {
	ps.all = append(ps.all, Flaw{ID: ps.prefix + path, Text: fmt.Sprintf(format, args...)})
}

// amount adds what is wrong with an amount, and the bounds of amounts.
func (ps *problems) amount(path, text string) {
	ps.add(path, "%s; paling banyak %d angka sebelum dan %d angka sesudah tanda desimal", text, num.AmountDigits, num.AmountPlaces)
}

// err returns the problems under the sentinel, or nil when there are none.
func (ps *problems) err(sentinel error) error {
	if len(ps.all) == 0 {
		return nil
	}
	return &FlawsError{Flaws: ps.all, sentinel: sentinel}
}
