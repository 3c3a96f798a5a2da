package app

import (
	"context"
	"errors"
	"fmt"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// Decide is the use cases by which people decide about scores. It is safe for concurrent use: of several answers to one
// decision, and of several decisions about one revision, exactly one gets through.
type Decide struct {
	Store Decisions
	Packs RulePacks
	// Periods is asked for a finalization without a reason.
	Periods   PeriodTerms
	Relations relation.Resolver
	Announcer Announcer
	Clock     clock.Clock
}

// Proposal is a decision that somebody wants.
type Proposal struct {
	Period domain.Period
	// Person is the id of the owner of the score.
	Person string
	decision.Content
}

// Propose adds a decision by the caller. Errors: those of decision.Propose, ErrNotFound without a score, ErrStale when
// others were faster again and again.
func (d *Decide) Propose(ctx context.Context, p Proposal) (decision.Decision, error) {
	by, err := d.actor(ctx, p.Period.Tenant, p.Person)
	if err != nil {
		return decision.Decision{}, err
	}
	if p.Kind == decision.KindFinalize && by.Admin && by.Person != "" {
		// A role has granted the call, so nobody has asked for the relation, which a finalization needs all the same.
		by.Superior, err = d.superior(ctx, p.Period.Tenant, p.Person)
		if err != nil {
			return decision.Decision{}, err
		}
	}
	return d.enter(ctx, p, by)
}

// superior reports whether the caller is the superior of the person. Somebody whom planning does not know is not.
func (d *Decide) superior(ctx context.Context, tenant, person string) (bool, error) {
	set, err := standing(ctx, d.Relations, tenant, person, d.Clock.Now())
	if fault.IsKind(err, fault.KindNotFound) || fault.IsKind(err, fault.KindInvalid) {
		return false, nil
	}
	return set.Has(commonv1.Relation_RELATION_SUPERIOR), err
}

// enter is Propose with an author of whom it is settled who they are and how they stand to the owner.
func (d *Decide) enter(ctx context.Context, p Proposal, by decision.Actor) (decision.Decision, error) {
	return again(func() (decision.Decision, error) {
		r, err := d.prepare(ctx, p, by)
		if err != nil {
			return decision.Decision{}, err
		}
		return r.Decision, d.Store.AddDecision(ctx, r)
	})
}

// prepare returns what a transaction has to write of the decision, with the next number.
func (d *Decide) prepare(ctx context.Context, p Proposal, by decision.Actor) (Ruling, error) {
	score, err := d.Store.Score(ctx, p.Period, p.Person)
	if err != nil {
		return Ruling{}, err
	}
	before, err := d.Store.Decisions(ctx, p.Period, p.Person, DecisionPage{Limit: 1})
	if err != nil {
		return Ruling{}, err
	}
	on, err := d.stands(ctx, score, p.Content)
	if err != nil {
		return Ruling{}, err
	}
	now := d.Clock.Now()
	if p.Kind == decision.KindCorrection {
		// After the number: whoever comes between takes it.
		on.Corrections, err = d.Store.Corrections(ctx, p.Period, p.Person)
		if err != nil {
			return Ruling{}, err
		}
	}
	made, err := decision.Propose(on, p.Content, by, now)
	if err != nil {
		return Ruling{}, err
	}
	made.Number = 1
	if len(before) > 0 {
		made.Number = before[0].Number + 1
	}
	r := Ruling{Period: p.Period, Person: p.Person, Decision: made, At: now}
	return r, d.adopt(ctx, &r, score)
}

// adopt adds to the ruling what an adopted decision makes of the score: the same result once more, now final, and the
// event that tells of it. It does nothing for any other decision.
func (d *Decide) adopt(ctx context.Context, r *Ruling, score Revision) error {
	if r.Decision.State != decision.StateAdopted {
		return nil
	}
	credit, err := d.credit(ctx, score, r.Decision.Predicate)
	if err != nil {
		return err
	}
	change := ScoreChange{
		Score: score, OldPredicate: score.Predicate, OldValue: score.Value, OldAchievement: score.Achievement, OldCredit: score.Credit,
		OldFinal: score.Final,
	}
	final := r.Decision.Final(decision.BasisOf(&score.Result, credit))
	change.Score.Revision, change.Score.ComputeTime = score.Revision+1, r.At
	change.Score.Final, change.Score.Causes = &final, []string{decision.Cause}
	change.Word, err = word(ctx, d.Packs, score.RulePack, r.Decision.Predicate)
	if err != nil {
		return err
	}
	r.Adopted = &change.Score
	r.Publish = d.Announcer.Announce(r.Period, []ScoreChange{change}, nil)
	return nil
}

// credit returns the angka kredit of the score with the predicate.
func (d *Decide) credit(ctx context.Context, score Revision, predicate domain.Predicate) (string, error) {
	if predicate == score.Predicate {
		return score.Credit, nil
	}
	pack, err := rulesOf(ctx, d.Packs, score.Score)
	if err != nil {
		return "", fmt.Errorf("angka kredit: %w", err)
	}
	return domain.CreditOf(pack, &score.Result, predicate)
}

// actor settles whether the caller may do this about the person's score, and returns them as they stand to the person.
func (d *Decide) actor(ctx context.Context, tenant, person string) (decision.Actor, error) {
	err := d.allowed(ctx, tenant, person)
	if err != nil {
		return decision.Actor{}, err
	}
	via := access.Via(ctx)
	return decision.Actor{
		Person:            auth.From(ctx).Person,
		Superior:          via.Has(commonv1.Relation_RELATION_SUPERIOR),
		SuperiorsSuperior: via.Has(commonv1.Relation_RELATION_SUPERIORS_SUPERIOR),
		Admin:             access.ByRole(ctx),
	}, nil
}

// allowed settles whether the caller may do this about the person's score.
func (d *Decide) allowed(ctx context.Context, tenant, person string) error {
	return access.Check(ctx, func(ctx context.Context) (relation.Set, error) {
		return standing(ctx, d.Relations, tenant, person, d.Clock.Now())
	})
}

// stands returns what a decision with the content must know of the score, but for corrections.
func (d *Decide) stands(ctx context.Context, score Revision, content decision.Content) (decision.Standing, error) {
	on := decision.Standing{
		Owner: score.Person, Revision: score.Revision, State: score.State, Predicate: score.Predicate, Final: score.Final,
	}
	if content.Silent() {
		terms, err := d.Periods.Terms(ctx, score.Period)
		if err != nil {
			return decision.Standing{}, err
		}
		on.Running = terms.running(d.Clock.Now().In(wib))
	}
	segments := score.Record.Facts.Segments
	rated := len(segments) > 0 && segments[len(segments)-1].Organization != nil
	if rated || content.Kind == decision.KindCorrection {
		return on, nil
	}
	rules, err := rulesOf(ctx, d.Packs, score.Score)
	if err != nil {
		return decision.Standing{}, fmt.Errorf("rating of the organisation: %w", err)
	}
	on.Unrated = rules.RatesOrganizations()
	return on, nil
}

// again repeats an attempt from its start when another writer was faster, a bounded number of times. The repetition
// meets what the other has written, so that it is refused where it has to be.
func again(attempt func() (decision.Decision, error)) (decision.Decision, error) {
	for conflicts := 0; ; conflicts++ {
		made, err := attempt()
		if !errors.Is(err, ErrStale) || conflicts == maxAttempts {
			return made, err
		}
	}
}
