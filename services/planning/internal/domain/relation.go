package domain

import "slices"

// Relation is how one person stands to another or to a unit on a date, read from the side of the first. It is named as
// in the contract without prefix.
type Relation string

// The relations.
const (
	RelationSelf              Relation = "SELF"
	RelationSuperior          Relation = "SUPERIOR"
	RelationPeer              Relation = "PEER"
	RelationSubordinate       Relation = "SUBORDINATE"
	RelationSuperiorsSuperior Relation = "SUPERIORS_SUPERIOR"
	RelationUnitHead          Relation = "UNIT_HEAD"
)

// Holding is a position that somebody holds on a date, definitively or as Plt or Plh, with the positions above it.
type Holding struct {
	Position string
	// Superior is the position of the direct superior, SuperiorsSuperior the one above that; both may be empty.
	Superior          string
	SuperiorsSuperior string
}

// Standing is a person with the positions held on a date.
type Standing struct {
	Person   string
	Holdings []Holding
}

// Relate returns every relation of the subject to the person. An acting official stands where the holder would. Nobody
// has a relation other than self to themselves, so that somebody who acts as their own superior decides nothing of
// their own.
func Relate(subject, person Standing) []Relation {
	if subject.Person == person.Person {
		return []Relation{RelationSelf}
	}
	found := map[Relation]bool{}
	for _, s := range subject.Holdings {
		for _, p := range person.Holdings {
			found[RelationSuperior] = found[RelationSuperior] || s.Position == p.Superior
			found[RelationPeer] = found[RelationPeer] || (s.Superior != "" && s.Superior == p.Superior)
			found[RelationSubordinate] = found[RelationSubordinate] || s.Superior == p.Position
			found[RelationSuperiorsSuperior] = found[RelationSuperiorsSuperior] || s.Position == p.SuperiorsSuperior
		}
	}
	var out []Relation
	for _, r := range []Relation{RelationSuperior, RelationPeer, RelationSubordinate, RelationSuperiorsSuperior} {
		if found[r] {
			out = append(out, r)
		}
	}
	return out
}

// RelateUnit returns the relation of somebody who heads some units to a unit, given with all units above it.
func RelateUnit(headed, unitAndAbove []string) []Relation {
	if slices.ContainsFunc(headed, func(unit string) bool { return slices.Contains(unitAndAbove, unit) }) {
		return []Relation{RelationUnitHead}
	}
	return nil
}
