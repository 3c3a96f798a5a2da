package domain

// tracer writes the steps of a trace. All its texts share one buffer and all its operands one list, so that a trace costs
// a handful of allocations. While none is wanted, it answers for ids and lists with empty ones.
type tracer struct {
	wanted   bool
	steps    []TraceStep
	texts    texts
	operands []string
	// first is where the list of operands that has begun does.
	first int
	// prefix is before every id of the segment.
	prefix string
	// indicators are those of the segment, in the order of its plan.
	indicators []indicatorTexts
}

// indicatorTexts are texts about one indicator that are written more than once.
type indicatorTexts struct {
	// achievement is the id of its achievement.
	achievement string
	// quoted is the description as labels have it.
	quoted string
}

// noTexts are those of an indicator while no trace is wanted.
var noTexts indicatorTexts

// begin begins a trace, with room for what a usual computation of the facts records: a step of each indicator, component and
// survey element and some others, three ids and two labels of each indicator.
func (t *tracer) begin(p *Pack, in *Input) {
	const stepsOther, operandsEach, resultEach, idsEach, fieldEach, labelsEach, wordsEach = 10, 2, 8, 3, 12, 2, 24
	most, steps, bytes := 0, 0, 0
	for s := range in.Segments {
		planned := in.Segments[s].Plan.Indicators
		most = max(most, len(planned))
		steps += len(planned) + len(p.components) + len(p.elements) + stepsOther
		for n := range planned {
			bytes += idsEach*(len(planned[n].ID)+fieldEach) + labelsEach*(len(planned[n].Description)+wordsEach)
		}
	}
	t.wanted = true
	t.texts.room(bytes + resultEach*steps)
	t.steps, t.operands = make([]TraceStep, 0, steps), make([]string, 0, operandsEach*steps)
	t.indicators = make([]indicatorTexts, 0, most)
}

// segment begins a segment, whose ids have the prefix.
func (t *tracer) segment(s *Segment, prefix string) {
	t.prefix, t.indicators = prefix, t.indicators[:0]
	for n := range s.Plan.Indicators {
		i := &s.Plan.Indicators[n]
		t.indicators = append(t.indicators, indicatorTexts{t.of(i, stepAchievement), t.texts.quoted(i.Description)})
	}
}

// of returns the id of a field or step of an indicator, and nothing while no trace is wanted.
func (t *tracer) of(i *Indicator, field string) string {
	if !t.wanted {
		return ""
	}
	return t.path(i.ID, field)
}

func (t *tracer) path(id, field string) string { return t.texts.join(t.prefix, id, field) }

// ofResult returns the id of a field or step of the result that an indicator belongs to, and nothing while no trace is wanted.
func (t *tracer) ofResult(i *Indicator, field string) string {
	if !t.wanted {
		return ""
	}
	group, _ := cutIndicator(i.ID)
	return t.texts.join(t.prefix, resultOf(group), field)
}

// about returns the texts about the n-th indicator of the segment.
func (t *tracer) about(n int) *indicatorTexts {
	if !t.wanted {
		return &noTexts
	}
	return &t.indicators[n]
}

// list returns a list of operands.
func (t *tracer) list(ids ...string) []string {
	if !t.wanted {
		return nil
	}
	t.open()
	t.operands = append(t.operands, ids...)
	return t.end()
}

// open begins a list of operands, which operand adds to and end returns.
func (t *tracer) open() { t.first = len(t.operands) }

func (t *tracer) operand(id string) { t.operands = append(t.operands, id) }

func (t *tracer) end() []string { return t.operands[t.first:len(t.operands):len(t.operands)] }

// targets lists what the achievement of an indicator comes from: the id of what was realised, unless there is none, and
// the target.
func (t *tracer) targets(i *Indicator, realised string) []string {
	if !t.wanted {
		return nil
	}
	return t.aims(i, realised)
}

func (t *tracer) aims(i *Indicator, realised string) []string {
	t.open()
	if realised != "" {
		t.operand(realised)
	}
	if i.Formula.ranged() {
		t.operand(t.of(i, fieldTargetLow))
		t.operand(t.of(i, fieldTargetHigh))
	} else {
		t.operand(t.of(i, fieldTarget))
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

// step adds a step, if a trace is wanted. Its result follows at the end. about names what the rule was applied to, when it
// is applied to several things.
func (t *tracer) step(id, about string, by *rule, places int, operands []string) {
	if t.wanted {
		t.add(id, about, by, places, operands)
	}
}

func (t *tracer) add(id, about string, by *rule, places int, operands []string) {
	label := by.label
	if about != "" {
		label = t.texts.join(label, " ", about)
	}
	t.steps = append(t.steps, TraceStep{ID: id, Rule: by.id, Operands: operands, Label: label, Places: places})
}
