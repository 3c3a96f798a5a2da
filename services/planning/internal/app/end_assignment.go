package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// EndAssignment ends an assignment on the day, the first one after it. Errors: RuleDate, ErrNotFound.
func (a *App) EndAssignment(ctx context.Context, tenant, id string, end domain.Date) (domain.Assignment, error) {
	now := a.now()
	var ended domain.Assignment
	err := a.store.Write(ctx, func(ctx context.Context, tx Tx) error {
		as, err := lockAssignment(ctx, tx, tenant, id)
		if err != nil {
			return err
		}
		next, lost, problems := as.EndOn(end)
		err = problems.Err()
		if err != nil {
			return err
		}
		ended = next
		if next.Revision == as.Revision {
			return nil
		}
		err = tx.UpdateAssignment(ctx, next)
		if err != nil {
			return err
		}
		return tellCounted(ctx, tx, domain.AssignmentChanged{Assignment: next, At: now}, lost)
	})
	return ended, err
}

// lockAssignment returns the assignment as it is once no other transaction can change those of its position and person. The
// first look only tells whom to lock, which never changes: what is decided on is read after the lock.
func lockAssignment(ctx context.Context, tx Tx, tenant, id string) (domain.Assignment, error) {
	as, err := tx.Assignment(ctx, tenant, id)
	if err != nil {
		return as, err
	}
	_, err = tx.LockPost(ctx, tenant, as.Position, as.Person)
	if err != nil {
		return as, err
	}
	return tx.Assignment(ctx, tenant, id)
}
