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
	// damage is why what was decided on cannot be relied on: ErrDamaged or ErrUncomputable. final has then neither credit nor
	// digest, which follow from it.
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
	on, credit, err := f.basis(ctx, period, person, d)
	switch {
	case errors.Is(err, ErrDamaged), errors.Is(err, ErrUncomputable):
		final := d.Final("", "")
		return derived{&d, &final, err}, nil
	case err != nil:
		return derived{}, err
	}
	final := d.Final(credit, on.Digest())
	return derived{decision: &d, final: &final}, nil
}

// basis returns the result that was decided on, computed once more from its facts, and the angka kredit by the decision.
func (f finals) basis(ctx context.Context, period domain.Period, person string, d decision.Decision) (*domain.Result, string, error) {
	on, err := f.store.Revision(ctx, period, person, d.Revision)
	if errors.Is(err, ErrNotFound) {
		return nil, "", fmt.Errorf("%w: revision %d is gone", ErrDamaged, d.Revision)
	}
	if err != nil {
		return nil, "", err
	}
	rules, err := rulesOf(ctx, f.packs, on.Score)
	if err != nil {
		return nil, "", err
	}
	repeated, err := domain.ComputeWithoutTrace(rules, on.Record.Facts)
	if err != nil {
		return nil, "", fmt.Errorf("%w: revision %d: %w", ErrDamaged, d.Revision, err)
	}
	if repeated.Digest() != on.Digest() {
		return nil, "", fmt.Errorf("%w: revision %d is not what its own facts give", ErrDamaged, d.Revision)
	}
	credit, err := domain.CreditOf(rules, &repeated, d.Predicate)
	return &repeated, credit, err
}
