package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// Person returns the person to a caller who may know it, or ErrNotFound.
func (a *App) Person(ctx context.Context, tenant, id string) (domain.Person, error) {
	err := a.settlePerson(ctx, tenant, id)
	if err != nil {
		return domain.Person{}, err
	}
	return a.store.Person(ctx, tenant, id)
}

// People returns a page of the people of the tenant, or ErrNotFound when there is no such tenant.
func (a *App) People(ctx context.Context, tenant string, page Page) ([]domain.Person, error) {
	_, err := a.store.Tenant(ctx, tenant)
	if err != nil {
		return nil, err
	}
	return a.store.People(ctx, tenant, page)
}
