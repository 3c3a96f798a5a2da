package app

import (
	"context"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Verification is what came of repeating a computation.
type Verification struct {
	Revision int64
	// Verified says that the stored result, its trace included, is what comes out, to the last digit.
	Verified bool
	// Differences are those from what is stored to what comes out. They may be empty where only steps differ.
	Differences []domain.Difference
}

// Verify repeats the computation of the current revision from its trace and its rule pack alone, for those who may see
// the score.
func (s *Show) Verify(ctx context.Context, period domain.Period, person string) (Verification, error) {
	stored, err := s.Score(ctx, period, person)
	if err != nil {
		return Verification{}, err
	}
	pack, err := s.rules(ctx, stored.Score)
	if err != nil {
		return Verification{}, fmt.Errorf("verify: %w", err)
	}
	repeated, err := domain.Replay(pack, stored.Trace.Inputs())
	if err != nil {
		return Verification{}, fmt.Errorf("repeat the computation: %w", err)
	}
	return Verification{
		Revision: stored.Revision, Verified: repeated.Digest() == stored.Digest(),
		Differences: domain.Differences(&stored.Result, &repeated),
	}, nil
}
