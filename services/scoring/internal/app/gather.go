package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// current is what is written now.
type current struct {
	scores  map[string]Head
	indexes map[string]Head
	// finals are what was decided about those whose stored final nobody relies on.
	finals map[string]*decision.Final
}

// final returns what people have fixed, to be written with the next revision.
func (c *current) final(person string) *decision.Final {
	decided, suspect := c.finals[person]
	if suspect {
		return decided
	}
	return c.scores[person].Final
}

func (r *Recompute) current(ctx context.Context, p part) (current, error) {
	var (
		c   current
		err error
	)
	if len(p.people) > 0 {
		c.scores, err = r.heads(ctx, p)
		if err != nil {
			return current{}, fmt.Errorf("current scores: %w", err)
		}
	}
	if len(p.units) > 0 {
		c.indexes, err = r.indexHeads(ctx, p)
		if err != nil {
			return current{}, fmt.Errorf("current indexes: %w", err)
		}
	}
	return c, nil
}

func (r *Recompute) heads(ctx context.Context, p part) (map[string]Head, error) {
	return intact(ctx, p, p.people, r.Store.LastRevisions, func(ctx context.Context, period domain.Period, people []string) (map[string]Head, error) {
		if p.whole { // a range costs the engine a fraction of a list
			return r.Store.HeadsBetween(ctx, period, people[0], people[len(people)-1])
		}
		return r.Store.Heads(ctx, period, people)
	})
}

func (r *Recompute) indexHeads(ctx context.Context, p part) (map[string]Head, error) {
	return intact(ctx, p, p.units, r.Store.LastIndexRevisions, r.Store.IndexHeads)
}

// reader reads something of each id.
type reader[T any] func(ctx context.Context, period domain.Period, ids []string) (map[string]T, error)

// intact reads the heads of ids. After an attempt that came to nothing, one that is not there, or stands below the last revision
// that is written, has lost something: its next revision follows the last one, and is written whatever comes out. The last ones
// are read first: then no writer can be between the two.
func intact(ctx context.Context, p part, ids []string, last reader[int64], heads reader[Head]) (map[string]Head, error) {
	if !p.stale {
		return heads(ctx, p.Period, ids)
	}
	written, err := last(ctx, p.Period, ids)
	if err != nil {
		return nil, err
	}
	found, err := heads(ctx, p.Period, ids)
	if err != nil {
		return nil, err
	}
	for id, revision := range written {
		head := found[id]
		if head.Revision < revision {
			head.Revision, head.Digest = revision, ""
			found[id] = head
		}
	}
	return found, nil
}

// known is what the other services know.
type known struct {
	terms  Terms
	plans  map[string][]PlanFacts
	people map[string]PersonFacts
	units  map[string]UnitFacts
}

// gather fetches plans and facts at the same time. Which units the facts must cover stands in the plans; the units of
// the current scores are fetched in their place, and only a person who has moved costs another call.
func (r *Recompute) gather(ctx context.Context, p part, c current) (known, error) {
	units := map[string]bool{}
	for _, unit := range p.units {
		units[unit] = true
	}
	for _, head := range c.scores {
		if head.Unit != "" { // what it was is lost
			units[head.Unit] = true
		}
	}
	var (
		k                  known
		plansErr, factsErr error
		wg                 sync.WaitGroup
	)
	wg.Go(func() { k.plans, k.terms, plansErr = r.plans(ctx, p) })
	k.people, k.units, factsErr = r.Facts.Facts(ctx, p.Period, p.people, slices.Sorted(maps.Keys(units)))
	wg.Wait()
	err := errors.Join(plansErr, factsErr)
	if err != nil {
		return known{}, fmt.Errorf("facts: %w", err)
	}
	return k, r.complete(ctx, p, &k, units)
}

// plans fetches the plans of the people; without people, the terms of the period alone.
func (r *Recompute) plans(ctx context.Context, p part) (map[string][]PlanFacts, Terms, error) {
	if len(p.people) > 0 {
		return r.Plans.Plans(ctx, p.Period, p.people)
	}
	terms, err := r.Plans.Terms(ctx, p.Period)
	return nil, terms, err
}

// complete fetches the facts about units of plans that were not fetched yet.
func (r *Recompute) complete(ctx context.Context, p part, k *known, fetched map[string]bool) error {
	others := map[string]bool{}
	for _, plans := range k.plans {
		for _, plan := range plans {
			if !fetched[plan.Plan.Unit] {
				others[plan.Plan.Unit] = true
			}
		}
	}
	if len(others) == 0 {
		return nil
	}
	_, units, err := r.Facts.Facts(ctx, p.Period, nil, slices.Sorted(maps.Keys(others)))
	if err != nil {
		return fmt.Errorf("facts of units: %w", err)
	}
	if k.units == nil {
		k.units = map[string]UnitFacts{}
	}
	maps.Copy(k.units, units)
	return nil
}

var _ Known = (*Recompute)(nil)

// Input returns every fact about one person, as a recompute would read it; see Known.
func (r *Recompute) Input(ctx context.Context, period domain.Period, person string) (domain.Input, error) {
	p := part{Work: Work{Period: period}, people: []string{person}}
	k, err := r.gather(ctx, p, current{})
	if err != nil {
		return domain.Input{}, err
	}
	plans := k.plans[person]
	if len(plans) == 0 {
		return domain.Input{}, ErrNotFound
	}
	b := batch{part: p, known: k}
	in, _ := b.input(person, plans)
	return in, nil
}
