package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// CreatePosition adds a position; problems are what was found while the request was read. Errors: the rules of a
// position, RuleReference (unit, superior), ErrNotFound (tenant), ErrExists.
func (a *App) CreatePosition(ctx context.Context, p domain.Position, problems domain.RuleErrors) (domain.Position, error) {
	p, own := domain.NewPosition(p, a.now())
	p.ID = a.idOr(p.ID)
	err := a.store.Write(ctx, func(ctx context.Context, tx Tx) error {
		_, err := tx.Tenant(ctx, p.Tenant)
		if err != nil {
			return err
		}
		v := began(problems, own)
		err = positionReferences(ctx, tx, p, &v)
		if err != nil {
			return err
		}
		err = v.Err()
		if err != nil {
			return err
		}
		return tx.InsertPosition(ctx, p)
	})
	return p, err
}

func positionReferences(ctx context.Context, tx Tx, p domain.Position, v *domain.RuleErrors) error {
	if p.Unit != "" {
		_, err := tx.Unit(ctx, p.Tenant, p.Unit)
		err = missing(v, "position.unit", err)
		if err != nil {
			return err
		}
	}
	if p.Superior == "" {
		return nil
	}
	_, err := tx.Position(ctx, p.Tenant, p.Superior)
	return missing(v, "position.superior_position", err)
}
