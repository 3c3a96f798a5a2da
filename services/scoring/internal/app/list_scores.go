package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Scores returns at most limit current scores of a period without records, by person, after the given one.
func (s *Show) Scores(ctx context.Context, period domain.Period, after string, limit int) ([]Revision, error) {
	return s.Store.Scores(ctx, period, after, limit)
}
