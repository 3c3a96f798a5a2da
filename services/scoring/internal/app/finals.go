package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// finals derives what is final from the decisions about scores and the revisions that they were made about. What is stored as
// final takes no part.
type finals struct {
	store Store
	packs RulePacks
}

// derived is what the decisions about a score make final.
type derived struct {
	// decision is the last one, final what it makes final, both nil while nothing was decided. final is as of the revision that was
	// decided on, not outdated.
	decision *decision.Decision
	final    *decision.Final
	// damage is why what was decided on cannot be relied on: ErrDamaged, or nil. final has then no basis.
	damage error
}

// of returns what was final at revisions of people's scores, by person; everybody is there. A revision of 0 stands for the
// current one.
func (f finals) of(ctx context.Context, period domain.Period, revisions map[string]int64) (map[string]derived, error) {
	people := make([]string, 0, len(revisions))
	for person := range revisions {
		people = append(people, person)
	}
	adopted, err := f.store.AdoptedDecisions(ctx, period, people)
	if err != nil {
		return nil, err
	}
	all := make(map[string]derived, len(revisions))
	for person, revision := range revisions {
		var found derived
		last := lastUntil(adopted[person], revision)
		if last != nil {
			found, err = f.derive(ctx, period, person, *last)
		}
		if err != nil {
			return nil, fmt.Errorf("what was decided about the score of %s: %w", person, err)
		}
		all[person] = found
	}
	return all, nil
}

// lastUntil returns the last of the adopted decisions, which are in the order of their revisions, that had made a revision
// until this one; 0 is no bound.
func lastUntil(adopted []decision.Decision, revision int64) *decision.Decision {
	for i := len(adopted) - 1; i >= 0; i-- {
		if revision == 0 || adopted[i].AdoptedRevision() <= revision {
			return &adopted[i]
		}
	}
	return nil
}

// derive returns what the decision makes final, with the angka kredit that the rules give for its predicate.
func (f finals) derive(ctx context.Context, period domain.Period, person string, d decision.Decision) (derived, error) {
	on, err := f.basis(ctx, period, person, d)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return derived{}, err
	}
	final := d.Final(on)
	return derived{&d, &final, err}, nil
}

// basis returns what the decision rests on: the result that was decided on, which is computed once more from its facts. Its
// error is ErrDamaged when nobody can tell.
func (f finals) basis(ctx context.Context, period domain.Period, person string, d decision.Decision) (decision.Basis, error) {
	on, err := f.revision(ctx, period, person, d.Revision)
	if err != nil {
		return decision.Basis{}, err
	}
	rules, err := rulesOf(ctx, f.packs, on.Score)
	if errors.Is(err, ErrUncomputable) {
		return f.recorded(ctx, on, d)
	}
	if err != nil {
		return decision.Basis{}, err
	}
	repeated, err := domain.ComputeWithoutTrace(rules, on.Record.Facts)
	if err != nil {
		return decision.Basis{}, fmt.Errorf("%w: revision %d: %w", ErrDamaged, d.Revision, err)
	}
	if repeated.Digest() != on.Digest() {
		return decision.Basis{}, fmt.Errorf("%w: revision %d is not what its own facts give", ErrDamaged, d.Revision)
	}
	credit, err := domain.CreditOf(rules, &repeated, d.Predicate)
	return decision.BasisOf(&repeated, credit), err
}

// recorded returns what basis does as the decision has recorded it, for a result of which the rules are not there any more, or
// read otherwise: no damage, and nothing to compute with.
func (f finals) recorded(ctx context.Context, on Revision, d decision.Decision) (decision.Basis, error) {
	made, err := f.revision(ctx, on.Period, on.Person, d.AdoptedRevision())
	if err != nil {
		return decision.Basis{}, err
	}
	if made.Final == nil || made.Final.Digest != on.Digest() {
		return decision.Basis{}, fmt.Errorf("%w: revision %d is not what revision %d says of it", ErrDamaged, d.Revision, made.Revision)
	}
	return decision.BasisOf(&on.Result, made.Final.Credit), nil
}

// revision returns a revision that a decision tells of; ErrDamaged when it is gone.
func (f finals) revision(ctx context.Context, period domain.Period, person string, revision int64) (Revision, error) {
	found, err := f.store.Revision(ctx, period, person, revision)
	if errors.Is(err, ErrNotFound) {
		return Revision{}, fmt.Errorf("%w: revision %d is gone", ErrDamaged, revision)
	}
	return found, err
}
