package directory

import (
	"sync"
	"time"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
)

// maxPeriods bounds the periods that are kept: two or three of every tenant of the country.
const maxPeriods = 2000

// periods keeps periods for a short time. It is safe for concurrent use.
type periods struct {
	clock clock.Clock
	keep  time.Duration

	mu   sync.Mutex
	kept map[string]keptPeriod
}

type keptPeriod struct {
	period domain.Period
	until  time.Time
}

func newPeriods(c clock.Clock, keep time.Duration) *periods {
	return &periods{clock: c, keep: keep, kept: map[string]keptPeriod{}}
}

func (p *periods) get(key string) (domain.Period, bool) {
	now := p.clock.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	k, ok := p.kept[key]
	if !ok || !now.Before(k.until) {
		return domain.Period{}, false
	}
	return k.period, true
}

func (p *periods) put(key string, period domain.Period) {
	until := p.clock.Now().Add(p.keep)
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.kept) >= maxPeriods {
		// Asking planning again for all of them costs less than keeping an order.
		clear(p.kept)
	}
	p.kept[key] = keptPeriod{period: period, until: until}
}
