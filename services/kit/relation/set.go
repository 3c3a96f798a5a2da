package relation

import (
	"context"
	"strings"
	"time"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
)

// Set is a set of relations. The zero value is empty.
type Set uint64

// Of returns the set of the relations. Values that no set can hold, RELATION_UNSPECIFIED among them, are left out.
func Of(relations ...commonv1.Relation) Set {
	var s Set
	for _, r := range relations {
		s |= bit(r)
	}
	return s
}

// Has reports whether the relation is in the set.
func (s Set) Has(r commonv1.Relation) bool { return s&bit(r) != 0 }

// Meets reports whether the sets share a relation.
func (s Set) Meets(other Set) bool { return s&other != 0 }

// And returns the relations that are in both sets.
func (s Set) And(other Set) Set { return s & other }

// Or returns the relations that are in either set.
func (s Set) Or(other Set) Set { return s | other }

// Empty reports whether the set has no relation.
func (s Set) Empty() bool { return s == 0 }

// List returns the relations in ascending order.
func (s Set) List() []commonv1.Relation {
	var list []commonv1.Relation
	for r := commonv1.Relation(1); r < 64; r++ {
		if s.Has(r) {
			list = append(list, r)
		}
	}
	return list
}

// String returns the names of the relations without their prefix, such as SELF|SUPERIOR.
func (s Set) String() string {
	var names []string
	for _, r := range s.List() {
		names = append(names, strings.TrimPrefix(r.String(), "RELATION_"))
	}
	return strings.Join(names, "|")
}

func bit(r commonv1.Relation) Set {
	if r <= commonv1.Relation_RELATION_UNSPECIFIED || r >= 64 {
		return 0
	}
	return 1 << uint(r)
}

// Resolver tells relations. The ids are those in resource names: tenant 3374, subject and person the ids of people,
// unit the id of a unit. Only the date of `at` counts. Implementations must return an error when they cannot tell, and
// the empty set when the caller has no relation or the person or unit does not exist.
type Resolver interface {
	// Person returns how subject stands to person on the date.
	Person(ctx context.Context, tenant, subject, person string, at time.Time) (Set, error)
	// Unit returns how subject stands to unit on the date.
	Unit(ctx context.Context, tenant, subject, unit string, at time.Time) (Set, error)
}
