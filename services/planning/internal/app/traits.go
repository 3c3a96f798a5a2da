package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// Traits returns the traits of those of the people who exist on the day, in no order.
func (a *App) Traits(ctx context.Context, tenant string, people []string, on domain.Date) ([]domain.Traits, error) {
	return a.store.Traits(ctx, tenant, people, on)
}
