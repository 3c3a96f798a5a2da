package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

const (
	// MaxUnits is the number of units that a summary lists.
	MaxUnits = 1000
	// maxDebts bounds one call of the view store.
	maxDebts = 200
	// lookEvery is how often owed views are looked for when nobody asks, and a store that is down is tried.
	lookEvery = time.Second
)

// Refresher puts the views that are owed: changed summaries, at intervals, and what could not be put in its time.
type Refresher struct {
	store     Store
	views     *Views
	documents Documents
	metrics   *Metrics
	logger    *slog.Logger
	interval  time.Duration
	kicked    chan struct{}
}

// NewRefresher returns a refresher that works at most once in the interval.
func NewRefresher(d Deps, logger *slog.Logger, interval time.Duration) *Refresher {
	return &Refresher{
		store: d.Store, views: d.Views, documents: d.Documents, metrics: d.Metrics,
		logger: logger, interval: interval, kicked: make(chan struct{}, 1),
	}
}

// Kick asks for a turn soon. It does not block.
func (r *Refresher) Kick() {
	select {
	case r.kicked <- struct{}{}:
	default:
	}
}

// Run takes turns until ctx is done and then returns nil: at once after a kick, but not more often than the interval,
// and every second. A turn that fails is repeated at the next one.
func (r *Refresher) Run(ctx context.Context) error {
	pace, look := time.NewTicker(r.interval), time.NewTicker(lookEvery)
	defer pace.Stop()
	defer look.Stop()
	for {
		err := r.Turn(ctx)
		if err != nil && ctx.Err() == nil {
			r.logger.WarnContext(ctx, "owed views could not be put, trying on", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-pace.C:
		}
		select {
		case <-ctx.Done():
			return nil
		case <-r.kicked:
		case <-look.C:
		}
	}
}

// Turn puts all views that are owed, unless the view store is down.
func (r *Refresher) Turn(ctx context.Context) error {
	for r.views.Probe(ctx) {
		debts, err := r.store.Debts(ctx, maxDebts)
		if err != nil {
			return fmt.Errorf("read owed views: %w", err)
		}
		r.metrics.owed.Set(float64(len(debts)))
		if len(debts) == 0 {
			return nil
		}
		b, err := r.load(ctx, debts)
		if err != nil {
			return err
		}
		if !r.views.Put(ctx, b.entries) {
			return nil
		}
		err = r.store.Settle(ctx, debts)
		if err != nil {
			return fmt.Errorf("settle owed views: %w", err)
		}
		if len(debts) < maxDebts {
			return nil
		}
	}
	return nil
}

// load makes the views of the debts from the rows as they are now. A debt without a row has nothing to show.
func (r *Refresher) load(ctx context.Context, debts []Debt) (*bundle, error) {
	b := &bundle{documents: r.documents}
	var people []domain.PersonKey
	var units []domain.UnitKey
	for _, d := range debts {
		switch d.Kind {
		case PersonView:
			people = append(people, domain.PersonKey{Tenant: d.Key.Tenant, Period: d.Key.Period, Person: d.ID})
		case UnitView:
			units = append(units, domain.UnitKey{Tenant: d.Key.Tenant, Period: d.Key.Period, Unit: d.ID})
		case SummaryView:
			err := r.summary(ctx, b, d.Key)
			if err != nil {
				return nil, err
			}
		}
	}
	reports, err := r.store.Reports(ctx, people)
	if err != nil {
		return nil, fmt.Errorf("read reports: %w", err)
	}
	for i := range reports {
		err = b.person(&reports[i])
		if err != nil {
			return nil, err
		}
	}
	tallies, err := r.store.Tallies(ctx, units)
	if err != nil {
		return nil, fmt.Errorf("read tallies: %w", err)
	}
	for i := range tallies {
		err = b.unit(&tallies[i])
		if err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (r *Refresher) summary(ctx context.Context, b *bundle, key domain.PeriodKey) error {
	s, err := r.store.Summary(ctx, key, MaxUnits)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read a summary: %w", err)
	}
	return b.summary(&s)
}
