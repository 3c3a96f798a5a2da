package app

import (
	"context"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// relationValues gives the contract's value of each relation.
var relationValues = map[domain.Relation]commonv1.Relation{
	domain.RelationSelf:              commonv1.Relation_RELATION_SELF,
	domain.RelationSuperior:          commonv1.Relation_RELATION_SUPERIOR,
	domain.RelationPeer:              commonv1.Relation_RELATION_PEER,
	domain.RelationSubordinate:       commonv1.Relation_RELATION_SUBORDINATE,
	domain.RelationSuperiorsSuperior: commonv1.Relation_RELATION_SUPERIORS_SUPERIOR,
	domain.RelationUnitHead:          commonv1.Relation_RELATION_UNIT_HEAD,
}

// Relations tells how people stand to people and units on a date. The whole suite decides by it: planning itself
// directly, the other services through ResolveRelations.
type Relations struct{ reader Reader }

// Relations returns the relations in the store.
func (a *App) Relations() *Relations { return &Relations{a.store} }

// PersonPair is two people of a tenant.
type PersonPair struct{ Tenant, Subject, Person string }

// Person returns how the subject stands to the person on the day; the empty set when one of them does not exist.
func (r *Relations) Person(ctx context.Context, pair PersonPair, on domain.Date) (relation.Set, error) {
	all, err := r.reader.Standings(ctx, pair.Tenant, []string{pair.Subject, pair.Person}, on)
	if err != nil {
		return 0, err
	}
	subject, subjectExists := all[pair.Subject]
	person, personExists := all[pair.Person]
	if !subjectExists || !personExists {
		return 0, nil
	}
	return setOf(domain.Relate(subject, person)), nil
}

// UnitPair is a person and a unit of a tenant.
type UnitPair struct{ Tenant, Subject, Unit string }

// Unit returns how the subject stands to the unit on the day; the empty set when one of them does not exist.
func (r *Relations) Unit(ctx context.Context, pair UnitPair, on domain.Date) (relation.Set, error) {
	headed, err := r.reader.HeadedUnits(ctx, pair.Tenant, pair.Subject, on)
	if err != nil || len(headed) == 0 {
		return 0, err
	}
	above, err := r.reader.UnitAndAbove(ctx, pair.Tenant, pair.Unit)
	if err != nil {
		return 0, err
	}
	return setOf(domain.RelateUnit(headed, above)), nil
}

func setOf(relations []domain.Relation) relation.Set {
	var set relation.Set
	for _, r := range relations {
		set = set.Or(relation.Of(relationValues[r]))
	}
	return set
}

// settlePerson settles whether the caller may do this to the person today. A person who does not exist has no
// relations, so the refusal says nothing about that.
func (a *App) settlePerson(ctx context.Context, tenant, person string) error {
	return access.Check(ctx, func(ctx context.Context) (relation.Set, error) {
		return a.Relations().Person(ctx, PersonPair{tenant, auth.From(ctx).Person, person}, a.today())
	})
}

// settleUnit settles whether the caller may do this to the unit today.
func (a *App) settleUnit(ctx context.Context, tenant, unit string) error {
	return access.Check(ctx, func(ctx context.Context) (relation.Set, error) {
		return a.Relations().Unit(ctx, UnitPair{tenant, auth.From(ctx).Person, unit}, a.today())
	})
}
