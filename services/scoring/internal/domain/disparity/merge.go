package disparity

import (
	"cmp"
	"slices"
)

// group is the people of one key.
type group struct {
	key  string
	size int64
}

// protect divides groups into those that are shown alone and those that are merged, sorted by key each. When showing any
// would tell the size of a small one, both are empty.
//
// Small groups are merged first, and then others in the order of their keys until the merged ones are safe. Which group
// joins them must not depend on its size, or the choice would tell something of the sizes. It is assumed that the reader
// knows the total, every shown group, the keys of the merged ones, minimum and this function.
func protect(groups []group, minimum int64) (shown, merged []group) {
	ordered := slices.Clone(groups)
	slices.SortFunc(ordered, func(a, b group) int { return cmp.Compare(a.key, b.key) })
	for _, g := range ordered {
		if g.size < minimum {
			merged = append(merged, g)
		} else {
			shown = append(shown, g)
		}
	}
	for len(merged) > 0 && len(shown) > 0 && !safe(merged, minimum) {
		merged, shown = append(merged, shown[0]), shown[1:]
	}
	if len(shown) == 0 {
		return nil, nil
	}
	slices.SortFunc(merged, func(a, b group) int { return cmp.Compare(a.key, b.key) })
	return shown, merged
}

// safe reports whether no size of the merged groups can be told from their sum. Each has one person at least, so the sum
// has to leave minimum people who may be of any of them; and were all of them one under the minimum, the sum would tell
// that too.
func safe(merged []group, minimum int64) bool {
	sum := int64(0)
	for _, g := range merged {
		sum += g.size
	}
	n := int64(len(merged))
	return n > 1 && sum-n >= minimum && sum != n*(minimum-1)
}
