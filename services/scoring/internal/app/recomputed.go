package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Recomputed is what the facts give now, in short.
type Recomputed struct {
	// Digest is that of the result, Facts that of the facts which it uses.
	Digest, Facts string
}

// Recomputed computes the scores of people, at most MaxPeople, from the facts as they are, and writes nothing. Who has no
// approved plan, and who cannot be computed, is left out.
func (r *Recompute) Recomputed(ctx context.Context, period domain.Period, people []string) (map[string]Recomputed, error) {
	d, err := r.prepare(ctx, part{Work: Work{Period: period}, people: people})
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
			continue
		}
		all[person] = Recomputed{Digest: result.Digest(), Facts: result.Record.Facts.Digest()}
	}
	return all, nil
}
