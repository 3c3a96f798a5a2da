package run

import (
	"fmt"
	"slices"
	"strings"
)

// Require returns one error that names, in order, all dependencies of a service that were not given, and nil when all
// were.
func Require(given map[string]bool) error {
	var missing []string
	for name, ok := range given {
		if !ok {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	slices.Sort(missing)
	return fmt.Errorf("dependencies are missing: %s", strings.Join(missing, ", "))
}
