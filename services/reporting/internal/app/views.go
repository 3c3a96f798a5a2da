package app

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/view"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

const (
	// getTimeout is short, because the tables can answer instead.
	getTimeout = 250 * time.Millisecond
	putTimeout = 2 * time.Second
	// warnEvery is how often an outage of the view store is logged while it lasts.
	warnEvery = time.Minute
)

// Views are the documents in the view store. After a failure they count as down and are left alone, so that neither
// reads nor projections wait for a store that does not answer, until Probe finds it answering again.
type Views struct {
	store    view.Store
	clock    clock.Clock
	logger   *slog.Logger
	metrics  *Metrics
	down     atomic.Bool
	lastWarn atomic.Int64 // microseconds
}

// NewViews returns the views in store.
func NewViews(store view.Store, c clock.Clock, logger *slog.Logger, m *Metrics) *Views {
	return &Views{store: store, clock: c, logger: logger, metrics: m}
}

// Get returns the document of the key, and nil when there is none or the store does not answer.
func (v *Views) Get(ctx context.Context, key string) []byte {
	if v.down.Load() {
		v.metrics.readDown.Inc()
		return nil
	}
	call, cancel := context.WithTimeout(ctx, getTimeout)
	defer cancel()
	entries, err := v.store.Get(call, key)
	if err != nil {
		v.failed(ctx, err)
		v.metrics.readDown.Inc()
		return nil
	}
	// An empty value stands for a document that was too large: see Put.
	if len(entries[0].Value) == 0 {
		v.metrics.readMiss.Inc()
		return nil
	}
	v.metrics.readHit.Inc()
	return entries[0].Value
}

// Put puts entries and reports whether the store has all of them, or newer ones. A document that no store takes is
// replaced by nothing, which still displaces the older document, so that readers turn to the tables.
func (v *Views) Put(ctx context.Context, entries []view.Entry) bool {
	if len(entries) == 0 {
		return true
	}
	if v.down.Load() {
		v.metrics.notPut.Add(float64(len(entries)))
		return false
	}
	call, cancel := context.WithTimeout(ctx, putTimeout)
	defer cancel()
	for i := range entries {
		if len(entries[i].Value) > view.MaxValueBytes {
			entries[i].Value = nil
		}
	}
	err := v.store.Put(call, entries)
	if err != nil {
		v.failed(ctx, err)
		v.metrics.notPut.Add(float64(len(entries)))
		return false
	}
	return true
}

// Probe reports whether the store is up, after asking it when it counted as down.
func (v *Views) Probe(ctx context.Context) bool {
	if !v.down.Load() {
		return true
	}
	call, cancel := context.WithTimeout(ctx, getTimeout)
	defer cancel()
	err := v.store.Check(call)
	if err != nil {
		v.failed(ctx, err)
		return false
	}
	v.down.Store(false)
	v.metrics.down.Set(0)
	v.logger.InfoContext(ctx, "view store answers again")
	return true
}

// failed notes a failure, unless it is only that the caller gave up.
func (v *Views) failed(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	v.down.Store(true)
	v.metrics.down.Set(1)
	now, last := v.clock.Now(), v.lastWarn.Load()
	due := now.Sub(time.UnixMicro(last)) >= warnEvery
	if due && v.lastWarn.CompareAndSwap(last, now.UnixMicro()) {
		v.logger.WarnContext(ctx, "view store does not answer, reading from the tables", slog.Any("error", err))
	}
}

func viewKey(tag, kind string) string { return "rm:v1:{" + tag + "}:" + kind }

func personView(k domain.PersonKey) string {
	return viewKey(k.Tenant+"."+k.Period+"."+k.Person, "person")
}

func unitView(k domain.UnitKey) string {
	return viewKey(k.Tenant+"."+k.Period+".u."+k.Unit, "unit")
}

func summaryView(k domain.PeriodKey) string { return viewKey(k.Tenant+"."+k.Period, "summary") }

// NoViews is a view store that keeps nothing: every read is a miss.
type NoViews struct{}

var _ view.Store = NoViews{}

// Put implements view.Store.
func (NoViews) Put(context.Context, []view.Entry) error { return nil }

// Get implements view.Store.
func (NoViews) Get(_ context.Context, keys ...string) ([]view.Entry, error) {
	out := make([]view.Entry, len(keys))
	for i, key := range keys {
		out[i].Key = key
	}
	return out, nil
}

// Check implements view.Store.
func (NoViews) Check(context.Context) error { return nil }

// Close implements view.Store.
func (NoViews) Close() error { return nil }
