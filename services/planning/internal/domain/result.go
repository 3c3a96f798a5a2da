package domain

import (
	"strconv"
	"strings"

	"github.com/govalues/decimal"
)

// ResultKind tells main duties from others, named as in the contract without prefix.
type ResultKind string

// ResultAdditional is work outside the main duties.
const ResultAdditional ResultKind = "ADDITIONAL"

// Aspect is what an indicator measures, named as in the contract without prefix.
type Aspect string

// Level says how far an indicator looks, named as in the contract without prefix; empty when the plan does not say.
type Level string

// Formula is how the achievement of an indicator is computed, named as in the contract without prefix.
type Formula string

// The formulas.
const (
	FormulaNormal             Formula = "NORMAL"
	FormulaLowerIsBetter      Formula = "LOWER_IS_BETTER"
	FormulaRange              Formula = "RANGE"
	FormulaRangeLowerIsBetter Formula = "RANGE_LOWER_IS_BETTER"
)

// Source says where the realisation of an indicator comes from, named as in the contract without prefix.
type Source string

// SourceReported is the source when none is named.
const SourceReported Source = "REPORTED"

// ResultRef points at a result of a plan of the same period. The zero ResultRef points nowhere.
type ResultRef struct {
	Plan   string
	Result string
}

// Result is one rencana hasil kerja (RHK) of a plan.
type Result struct {
	ID    string
	Kind  ResultKind
	Title string
	// SuperiorResult is the result of the superior that this one contributes to; it may be zero.
	SuperiorResult ResultRef
	// Objective is the id of the objective of the same period that this one serves; it may be empty.
	Objective  string
	Indicators []Indicator
	// Weight is the points that additional work adds when it is achieved in full, a canonical decimal; it may be empty.
	Weight string
}

// Indicator is one measure of a result, with its target. Targets are canonical decimals.
type Indicator struct {
	ID            string
	Aspect        Aspect
	Description   string
	UnitOfMeasure string
	Formula       Formula
	Target        string
	TargetLow     string
	TargetHigh    string
	Source        Source
	Level         Level
	// MaxAttainable says that nothing above the target can be attained.
	MaxAttainable bool
}

// The problems of RuleTarget.
const (
	TargetRequired    = "required"
	TargetNotAllowed  = "not_allowed"
	TargetNotPositive = "not_positive"
	TargetBounds      = "bounds"
)

// CleanResults returns the results with texts trimmed and numbers canonical, or every rule that they break by
// themselves. The fields are paths below plan.
func CleanResults(results []Result) ([]Result, RuleErrors) {
	var v RuleErrors
	out := make([]Result, len(results))
	seen := map[string]bool{}
	for i, r := range results {
		at := resultPath(i)
		if seen[r.ID] {
			add(&v, at+".id", RuleDuplicate)
		}
		seen[r.ID] = true
		r.Title = strings.TrimSpace(r.Title)
		required(&v, at+".title", r.Title)
		r.cleanWeight(&v, at+".weight")
		r.Indicators = cleanIndicators(&v, at, r.Indicators)
		out[i] = r
	}
	return out, v
}

// The problems of RuleWeight.
const (
	WeightNotAllowed  = "not_allowed"
	WeightNotPositive = "not_positive"
)

// cleanWeight makes the weight canonical, or appends what is wrong with it.
func (r *Result) cleanWeight(v *RuleErrors, field string) {
	if r.Weight == "" {
		return
	}
	if r.Kind != ResultAdditional {
		add(v, field, RuleWeight, "problem", WeightNotAllowed)
		return
	}
	d, ok := parseDecimal(r.Weight)
	if !ok {
		add(v, field, RuleDecimal, "digits", decimalDigits)
		return
	}
	if !d.IsPos() {
		add(v, field, RuleWeight, "problem", WeightNotPositive)
		return
	}
	r.Weight = canonical(d)
}

func cleanIndicators(v *RuleErrors, result string, indicators []Indicator) []Indicator {
	out := make([]Indicator, len(indicators))
	seen := map[string]bool{}
	for i, ind := range indicators {
		at := result + ".indicators[" + strconv.Itoa(i) + "]"
		if seen[ind.ID] {
			add(v, at+".id", RuleDuplicate)
		}
		seen[ind.ID] = true
		ind.Description = strings.TrimSpace(ind.Description)
		required(v, at+".description", ind.Description)
		ind.UnitOfMeasure = strings.TrimSpace(ind.UnitOfMeasure)
		if ind.UnitOfMeasure == "" {
			add(v, at+".unit_of_measure", RuleUnitOfMeasure)
		}
		if ind.Source == "" {
			ind.Source = SourceReported
		}
		ind.cleanTargets(v, at)
		out[i] = ind
	}
	return out
}

func (i *Indicator) cleanTargets(v *RuleErrors, at string) {
	if i.Formula == FormulaRange || i.Formula == FormulaRangeLowerIsBetter {
		i.refuseTarget(v, at+".target", i.Target)
		low, lowOK := i.cleanTarget(v, at+".target_low", &i.TargetLow)
		high, highOK := i.cleanTarget(v, at+".target_high", &i.TargetHigh)
		if lowOK && highOK && low.Cmp(high) >= 0 {
			add(v, at+".target_high", RuleTarget, "formula", string(i.Formula), "problem", TargetBounds)
		}
		return
	}
	i.cleanTarget(v, at+".target", &i.Target)
	i.refuseTarget(v, at+".target_low", i.TargetLow)
	i.refuseTarget(v, at+".target_high", i.TargetHigh)
}

// refuseTarget appends a violation when a field that the formula does not use is set.
func (i *Indicator) refuseTarget(v *RuleErrors, field, text string) {
	if text != "" {
		add(v, field, RuleTarget, "formula", string(i.Formula), "problem", TargetNotAllowed)
	}
}

// cleanTarget makes the text canonical, or appends what is wrong with it.
func (i *Indicator) cleanTarget(v *RuleErrors, field string, text *string) (decimal.Decimal, bool) {
	if *text == "" {
		add(v, field, RuleTarget, "formula", string(i.Formula), "problem", TargetRequired)
		return decimal.Decimal{}, false
	}
	d, ok := parseDecimal(*text)
	if !ok {
		add(v, field, RuleDecimal, "digits", decimalDigits)
		return decimal.Decimal{}, false
	}
	if !d.IsPos() {
		add(v, field, RuleTarget, "formula", string(i.Formula), "problem", TargetNotPositive)
		return decimal.Decimal{}, false
	}
	*text = canonical(d)
	return d, true
}

func resultPath(i int) string { return "plan.results[" + strconv.Itoa(i) + "]" }

// References holds what results may refer to.
type References struct {
	// SuperiorResults are the results of the plans of the direct superior in the period.
	SuperiorResults map[ResultRef]bool
	// Objectives are the objectives of the period, by id.
	Objectives map[string]bool
}

// CheckReferences returns a violation for each reference of the results that is not among refs.
func CheckReferences(results []Result, refs References) RuleErrors {
	var v RuleErrors
	for i, r := range results {
		if r.SuperiorResult != (ResultRef{}) && !refs.SuperiorResults[r.SuperiorResult] {
			add(&v, resultPath(i)+".superior_result", RuleReference)
		}
		if r.Objective != "" && !refs.Objectives[r.Objective] {
			add(&v, resultPath(i)+".objective", RuleReference)
		}
	}
	return v
}
