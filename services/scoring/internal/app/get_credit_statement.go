package app

import (
	"context"

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
	segments := make([]credit.Segment, len(scores))
	for i, score := range scores {
		segments[i] = credit.Segment{
			Period: score.Period.ID, Level: score.Record.Facts.Plan.FunctionalLevel, Predicate: score.holds(),
			Provisional: score.State != domain.StateComplete && score.Final == nil, Months: score.Record.Facts.Plan.Months,
			Revision: score.Revision,
		}
	}
	return credit.Account(segments)
}
