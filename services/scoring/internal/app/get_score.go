package app

import (
	"context"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
)

// Score returns the current score of a person with its trace, or ErrNotFound.
func (s *Show) Score(ctx context.Context, period domain.Period, person string) (domain.Score, error) {
	err := s.allowed(ctx, period.Tenant, person)
	if err != nil {
		return domain.Score{}, err
	}
	return s.Store.Score(ctx, period, person)
}

// Explain returns the score in sentences. It returns ErrUncomputable when this deployment does not carry the rules of
// the score.
func (s *Show) Explain(score domain.Score) ([]string, error) {
	pack, err := s.Packs.Pack(score.RulePack)
	if err != nil {
		return nil, fmt.Errorf("%w: explain revision %d: %w", ErrUncomputable, score.Revision, err)
	}
	return explain.Sentences(pack, score.Result), nil
}
