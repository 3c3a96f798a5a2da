package domain

import (
	"maps"
	"slices"
	"strings"
)

// Rule names a rule that can be broken.
type Rule string

// The rules of planning.
const (
	// RuleRequired means that a text is blank.
	RuleRequired Rule = "required"
	// RuleID means that an id of the caller's choice is not well-formed.
	RuleID Rule = "id"
	// RuleName means that a name of a resource has not the pattern of its kind. Detail: pattern.
	RuleName Rule = "name"
	// RuleExclusive means that exactly one of two fields must be set. Detail: other.
	RuleExclusive Rule = "exclusive"
	// RuleImmutable means that a field cannot be changed. Detail: path.
	RuleImmutable Rule = "immutable"
	// RuleReference means that what a field refers to does not exist. Detail: resource, when it is well-formed.
	RuleReference Rule = "reference"
	// RuleRegion means that a code is not that of a province, kabupaten or kota. Detail: code.
	RuleRegion Rule = "region"
	// RuleNIP means that a NIP is not that of a PNS. Detail: problem.
	RuleNIP Rule = "nip"
	// RuleNIPPPK means that a number is not an NI PPPK. Detail: problem.
	RuleNIPPPK Rule = "ni_pppk"
	// RuleGrade means that nobody of the employment has such a golongan. Detail: problem.
	RuleGrade Rule = "grade"
	// RulePersonID means that an internal id of a person holds a NIP.
	RulePersonID Rule = "person_id"
	// RuleFunctionalLevel means that a functional position has no jenjang, or another position has one. Detail: problem.
	RuleFunctionalLevel Rule = "functional_level"
	// RuleDate means that a date is missing or does not exist, or an interval ends before it starts or would become longer
	// than it may. Detail: problem.
	RuleDate Rule = "date"
	// RuleOverlap means that a position would have two holders, or a person two positions. Detail: assignment, of.
	RuleOverlap Rule = "overlap"
	// RuleNIPInUse means that another person of the tenant has the number.
	RuleNIPInUse Rule = "nip_in_use"
	// RuleDuplicate means that an id occurs twice where it must be unique.
	RuleDuplicate Rule = "duplicate"
	// RuleUnitOfMeasure means that an indicator has no unit of measure.
	RuleUnitOfMeasure Rule = "unit_of_measure"
	// RuleDecimal means that a number is not a plain decimal. Detail: digits.
	RuleDecimal Rule = "decimal"
	// RuleTarget means that a target does not fit its formula. Detail: formula, problem.
	RuleTarget Rule = "target"
	// RuleWeight means that a result has a weight that does not suit it. Detail: problem.
	RuleWeight Rule = "weight"
	// RuleNotCivilServant means that somebody who is no civil servant would have a plan.
	RuleNotCivilServant Rule = "not_civil_servant"
	// RuleNoAssignment means that a person has no definitive position. Detail: date.
	RuleNoAssignment Rule = "no_assignment"
	// RulePlanExists means that the person has a plan in the period. Detail: plan.
	RulePlanExists Rule = "plan_exists"
	// RulePlanState means that the state of a plan does not allow this. Detail: from, verb.
	RulePlanState Rule = "plan_state"
	// RulePlanIncomplete means that a plan lacks a result, or a result an indicator.
	RulePlanIncomplete Rule = "plan_incomplete"
	// RulePeriodClosed means that a period takes no more facts.
	RulePeriodClosed Rule = "period_closed"
	// RulePeriodOverlap means that a period has days of another one of the tenant. Detail: period.
	RulePeriodOverlap Rule = "period_overlap"
	// RulePackUnknown means that no rule pack with the name is published. Detail: resource.
	RulePackUnknown Rule = "rule_pack_unknown"
	// RulePackNotInForce means that a rule pack may not be used on the first day of a period. Detail: resource, from, until.
	RulePackNotInForce Rule = "rule_pack_not_in_force"
	// RuleNotSuperior means that somebody other than the superior would decide on a plan. Detail: date.
	RuleNotSuperior Rule = "not_superior"
)

// Detail holds the values of a broken rule. It never holds a NIP or a person's name.
type Detail map[string]string

// RuleError is one broken rule. Field is the path in the request, or empty when the state of something forbids the whole.
type RuleError struct {
	Field  string
	Rule   Rule
	Detail Detail
}

var _ error = RuleError{}

// Error returns the rule, the field and the details, for logs.
func (b RuleError) Error() string {
	var out strings.Builder
	out.WriteString("rule ")
	out.WriteString(string(b.Rule))
	if b.Field != "" {
		out.WriteString(" at ")
		out.WriteString(b.Field)
	}
	for _, k := range slices.Sorted(maps.Keys(b.Detail)) {
		out.WriteString(" " + k + "=" + b.Detail[k])
	}
	return out.String()
}

// RuleErrors are the broken rules of one request, in the order of its fields.
type RuleErrors []RuleError

var _ error = RuleErrors{}

// Error returns the texts of all, for logs.
func (v RuleErrors) Error() string {
	texts := make([]string, len(v))
	for i, b := range v {
		texts[i] = b.Error()
	}
	return strings.Join(texts, "; ")
}

// Err returns v as an error, and nil when no rule is broken.
func (v RuleErrors) Err() error {
	if len(v) == 0 {
		return nil
	}
	return v
}

// add appends a broken rule with pairs of key and value as its details.
func add(v *RuleErrors, field string, rule Rule, kv ...string) {
	*v = append(*v, At(field, rule, kv...))
}

// required appends a violation when the text is empty.
func required(v *RuleErrors, field, text string) {
	if text == "" {
		add(v, field, RuleRequired)
	}
}

// At returns a broken rule of the field, with pairs of key and value as its details.
func At(field string, rule Rule, kv ...string) RuleError {
	b := RuleError{Field: field, Rule: rule}
	if len(kv) > 0 {
		b.Detail = make(Detail, len(kv)/2)
	}
	for i := 0; i+1 < len(kv); i += 2 {
		b.Detail[kv[i]] = kv[i+1]
	}
	return b
}

// Refuse returns a broken rule that no single field can mend, with pairs of key and value as its details.
func Refuse(rule Rule, kv ...string) RuleError { return At("", rule, kv...) }
