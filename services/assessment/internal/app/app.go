package app

import (
	"context"
	"errors"
	"sync"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
)

// Ports are what the use cases work with. All are required.
type Ports struct {
	Store     Store
	Directory Directory
	Relations relation.Resolver
	MarkKey   KeySource
	Clock     clock.Clock
	IDs       ids.Source
}

// App runs the use cases.
type App struct{ Ports }

// New returns the use cases on the ports.
func New(p Ports) *App { return &App{Ports: p} }

// today is the civil date on which the call is made.
func (a *App) today() domain.Date { return domain.DateOf(a.Clock.Now()) }

// mayPerson settles whether the caller may do this for the person. Relations are those of today, the date of every fact
// that a call adds. The caller's relation to themselves is that alone: whoever acts for their own superior neither rates
// themselves nor is their own peer.
func (a *App) mayPerson(ctx context.Context, tenant, person string) error {
	return access.Check(ctx, func(ctx context.Context) (relation.Set, error) {
		caller := auth.From(ctx)
		if caller.Person == person {
			return relation.Of(commonv1.Relation_RELATION_SELF), nil
		}
		return a.Relations.Person(ctx, tenant, caller.Person, person, domain.Western(a.Clock.Now()))
	})
}

// mayUnit settles whether the caller may do this for the unit.
func (a *App) mayUnit(ctx context.Context, tenant, unit string) error {
	return access.Check(ctx, func(ctx context.Context) (relation.Set, error) {
		return a.Relations.Unit(ctx, tenant, auth.From(ctx).Person, unit, domain.Western(a.Clock.Now()))
	})
}

// period returns the period. One that does not exist is a violation of the field that names it, not an error.
func (a *App) period(ctx context.Context, tenant, period, field string) (domain.Period, []domain.Violation, error) {
	p, err := a.Directory.Period(ctx, tenant, period)
	missing, err := absent(err, field, name.Period(tenant, period))
	return p, missing, err
}

// absent turns domain.ErrNotFound into a violation of the field that refers to the resource.
func absent(err error, field, resource string) ([]domain.Violation, error) {
	if errors.Is(err, domain.ErrNotFound) {
		return []domain.Violation{{Field: field, Rule: domain.RuleReference, Detail: resource}}, nil
	}
	return nil, err
}

// together runs the functions at the same time and waits for all of them. It is for calls to planning and for
// queries, whose latencies would add up otherwise.
func together(calls ...func()) {
	var wg sync.WaitGroup
	for _, call := range calls[1:] {
		wg.Go(call)
	}
	calls[0]()
	wg.Wait()
}

// first returns the first error that is not nil.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// withoutCaller returns a context that ends with ctx but knows nothing of the call: neither the trace of an event nor the
// log of repeated requests takes note of what is done in it. That log would keep the caller beside a hash of the answers,
// of which there are few enough to try them all, so what is anonymous is recognised by marks instead.
func withoutCaller(ctx context.Context) context.Context { return nameless{ctx} }

type nameless struct{ context.Context }

// Value implements context.Context.
func (nameless) Value(any) any { return nil }
