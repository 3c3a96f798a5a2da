package events

import (
	"context"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

const (
	// burstEvents and burstRatio say what a burst is: so many events in a batch, and so many for each person or unit.
	burstEvents = 8
	burstRatio  = 8
	// burstBase is the wait at the first batch of a burst; it doubles with each further one, burstDoublings times.
	burstBase      = 50 * time.Millisecond
	burstDoublings = 4
)

// subjectOf is a person or a unit of a period.
type subjectOf struct {
	period domain.Period
	id     string
	unit   bool
}

// burst slows a consumer down while its batches tell of few people again and again: what comes meanwhile is computed
// together. A consumer whose batches tell of each person once or a few times never waits, and a batch that also tells of
// others ends the waiting. It is used by one goroutine.
type burst struct {
	batches int
	hot     map[subjectOf]bool
}

// wait waits for as long as the batch is worth, or until ctx is done.
func (b *burst) wait(ctx context.Context, batch []event.Received, all map[domain.Period]*app.Work) {
	if !b.goesOn(batch, all) {
		b.batches, b.hot = 0, nil
		return
	}
	timer := time.NewTimer(burstBase << min(b.batches, burstDoublings))
	defer timer.Stop()
	b.batches++
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// goesOn reports whether the batch is part of a burst: it has many events about few, or only such about those of the
// batch before, which was.
func (b *burst) goesOn(batch []event.Received, all map[domain.Period]*app.Work) bool {
	subjects := map[subjectOf]bool{}
	for period, work := range all {
		for id := range work.People {
			subjects[subjectOf{period, id, false}] = true
		}
		for id := range work.Units {
			subjects[subjectOf{period, id, true}] = true
		}
	}
	if len(batch) >= burstEvents && len(batch) >= burstRatio*len(subjects) {
		b.hot = subjects
		return true
	}
	for s := range subjects {
		if !b.hot[s] {
			return false
		}
	}
	return len(b.hot) > 0
}
