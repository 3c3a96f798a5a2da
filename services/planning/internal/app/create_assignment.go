package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// CreateAssignment puts a person in a position; problems are what was found while the request was read. Errors: the
// rules of an assignment, RuleReference (person, position), RuleOverlap, ErrNotFound (tenant), ErrExists.
func (a *App) CreateAssignment(ctx context.Context, as domain.Assignment, problems domain.RuleErrors) (domain.Assignment, error) {
	as, own := domain.NewAssignment(as, a.now())
	as.ID = a.idOr(as.ID)
	err := a.store.Write(ctx, func(ctx context.Context, tx Tx) error {
		_, err := tx.Tenant(ctx, as.Tenant)
		if err != nil {
			return err
		}
		// The lock comes before the look at what overlaps: two writers must not both see a free position.
		lock, err := tx.LockPost(ctx, as.Tenant, as.Position, as.Person)
		if err != nil {
			return err
		}
		v := began(problems, own)
		if as.Person != "" && !lock.Person {
			v = append(v, domain.At("assignment.person", domain.RuleReference))
		}
		if as.Position != "" && !lock.Position {
			v = append(v, domain.At("assignment.position", domain.RuleReference))
		}
		err = v.Err()
		if err != nil {
			return err
		}
		others, err := tx.OverlappingAssignments(ctx, as)
		if err != nil {
			return err
		}
		err = as.CheckOverlap(others)
		if err != nil {
			return err
		}
		return tx.InsertAssignment(ctx, as)
	})
	return as, err
}
