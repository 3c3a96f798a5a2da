package domain

import "fmt"

// Compute applies the rules of the pack to the facts. It is a pure function: the same facts in any order give the same
// result and trace. It returns ErrInvalidInput for facts that cannot be, and an error of package num for numbers too
// large to compute with; it never panics.
func Compute(p *Pack, in Input) (Result, error) { return compute(p, &in, true) }

// ComputeWithoutTrace is Compute for those who need no trace: all but the trace of the result is the same.
func ComputeWithoutTrace(p *Pack, in Input) (Result, error) { return compute(p, &in, false) }

func compute(p *Pack, in *Input, traced bool) (Result, error) {
	facts, err := in.canonical(p)
	if err != nil {
		return Result{}, err
	}
	c := computation{pack: p, in: facts, texts: &texts{}}
	steps := len(facts.Plan.Indicators) + len(p.elements) + otherSteps
	c.result = Result{
		RulePack: p.Name(), RulePackHash: p.Hash(), Unit: facts.Plan.Unit,
		Record: Record{Facts: facts, Results: make([]string, 0, steps)},
	}
	if traced {
		c.trace = newTracer(p, c.texts, steps)
		c.trace.facts(&c.in)
	} else {
		c.texts.room(steps * usualNumber)
	}
	err = c.apply()
	if err != nil {
		return Result{}, fmt.Errorf("compute with %s: %w", p.Name(), err)
	}
	if traced {
		c.result.Trace = c.trace.trace
	}
	return c.result, nil
}

// otherSteps is how many steps a usual computation has beside one of each indicator and one of each survey element.
const otherSteps = 12

// computation is one run of the rules. Each rule leaves its own result and its steps.
type computation struct {
	pack *Pack
	// in are the canonical facts.
	in     Input
	result Result
	// index is the satisfaction index of the unit, once there is one.
	index graded
	texts *texts
	// trace is nil when none is wanted.
	trace *tracer
}

// apply applies the rules. Each reads the facts and the results of those before it.
func (c *computation) apply() error {
	err := c.survey()
	if err != nil {
		return err
	}
	err = c.achievements()
	if err != nil {
		return err
	}
	err = c.peers()
	if err != nil {
		return err
	}
	err = c.attendance()
	if err != nil {
		return err
	}
	c.predicate()
	return c.credit()
}

// miss records that a fact is not there and that the pack's policy for its kind was followed.
func (c *computation) miss(kind, id, description string) {
	c.result.Missing = append(c.result.Missing, Missing{
		Input: id, Description: description, Policy: c.pack.inputs[kind].Missing,
	})
}

// missing is miss for a fact of which there is one.
func (c *computation) missing(kind string) { c.miss(kind, kind, c.pack.inputs[kind].Label) }

// step records a step of a rule that is applied once.
func (c *computation) step(id, rule, result string, operands ...string) {
	c.stepOf("", TraceStep{ID: id, Rule: rule, Result: result}, operands...)
}

// stepOf records a step of a rule that is applied to several things, of which about names one. Label, places and
// operands of the step are filled in.
func (c *computation) stepOf(about string, s TraceStep, operands ...string) {
	c.result.Record.Results = append(c.result.Record.Results, s.Result)
	if c.trace != nil {
		c.trace.step(about, s, operands)
	}
}

// state is the worst that the policies of what is missing make of the score; after the ratings nothing else can be
// missing.
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
