package domain

import (
	"fmt"
	"strings"
)

// problems collects everything that is wrong with a pack or an input, each with the path of what it is about, so that
// one look shows all of it.
type problems []string

func (ps *problems) add(path, format string, args ...any) {
	*ps = append(*ps, path+": "+fmt.Sprintf(format, args...))
}

// err returns the problems under the sentinel, or nil when there are none.
func (ps *problems) err(sentinel error) error {
	if len(*ps) == 0 {
		return nil
	}
	return fmt.Errorf("%w:\n  %s", sentinel, strings.Join(*ps, "\n  "))
}
