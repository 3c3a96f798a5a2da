package app

import (
	"context"
	"errors"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Recomputed is what the facts and the decisions give now, in short.
type Recomputed struct {
	// Digest is that of the result or index, Facts that of the facts which it uses.
	Digest, Facts string
	// Final is the sum of what was decided about a score, as it stands beside this result; empty while nothing was.
	Final string
	// Damaged says that what was decided on is gone or changed, so that Final is without what follows from it.
	Damaged bool
	// Problem is why nothing can be computed, for the log; empty where it can. The rest is then empty.
	Problem string
}

// Recomputed computes the scores of people, at most MaxPeople, from the facts as they are, and what is final from the
// decisions, and writes nothing. Who has no approved plan is left out.
func (r *Recompute) Recomputed(ctx context.Context, period domain.Period, people []string) (map[string]Recomputed, error) {
	d, err := r.look(ctx, part{Work: Work{Period: period}, people: people})
	if err != nil {
		return nil, err
	}
	current := make(map[string]int64, len(people))
	for _, person := range people {
		current[person] = 0
	}
	decided, err := r.finals().of(ctx, period, current)
	if err != nil {
		return nil, err
	}
	all := make(map[string]Recomputed, len(people))
	for _, person := range people {
		plan, ok := d.known.plans[person]
		if !ok {
			continue
		}
		in, _ := d.input(person, plan)
		result, err := domain.ComputeWithoutTrace(d.pack, in)
		if err != nil {
			all[person] = Recomputed{Problem: err.Error()}
			continue
		}
		digest := result.Digest()
		found := decided[person]
		all[person] = Recomputed{
			Digest: digest, Facts: result.Record.Facts.Digest(), Final: found.final.Carry(&result).Sum(), Damaged: found.damage != nil,
		}
	}
	return all, nil
}

// RecomputedIndexes computes the satisfaction indexes of units from the facts as they are, and writes nothing. It is zero for a
// unit without enough answers.
func (r *Recompute) RecomputedIndexes(ctx context.Context, period domain.Period, units []string) (map[string]Recomputed, error) {
	d, err := r.look(ctx, part{Work: Work{Period: period}, units: units})
	if err != nil {
		return nil, err
	}
	all := make(map[string]Recomputed, len(units))
	for _, unit := range units {
		survey := d.known.units[unit].Survey
		if survey == nil {
			all[unit] = Recomputed{}
			continue
		}
		index, err := domain.SurveyIndex(d.pack, *survey)
		switch {
		case errors.Is(err, domain.ErrTooFewResponses):
			all[unit] = Recomputed{}
		case err != nil:
			all[unit] = Recomputed{Problem: err.Error()}
		default:
			all[unit] = Recomputed{Digest: index.Digest(), Facts: IndexFacts(&index)}
		}
	}
	return all, nil
}
