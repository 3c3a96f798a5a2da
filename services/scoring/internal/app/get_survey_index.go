package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// SurveyScore returns the current satisfaction index of a unit, or ErrNotFound. Anybody may see it.
func (s *Show) SurveyScore(ctx context.Context, period domain.Period, unit string) (domain.SurveyScore, error) {
	return s.Store.SurveyScore(ctx, period, unit)
}
