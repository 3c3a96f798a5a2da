package domain

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// PlanKey identifies a plan.
type PlanKey struct {
	Tenant string
	Period string
	ID     string
}

// Post is what a plan keeps of the position of its owner; positions do not change, so it stays true.
type Post struct {
	Position        string
	Title           string
	Unit            string
	Kind            PositionKind
	FunctionalLevel FunctionalLevel
	UnitHead        bool
}

// PlanData is everything that a plan holds, for reading and for storage.
type PlanData struct {
	PlanKey
	Person       string
	Post         Post
	Results      []Result
	State        PlanState
	ReturnReason string
	// Approver is the id of the person who approved.
	Approver    string
	SubmitTime  time.Time
	ApproveTime time.Time
	CreateTime  time.Time
	UpdateTime  time.Time
	Revision    int64
}

// Plan is the performance plan (SKP) of one person for one period. Its methods keep the state machine.
type Plan struct{ data PlanData }

// CheckOwner returns a violation when the person is no civil servant and so has no plan.
func CheckOwner(p Person) RuleErrors {
	if p.Employment == EmploymentNonASN {
		return RuleErrors{At("plan.person", RuleNotCivilServant)}
	}
	return nil
}

// Draft is what a new plan is made of. Results come from CleanResults.
type Draft struct {
	Key     PlanKey
	Person  string
	Post    Position
	Results []Result
	Actor   string
}

// NewPlan drafts a plan. That the owner may have one was checked by CheckOwner.
func NewPlan(d Draft, now time.Time) (*Plan, PlanChanged) {
	p := &Plan{PlanData{
		PlanKey: d.Key,
		Person:  d.Person,
		Post: Post{
			Position: d.Post.ID, Title: d.Post.Title, Unit: d.Post.Unit, Kind: d.Post.Kind,
			FunctionalLevel: d.Post.FunctionalLevel, UnitHead: d.Post.UnitHead,
		},
		Results:    slices.Clone(d.Results),
		State:      PlanDraft,
		CreateTime: now,
	}}
	return p, p.changed(d.Actor, now)
}

// HydratePlan returns a plan that was stored before. It checks nothing.
func HydratePlan(d PlanData) *Plan { return &Plan{d} }

// Data returns what the plan holds. The caller must not change the results.
func (p *Plan) Data() PlanData { return p.data }

// Update replaces the results of a plan that is a draft or was returned. Results come from CleanResults.
func (p *Plan) Update(results []Result, actor string, now time.Time) (PlanChanged, error) {
	next, err := p.data.State.after(VerbUpdate)
	if err != nil {
		return PlanChanged{}, err
	}
	p.data.State, p.data.Results = next, slices.Clone(results)
	return p.changed(actor, now), nil
}

// Submit asks the superior to approve. A plan needs a result, and each result an indicator.
func (p *Plan) Submit(actor string, now time.Time) (PlanChanged, error) {
	next, err := p.data.State.after(VerbSubmit)
	if err != nil {
		return PlanChanged{}, err
	}
	err = incomplete(p.data.Results).Err()
	if err != nil {
		return PlanChanged{}, err
	}
	p.data.State, p.data.SubmitTime = next, now
	return p.changed(actor, now), nil
}

// Approve fixes the plan. approver is the id of the superior; whether it is one was decided before.
func (p *Plan) Approve(approver, actor string, now time.Time) (PlanChanged, error) {
	next, err := p.data.State.after(VerbApprove)
	if err != nil {
		return PlanChanged{}, err
	}
	p.data.State, p.data.Approver, p.data.ApproveTime = next, approver, now
	return p.changed(actor, now), nil
}

// Return sends the plan back with a reason, which must not be blank.
func (p *Plan) Return(reason, actor string, now time.Time) (PlanChanged, error) {
	next, err := p.data.State.after(VerbReturn)
	if err != nil {
		return PlanChanged{}, err
	}
	reason = strings.TrimSpace(reason)
	var v RuleErrors
	required(&v, "reason", reason)
	if len(v) > 0 {
		return PlanChanged{}, v
	}
	p.data.State, p.data.ReturnReason = next, reason
	return p.changed(actor, now), nil
}

func (p *Plan) changed(actor string, now time.Time) PlanChanged {
	p.data.Revision++
	p.data.UpdateTime = now
	return PlanChanged{Plan: p.data, Actor: actor}
}

// incomplete returns what a plan lacks before it may be submitted, with paths within the plan.
func incomplete(results []Result) RuleErrors {
	var v RuleErrors
	if len(results) == 0 {
		add(&v, "results", RulePlanIncomplete)
	}
	for i, r := range results {
		if len(r.Indicators) == 0 {
			add(&v, "results["+strconv.Itoa(i)+"].indicators", RulePlanIncomplete)
		}
	}
	return v
}
