package rpc

import (
	"errors"
	"maps"
	"slices"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/planning/internal/app"
	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

// target is what a request works on, for the texts of its refusal.
type target struct {
	// name is the resource, parent where it would be created; parent is empty when nothing is created.
	name, parent string
}

// row is the reason of a broken rule, and what people read instead of the catalogue's text.
type row struct {
	reason fault.Reason
	// words returns the English and the Indonesian text; an empty one keeps the catalogue's. It may be nil.
	words func(b domain.RuleError) (english, indonesian string)
	// resource returns the name of another resource that stands in the way. It may be nil.
	resource func(b domain.RuleError, t target) string
}

// reasons has a row for every rule of the domain.
var reasons = map[domain.Rule]row{
	domain.RuleRequired:        {reason: fault.ReasonInvalidArgument, words: requiredWords},
	domain.RuleID:              {reason: fault.ReasonInvalidArgument, words: idWords},
	domain.RuleName:            {reason: fault.ReasonInvalidName},
	domain.RuleExclusive:       {reason: fault.ReasonInvalidArgument, words: exclusiveWords},
	domain.RuleImmutable:       {reason: fault.ReasonInvalidArgument, words: immutableWords},
	domain.RuleReference:       {reason: fault.ReasonReferenceNotFound},
	domain.RuleRegion:          {reason: fault.ReasonUnknownRegion},
	domain.RuleNIP:             {reason: fault.ReasonInvalidNIP, words: numberWords},
	domain.RuleNIPPPK:          {reason: fault.ReasonInvalidNIPPPK, words: numberWords},
	domain.RuleGrade:           {reason: fault.ReasonInvalidArgument, words: gradeWords},
	domain.RulePersonID:        {reason: fault.ReasonInvalidArgument, words: personIDWords},
	domain.RuleFunctionalLevel: {reason: fault.ReasonInvalidArgument, words: levelWords},
	domain.RuleDate:            {reason: fault.ReasonInvalidDate, words: dateWords},
	domain.RuleOverlap:         {reason: fault.ReasonAssignmentOverlap, words: overlapWords, resource: overlapping},
	domain.RuleNIPInUse:        {reason: fault.ReasonNIPInUse},
	domain.RuleDuplicate:       {reason: fault.ReasonInvalidArgument, words: duplicateWords},
	domain.RuleUnitOfMeasure:   {reason: fault.ReasonIndicatorUnitRequired},
	domain.RuleDecimal:         {reason: fault.ReasonInvalidDecimal},
	domain.RuleTarget:          {reason: fault.ReasonInvalidTarget, words: targetWords},
	domain.RuleWeight:          {reason: fault.ReasonInvalidArgument, words: weightWords},
	domain.RuleNotCivilServant: {reason: fault.ReasonInvalidArgument, words: notCivilServantWords},
	domain.RuleNoAssignment:    {reason: fault.ReasonNoAssignment},
	domain.RulePlanExists:      {reason: fault.ReasonPlanExists, resource: existingPlan},
	domain.RulePlanState:       {reason: fault.ReasonPlanState, words: stateWords},
	domain.RulePlanIncomplete:  {reason: fault.ReasonPlanIncomplete, words: incompleteWords},
	domain.RulePackUnknown:     {reason: fault.ReasonRulePackUnknown},
	domain.RulePackNotInForce:  {reason: fault.ReasonRulePackNotInForce},
	domain.RulePeriodOverlap:   {reason: fault.ReasonPeriodOverlap, resource: overlappingPeriod},
	domain.RulePeriodClosed:    {reason: fault.ReasonPeriodClosed},
	domain.RuleNotSuperior:     {reason: fault.ReasonNotSuperior},
}

// sentinels gives the reason of each error of the use cases that is no broken rule.
var sentinels = map[error]fault.Reason{
	app.ErrNotFound: fault.ReasonNotFound,
	app.ErrExists:   fault.ReasonAlreadyExists,
	app.ErrStale:    fault.ReasonETagMismatch,
}

// fail returns the fault of an error of a use case. An error that is none of ours stays as it is, for the encoder.
func fail(err error, t target) error {
	violations, ok := errors.AsType[domain.RuleErrors](err)
	if ok {
		return invalid(violations, t)
	}
	broken, ok := errors.AsType[domain.RuleError](err)
	if ok {
		return refusal(broken, t)
	}
	for sentinel, reason := range sentinels {
		if errors.Is(err, sentinel) {
			return fault.New(reason, "resource", t.of(sentinel)).Because(err)
		}
	}
	return err
}

// of returns the resource that a sentinel is about: what is not found when something is created is its parent.
func (t target) of(sentinel error) string {
	if errors.Is(sentinel, app.ErrNotFound) && t.parent != "" {
		return t.parent
	}
	return t.name
}

func invalid(broken domain.RuleErrors, t target) error {
	violations := make([]fault.Violation, len(broken))
	for i, b := range broken {
		violations[i] = violation(b, t)
	}
	f := fault.Invalid(violations...).Because(broken)
	if f.Reason == fault.ReasonInvalidArgument || fault.KindOf(f.Reason) == fault.KindInvalid {
		return f
	}
	// The fields are right by themselves; it is the state of the resource that they do not suit.
	return fault.New(f.Reason, append(details(broken[0], t), "field", broken[0].Field)...).With(violations...).Because(broken)
}

func violation(b domain.RuleError, t target) fault.Violation {
	r := reasons[b.Rule]
	v := fault.Field(b.Field, r.reason, details(b, t)...)
	if r.words == nil {
		return v
	}
	return v.Worded(r.words(b))
}

func refusal(b domain.RuleError, t target) error {
	r := reasons[b.Rule]
	f := fault.New(r.reason, details(b, t)...).Because(b)
	if r.words == nil {
		return f
	}
	return f.Worded(r.words(b))
}

// details returns the values of a broken rule, with the resource that stands in the way, as pairs of key and value.
func details(b domain.RuleError, t target) []string {
	var kv []string
	for _, k := range slices.Sorted(maps.Keys(b.Detail)) {
		kv = append(kv, k, b.Detail[k])
	}
	of := reasons[b.Rule].resource
	if of != nil {
		kv = append(kv, "resource", of(b, t))
	}
	return kv
}

func overlapping(b domain.RuleError, t target) string {
	return t.parent + "/assignments/" + b.Detail["assignment"]
}

func overlappingPeriod(b domain.RuleError, t target) string {
	return t.parent + "/periods/" + b.Detail["period"]
}

func existingPlan(b domain.RuleError, t target) string {
	return t.parent + "/plans/" + b.Detail["plan"]
}
