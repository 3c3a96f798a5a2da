package app

import (
	"context"
	"errors"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// App has the use cases. It is safe for concurrent use.
type App struct {
	store   Store
	regions Regions
	packs   RulePacks
	clock   clock.Clock
	ids     ids.Source
}

// Ports are what the use cases work with. All are required.
type Ports struct {
	Store     Store
	Regions   Regions
	RulePacks RulePacks
	Clock     clock.Clock
	IDs       ids.Source
}

// New returns the use cases.
func New(p Ports) *App {
	return &App{store: p.Store, regions: p.Regions, packs: p.RulePacks, clock: p.Clock, ids: p.IDs}
}

// Etag decides whether the caller's etag is that of a revision. It must accept every revision when the caller gave none.
type Etag func(revision int64) bool

// idOr returns the id of the caller's choice, or a new one.
func (a *App) idOr(chosen string) string {
	if chosen != "" {
		return chosen
	}
	return a.ids.New()
}

func (a *App) today() domain.Date { return domain.Today(a.clock.Now()) }

// actor returns who calls, as events tell it: the resource name of a person or the id of a client.
func actor(ctx context.Context) string { return auth.From(ctx).Name() }

// missing appends a violation to v when err is ErrNotFound, and returns any other error.
func missing(v *domain.RuleErrors, field string, err error) error {
	if errors.Is(err, ErrNotFound) {
		*v = append(*v, domain.At(field, domain.RuleReference))
		return nil
	}
	return err
}

// began returns the violations that were found while the request was read, followed by those of the domain.
func began(problems, more domain.RuleErrors) domain.RuleErrors {
	all := make(domain.RuleErrors, 0, len(problems)+len(more))
	all = append(all, problems...)
	return append(all, more...)
}

// now is the time of a change, drawn once before its transaction.
func (a *App) now() time.Time { return a.clock.Now() }
