package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

// InputQuery names people and units of one period, at most 500 of each.
type InputQuery struct {
	Tenant string
	Period string
	People []string
	Units  []string
}

// Inputs are the current facts that scores are computed from.
type Inputs struct {
	People []domain.PersonFacts
	Units  []domain.UnitFacts
}

// GetInputs returns the current facts about people and units. People and units without any are left out.
func (a *App) GetInputs(ctx context.Context, q InputQuery) (Inputs, error) {
	var in Inputs
	var peopleErr, unitsErr error
	together(
		func() {
			if len(q.People) > 0 {
				in.People, peopleErr = a.Store.PersonFacts(ctx, FactQuery{Tenant: q.Tenant, Period: q.Period, IDs: q.People})
			}
		},
		func() {
			if len(q.Units) > 0 {
				in.Units, unitsErr = a.Store.UnitFacts(ctx, FactQuery{Tenant: q.Tenant, Period: q.Period, IDs: q.Units})
			}
		},
	)
	return in, first(peopleErr, unitsErr)
}
