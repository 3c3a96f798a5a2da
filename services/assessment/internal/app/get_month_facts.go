package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

// GetMonthFacts returns the current facts of people in a month. People without any are left out.
func (a *App) GetMonthFacts(ctx context.Context, q MonthQuery) ([]domain.MonthFacts, error) {
	if len(q.People) == 0 {
		return nil, nil
	}
	return a.Store.MonthFacts(ctx, q)
}

// ListMonthFacts returns the page of current facts of a month by person after the given one, and the person to go on
// after; "" on the last page.
func (a *App) ListMonthFacts(ctx context.Context, q MonthPage) ([]domain.MonthFacts, string, error) {
	limit := q.Limit
	q.Limit++
	facts, err := a.Store.ListMonthFacts(ctx, q)
	if err != nil || len(facts) <= limit {
		return facts, "", err
	}
	return facts[:limit], facts[limit-1].Person, nil
}
