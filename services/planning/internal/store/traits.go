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
	err := s.Scan(&t.Person, &nip, &kind, &level)
	t.Sex, t.BirthYear = domain.TraitsOfNumber(nip)
	t.PositionKind, t.FunctionalLevel = domain.PositionKind(kind.String), domain.FunctionalLevel(level.String)
	return t, err
}

// Traits returns who exists of the people, with the position held definitively on the day.
func (r reader) Traits(ctx context.Context, tenant string, people []string, on domain.Date) ([]domain.Traits, error) {
	if len(people) == 0 {
		return nil, nil
	}
	in := inList(people)
	return list(ctx, r, scanTraits, query{
		`
		SELECT pe.person, pe.nip, p.kind, p.functional_level
		FROM people pe
		LEFT JOIN assignments a
			ON a.tenant = pe.tenant AND a.person = pe.person AND a.kind = $2 AND a.start_date <= $3 AND a.end_date > $3
		LEFT JOIN positions p ON p.tenant = a.tenant AND p.position = a.position
		WHERE pe.tenant = $1 AND pe.person IN ` + sqlkit.In(len(in), 4),
		append([]any{tenant, string(domain.AssignmentDefinitive), on.String()}, in...),
	})
}
