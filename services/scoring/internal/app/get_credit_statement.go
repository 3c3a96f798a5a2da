package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/credit"
)

// PersonScores reads scores across periods.
type PersonScores interface {
	// PersonScores must return the current revision of every score of the person with its record, by period id.
	PersonScores(ctx context.Context, tenant, person string) ([]Revision, error)
}

// Credits is the use case of angka kredit.
type Credits struct {
	Scores PersonScores
	// Show settles who may see what.
	Show *Show
}

// Statement returns the angka kredit of a person over all periods, to those who may see their scores. Only what people have
// fixed counts.
func (c *Credits) Statement(ctx context.Context, tenant, person string) (credit.Statement, error) {
	err := c.Show.allowed(ctx, tenant, person)
	if err != nil {
		return credit.Statement{}, err
	}
	scores, err := c.Scores.PersonScores(ctx, tenant, person)
	if err != nil {
		return credit.Statement{}, err
	}
	var segments []credit.Segment
	for i := range scores {
		of, err := c.segments(ctx, &scores[i], person)
		if err != nil {
			return credit.Statement{}, err
		}
		segments = append(segments, of...)
	}
	return credit.Account(segments)
}

// segments returns the plans of a score, each with the predicate that holds for it. What people have fixed rests on the
// facts of the revision that they decided on, whatever was learned since.
func (c *Credits) segments(ctx context.Context, score *Revision, person string) ([]credit.Segment, error) {
	if final := score.Final; final != nil && final.Outdated {
		decidedOn, err := c.Show.Store.Revision(ctx, score.Period, person, final.Revision)
		if err != nil {
			return nil, err
		}
		decidedOn.Final = final
		score = &decidedOn
	}
	predicates := make([]domain.Predicate, len(score.Record.Facts.Segments)) // without its rules nobody can say which they are
	pack, err := c.Show.rules(ctx, score.Score)
	switch {
	case err == nil:
		predicates, err = score.PredicatesWith(pack, score.holds())
		if err != nil {
			return nil, err
		}
	case !errors.Is(err, ErrUncomputable):
		return nil, fmt.Errorf("segments: %w", err)
	}
	segments := make([]credit.Segment, len(predicates))
	for i := range segments {
		plan := &score.Record.Facts.Segments[i].Plan
		segments[i] = credit.Segment{
			Period: score.Period.ID, Level: plan.FunctionalLevel, Predicate: predicates[i],
			Provisional: score.Final == nil, Months: plan.Months,
			Revision: score.Revision, Rules: pack,
		}
	}
	return segments, nil
}
