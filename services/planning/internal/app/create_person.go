package app

import (
	"context"
	"errors"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// CreatePerson adds a person; problems are what was found while the request was read. Errors: the rules of a person,
// RuleNIPInUse, ErrNotFound (tenant), ErrExists.
func (a *App) CreatePerson(ctx context.Context, p domain.Person, problems domain.RuleErrors) (domain.Person, error) {
	p, own := domain.NewPerson(p, a.now())
	p.ID = a.idOr(p.ID)
	err := a.store.Write(ctx, func(ctx context.Context, tx Tx) error {
		_, err := tx.Tenant(ctx, p.Tenant)
		if err != nil {
			return err
		}
		err = began(problems, own).Err()
		if err != nil {
			return err
		}
		err = tx.InsertPerson(ctx, p)
		if errors.Is(err, ErrExists) {
			return whichPersonExists(ctx, tx, p)
		}
		if err != nil {
			return err
		}
		return tx.Emit(ctx, domain.PersonChanged{Person: p})
	})
	return p, err
}

// whichPersonExists tells a number in use from an id in use.
func whichPersonExists(ctx context.Context, tx Tx, p domain.Person) error {
	_, err := tx.Person(ctx, p.Tenant, p.ID)
	if err == nil {
		return ErrExists
	}
	if !errors.Is(err, ErrNotFound) {
		return err
	}
	return domain.Refuse(domain.RuleNIPInUse)
}
