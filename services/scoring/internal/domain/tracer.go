package domain

import "strings"

// tracer writes a trace. All its texts share one buffer and all its operands one list, so that a trace costs a handful
// of allocations. While none is wanted, a nil tracer answers for ids with empty ones.
type tracer struct {
	pack     *Pack
	trace    Trace
	texts    *texts
	operands []string
	// indicators are in the order of the plan.
	indicators []indicatorIDs
}

// indicatorIDs are ids of a trace that belong to one indicator and are written more than once.
type indicatorIDs struct {
	target, low, high, realisation, achievement string
	// quoted is the description as labels have it.
	quoted string
}

// noIDs are those of an indicator while no trace is wanted.
var noIDs indicatorIDs

// newTracer returns a tracer with room for so many steps.
func newTracer(p *Pack, t *texts, steps int) *tracer {
	return &tracer{pack: p, texts: t, trace: Trace{Steps: make([]TraceStep, 0, steps)}}
}

// ids returns those of the n-th indicator of the plan.
func (t *tracer) ids(n int) *indicatorIDs {
	if t == nil {
		return &noIDs
	}
	return &t.indicators[n]
}

// achievements returns the ids of those that have been recorded.
func (t *tracer) achievements() []string {
	if t == nil {
		return nil
	}
	achievements := make([]string, 0, len(t.indicators))
	for i := range t.trace.Steps {
		id := t.trace.Steps[i].ID
		if strings.HasSuffix(id, stepAchievement) {
			achievements = append(achievements, id)
		}
	}
	return achievements
}

func (t *tracer) input(in TraceInput) { t.trace.Inputs = append(t.trace.Inputs, in) }

// step completes a step of a rule and adds it.
func (t *tracer) step(about string, s TraceStep, operands []string) {
	first := len(t.operands)
	t.operands = append(t.operands, operands...)
	s.Operands = t.operands[first:len(t.operands):len(t.operands)]
	rule := t.pack.rules[s.Rule]
	s.Label, s.Places = rule.Label, rule.places()
	if about != "" {
		s.Label = t.texts.join(rule.Label, " ", about)
	}
	t.trace.Steps = append(t.trace.Steps, s)
}
