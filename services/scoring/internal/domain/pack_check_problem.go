package domain

import (
	"fmt"
	"strings"
)

// Problem is one thing that is wrong with a rule pack.
type Problem struct {
	// Path is the statement as its file has it, such as components[3].weighted.of[0].component.
	Path string
	// Message says in Indonesian what is wrong and what to do.
	Message string
	// Rule is the id of a rule that the pack needs and does not state; empty for any other problem.
	Rule string
}

// PackError is ErrInvalidPack with every problem of a definition, in the order of its statements.
type PackError struct{ Problems []Problem }

// Error lists the problems, one in a line.
func (e *PackError) Error() string {
	var text strings.Builder
	text.WriteString(ErrInvalidPack.Error())
	text.WriteByte(':')
	for _, problem := range e.Problems {
		fmt.Fprintf(&text, "\n  %s: %s", problem.Path, problem.Message)
	}
	return text.String()
}

// Unwrap returns ErrInvalidPack.
func (*PackError) Unwrap() error { return ErrInvalidPack }
