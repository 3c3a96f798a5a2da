package app

import (
	"context"
	"fmt"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

// Reader gives reports to those who may see them. It settles the permission before it looks for the report.
type Reader struct {
	store     Store
	views     *Views
	documents Documents
	relations relation.Resolver
	clock     clock.Clock
}

// NewReader returns a reader that asks relations how callers stand to people and units.
func NewReader(d Deps, relations relation.Resolver) *Reader {
	return &Reader{store: d.Store, views: d.Views, documents: d.Documents, relations: relations, clock: d.Clock}
}

// Person returns the document of a person's report, or ErrNotFound.
func (r *Reader) Person(ctx context.Context, key domain.PersonKey) ([]byte, error) {
	err := access.Check(ctx, func(ctx context.Context) (relation.Set, error) {
		return r.relations.Person(ctx, key.Tenant, auth.From(ctx).Person, key.Person, r.today())
	})
	if err != nil {
		return nil, err
	}
	return r.read(ctx, personView(key), func(b *bundle) error {
		rows, err := r.store.Reports(ctx, []domain.PersonKey{key})
		if err != nil {
			return fmt.Errorf("read report of a person: %w", err)
		}
		if len(rows) == 0 {
			return ErrNotFound
		}
		return b.person(&rows[0])
	})
}

// Unit returns the document of a unit's report, or ErrNotFound.
func (r *Reader) Unit(ctx context.Context, key domain.UnitKey) ([]byte, error) {
	err := r.checkUnit(ctx, key.Tenant, key.Unit)
	if err != nil {
		return nil, err
	}
	return r.read(ctx, unitView(key), func(b *bundle) error {
		rows, err := r.store.Tallies(ctx, []domain.UnitKey{key})
		if err != nil {
			return fmt.Errorf("read report of a unit: %w", err)
		}
		if len(rows) == 0 {
			return ErrNotFound
		}
		return b.unit(&rows[0])
	})
}

// Summary returns the document of a tenant's summary, or ErrNotFound. Only roles are let in.
func (r *Reader) Summary(ctx context.Context, key domain.PeriodKey) ([]byte, error) {
	err := access.Check(ctx, nobody)
	if err != nil {
		return nil, err
	}
	return r.read(ctx, summaryView(key), func(b *bundle) error {
		s, err := r.store.Summary(ctx, key, MaxUnits)
		if err != nil {
			return fmt.Errorf("read summary: %w", err)
		}
		return b.summary(&s)
	})
}

// List returns at most q.Limit reports by person, and whether there are more. Without a unit, only roles are let in.
func (r *Reader) List(ctx context.Context, q ListQuery) ([]domain.Report, bool, error) {
	err := r.checkUnit(ctx, q.Key.Tenant, q.Unit)
	if err != nil {
		return nil, false, err
	}
	limit := q.Limit
	q.Limit++
	rows, err := r.store.ListReports(ctx, q)
	if err != nil {
		return nil, false, fmt.Errorf("list reports: %w", err)
	}
	if len(rows) > limit {
		return rows[:limit], true, nil
	}
	return rows, false, nil
}

func (r *Reader) checkUnit(ctx context.Context, tenant, unit string) error {
	if unit == "" {
		return access.Check(ctx, nobody)
	}
	return access.Check(ctx, func(ctx context.Context) (relation.Set, error) {
		return r.relations.Unit(ctx, tenant, auth.From(ctx).Person, unit, r.today())
	})
}

// today is the present in Western Indonesian Time, by which the suite dates facts.
func (r *Reader) today() time.Time { return r.clock.Now().In(time.FixedZone("WIB", 7*60*60)) }

// nobody is the resolver of what no relation opens.
func nobody(context.Context) (relation.Set, error) { return 0, nil }

// read returns the document in the view, or the one that load makes of the tables, and then puts that.
func (r *Reader) read(ctx context.Context, key string, load func(b *bundle) error) ([]byte, error) {
	document := r.views.Get(ctx, key)
	if document != nil {
		return document, nil
	}
	b := &bundle{documents: r.documents}
	err := load(b)
	if err != nil {
		return nil, err
	}
	document = b.entries[0].Value
	// When this fails, the view is as it was before: nothing is owed.
	r.views.Put(ctx, b.entries)
	return document, nil
}
