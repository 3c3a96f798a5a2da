package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

// GetRating returns the current ratings of a person.
func (a *App) GetRating(ctx context.Context, tenant, period, person string) (domain.Rating, error) {
	err := a.mayPerson(ctx, tenant, person)
	if err != nil {
		return domain.Rating{}, err
	}
	return a.Store.Rating(ctx, tenant, period, person)
}
