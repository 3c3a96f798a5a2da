package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// Decision returns a decision to those who may see the score, or ErrNotFound.
func (d *Decide) Decision(ctx context.Context, ref DecisionRef) (decision.Decision, error) {
	err := d.allowed(ctx, ref.Period.Tenant, ref.Person)
	if err != nil {
		return decision.Decision{}, err
	}
	return d.Store.Decision(ctx, ref)
}

// Decisions returns decisions about the score of a person to those who may see it, or ErrNotFound without a score.
func (d *Decide) Decisions(ctx context.Context, period domain.Period, person string, page DecisionPage) ([]decision.Decision, error) {
	err := d.allowed(ctx, period.Tenant, person)
	if err != nil {
		return nil, err
	}
	all, err := d.Store.Decisions(ctx, period, person, page)
	if err != nil || len(all) > 0 || page.Below > 0 {
		return all, err
	}
	_, err = d.Store.Score(ctx, period, person)
	return nil, err
}
