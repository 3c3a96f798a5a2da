package app

import (
	"context"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
)

// Score returns the current score of a person, or ErrNotFound. It has its trace when this deployment carries the rules
// of the score; whether it does, Explain tells.
func (s *Show) Score(ctx context.Context, period domain.Period, person string) (domain.Score, error) {
	err := s.allowed(ctx, period.Tenant, person)
	if err != nil {
		return domain.Score{}, err
	}
	score, err := s.Store.Score(ctx, period, person)
	if err != nil {
		return domain.Score{}, err
	}
	pack, err := s.rules(score)
	if err != nil {
		return score, nil //nolint:nilerr // the score itself needs no rules
	}
	score.Trace, err = score.Record.Trace(pack)
	if err != nil {
		return domain.Score{}, fmt.Errorf("trace of revision %d: %w", score.Revision, err)
	}
	return score, nil
}

// Explain returns a score that has its trace in sentences. It returns ErrUncomputable when this deployment does not
// carry the rules of the score.
func (s *Show) Explain(score domain.Score) ([]string, error) {
	pack, err := s.rules(score)
	if err != nil {
		return nil, fmt.Errorf("%w: explain revision %d: %w", ErrUncomputable, score.Revision, err)
	}
	return explain.Sentences(pack, score.Result), nil
}

// rules returns the rules that the score was made with, word for word.
func (s *Show) rules(score domain.Score) (*domain.Pack, error) {
	pack, err := s.Packs.Pack(score.RulePack)
	if err != nil {
		return nil, err
	}
	if pack.Hash() != score.RulePackHash {
		return nil, fmt.Errorf("%s of this deployment reads otherwise than the one of the score", score.RulePack)
	}
	return pack, nil
}
