package app

import (
	"context"
	"slices"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/name"
)

// UpdateMonthFacts adds a revision of the facts of a person in a month. No period bounds it: a month is paid, not assessed.
func (a *App) UpdateMonthFacts(ctx context.Context, f domain.MonthFacts, expect Expect) (domain.MonthFacts, error) {
	err := a.Directory.Person(ctx, f.Tenant, f.Person)
	noPerson, err := absent(err, domain.FieldMonthFacts, name.Person(f.Tenant, f.Person))
	if err != nil {
		return domain.MonthFacts{}, err
	}
	err = domain.Refuse(slices.Concat(noPerson, domain.CheckMonthFacts(f, a.today())))
	if err != nil {
		return domain.MonthFacts{}, err
	}
	f.UpdateTime = a.Clock.Now()
	return a.Store.SetMonthFacts(ctx, f, expect)
}
