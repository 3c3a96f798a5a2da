package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
)

// kindTenant is the part of the directory that holds the tenants themselves, with the empty id.
const kindTenant app.Kind = "tenant"

// nameUpsert writes names of a kind; conflict says what becomes of those that are known.
func nameUpsert(kind app.Kind, conflict string) statement[app.Named] {
	return statement[app.Named]{
		table: "directory", columns: 5,
		insert:   "INSERT INTO directory (tenant, kind, id, display_name, revision) VALUES ",
		conflict: " ON CONFLICT (tenant, kind, id) DO UPDATE SET " + conflict,
		bind: func(args []any, n *app.Named) ([]any, error) {
			return append(args, n.Tenant, string(kind), n.ID, n.DisplayName, n.Revision), nil
		},
	}
}

// lockNames writes every row that it is given, also one that it does not change: that is what locks it.
const lockNames = `
display_name = CASE WHEN excluded.revision > directory.revision THEN excluded.display_name ELSE directory.display_name END,
revision = CASE WHEN excluded.revision > directory.revision THEN excluded.revision ELSE directory.revision END
RETURNING tenant, display_name`

// Enter implements app.Tx. The rows are locked in the order of the tenants, so that transactions do not wait for each
// other in a circle.
func (t tx) Enter(ctx context.Context, tenants []app.Named) (map[string]string, error) {
	tenants = slices.Clone(tenants)
	slices.SortFunc(tenants, func(a, b app.Named) int { return cmp.Compare(a.Tenant, b.Tenant) })
	names := make(map[string]string, len(tenants))
	err := parts(tenants, func(part []app.Named) error {
		text, args, err := nameUpsert(kindTenant, lockNames).of(part)
		if err != nil {
			return err
		}
		return readNames(ctx, t.q, nameQuery{text: text, args: args, found: func(id, name string) { names[id] = name }})
	})
	if err != nil {
		return nil, err
	}
	return names, nil
}

// SaveNames implements app.Tx.
func (t tx) SaveNames(ctx context.Context, kind app.Kind, names []app.Named) error {
	return upsert(ctx, t.q, nameUpsert(kind, `display_name = excluded.display_name, revision = excluded.revision
WHERE directory.revision < excluded.revision`), names)
}

// Names implements app.Tx.
func (t tx) Names(ctx context.Context, kind app.Kind, refs []app.Ref) (map[app.Ref]string, error) {
	out := make(map[app.Ref]string, len(refs))
	for tenant, ids := range byTenant(refs) {
		err := lists(ids, []any{tenant, string(kind)}, func(in string, args []any) error {
			return readNames(ctx, t.q, nameQuery{
				text: "SELECT id, display_name FROM directory WHERE tenant = $1 AND kind = $2 AND id IN " + in, args: args,
				found: func(id, name string) { out[app.Ref{Tenant: tenant, ID: id}] = name },
			})
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// nameQuery is a statement that returns ids with their names.
type nameQuery struct {
	text  string
	args  []any
	found func(id, name string)
}

func readNames(ctx context.Context, q sqlkit.Querier, n nameQuery) error {
	rows, err := q.QueryContext(ctx, n.text, n.args...)
	if err != nil {
		return fmt.Errorf("read directory: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, name string
		err = rows.Scan(&id, &name)
		if err != nil {
			return fmt.Errorf("read directory: %w", err)
		}
		n.found(id, name)
	}
	err = rows.Err()
	if err != nil {
		return fmt.Errorf("read directory: %w", err)
	}
	return nil
}

func byTenant(refs []app.Ref) map[string][]string {
	ids := map[string][]string{}
	for _, r := range refs {
		ids[r.Tenant] = append(ids[r.Tenant], r.ID)
	}
	return ids
}
