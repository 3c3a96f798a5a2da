package app

import (
	"context"
	"errors"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// PlanDraft is what a caller wants to promise.
type PlanDraft struct {
	Key     domain.PlanKey
	Person  string
	Results []domain.Result
	// Problems are what was found while the request was read.
	Problems domain.RuleErrors
}

// CreatePlan drafts the plan of a person for the definitive position held today, or on the nearest day of the period.
// Errors: the rules of results, RuleReference, RuleNotCivilServant, RuleNoAssignment, RulePlanExists, RulePeriodClosed,
// ErrNotFound (period), ErrExists.
func (a *App) CreatePlan(ctx context.Context, d PlanDraft) (domain.PlanData, error) {
	err := a.settlePerson(ctx, d.Key.Tenant, d.Person)
	if err != nil {
		return domain.PlanData{}, err
	}
	now, who := a.now(), actor(ctx)
	d.Key.ID = a.idOr(d.Key.ID)
	results, own := domain.CleanResults(d.Results)
	d.Results, d.Problems = results, began(d.Problems, own)
	var data domain.PlanData
	err = a.store.Write(ctx, func(ctx context.Context, tx Tx) error {
		period, err := openPeriod(ctx, tx, d.Key.Tenant, d.Key.Period)
		if err != nil {
			return err
		}
		post, err := postOf(ctx, tx, d, period.FactDate(domain.Today(now)))
		if err != nil {
			return err
		}
		plan, changed := domain.NewPlan(domain.Draft{
			Key: d.Key, Person: d.Person, Post: post, Results: d.Results, Actor: who,
		}, now)
		data = plan.Data()
		err = tx.InsertPlan(ctx, data)
		if errors.Is(err, ErrExists) {
			return whichPlanExists(ctx, tx, data)
		}
		if err != nil {
			return err
		}
		return tx.Emit(ctx, changed)
	})
	return data, err
}

// postOf returns the definitive position of the owner on the day, or everything that forbids the draft.
func postOf(ctx context.Context, tx Tx, d PlanDraft, on domain.Date) (domain.Position, error) {
	v := began(d.Problems, nil)
	if d.Person != "" {
		person, err := tx.Person(ctx, d.Key.Tenant, d.Person)
		err = missing(&v, "plan.person", err)
		if err != nil {
			return domain.Position{}, err
		}
		v = append(v, domain.CheckOwner(person)...)
	}
	post, err := tx.DefinitivePosition(ctx, d.Key.Tenant, d.Person, on)
	if errors.Is(err, ErrNotFound) {
		err = v.Err()
		if err == nil {
			err = domain.Refuse(domain.RuleNoAssignment, "date", on.String())
		}
	}
	if err != nil {
		return post, err
	}
	references, err := checkReferences(ctx, tx, d.Results, HolderQuery{
		Tenant: d.Key.Tenant, Period: d.Key.Period, Position: post.Superior, On: on, Except: d.Person,
	})
	if err != nil {
		return post, err
	}
	return post, append(v, references...).Err()
}

// checkReferences returns a violation for each reference of the results to something that does not exist: q names the
// position of the direct superior.
func checkReferences(ctx context.Context, r Reader, results []domain.Result, q HolderQuery) (domain.RuleErrors, error) {
	var refs domain.References
	var err error
	var objectives []string
	toSuperior := false
	for _, result := range results {
		toSuperior = toSuperior || result.SuperiorResult != domain.ResultRef{}
		if result.Objective != "" {
			objectives = append(objectives, result.Objective)
		}
	}
	if toSuperior && q.Position != "" {
		refs.SuperiorResults, err = r.ResultsOfHolders(ctx, q)
		if err != nil {
			return nil, err
		}
	}
	if len(objectives) > 0 {
		refs.Objectives, err = r.ObjectivesExist(ctx, q.Tenant, q.Period, objectives)
		if err != nil {
			return nil, err
		}
	}
	return domain.CheckReferences(results, refs), nil
}

// whichPlanExists tells a second plan of the person from an id in use.
func whichPlanExists(ctx context.Context, tx Tx, d domain.PlanData) error {
	other, err := tx.PlanOfPerson(ctx, d.Tenant, d.Period, d.Person)
	if errors.Is(err, ErrNotFound) {
		return ErrExists
	}
	if err != nil {
		return err
	}
	return domain.Refuse(domain.RulePlanExists, "plan", other.ID)
}
