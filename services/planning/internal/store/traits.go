package store

import (
	"context"
	"database/sql"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

func scanTraits(s scanner) (domain.Traits, error) {
	var t domain.Traits
	var nip string
	var kind, level sql.NullString
	err := s.Scan(&t.Person, &nip, &t.Grade, &kind, &level, &t.Remote)
	t.Sex, t.BirthYear = domain.TraitsOfNumber(nip)
	t.PositionKind, t.FunctionalLevel = domain.PositionKind(kind.String), domain.FunctionalLevel(level.String)
	return t, err
}

// Traits returns who exists of the people, with the position held definitively on the day. Its unit is remote or not as
// the nearest says that says anything, from the unit itself upwards; the table above ends there.
func (r reader) Traits(ctx context.Context, tenant string, people []string, on domain.Date) ([]domain.Traits, error) {
	if len(people) == 0 {
		return nil, nil
	}
	in := inList(people)
	return list(ctx, r, scanTraits, query{
		`
		WITH RECURSIVE held AS (
			SELECT pe.person, pe.nip, pe.grade, p.kind, p.functional_level, p.unit
			FROM people pe
			LEFT JOIN assignments a
				ON a.tenant = pe.tenant AND a.person = pe.person AND a.kind = $2 AND a.start_date <= $3 AND a.end_date > $3
			LEFT JOIN positions p ON p.tenant = a.tenant AND p.position = a.position
			WHERE pe.tenant = $1 AND pe.person IN ` + sqlkit.In(len(in), 4) + `
		), above (unit, parent_unit, remote) AS (
			SELECT unit, parent_unit, remote FROM units WHERE tenant = $1 AND unit IN (SELECT unit FROM held)
			UNION ALL
			SELECT a.unit, u.parent_unit, u.remote
			FROM above a
			JOIN units u ON u.tenant = $1 AND u.unit = a.parent_unit
			WHERE a.remote IS NULL
		)
		SELECT h.person, h.nip, h.grade, h.kind, h.functional_level, a.remote
		FROM held h
		LEFT JOIN above a ON a.unit = h.unit AND a.remote IS NOT NULL`,
		append([]any{tenant, string(domain.AssignmentDefinitive), on.String()}, in...),
	})
}
