package domain

import (
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// segments computes each segment by itself and, when there are several, one score of all.
func (c *computation) segments(all []Segment) whole {
	if len(all) == 1 {
		c.segment(&all[0])
		return c.alone()
	}
	shares := make([]share, len(all))
	for i := range all {
		c.prefix = SegmentPrefix(i)
		c.segment(&all[i])
		shares[i] = share{
			held: held{c.in, c.prefix}, part: c.part,
			value: c.shown(c.pack.shownValue), achievement: c.shown(c.pack.shownAchievement),
		}
	}
	c.prefix = ""
	return c.merge(shares)
}

// segment computes one segment. Nothing is known of its numbers yet.
func (c *computation) segment(s *Segment) {
	c.in, c.index, c.part = s, graded{}, part{state: StateComplete}
	c.achievements.forget(len(s.Plan.Indicators))
	c.numbers.forget(len(c.pack.components))
	if c.trace.wanted {
		c.trace.segment(s, c.prefix)
	}
	c.apply()
}

// whole is the score of all segments, before its numbers are texts.
type whole struct {
	part
	unit                      string
	value, achievement, index number
	segments                  int64
}

// result returns the score with its numbers as texts.
func (w *whole) result() Result {
	const usual = 32
	var t texts
	t.room(usual)
	return Result{
		Unit: w.unit, State: w.state, Predicate: w.predicate,
		ResultRating: w.resultRating, BehaviorRating: w.behaviorRating, Suggestion: w.suggestion,
		Value: t.number(&w.value), Achievement: t.number(&w.achievement), SurveyIndex: t.number(&w.index),
		Credit: t.number(&w.credit), Segments: w.segments,
	}
}

// alone is the score of the segment that was computed last, as if there were no other.
func (c *computation) alone() whole {
	return whole{
		part: c.part, unit: c.in.Plan.Unit, index: c.index.number, segments: 1,
		value: c.shown(c.pack.shownValue), achievement: c.shown(c.pack.shownAchievement),
	}
}

// share is what one segment brings to the score.
type share struct {
	held
	part
	value, achievement number
}

// shown returns the number of a component, and none for a position elsewhere.
func (c *computation) shown(position int) number {
	if position == elsewhere {
		return number{}
	}
	return *c.numbers.at(position)
}

// merge makes one score of several segments. Its state is the worst; without a whole there is neither predicate nor
// credit, but the numbers that there are show how far it is. What else there is of a score is that of the last segment.
func (c *computation) merge(shares []share) whole {
	w := c.alone()
	w.state, w.predicate, w.credit, w.segments = StateComplete, "", number{}, int64(len(shares))
	for i := range shares {
		w.state = worse(w.state, shares[i].state)
	}
	w.value = c.mergeNumbers(shares, idValue, c.pack.shownValue, func(s *share) *number { return &s.value })
	w.achievement = c.mergeNumbers(shares, idAchievement, c.pack.shownAchievement, func(s *share) *number { return &s.achievement })
	if w.state == StateIncomplete {
		return w
	}
	w.predicate = c.mergePredicate(shares, w.value)
	w.state = worse(w.state, c.part.state) // the merged number may ask for what no single one did
	w.credit = c.mergeCredit(shares)
	return w
}

// worse returns the worse of two states.
func worse(a, b State) State {
	for _, state := range []State{StateIncomplete, StateProvisional} {
		if a == state || b == state {
			return state
		}
	}
	return StateComplete
}

// mergeNumbers is Σ (months × number) / Σ months over the segments that have one, with the places of the component.
func (c *computation) mergeNumbers(shares []share, id string, position int, of func(*share) *number) number {
	if position == elsewhere {
		return number{}
	}
	k := &c.pack.components[position]
	sum, months := num.Int(0), int64(0)
	var operands []string
	for i := range shares {
		n := of(&shares[i])
		if !n.known {
			continue
		}
		share := shares[i].segment.Plan.Months
		sum = c.exact.Add(sum, c.exact.Mul(n.value, num.Int(share)))
		months += share
		if c.trace.wanted {
			operands = append(operands, shares[i].prefix+k.rule.id, shares[i].prefix+idMonths)
		}
	}
	if months == 0 {
		return number{}
	}
	c.trace.step(id, k.rule.label, &c.pack.fixed.segmentsValue, k.rule.places, operands)
	return c.number(c.exact.QuoHalfUp(sum, num.Int(months), k.rule.places))
}

// mergePredicate takes the predicate of the last segment, whose assessor has considered those before, or applies the bands
// to the merged value.
func (c *computation) mergePredicate(shares []share, value number) Predicate {
	if c.pack.def.Segments.Predicate == SegmentValue {
		of := make([]held, len(shares))
		for i := range shares {
			of[i] = shares[i].held
		}
		return c.banded(operand{id: idValue, value: value.value}, of, &c.pack.fixed.segmentsPredicate)
	}
	last := &shares[len(shares)-1]
	c.results.code(string(last.predicate))
	c.trace.step(idPredicate, "", &c.pack.fixed.segmentsPredicate, Unrounded, c.trace.list(last.prefix+idPredicate))
	return last.predicate
}

// mergeCredit adds the credits of the segments, each as it was rounded.
func (c *computation) mergeCredit(shares []share) number {
	sum, known := num.Int(0), false
	var operands []string
	for i := range shares {
		if !shares[i].credit.known {
			continue
		}
		sum, known = c.exact.Add(sum, shares[i].credit.value), true
		if c.trace.wanted {
			operands = append(operands, shares[i].prefix+idCredit)
		}
	}
	if !known {
		return number{}
	}
	c.trace.step(idCredit, "", &c.pack.fixed.segmentsCredit, Unrounded, operands)
	return c.number(sum)
}
