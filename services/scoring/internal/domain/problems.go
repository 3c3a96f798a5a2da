package domain

import (
	"fmt"
	"strings"
)

// problems collects everything that is wrong with an input or a trace, each with the path of what it is about, so that one
// look shows all of it.
type problems struct {
	// prefix is before every path.
	prefix string
	all    []string
}

func (ps *problems) add(path, format string, args ...any) {
	ps.all = append(ps.all, ps.prefix+path+": "+fmt.Sprintf(format, args...))
}

// err returns the problems under the sentinel, or nil when there are none.
func (ps *problems) err(sentinel error) error {
	if len(ps.all) == 0 {
		return nil
	}
	return fmt.Errorf("%w:\n  %s", sentinel, strings.Join(ps.all, "\n  "))
}
