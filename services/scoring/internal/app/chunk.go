package app

import (
	"context"
	"errors"
	"fmt"
)

// CauseRecompute is the cause that changes of a mass recompute state.
const CauseRecompute = "kinerja.scoring.v1.recompute"

// Chunk is at most MaxPeople of a part, computed and not yet written.
type Chunk struct {
	advance Advance
	batch   *batch
}

// Last is the person at whom the part stands once the chunk is written.
func (c *Chunk) Last() string { return c.advance.Last }

// End reports whether it is the last chunk of the part.
func (c *Chunk) End() bool { return c.advance.End }

// Total is how many people the part has, when that was counted with this chunk; otherwise 0.
func (c *Chunk) Total() int64 { return c.advance.Total }

// Outcome counts the people of the chunk.
func (c *Chunk) Outcome() Outcome { return c.advance.Outcome }

// Uncomputable are the errors of people and units whose score or index cannot be computed.
func (c *Chunk) Uncomputable() []error { return c.batch.failures }

// Prepare reads and computes the people of the page, which follow the person at whom the part stands, and with the last
// page the satisfaction indexes of the units; it writes nothing. The same holds as for Execute: current revisions are read
// before the facts.
func (r *Recompute) Prepare(ctx context.Context, p Part, page PlannedPage) (*Chunk, error) {
	c := &Chunk{advance: Advance{
		Claim: Claim{PartKey: p.PartKey, Holder: p.Holder}, From: p.Last, Last: p.Last, Total: page.Total, End: !page.More,
	}}
	work := part{Work: Work{Period: p.Period, People: Causes{}}, people: page.People, causes: Causes{}, whole: p.Unit == ""}
	for _, person := range page.People {
		work.causes[person] = recomputeCauses
		work.People[person] = recomputeCauses
	}
	if len(page.People) > 0 {
		c.advance.Last = page.People[len(page.People)-1]
	}
	if c.advance.End {
		var err error
		work.units, err = r.units(ctx, p)
		if err != nil {
			return nil, fmt.Errorf("units of a tenant: %w", err)
		}
	}
	return c, r.compute(ctx, c, work)
}

// units returns the units of the part, also those in which nobody has a plan: a survey may be about them.
func (r *Recompute) units(ctx context.Context, p Part) ([]string, error) {
	if p.Unit != "" {
		return []string{p.Unit}, nil
	}
	return r.Plans.Units(ctx, p.Period.Tenant)
}

// recomputeCauses is shared by all people of all chunks, and never changed.
var recomputeCauses = []string{CauseRecompute}

func (r *Recompute) compute(ctx context.Context, c *Chunk, work part) error {
	b, err := r.prepare(ctx, work)
	if err != nil {
		return err
	}
	b.scorePeople()
	b.indexUnits()
	c.batch, c.advance.Outcome = b, b.outcome
	c.advance.Failures = nil
	for _, f := range b.failed {
		c.advance.Failures = append(c.advance.Failures, f.failure())
	}
	return nil
}

// Commit writes what differs and moves the part, in one transaction, and renews the claim. When a live change was
// faster, it computes the chunk again first. It returns ErrPartLost as Store.Apply does.
func (r *Recompute) Commit(ctx context.Context, c *Chunk, claim Claim) error {
	for conflicts := 0; ; conflicts++ {
		w := Write{At: claim.At, Scores: make([]Revision, len(c.batch.scores)), Indexes: c.batch.indexes}
		for i := range c.batch.scores {
			w.Scores[i] = c.batch.scores[i].Score
		}
		if len(w.Scores)+len(w.Indexes) > 0 {
			w.Publish = r.Announcer.Announce(c.batch.part.Period, c.batch.scores, w.Indexes)
		}
		advance := c.advance
		advance.At, advance.Until = claim.At, claim.Until
		w.Advance = &advance
		err := r.Store.Apply(ctx, w)
		if !errors.Is(err, ErrStale) || conflicts == maxAttempts {
			return err
		}
		again := c.batch.part
		again.stale = true
		again.units = nil // but those that differ: so few that a burst of answers cannot be faster every time
		for i := range w.Indexes {
			again.units = append(again.units, w.Indexes[i].Unit)
		}
		err = r.compute(ctx, c, again)
		if err != nil {
			return fmt.Errorf("compute again after a conflict: %w", err)
		}
	}
}
