package events

import "time"

const (
	// burstBase is how long after a computation that took several changes of somebody together the next one of them
	// comes; it doubles from computation to computation, burstDoublings times at most.
	burstBase      = 50 * time.Millisecond
	burstDoublings = 4
	// burstOver is how long after its time a burst without changes is forgotten.
	burstOver = 10 * time.Second
)

// burst bounds how often somebody, or a unit, of whom changes come several at a time is computed, by time alone and not by
// how fast the bus and the computation are: t of such changes cost at most 2 + burstDoublings + t / 800 ms computations.
// A change that comes by itself does not wait, and others wait for a burst only while all that the bus delivers without an
// acknowledgement, about a thousand changes, is put off: 800 ms at most.
//
// It puts changes off, which then come again, and remembers them meanwhile: the next computation covers all that were put
// off before it began to read, so that their return costs nothing. What it remembers is bounded by what the stream
// delivers without an acknowledgement, and by burstOver. Where it is lost, or another process is served what was put off
// here, it costs a computation. It is used by one goroutine.
type burst struct {
	now func() time.Duration
	hot map[subjectOf]*heat
}

// heat is what is remembered of somebody whose changes come in a burst.
type heat struct {
	// doublings is how often the distance of computations has doubled, and due is when the next one may be.
	doublings int
	due       time.Duration
	// waiting are the changes that no computation has covered, and covered says of each event that comes again whether
	// one has.
	waiting []change
	covered map[string]bool
}

func newBurst(now func() time.Duration) *burst {
	return &burst{now: now, hot: map[subjectOf]*heat{}}
}

// admit divides the changes of a batch: those to be computed now, with what has been put off of the same people and
// units, and the events that are to come again, with the time until then. What has been covered is in neither.
func (b *burst) admit(batch []change) (due []change, later map[string]time.Duration) {
	now := b.now()
	b.forget(now)
	later = map[string]time.Duration{}
	ripe := map[*heat]bool{}
	for _, c := range batch {
		h, ok := b.hot[c.subjectOf]
		if !ok {
			due = append(due, c)
			continue
		}
		covered, known := h.covered[c.event]
		if covered {
			continue
		}
		if !known {
			h.waiting, h.covered[c.event] = append(h.waiting, c), false
		}
		if now < h.due {
			later[c.event] = h.due - now
			continue
		}
		ripe[h] = true
	}
	for h := range ripe {
		due = append(due, h.waiting...)
	}
	return due, later
}

// computed notes that the changes that admit returned for the batch were computed.
func (b *burst) computed(due, batch []change) {
	now := b.now()
	changes := map[subjectOf]int{}
	for _, c := range due {
		changes[c.subjectOf]++
	}
	for subject, n := range changes {
		b.heat(subject, n, now)
	}
	for _, c := range batch { // the others that are covered will come again
		h, ok := b.hot[c.subjectOf]
		if ok && h.covered[c.event] {
			delete(h.covered, c.event)
		}
	}
}

// heat notes that so many changes were computed together: several raise the distance to the next computation, and one that
// comes alone ends the burst.
func (b *burst) heat(subject subjectOf, n int, now time.Duration) {
	if n == 1 {
		delete(b.hot, subject)
		return
	}
	h, ok := b.hot[subject]
	if ok {
		h.doublings = min(h.doublings+1, burstDoublings)
	} else {
		h = &heat{covered: map[string]bool{}}
		b.hot[subject] = h
	}
	for _, c := range h.waiting {
		h.covered[c.event] = true
	}
	h.waiting, h.due = nil, now+burstBase<<h.doublings
}

// forget forgets the bursts that are over.
func (b *burst) forget(now time.Duration) {
	for subject, h := range b.hot {
		if now > h.due+burstOver {
			delete(b.hot, subject)
		}
	}
}
