package domain

// tracer writes a trace. All its texts share one buffer and all its operands one list, so that a trace costs a handful
// of allocations. While none is wanted, a nil tracer answers for ids and lists with empty ones.
type tracer struct {
	pack     *Pack
	trace    Trace
	texts    *texts
	operands []string
	// first is where the list of operands that has begun does.
	first int
	// indicators are those of the segment, in the order of its plan; prefix is before every id of it.
	indicators []indicatorIDs
	prefix     string
}

// indicatorIDs are ids of a trace that belong to one indicator and are written more than once.
type indicatorIDs struct {
	target, low, high, realisation, achievement string
	// quoted is the description as labels have it.
	quoted string
}

// noIDs are those of an indicator while no trace is wanted.
var noIDs indicatorIDs

// ids returns those of the n-th indicator of the segment.
func (t *tracer) ids(n int) *indicatorIDs {
	if t == nil {
		return &noIDs
	}
	return &t.indicators[n]
}

// list returns a list of operands.
func (t *tracer) list(ids ...string) []string {
	if t == nil {
		return nil
	}
	t.begin()
	t.operands = append(t.operands, ids...)
	return t.end()
}

// begin begins a list of operands, which operand adds to and end returns.
func (t *tracer) begin() { t.first = len(t.operands) }

func (t *tracer) operand(id string) { t.operands = append(t.operands, id) }

func (t *tracer) end() []string { return t.operands[t.first:len(t.operands):len(t.operands)] }

// targets lists what the achievement of the n-th indicator comes from: the realisation, unless there is none, and the
// target.
func (t *tracer) targets(i *Indicator, realised string, n int) []string {
	if t == nil {
		return nil
	}
	ids := &t.indicators[n]
	t.begin()
	if realised != "" {
		t.operand(realised)
	}
	if i.Formula.ranged() {
		t.operand(ids.low)
		t.operand(ids.high)
	} else {
		t.operand(ids.target)
	}
	return t.end()
}

// innovations adds the counts of all reaches that a segment knows to the list that has begun.
func (t *tracer) innovations(of held) {
	if of.segment.Innovations == nil {
		return
	}
	for _, entry := range of.segment.Innovations.Counts {
		t.operand(t.texts.join(of.prefix, idInnovations, string(entry.Reach)))
	}
}

func (t *tracer) input(in TraceInput) { t.trace.Inputs = append(t.trace.Inputs, in) }

// step adds a step with its result.
func (t *tracer) step(s step, result string) {
	label := s.rule.label
	if s.about != "" {
		label = t.texts.join(label, " ", s.about)
	}
	t.trace.Steps = append(t.trace.Steps, TraceStep{
		ID: s.id, Rule: s.rule.id, Operands: s.operands, Result: result, Label: label, Places: s.places,
	})
}
