package fault

import (
	"maps"
	"slices"
)

// entry is what the catalogue knows of a reason: its kind, and the texts for programs' operators (en) and for people
// (id). See render for the form of a text. A key may be used only within a part that can be left out.
type entry struct {
	kind Kind
	// http is the status of a reason that only an HTTP edge has, where it is not that of the kind.
	http int
	en   string
	id   string
}

// catalog has the row of every reason.
var catalog = together(general, decisions)

func together(tables ...map[Reason]entry) map[Reason]entry {
	all := map[Reason]entry{}
	for _, table := range tables {
		maps.Copy(all, table)
	}
	return all
}

// Reasons returns every reason of the catalogue, sorted.
func Reasons() []Reason { return slices.Sorted(maps.Keys(catalog)) }

// KindOf returns the kind that the catalogue gives the reason, and KindInternal for one that it does not know.
func KindOf(reason Reason) Kind { return catalog[reason].kind }

// Known reports whether the catalogue has the reason. A peer of a later version may send one that it does not have.
func Known(reason Reason) bool {
	_, ok := catalog[reason]
	return ok
}

// row returns the entry of the reason, or that of INTERNAL for one that the catalogue does not know.
func row(reason Reason) entry {
	e, ok := catalog[reason]
	if !ok {
		return catalog[ReasonInternal]
	}
	return e
}
