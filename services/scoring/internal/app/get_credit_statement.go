package app

import (
	"context"
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

// Statement returns the angka kredit of a person over all periods, to those who may see their scores.
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
		of, err := c.segments(ctx, &scores[i])
		if err != nil {
			return credit.Statement{}, err
		}
		segments = append(segments, of...)
	}
	return credit.Account(segments)
}

// segments returns the plans of a score, each with its own predicate; what people have fixed is that of all.
func (c *Credits) segments(ctx context.Context, score *Revision) ([]credit.Segment, error) {
	plans := score.Record.Facts.Segments
	predicates := make([]domain.Predicate, len(plans))
	for i := range predicates {
		predicates[i] = score.holds()
	}
	if len(plans) > 1 && score.Final == nil {
		pack, err := c.Show.rules(ctx, score.Score)
		if err != nil {
			return nil, fmt.Errorf("%w: segments of revision %d: %w", ErrUncomputable, score.Revision, err)
		}
		predicates, err = score.Record.Predicates(pack)
		if err != nil {
			return nil, err
		}
	}
	segments := make([]credit.Segment, len(plans))
	for i := range plans {
		segments[i] = credit.Segment{
			Period: score.Period.ID, Level: plans[i].Plan.FunctionalLevel, Predicate: predicates[i],
			Provisional: score.State != domain.StateComplete && score.Final == nil, Months: plans[i].Plan.Months,
			Revision: score.Revision,
		}
	}
	return segments, nil
}
