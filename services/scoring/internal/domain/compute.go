package domain

import (
	"fmt"
	"slices"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

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
	c := computation{pack: p}
	if traced {
		c.trace.begin(p, &facts)
	}
	w := c.segments(facts.Segments)
	err = c.exact.Err()
	if err != nil {
		return Result{}, fmt.Errorf("compute with %s: %w", p.Name(), err)
	}
	result := w.result()
	result.RulePack, result.RulePackHash = p.Name(), p.Hash()
	result.Missing, result.Record = c.missing, Record{Facts: facts, Results: c.results.all()}
	if traced {
		c.trace.texts.fill(c.trace.steps, result.Record.Results)
		result.Trace = Trace{Facts: facts, Steps: c.trace.steps}
	}
	return result, nil
}

// computation is one run of the rules. Each rule leaves its own result and its steps. It stays on the stack of its caller,
// because nothing that outlives it points to it.
type computation struct {
	pack *Pack
	// exact keeps the first error of all formulas.
	exact num.Exact
	// results are those of the steps, as in a record; missing are the facts that were not there.
	results results
	missing []Missing
	trace   tracer

	// What follows is about one segment and begins anew with each.

	// in are its canonical facts.
	in *Segment
	// prefix is before every id when there are several segments.
	prefix string
	// index is the satisfaction index of the unit, once there is one.
	index graded
	// achievements are those of the indicators, in the order of the plan; numbers are those of the components, in the order
	// of the pack.
	achievements, numbers numbers
	part                  part
}

// part is the result of one segment.
type part struct {
	state                        State
	predicate                    Predicate
	resultRating, behaviorRating Expectation
	suggestion                   Expectation
	credit                       number
}

// apply applies the rules to one segment. Each reads the facts and the results of those before it.
func (c *computation) apply() {
	c.survey()
	c.achieve()
	for n := range c.pack.components {
		c.component(n)
	}
	c.suggest()
	c.predicate()
	c.credit()
}

// id returns an id of the trace as the segment has it. While no trace is wanted, nobody reads it.
func (c *computation) id(id string) string {
	if c.prefix == "" {
		return id
	}
	return c.prefixed(id)
}

// prefixed is id where the segment has a prefix.
func (c *computation) prefixed(id string) string {
	if !c.trace.wanted {
		return ""
	}
	return c.trace.texts.join(c.prefix, id)
}

// list returns ids as the segment has them, and nothing while no trace is wanted.
func (c *computation) list(ids ...string) []string {
	if !c.trace.wanted {
		return nil
	}
	return c.listed(ids)
}

func (c *computation) listed(ids []string) []string {
	c.trace.open()
	for _, id := range ids {
		c.trace.operand(c.id(id))
	}
	return c.trace.end()
}

// miss records that a fact is not there and which policy of the pack was followed.
func (c *computation) miss(policy Policy, id, description string) {
	c.lack(policy, c.prefix+id, description)
}

// missOnce is miss for a fact that several rules can ask for; the id is that of the trace.
func (c *computation) missOnce(policy Policy, id, description string) {
	if !slices.ContainsFunc(c.missing, func(m Missing) bool { return m.Input == id }) {
		c.lack(policy, id, description)
	}
}

func (c *computation) lack(policy Policy, id, description string) {
	c.missing = append(c.missing, Missing{Input: id, Description: description, Policy: policy})
	switch {
	case policy == PolicyBlock:
		c.part.state = StateIncomplete
	case policy == PolicyProvisional && c.part.state == StateComplete:
		c.part.state = StateProvisional
	}
}

// number records a number as the result of a step, which the trace is told of beside it.
func (c *computation) number(value decimal.Decimal) number {
	c.results.number(value)
	return number{value: value, known: true}
}
