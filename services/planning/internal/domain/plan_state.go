package domain

// PlanState is where a plan is on its way to approval, named as in the contract without prefix.
type PlanState string

// The states of a plan.
const (
	PlanDraft     PlanState = "DRAFT"
	PlanSubmitted PlanState = "SUBMITTED"
	PlanReturned  PlanState = "RETURNED"
	PlanApproved  PlanState = "APPROVED"
)

// PlanVerb is what can be done to a plan.
type PlanVerb string

// The verbs of a plan.
const (
	VerbUpdate  PlanVerb = "update"
	VerbSubmit  PlanVerb = "submit"
	VerbApprove PlanVerb = "approve"
	VerbReturn  PlanVerb = "return"
)

// transitions is the whole state machine: what is not here is refused.
var transitions = map[PlanState]map[PlanVerb]PlanState{
	PlanDraft:     {VerbUpdate: PlanDraft, VerbSubmit: PlanSubmitted},
	PlanSubmitted: {VerbApprove: PlanApproved, VerbReturn: PlanReturned},
	PlanReturned:  {VerbUpdate: PlanReturned, VerbSubmit: PlanSubmitted},
}

// after returns the state after the verb, or the error that the state does not allow it.
func (s PlanState) after(verb PlanVerb) (PlanState, error) {
	next, ok := transitions[s][verb]
	if !ok {
		return s, Refuse(RulePlanState, "from", string(s), "verb", string(verb))
	}
	return next, nil
}
