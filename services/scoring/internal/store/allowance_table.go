package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
)

const (
	insertTable = `INSERT INTO allowance_tables (tenant, id, version, display_name, regulation, effective_from, examples, content,
content_hash, author, author_person, create_time, publisher, publish_time)
VALUES ($1, $2, (SELECT COALESCE(MAX(version), 0) + 1 FROM allowance_tables WHERE tenant = $1 AND id = $2),
$3, $4, $5, $6, $7, $8, $9, $10, $11, '', 0) RETURNING version`

	// tableColumns are all but the tenant and the content.
	tableColumns = `id, version, display_name, regulation, effective_from, examples, content_hash, author, author_person,
create_time, publisher, publish_time`
)

var _ app.AllowanceStore = (*Store)(nil)

// AddTable adds a draft; see app.AllowanceStore. Of two drafts of one table at the same time one may be ErrStale.
func (s *Store) AddTable(ctx context.Context, t app.AllowanceTable) (app.AllowanceTable, error) {
	err := s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		err := tx.QueryRowContext(ctx, insertTable, t.Tenant, t.ID, t.DisplayName, t.Regulation, t.EffectiveFrom, t.Examples,
			t.Content, t.Hash, t.Author, t.AuthorPerson, sqlkit.Micros(t.CreateTime)).Scan(&t.Version)
		if tx.Dialect().UniqueViolation(err) {
			return app.ErrStale
		}
		return err
	})
	if err != nil {
		return app.AllowanceTable{}, fmt.Errorf("add allowance table: %w", err)
	}
	return t, nil
}

// Table returns a version; see app.AllowanceStore.
func (s *Store) Table(ctx context.Context, key app.TableKey) (app.AllowanceTable, error) {
	query := "SELECT " + tableColumns + ", content FROM allowance_tables WHERE tenant = $1 AND id = $2 AND version = $3"
	return s.table(ctx, query, key.Tenant, key.ID, key.Version)
}

// TableInForce returns the table that applies on a day; see app.AllowanceStore.
func (s *Store) TableInForce(ctx context.Context, tenant, day string) (app.AllowanceTable, error) {
	query := "SELECT " + tableColumns + ", content FROM allowance_tables" +
		" WHERE tenant = $1 AND publish_time > 0 AND effective_from <= $2" +
		" ORDER BY effective_from DESC, version DESC LIMIT 1"
	return s.table(ctx, query, tenant, day)
}

// table reads the one row of a query whose first argument is the tenant.
func (s *Store) table(ctx context.Context, query string, tenant string, args ...any) (app.AllowanceTable, error) {
	t := app.AllowanceTable{TableKey: app.TableKey{Tenant: tenant}}
	err := scanTable(s.db.Read().QueryRowContext(ctx, query, append([]any{tenant}, args...)...), &t, &t.Content)
	if errors.Is(err, sql.ErrNoRows) {
		return app.AllowanceTable{}, app.ErrNotFound
	}
	if err != nil {
		return app.AllowanceTable{}, fmt.Errorf("read allowance table: %w", err)
	}
	return t, nil
}

// Tables returns a page of versions; see app.AllowanceStore.
func (s *Store) Tables(ctx context.Context, after app.TableKey, limit int) ([]app.AllowanceTable, error) {
	query := "SELECT " + tableColumns + " FROM allowance_tables WHERE tenant = $1 AND (id, version) > ($2, $3) ORDER BY id, version LIMIT $4"
	var all []app.AllowanceTable
	err := s.each(ctx, query, []any{after.Tenant, after.ID, after.Version, limit}, func(rows *sql.Rows) error {
		t := app.AllowanceTable{TableKey: app.TableKey{Tenant: after.Tenant}}
		err := scanTable(rows, &t)
		all = append(all, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list allowance tables: %w", err)
	}
	return all, nil
}

// scanTable reads tableColumns, and then whatever else the row has.
func scanTable(row scanner, t *app.AllowanceTable, more ...any) error {
	var created, published int64
	err := row.Scan(append([]any{
		&t.ID, &t.Version, &t.DisplayName, &t.Regulation, &t.EffectiveFrom, &t.Examples, &t.Hash, &t.Author, &t.AuthorPerson,
		&created, &t.Publisher, &published,
	}, more...)...)
	t.CreateTime = sqlkit.Time(created)
	if published > 0 {
		t.PublishTime = sqlkit.Time(published)
	}
	return err
}

// PublishTable publishes a draft; see app.AllowanceStore. The first statement changes nothing and locks every row with the
// effective date, so that of two that are published at once the later one sees the other.
func (s *Store) PublishTable(ctx context.Context, t app.AllowanceTable) error {
	err := s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		const sameDay = " WHERE tenant = $1 AND effective_from = $2"
		_, err := tx.ExecContext(ctx, "UPDATE allowance_tables SET publish_time = publish_time"+sameDay, t.Tenant, t.EffectiveFrom)
		if err != nil {
			return err
		}
		var others int
		err = tx.QueryRowContext(ctx, "SELECT COUNT(*) FROM allowance_tables"+sameDay+" AND publish_time > 0 AND (id <> $3 OR version > $4)",
			t.Tenant, t.EffectiveFrom, t.ID, t.Version).Scan(&others)
		if err != nil {
			return err
		}
		if others > 0 {
			return app.ErrTableStart
		}
		changed, err := sqlkit.Affected(tx.ExecContext(ctx, "UPDATE allowance_tables SET publisher = $4, publish_time = $5"+
			" WHERE tenant = $1 AND id = $2 AND version = $3 AND publish_time = 0", t.Tenant, t.ID, t.Version, t.Publisher, sqlkit.Micros(t.PublishTime)))
		if err == nil && changed == 0 {
			return app.ErrTablePublished
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("publish allowance table: %w", err)
	}
	return nil
}
