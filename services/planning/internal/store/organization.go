package store

import (
	"context"
	"database/sql"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

const (
	tenantColumns   = `tenant, display_name, population, revision, create_time`
	unitColumns     = `tenant, unit, display_name, kind, parent_unit, revision, create_time, remote`
	positionColumns = `tenant, position, title, unit, kind, functional_level, superior_position, unit_head, revision, create_time, job_family`
	personColumns   = `tenant, person, display_name, employment, nip, grade, revision, create_time`
)

func scanTenant(s scanner) (domain.Tenant, error) {
	var t domain.Tenant
	var at int64
	err := s.Scan(&t.ID, &t.DisplayName, &t.Population, &t.Revision, &at)
	t.CreateTime = sqlkit.Time(at)
	return t, err
}

func scanUnit(s scanner) (domain.Unit, error) {
	var u domain.Unit
	var parent sql.NullString
	var at int64
	err := s.Scan(&u.Tenant, &u.ID, &u.DisplayName, &u.Kind, &parent, &u.Revision, &at, &u.Remote)
	u.Parent, u.CreateTime = parent.String, sqlkit.Time(at)
	return u, err
}

func scanPosition(s scanner) (domain.Position, error) {
	var p domain.Position
	var superior sql.NullString
	var at int64
	err := s.Scan(&p.Tenant, &p.ID, &p.Title, &p.Unit, &p.Kind, &p.FunctionalLevel, &superior, &p.UnitHead, &p.Revision, &at, &p.Family)
	p.Superior, p.CreateTime = superior.String, sqlkit.Time(at)
	return p, err
}

func scanPerson(s scanner) (domain.Person, error) {
	var p domain.Person
	var at int64
	err := s.Scan(&p.Tenant, &p.ID, &p.DisplayName, &p.Employment, &p.NIP, &p.Grade, &p.Revision, &at)
	p.CreateTime = sqlkit.Time(at)
	return p, err
}

// Tenant returns the tenant.
func (r reader) Tenant(ctx context.Context, tenant string) (domain.Tenant, error) {
	return one(ctx, r, scanTenant, query{`SELECT ` + tenantColumns + ` FROM tenants WHERE tenant = $1`, []any{tenant}})
}

// Unit returns the unit.
func (r reader) Unit(ctx context.Context, tenant, id string) (domain.Unit, error) {
	return one(ctx, r, scanUnit, query{
		`SELECT ` + unitColumns + ` FROM units WHERE tenant = $1 AND unit = $2`, []any{tenant, id},
	})
}

// Units returns a page of units.
func (r reader) Units(ctx context.Context, tenant string, page app.Page) ([]domain.Unit, error) {
	return list(ctx, r, scanUnit, query{
		`SELECT ` + unitColumns + ` FROM units WHERE tenant = $1 AND unit > $2 ORDER BY unit LIMIT $3`,
		[]any{tenant, page.After, page.Limit},
	})
}

// UnitAndAbove returns the unit and those above it.
func (r reader) UnitAndAbove(ctx context.Context, tenant, unit string) ([]string, error) {
	return list(ctx, r, scanText, query{`
		WITH RECURSIVE above (unit, parent_unit) AS (
			SELECT unit, parent_unit FROM units WHERE tenant = $1 AND unit = $2
			UNION ALL
			SELECT u.unit, u.parent_unit FROM units u JOIN above a ON u.unit = a.parent_unit WHERE u.tenant = $1
		)
		SELECT unit FROM above`, []any{tenant, unit}})
}

// Position returns the position.
func (r reader) Position(ctx context.Context, tenant, id string) (domain.Position, error) {
	return one(ctx, r, scanPosition, query{
		`SELECT ` + positionColumns + ` FROM positions WHERE tenant = $1 AND position = $2`, []any{tenant, id},
	})
}

// Person returns the person.
func (r reader) Person(ctx context.Context, tenant, id string) (domain.Person, error) {
	return one(ctx, r, scanPerson, query{
		`SELECT ` + personColumns + ` FROM people WHERE tenant = $1 AND person = $2`, []any{tenant, id},
	})
}

// People returns a page of people.
func (r reader) People(ctx context.Context, tenant string, page app.Page) ([]domain.Person, error) {
	return list(ctx, r, scanPerson, query{
		`SELECT ` + personColumns + ` FROM people WHERE tenant = $1 AND person > $2 ORDER BY person LIMIT $3`,
		[]any{tenant, page.After, page.Limit},
	})
}

// InsertTenant adds the tenant.
func (t *tx) InsertTenant(ctx context.Context, n domain.Tenant) error {
	return t.insert(ctx, `INSERT INTO tenants (`+tenantColumns+`) VALUES `+sqlkit.Values(1, 5, 1),
		n.ID, n.DisplayName, n.Population, n.Revision, sqlkit.Micros(n.CreateTime))
}

// InsertUnit adds the unit.
func (t *tx) InsertUnit(ctx context.Context, u domain.Unit) error {
	return t.insert(ctx, `INSERT INTO units (`+unitColumns+`) VALUES `+sqlkit.Values(1, 8, 1),
		u.Tenant, u.ID, u.DisplayName, string(u.Kind), optional(u.Parent), u.Revision, sqlkit.Micros(u.CreateTime), u.Remote)
}

// InsertPosition adds the position.
func (t *tx) InsertPosition(ctx context.Context, p domain.Position) error {
	return t.insert(ctx, `INSERT INTO positions (`+positionColumns+`) VALUES `+sqlkit.Values(1, 11, 1),
		p.Tenant, p.ID, p.Title, p.Unit, string(p.Kind), string(p.FunctionalLevel), optional(p.Superior), p.UnitHead,
		p.Revision, sqlkit.Micros(p.CreateTime), string(p.Family))
}

// InsertPerson adds the person. The column rank repeats the golongan for code that is older than the column grade.
func (t *tx) InsertPerson(ctx context.Context, p domain.Person) error {
	return t.insert(ctx, `INSERT INTO people (`+personColumns+`, rank) VALUES `+sqlkit.Values(1, 9, 1),
		p.Tenant, p.ID, p.DisplayName, string(p.Employment), p.NIP, string(p.Grade), p.Revision, sqlkit.Micros(p.CreateTime), p.Grade.Rank())
}
