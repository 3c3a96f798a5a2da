package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// maxAttempts bounds the repetitions after ErrStale. Each means that another recompute of the same people got through,
// so more of them are a sign of a defect.
const maxAttempts = 5

// Causes are subjects of events, without the tenant, by the id of the person or unit that they are about; each once for each id.
type Causes map[string][]string

// Add notes that an event of a type is about the id.
func (c Causes) Add(id, cause string) {
	if !slices.Contains(c[id], cause) {
		c[id] = append(c[id], cause)
	}
}

// Work is what a batch of events asks for in one period.
type Work struct {
	Period domain.Period
	// People are those whose own facts changed. Units are those whose facts changed, which concerns all their people.
	People, Units Causes
	// Consumer and Events name the events, to be claimed together with their effect.
	Consumer string
	Events   []string
}

// Outcome counts what a recompute did.
type Outcome struct {
	// Written, Unchanged, Skipped (without an approved plan) and Failed count people.
	Written, Unchanged, Skipped, Failed int
	// Indexes counts the indexes of units that were written.
	Indexes int
	// Conflicts counts attempts that another writer made void.
	Conflicts int
}

func (o *Outcome) add(other Outcome) {
	o.Written += other.Written
	o.Unchanged += other.Unchanged
	o.Skipped += other.Skipped
	o.Failed += other.Failed
	o.Indexes += other.Indexes
	o.Conflicts += other.Conflicts
}

// Recompute brings scores to the facts. It is safe for concurrent use, also with itself on the same people.
type Recompute struct {
	Plans     Plans
	Facts     Facts
	Packs     Packs
	Store     Store
	Announcer Announcer
	Clock     clock.Clock
}

// Execute recomputes the people and units of the work. It may be repeated: what is up to date is left alone, and after
// an error a repetition goes on with what is missing. When something cannot be computed, the rest is written all the
// same, and the error is ErrUncomputable if the work named that person or unit; somebody whom it concerns only through
// a unit is counted, since the events about themselves have told of it. Events whose effect is not complete stay
// unclaimed, so that they can be told again once the cause is mended.
func (r *Recompute) Execute(ctx context.Context, w Work) (Outcome, error) {
	people, err := r.concerned(ctx, w)
	if err != nil {
		return Outcome{}, err
	}
	var (
		total    Outcome
		failures []error
	)
	for _, p := range parts(w, people) {
		if len(failures) > 0 {
			p.Events = nil
		}
		outcome, err := r.settle(ctx, p)
		total.add(outcome)
		if err != nil && !errors.Is(err, ErrUncomputable) {
			return total, err
		}
		if err != nil {
			failures = append(failures, err)
		}
	}
	return total, errors.Join(failures...)
}

// concerned returns everybody whose score may change: those of the work, and the planned people of its units.
func (r *Recompute) concerned(ctx context.Context, w Work) (Causes, error) {
	people := make(Causes, len(w.People))
	for person, causes := range w.People {
		people[person] = slices.Clone(causes)
	}
	for _, unit := range slices.Sorted(maps.Keys(w.Units)) {
		members, err := r.Plans.PlannedPeople(ctx, w.Period, unit)
		if err != nil {
			return nil, fmt.Errorf("people of a unit: %w", err)
		}
		for _, person := range members {
			for _, cause := range w.Units[unit] {
				people.Add(person, cause)
			}
		}
	}
	return people, nil
}

// part is as much of a work as one transaction writes.
type part struct {
	Work
	causes Causes
	people []string
	units  []string
	// whole says that people are all who have a plan from the first of them to the last.
	whole bool
	// stale says that an attempt came to nothing: another writer was faster, or something of what is written was lost.
	stale bool
}

// parts divides the people. The last part has the units and the claims of the events: when it is written all is, and
// when it is not the events come again.
func parts(w Work, causes Causes) []part {
	var all []part
	for chunk := range slices.Chunk(slices.Sorted(maps.Keys(causes)), MaxPeople) {
		all = append(all, part{Work: w, causes: causes, people: chunk})
	}
	if len(all) == 0 {
		all = append(all, part{Work: w})
	}
	last := &all[len(all)-1]
	last.units = slices.Sorted(maps.Keys(w.Units))
	for i := range all[:len(all)-1] {
		all[i].Events = nil
	}
	return all
}

// settle computes and writes a part, again from the start when another writer was faster.
func (r *Recompute) settle(ctx context.Context, p part) (Outcome, error) {
	for conflicts := 0; ; conflicts++ {
		p.stale = conflicts > 0
		outcome, err := r.attempt(ctx, p)
		outcome.Conflicts = conflicts
		if !errors.Is(err, ErrStale) || conflicts == maxAttempts {
			return outcome, err
		}
	}
}

// attempt reads the current revisions, then the facts, and writes what differs. The order is what keeps a slow attempt
// from replacing a score by one of older facts.
func (r *Recompute) attempt(ctx context.Context, p part) (Outcome, error) {
	b, err := r.prepare(ctx, p)
	if err != nil {
		return Outcome{}, err
	}
	b.scorePeople()
	b.indexUnits()
	if len(b.scores) == 0 && len(b.indexes) == 0 {
		return b.outcome, errors.Join(b.failures...)
	}
	err = r.Store.Apply(ctx, b.write(r.Announcer))
	if err != nil {
		return Outcome{}, err
	}
	return b.outcome, errors.Join(b.failures...)
}

// prepare reads what a batch of the part that is to be written needs, in the order that attempt needs.
func (r *Recompute) prepare(ctx context.Context, p part) (*batch, error) {
	c, err := r.current(ctx, p)
	if err != nil {
		return nil, err
	}
	err = r.mend(ctx, p, &c)
	if err != nil {
		return nil, err
	}
	return r.batch(ctx, p, c)
}

// look reads what a batch needs of which nothing is written.
func (r *Recompute) look(ctx context.Context, p part) (*batch, error) {
	c, err := r.current(ctx, p)
	if err != nil {
		return nil, err
	}
	return r.batch(ctx, p, c)
}

// batch reads the facts beside what is current.
func (r *Recompute) batch(ctx context.Context, p part, c current) (*batch, error) {
	known, err := r.gather(ctx, p, c)
	if err != nil {
		return nil, err
	}
	pack, err := r.Packs.For(ctx, known.terms.RulePack, known.terms.Start)
	if err != nil {
		return nil, fmt.Errorf("%w: period %s of %s: %w", ErrUncomputable, p.Period.ID, p.Period.Tenant, err)
	}
	return &batch{part: p, current: c, known: known, pack: pack, now: r.Clock.Now()}, nil
}
