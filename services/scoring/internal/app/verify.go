package app

import (
	"context"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// Verification is what came of repeating a computation.
type Verification struct {
	Revision int64
	// Verified says that the stored result, its trace included, is what comes out, to the last digit, and that what is final
	// is what was decided.
	Verified bool
	// Differences are those from what is stored to what comes out. They may be empty where only steps differ.
	Differences []domain.Difference
}

// Verify repeats the computation of a revision from its trace and its rule pack alone, and derives what was final by then
// from the decisions, for those who may see the score. A revision of 0 is the current one.
func (s *Show) Verify(ctx context.Context, period domain.Period, person string, revision int64) (Verification, error) {
	read := s.Score
	if revision != 0 {
		read = func(ctx context.Context, period domain.Period, person string) (Revision, error) {
			return s.Revision(ctx, period, person, revision)
		}
	}
	stored, err := read(ctx, period, person)
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
	decided, err := finals{s.Store, s.Packs}.of(ctx, period, map[string]int64{person: stored.Revision})
	if err != nil {
		return Verification{}, fmt.Errorf("verify: %w", err)
	}
	digest := repeated.Digest()
	fixed := decision.Differences(stored.Final, decided[person].final.Carry(&repeated))
	return Verification{
		Revision: stored.Revision, Verified: digest == stored.Digest() && len(fixed) == 0 && decided[person].damage == nil,
		Differences: append(domain.Differences(&stored.Result, &repeated), fixed...),
	}, nil
}
