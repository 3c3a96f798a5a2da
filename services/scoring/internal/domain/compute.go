package domain

import (
	"fmt"
	"strconv"
)

// Compute applies the rules of the pack to the facts. It is a pure function: the same facts in any order give the same
// result and trace. It returns ErrInvalidInput for facts that cannot be, and an error of package num for numbers too
// large to compute with; it never panics.
func Compute(p *Pack, in Input) (Result, error) {
	err := in.check(p)
	if err != nil {
		return Result{}, err
	}
	c := &computation{pack: p, in: &in, trace: newTrace(len(in.Plan.Indicators), len(p.def.Survey.Elements))}
	c.result.RulePack, c.result.RulePackHash, c.result.Unit = p.Name(), p.Hash(), in.Plan.Unit
	c.plan()
	rules := []func(*computation) error{
		(*computation).survey,
		(*computation).achievements,
		(*computation).peers,
		(*computation).attendance,
		(*computation).predicate,
		(*computation).credit,
	}
	for _, apply := range rules {
		err = apply(c)
		if err != nil {
			return Result{}, fmt.Errorf("compute with %s: %w", p.Name(), err)
		}
	}
	c.result.State = c.state()
	c.result.Trace = c.trace
	return c.result, nil
}

// computation is one run of the rules. Each rule reads the facts and the results of those before it, and leaves its
// own result and its steps.
type computation struct {
	pack   *Pack
	in     *Input
	trace  Trace
	result Result
}

// plan records what the plan says of the person.
func (c *computation) plan() {
	plan := c.in.Plan
	c.trace.input(TraceInput{idUnit, plan.Unit, "Unit kerja", plan.Source})
	c.trace.input(TraceInput{idMonths, strconv.FormatInt(plan.Months, 10), "Masa rencana kinerja dalam bulan", plan.Source})
	c.trace.input(TraceInput{idUnitHead, strconv.FormatBool(plan.UnitHead), "Memimpin unit kerja", plan.Source})
	if plan.FunctionalLevel != "" {
		c.trace.input(TraceInput{IDFunctionalLevel, string(plan.FunctionalLevel), "Jenjang jabatan fungsional", plan.Source})
	}
}

// miss records that a fact is not there and that the pack's policy for its kind was followed.
func (c *computation) miss(kind, id, description string) {
	c.result.Missing = append(c.result.Missing, Missing{
		Input: id, Description: description, Policy: c.pack.inputs[kind].Missing,
	})
}

// missing is miss for a fact of which there is one.
func (c *computation) missing(kind string) { c.miss(kind, kind, c.pack.inputs[kind].Label) }

// step records a step of a rule whose label is that of the rule.
func (c *computation) step(id, rule, result string, operands ...string) {
	c.trace.step(TraceStep{
		ID: id, Rule: rule, Operands: operands, Result: result,
		Label: c.pack.rules[rule].Label, Places: c.pack.places(rule),
	})
}

// state is the worst that the policies of what is missing make of the score.
func (c *computation) state() State {
	state := StateComplete
	for _, m := range c.result.Missing {
		switch m.Policy {
		case PolicyBlock:
			return StateIncomplete
		case PolicyProvisional:
			state = StateProvisional
		case PolicyExclude: // what is left out takes nothing from the state
		}
	}
	return state
}
