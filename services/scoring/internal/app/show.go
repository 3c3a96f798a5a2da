package app

import (
	"context"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// RulePacks finds the rules that a score was made with.
type RulePacks interface {
	// Pack returns the rules with this name, or pack.ErrUnknown when there are none. Any other error may pass.
	Pack(ctx context.Context, name string) (*domain.Pack, error)
}

// Known is what the other services know of a person.
type Known interface {
	// Input returns every fact about the person in the period, or ErrNotFound without an approved plan.
	Input(ctx context.Context, period domain.Period, person string) (domain.Input, error)
}

// Units names units.
type Units interface {
	// UnitNames must return the names of units by their ids, as they are called today. One that is not known, or not known
	// now, is left out: a sentence calls it by its id then.
	UnitNames(ctx context.Context, tenant string, units []string) map[string]string
}

// Show is the use cases that read. Each settles whether the caller may see what it asks for before it looks whether
// that exists.
type Show struct {
	Store     Store
	Decisions Decisions
	Packs     RulePacks
	Known     Known
	Units     Units
	Relations relation.Resolver
	Clock     clock.Clock
}

// wib is the time zone in which the date of a relation is taken: western Indonesia, UTC+7 all year.
var wib = time.FixedZone("WIB", 7*60*60)

// allowed settles whether the caller may see the score of a person: by a role of the method, or by the relation in
// which the caller stands to the person today.
func (s *Show) allowed(ctx context.Context, tenant, person string) error {
	return access.Check(ctx, func(ctx context.Context) (relation.Set, error) {
		return standing(ctx, s.Relations, tenant, person, s.Clock.Now())
	})
}

// standing returns how the caller stands to the person on the day.
func standing(ctx context.Context, relations relation.Resolver, tenant, person string, now time.Time) (relation.Set, error) {
	return relations.Person(ctx, tenant, auth.From(ctx).Person, person, now.In(wib))
}
