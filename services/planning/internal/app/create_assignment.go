package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// CreateAssignment puts a person in a position; problems are what was found while the request was read. Errors: the
// rules of an assignment, RuleReference (person, position), RuleOverlap, ErrNotFound (tenant), ErrExists.
func (a *App) CreateAssignment(ctx context.Context, as domain.Assignment, problems domain.RuleErrors) (domain.Assignment, error) {
	now := a.now()
	as, own := domain.NewAssignment(as, now)
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
		err = tx.InsertAssignment(ctx, as)
		if err != nil {
			return err
		}
		return tellCounted(ctx, tx, domain.AssignmentChanged{Assignment: as, At: now}, as.Interval)
	})
	return as, err
}

// tellCounted tells of every plan whose months the days count for, which the assignment of the event gained or lost. They
// are looked for in any state: a plan that is approved at the same time would otherwise keep months that it has lost.
func tellCounted(ctx context.Context, tx Tx, e domain.AssignmentChanged, days domain.Interval) error {
	if e.Assignment.Kind != domain.AssignmentDefinitive { // nobody has a plan for a position in which they act
		return nil
	}
	plans, err := tx.CountedPlans(ctx, e.Assignment, days)
	if err != nil {
		return err
	}
	for _, plan := range plans {
		e.Plan = plan
		err = tx.Emit(ctx, e)
		if err != nil {
			return err
		}
	}
	return nil
}
