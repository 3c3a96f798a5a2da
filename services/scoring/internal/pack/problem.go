package pack

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Severity is how bad a problem is.
type Severity string

// The two severities. A file with an error is no rule pack; a warning only asks to look again.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Problem is one thing that is wrong or odd in the file of a rule pack.
type Problem struct {
	Severity Severity
	// File is the name of the base in whose file the place is; empty for the file itself.
	File string
	// Line and Column are from 1; 0 for a problem of the file as a whole.
	Line, Column int
	// Path is the statement as that file has it, such as components[3].weight; empty for the whole file.
	Path string
	// Message says in Indonesian what is wrong and what to do.
	Message string
}

// String returns the problem in one line of Indonesian, with its place.
func (p Problem) String() string {
	var text strings.Builder
	if p.Severity == SeverityWarning {
		text.WriteString("peringatan: ")
	}
	if p.File != "" {
		text.WriteString(p.File + ", ")
	}
	if p.Line > 0 {
		fmt.Fprintf(&text, "baris %d, kolom %d, ", p.Line, p.Column)
	}
	if p.Path != "" {
		text.WriteString(p.Path + ": ")
	}
	text.WriteString(p.Message)
	return text.String()
}

// Errors returns the problems that are errors.
func Errors(problems []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(problems), func(p Problem) bool { return p.Severity != SeverityError })
}

// InvalidError is domain.ErrInvalidPack with every error of a file.
type InvalidError struct{ Problems []Problem }

// Error lists the problems, one in a line.
func (e *InvalidError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, problem := range e.Problems {
		lines[i] = problem.String()
	}
	return domain.ErrInvalidPack.Error() + ":\n  " + strings.Join(lines, "\n  ")
}

// Unwrap returns domain.ErrInvalidPack.
func (*InvalidError) Unwrap() error { return domain.ErrInvalidPack }

// inOrder sorts problems by their place; those of a base and of the whole file come first.
func inOrder(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(-strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}
