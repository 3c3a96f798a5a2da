package mass

import (
	"errors"
	"math/rand/v2"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// maxParts bounds the open parts that a worker knows; the others wait until some of them have ended.
const maxParts = 2000

// held is an open part as the worker knows it.
type held struct {
	// part stands where the chunks that are prepared end, which is at most two ahead of the database.
	part    app.Part
	claimed bool
	// ended says that the last chunk is prepared.
	ended bool
	// served is the turn in which it was served last.
	served int64
}

// turns decides which part is next: one of the tenant that waits longest, and of that the part that waits longest. A
// large tenant so has no more turns than a small one. It is used by one goroutine.
type turns struct {
	clock    clock.Clock
	parts    map[app.PartKey]*held
	tenants  map[string]int64
	turn     int64
	lookedAt time.Time
	failures map[app.PartKey]int
	notUntil map[app.PartKey]time.Time
}

func newTurns(c clock.Clock) *turns {
	return &turns{
		clock: c, parts: map[app.PartKey]*held{}, tenants: map[string]int64{},
		failures: map[app.PartKey]int{}, notUntil: map[app.PartKey]time.Time{},
	}
}

// due reports whether it is time to look for parts.
func (t *turns) due() bool { return t.clock.Now().Sub(t.lookedAt) >= poll }

// holds reports whether a part is claimed.
func (t *turns) holds() bool {
	for _, h := range t.parts {
		if h.claimed {
			return true
		}
	}
	return false
}

// learn takes the open parts over: those of this process stay as they are, those that may be claimed are added, and
// those that another process has taken or that are not open any more are forgotten.
func (t *turns) learn(open []app.Part, holder string, exclusive bool) {
	now := t.clock.Now()
	t.lookedAt = now
	seen := map[app.PartKey]bool{}
	for _, p := range open {
		seen[p.PartKey] = true
		free := p.Holder == "" || p.Holder == holder || exclusive || !now.Before(p.LeaseTime)
		h, known := t.parts[p.PartKey]
		if known && h.claimed && p.Holder != holder { // taken over while this process said nothing
			delete(t.parts, p.PartKey)
			known = false
		}
		if known || !free || now.Before(t.notUntil[p.PartKey]) {
			continue
		}
		t.parts[p.PartKey] = &held{part: p}
	}
	for key, h := range t.parts {
		if !seen[key] && !h.claimed {
			delete(t.parts, key)
		}
	}
	for key := range t.failures {
		if !seen[key] {
			delete(t.failures, key)
			delete(t.notUntil, key)
		}
	}
	if len(open) == 0 {
		clear(t.tenants)
	}
}

// next returns the part whose turn it is.
func (t *turns) next() *held {
	var best *held
	for _, h := range t.parts {
		if !h.ended && (best == nil || t.before(h, best)) {
			best = h
		}
	}
	if best != nil {
		t.turn++
		best.served, t.tenants[best.part.Period.Tenant] = t.turn, t.turn
	}
	return best
}

func (t *turns) before(a, b *held) bool {
	x, y := t.tenants[a.part.Period.Tenant], t.tenants[b.part.Period.Tenant]
	if x != y {
		return x < y
	}
	if a.served != b.served {
		return a.served < b.served
	}
	if a.part.Period != b.part.Period {
		return a.part.Period.Tenant+a.part.Period.ID < b.part.Period.Tenant+b.part.Period.ID
	}
	return a.part.Operation < b.part.Operation
}

func (t *turns) claimed(h *held, p app.Part) { h.part, h.claimed = p, true }

// prepared moves the part behind the chunk, which is going to be committed.
func (t *turns) prepared(h *held, c *app.Chunk) {
	h.part.Last, h.ended = c.Last(), c.End()
	h.part.Total = max(h.part.Total, c.Total())
}

func (t *turns) committed(h *held) {
	delete(t.failures, h.part.PartKey)
	delete(t.notUntil, h.part.PartKey)
}

func (t *turns) has(h *held) bool { return t.parts[h.part.PartKey] == h }

func (t *turns) drop(h *held) {
	if t.has(h) {
		delete(t.parts, h.part.PartKey)
	}
	t.lookedAt = time.Time{}
}

// later puts the part off, for longer after each failure in a row, and returns for how long.
func (t *turns) later(key app.PartKey) time.Duration {
	t.failures[key]++
	wait := retryBase
	for n := 1; n < t.failures[key] && wait < retryLimit; n++ {
		wait *= 2
	}
	wait = min(wait, retryLimit)
	wait = wait*3/4 + rand.N(wait/2)
	t.notUntil[key] = t.clock.Now().Add(wait)
	return wait
}

// lasting returns the reason of an error that no repetition mends, "" for one that may pass.
func lasting(err error) string {
	if errors.Is(err, pack.ErrNotEffective) {
		return string(fault.ReasonRulePackNotInForce)
	}
	if errors.Is(err, app.ErrUncomputable) {
		return string(fault.ReasonRulePackUnknown)
	}
	if errors.Is(err, app.ErrNotFound) {
		return string(fault.ReasonNotFound)
	}
	return ""
}
