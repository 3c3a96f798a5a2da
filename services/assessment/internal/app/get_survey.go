package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

// GetSurvey returns a survey with its number of responses. Anybody may call it.
func (a *App) GetSurvey(ctx context.Context, tenant, period, id string) (domain.Survey, error) {
	s, err := a.Store.Survey(ctx, tenant, period, id)
	if err != nil {
		return domain.Survey{}, err
	}
	s.Responses, err = a.Store.CountResponses(ctx, tenant, period, id)
	return s, err
}
