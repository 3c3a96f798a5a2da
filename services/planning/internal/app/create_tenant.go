package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// CreateTenant opens the tenant of a region, with the region's name and inhabitants. Errors: RuleRegion, ErrExists.
func (a *App) CreateTenant(ctx context.Context, id string) (domain.Tenant, error) {
	r, ok := a.regions.Find(id)
	if !ok {
		return domain.Tenant{}, domain.RuleErrors{domain.At("tenant_id", domain.RuleRegion, "code", id)}
	}
	t := domain.NewTenant(domain.Tenant{ID: r.TenantID, DisplayName: r.Name, Population: r.Population}, a.now())
	err := a.store.Write(ctx, func(ctx context.Context, tx Tx) error {
		err := tx.InsertTenant(ctx, t)
		if err != nil {
			return err
		}
		return tx.Emit(ctx, domain.TenantCreated{Tenant: t})
	})
	return t, err
}

// Tenant returns the tenant, or ErrNotFound.
func (a *App) Tenant(ctx context.Context, id string) (domain.Tenant, error) {
	return a.store.Tenant(ctx, id)
}
