package app

import (
	"context"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// Approve adopts a proposed decision as its second person. Errors: those of Decision.Approve, ErrNotFound.
func (d *Decide) Approve(ctx context.Context, ref DecisionRef) (decision.Decision, error) {
	by, err := d.actor(ctx, ref.Period.Tenant, ref.Person)
	if err != nil {
		return decision.Decision{}, err
	}
	return d.ApproveBy(ctx, ref, by)
}

// ApproveBy is Approve for work within the service that has settled who the second person is and how they stand to the
// owner.
func (d *Decide) ApproveBy(ctx context.Context, ref DecisionRef, by decision.Actor) (decision.Decision, error) {
	return again(func() (decision.Decision, error) { return d.approve(ctx, ref, by) })
}

func (d *Decide) approve(ctx context.Context, ref DecisionRef, by decision.Actor) (decision.Decision, error) {
	// The score comes first: whoever has approved before has moved it, and is then seen in the decision.
	score, err := d.Store.Score(ctx, ref.Period, ref.Person)
	if err != nil {
		return decision.Decision{}, err
	}
	found, err := d.Store.Decision(ctx, ref)
	if err != nil {
		return decision.Decision{}, err
	}
	on, err := d.stands(ctx, score, found.Content)
	if err != nil {
		return decision.Decision{}, err
	}
	now := d.Clock.Now()
	adopted, err := found.Approve(on, by, now)
	if err != nil {
		return decision.Decision{}, err
	}
	r := Ruling{Period: ref.Period, Person: ref.Person, Decision: adopted, At: now}
	err = d.adopt(ctx, &r, score)
	if err != nil {
		return decision.Decision{}, err
	}
	return adopted, d.Store.AnswerDecision(ctx, r)
}

// Reject turns a proposed decision down as its second person. Errors: those of Decision.Reject, ErrNotFound.
func (d *Decide) Reject(ctx context.Context, ref DecisionRef, reason string) (decision.Decision, error) {
	return d.answer(ctx, ref, func(found decision.Decision, by decision.Actor, now time.Time) (decision.Decision, error) {
		return found.Reject(ref.Person, reason, by, now)
	})
}

// Withdraw takes a proposed decision back as its author. Errors: those of Decision.Withdraw, ErrNotFound.
func (d *Decide) Withdraw(ctx context.Context, ref DecisionRef) (decision.Decision, error) {
	return d.answer(ctx, ref, decision.Decision.Withdraw)
}

// answer writes an answer that leaves the score as it is.
func (d *Decide) answer(
	ctx context.Context, ref DecisionRef,
	rule func(found decision.Decision, by decision.Actor, now time.Time) (decision.Decision, error),
) (decision.Decision, error) {
	by, err := d.actor(ctx, ref.Period.Tenant, ref.Person)
	if err != nil {
		return decision.Decision{}, err
	}
	return again(func() (decision.Decision, error) {
		found, err := d.Store.Decision(ctx, ref)
		if err != nil {
			return decision.Decision{}, err
		}
		now := d.Clock.Now()
		answered, err := rule(found, by, now)
		if err != nil {
			return decision.Decision{}, err
		}
		return answered, d.Store.AnswerDecision(ctx, Ruling{Period: ref.Period, Person: ref.Person, Decision: answered, At: now})
	})
}
