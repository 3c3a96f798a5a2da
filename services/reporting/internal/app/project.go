package app

import (
	"context"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

// maxFacts bounds one transaction, so that a mass computation does not hold the tenant for long.
const maxFacts = 2000

// Projector takes facts into the read models.
type Projector struct {
	store     Store
	views     *Views
	documents Documents
	clock     clock.Clock
	metrics   *Metrics
	kick      func()
}

// NewProjector returns a projector. kick is called after each change of a summary; it must not block.
func NewProjector(d Deps, kick func()) *Projector {
	return &Projector{
		store: d.Store, views: d.Views, documents: d.Documents, clock: d.Clock, metrics: d.Metrics, kick: kick,
	}
}

// Deps are what the use cases work with. All are required.
type Deps struct {
	Store     Store
	Views     *Views
	Documents Documents
	Clock     clock.Clock
	Metrics   *Metrics
}

// Apply takes events in for a consumer, in transactions of at most 2,000 facts or one event, and puts the views of what
// they are about. When it returns nil, the facts are in the tables, and each view has been put or is owed on record. The
// views of events that were taken in before are put again: the first time may have been cut short after its commit. On
// an error the caller gives all the events again.
func (p *Projector) Apply(ctx context.Context, consumer string, events []Event) error {
	for len(events) > 0 {
		n := some(events, maxFacts)
		err := p.applySome(ctx, consumer, events[:n])
		if err != nil {
			return err
		}
		events = events[n:]
	}
	return nil
}

func (p *Projector) applySome(ctx context.Context, consumer string, events []Event) error {
	var done *projection
	err := p.store.Project(ctx, func(ctx context.Context, tx Tx) error {
		done = newProjection(tx, p.clock.Now())
		return done.run(ctx, consumer, events)
	})
	if err != nil {
		return fmt.Errorf("project %d events: %w", len(events), err)
	}
	err = p.show(ctx, done)
	if err != nil {
		return err
	}
	if done.summaries {
		p.kick()
	}
	p.observe(events)
	return nil
}

// show puts the views of a projection, or records that they are owed.
func (p *Projector) show(ctx context.Context, done *projection) error {
	b := &bundle{documents: p.documents}
	for _, row := range done.reports {
		err := b.person(&row.is)
		if err != nil {
			return err
		}
	}
	for key, row := range done.tallies {
		// The whole tenant's is part of the summary, which is owed already. What has no row has no view.
		if key.Unit == domain.WholeTenant || row.is.Revision == 0 {
			continue
		}
		err := b.unit(&row.is)
		if err != nil {
			return err
		}
	}
	if p.views.Put(ctx, b.entries) {
		return nil
	}
	err := p.store.Owe(ctx, b.debts)
	if err != nil {
		return fmt.Errorf("record %d owed views: %w", len(b.debts), err)
	}
	return nil
}

func (p *Projector) observe(events []Event) {
	oldest := events[0].Time
	for i := range events {
		if events[i].Time.Before(oldest) {
			oldest = events[i].Time
		}
	}
	p.metrics.visible.Observe(max(0, p.clock.Now().Sub(oldest).Seconds()))
}
