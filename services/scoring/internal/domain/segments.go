package domain

import (
	"strconv"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// segments computes each segment by itself and, when there are several, one score of all.
func (c *computation) segments(all []Segment) (Result, error) {
	if len(all) == 1 {
		err := c.segment(&all[0])
		if err != nil {
			return Result{}, err
		}
		return c.alone(), nil
	}
	shares := make([]share, len(all))
	for i := range all {
		c.prefix = c.texts.join(segmentsPrefix, strconv.Itoa(i+1), "/")
		err := c.segment(&all[i])
		if err != nil {
			return Result{}, err
		}
		shares[i] = share{
			held: held{c.in, c.prefix}, part: c.part,
			value: c.shown(c.pack.shownValue), achievement: c.shown(c.pack.shownAchievement),
		}
	}
	c.prefix = ""
	return c.merge(shares)
}

// segment computes one segment. Nothing is known of its numbers yet.
func (c *computation) segment(s *Segment) error {
	c.in, c.index, c.part = s, graded{}, part{state: StateComplete}
	c.achievements.forget(len(s.Plan.Indicators))
	c.numbers.forget(len(c.pack.components))
	if c.trace != nil {
		c.trace.segment(s, c.prefix)
	}
	return c.apply()
}

// alone is the result of the segment that was computed last, as if there were no other.
func (c *computation) alone() Result {
	return Result{
		Unit: c.in.Plan.Unit, State: c.part.state, Predicate: c.part.predicate,
		ResultRating: c.part.resultRating, BehaviorRating: c.part.behaviorRating, Suggestion: c.part.suggestion,
		Value: c.text(c.shown(c.pack.shownValue)), Achievement: c.text(c.shown(c.pack.shownAchievement)),
		SurveyIndex: c.index.value, Segments: 1, Credit: c.text(c.part.credit),
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
func (c *computation) merge(shares []share) (Result, error) {
	result := c.alone()
	result.State, result.Predicate, result.Credit, result.Segments = StateComplete, "", "", int64(len(shares))
	for i := range shares {
		result.State = worse(result.State, shares[i].state)
	}
	value, err := c.mergeNumbers(shares, idValue, c.pack.shownValue, func(s *share) *number { return &s.value })
	if err != nil {
		return Result{}, err
	}
	achievement, err := c.mergeNumbers(shares, idAchievement, c.pack.shownAchievement, func(s *share) *number { return &s.achievement })
	if err != nil {
		return Result{}, err
	}
	result.Value, result.Achievement = c.text(value), c.text(achievement)
	if result.State == StateIncomplete {
		return result, nil
	}
	result.Predicate, err = c.mergePredicate(shares, value)
	if err != nil {
		return Result{}, err
	}
	result.State = worse(result.State, c.part.state) // the merged number may ask for what no single one did
	credit, err := c.mergeCredit(shares)
	result.Credit = c.text(credit)
	return result, err
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
func (c *computation) mergeNumbers(shares []share, id string, position int, of func(*share) *number) (number, error) {
	if position == elsewhere {
		return number{}, nil
	}
	k := &c.pack.components[position]
	sum, months := num.Int(0), int64(0)
	var operands []string
	for i := range shares {
		n := of(&shares[i])
		if !n.known() {
			continue
		}
		share := shares[i].segment.Plan.Months
		weighted, err := num.Mul(n.value, num.Int(share))
		if err != nil {
			return number{}, err
		}
		sum, err = num.Add(sum, weighted)
		if err != nil {
			return number{}, err
		}
		months += share
		if c.trace != nil {
			operands = append(operands, c.texts.join(shares[i].prefix, k.rule.id), c.texts.join(shares[i].prefix, idMonths))
		}
	}
	if months == 0 {
		return number{}, nil
	}
	merged, err := num.QuoHalfUp(sum, num.Int(months), k.rule.places)
	if err != nil {
		return number{}, err
	}
	return c.recorded(&step{id: id, about: k.rule.label, rule: &c.pack.fixed.segmentsValue, places: k.rule.places, operands: operands}, merged), nil
}

// mergePredicate takes the predicate of the last segment, whose assessor has considered those before, or applies the bands
// to the merged value.
func (c *computation) mergePredicate(shares []share, value number) (Predicate, error) {
	if c.pack.def.Segments.Predicate == SegmentValue {
		of := make([]held, len(shares))
		for i := range shares {
			of[i] = shares[i].held
		}
		return c.banded(operand{id: idValue, value: value.value}, of, &c.pack.fixed.segmentsPredicate)
	}
	last := &shares[len(shares)-1]
	s := step{id: idPredicate, rule: &c.pack.fixed.segmentsPredicate, places: Unrounded}
	if c.trace != nil {
		s.operands = c.trace.list(c.texts.join(last.prefix, idPredicate))
	}
	c.record(&s, string(last.predicate))
	return last.predicate, nil
}

// mergeCredit adds the credits of the segments, each as it was rounded.
func (c *computation) mergeCredit(shares []share) (number, error) {
	sum, known := num.Int(0), false
	var operands []string
	for i := range shares {
		if !shares[i].credit.known() {
			continue
		}
		var err error
		sum, err = num.Add(sum, shares[i].credit.value)
		if err != nil {
			return number{}, err
		}
		known = true
		if c.trace != nil {
			operands = append(operands, c.texts.join(shares[i].prefix, idCredit))
		}
	}
	if !known {
		return number{}, nil
	}
	return c.recorded(&step{id: idCredit, rule: &c.pack.fixed.segmentsCredit, places: Unrounded, operands: operands}, sum), nil
}
