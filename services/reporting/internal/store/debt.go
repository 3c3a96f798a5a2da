package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
)

// owe records the debts in the order of their keys, so that transactions do not wait for each other in a circle.
func owe(ctx context.Context, q sqlkit.Querier, debts []app.Debt) error {
	return upsert(ctx, q, statement[app.Debt]{
		table: "owed_views", columns: 5,
		insert: "INSERT INTO owed_views (tenant, period, kind, id, revision) VALUES ",
		conflict: ` ON CONFLICT (tenant, period, kind, id) DO UPDATE SET revision = excluded.revision
WHERE owed_views.revision < excluded.revision`,
		bind: func(args []any, d *app.Debt) ([]any, error) {
			return append(args, d.Key.Tenant, d.Key.Period, string(d.Kind), d.ID, d.Revision), nil
		},
	}, unique(debts))
}

// Debts implements app.Store.
func (s *Store) Debts(ctx context.Context, limit int) ([]app.Debt, error) {
	rows, err := s.db.Read().QueryContext(ctx,
		"SELECT tenant, period, kind, id, revision FROM owed_views ORDER BY tenant, period, kind, id LIMIT $1", limit)
	if err != nil {
		return nil, fmt.Errorf("read owed_views: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []app.Debt
	for rows.Next() {
		var d app.Debt
		err = rows.Scan(&d.Key.Tenant, &d.Key.Period, &d.Kind, &d.ID, &d.Revision)
		if err != nil {
			return nil, fmt.Errorf("read owed_views: %w", err)
		}
		out = append(out, d)
	}
	err = rows.Err()
	if err != nil {
		return nil, fmt.Errorf("read owed_views: %w", err)
	}
	return out, nil
}

// Settle implements app.Store. A settlement that is lost with a crash only has a view put once more.
func (s *Store) Settle(ctx context.Context, paid []app.Debt) error {
	paid = unique(paid)
	return s.db.WriteRelaxed(ctx, func(ctx context.Context, t *sqlkit.Tx) error {
		for _, d := range paid {
			_, err := t.ExecContext(ctx, `DELETE FROM owed_views
WHERE tenant = $1 AND period = $2 AND kind = $3 AND id = $4 AND revision <= $5`,
				d.Key.Tenant, d.Key.Period, string(d.Kind), d.ID, d.Revision)
			if err != nil {
				return fmt.Errorf("settle owed_views: %w", err)
			}
		}
		return nil
	})
}

// unique returns the newest debt of each view, by key.
func unique(debts []app.Debt) []app.Debt {
	debts = slices.Clone(debts)
	slices.SortFunc(debts, func(a, b app.Debt) int {
		return cmp.Or(cmp.Compare(a.Key.Tenant, b.Key.Tenant), cmp.Compare(a.Key.Period, b.Key.Period),
			cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID), cmp.Compare(b.Revision, a.Revision))
	})
	return slices.CompactFunc(debts, func(a, b app.Debt) bool {
		return a.Key == b.Key && a.Kind == b.Kind && a.ID == b.ID
	})
}
