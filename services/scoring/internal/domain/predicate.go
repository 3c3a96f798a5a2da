package domain

import (
	"slices"

	"github.com/govalues/decimal"
)

// predicate finds the predicate: of two ratings in the matrix, where no number takes part in it, or of a number in bands.
func (c *computation) predicate() {
	c.ratings()
	if c.pack.banded != elsewhere {
		c.bands()
		return
	}
	c.lacking()
	if c.part.state == StateIncomplete {
		return
	}
	result, behavior := expectationWords.position(c.part.resultRating), expectationWords.position(c.part.behaviorRating)
	c.part.predicate = c.pack.matrix[result][behavior]
	resultID := idResultRating
	if c.headed() {
		resultID = idHeadRating
	}
	c.results.code(string(c.part.predicate))
	c.trace.step(c.id(idPredicate), "", &c.pack.fixed.matrix, Unrounded, c.list(resultID, idBehaviorRating))
}

// headed reports whether the rating of the person's results follows from that of the unit.
func (c *computation) headed() bool { return c.pack.def.UnitHead.Rates(&c.in.Plan) }

// Rates reports whether the rating of results of whoever has the plan follows from that of the unit.
func (t *UnitHeadTerms) Rates(plan *Plan) bool { return plan.UnitHead && len(t.Ratings) > 0 }

// ratings settles the two ratings. The head of a unit has the one that follows from the unit's own, in place of the
// superior's. While the unit has none, the head has none either: what the superior thinks of the results does not stand
// in for it.
func (c *computation) ratings() {
	if c.in.Rating != nil {
		c.part.resultRating, c.part.behaviorRating = c.in.Rating.Result, c.in.Rating.Behavior
	}
	if !c.headed() {
		return
	}
	c.part.resultRating = ""
	if c.in.Organization == nil {
		return
	}
	c.part.resultRating = c.pack.def.UnitHead.Ratings[c.in.Organization.Level]
	c.results.code(string(c.part.resultRating))
	c.trace.step(c.id(idHeadRating), "", &c.pack.fixed.unitHead, Unrounded, c.list(idOrganization))
}

// lacking lists what the matrix needs and does not have. A missing rating of a head is named by the rule by which it
// follows from the unit's.
func (c *computation) lacking() {
	if c.part.resultRating == "" {
		label := c.pack.resultRating.Label
		if c.headed() {
			label = c.pack.fixed.unitHead.label
		}
		c.miss(c.pack.resultRating.Missing, InputResultRating, label)
	}
	if c.part.behaviorRating == "" {
		c.miss(c.pack.behaviorRating.Missing, InputBehaviorRating, c.pack.behaviorRating.Label)
	}
	if c.in.Organization == nil {
		c.miss(c.pack.organization.Missing, InputOrganization, c.pack.organization.Label)
	}
}

// bands finds the predicate of the segment by the number of its component. Without one, the state is incomplete: a pack that
// was checked blocks on it.
func (c *computation) bands() {
	if c.part.state == StateIncomplete {
		return
	}
	o := operand{id: c.id(c.pack.components[c.pack.banded].rule.id), value: c.numbers.at(c.pack.banded).value}
	c.part.predicate = c.banded(o, []held{{c.in, c.prefix}}, &c.pack.fixed.bands)
}

// held is a segment with the prefix of its ids.
type held struct {
	segment *Segment
	prefix  string
}

// Innovative reports whether a verified innovation is known.
func (s *Segment) Innovative() bool {
	if s.Innovations == nil {
		return false
	}
	for _, entry := range s.Innovations.Counts {
		if entry.Count > 0 {
			return true
		}
	}
	return false
}

// banded rounds a number of segments if the bands ask for it, and records the first band that it fits, by the rule.
func (c *computation) banded(o operand, of []held, by *rule) Predicate {
	terms := c.pack.def.Predicate.Bands
	if terms.Places != nil {
		rounded := c.exact.HalfUp(o.value, *terms.Places)
		id := c.id(idPredicateRounded)
		c.number(rounded)
		c.trace.step(id, "", &c.pack.fixed.round, *terms.Places, c.trace.list(o.id))
		o = operand{id: id, value: rounded}
	}
	innovative := slices.ContainsFunc(of, func(h held) bool { return h.segment.Innovative() })
	predicate, asked := terms.of(o.value, innovative)
	if asked && !innovative {
		c.unsaid(of)
	}
	var operands []string
	if c.trace.wanted {
		c.trace.open()
		c.trace.operand(o.id)
		for _, h := range of {
			if asked {
				c.trace.innovations(h)
			}
		}
		operands = c.trace.end()
	}
	c.results.code(string(predicate))
	c.trace.step(c.id(idPredicate), "", by, Unrounded, operands)
	return predicate
}

// unsaid records of which segments nobody has said whether there is an innovation, while a band was passed over without one.
// What holds without one holds only for now.
func (c *computation) unsaid(of []held) {
	for _, h := range of {
		if h.segment.Innovations == nil {
			c.missOnce(PolicyProvisional, h.prefix+IDInnovation, "Keterangan tentang ide baru atau cara baru yang bermanfaat")
		}
	}
}

// of returns the predicate of a number, and whether a band asked for an innovation before it was found.
func (t *BandsTerms) of(value decimal.Decimal, innovative bool) (predicate Predicate, asked bool) {
	last := len(t.Bands) - 1 // it takes every number and asks for nothing
	for i := range t.Bands[:last] {
		band := &t.Bands[i]
		if band.From.Cmp(value) > 0 {
			continue
		}
		asked = asked || band.Innovation
		if !band.Innovation || innovative {
			return band.Predicate, asked
		}
	}
	return t.Bands[last].Predicate, asked
}

// suggest finds the rating of results that a component suggests. It is policy and decides nothing.
func (c *computation) suggest() {
	if c.pack.suggesting == elsewhere {
		return
	}
	n := c.numbers.at(c.pack.suggesting)
	if !n.known {
		return
	}
	thresholds := c.pack.def.Suggestion.Thresholds
	for i := range thresholds {
		if thresholds[i].From == nil || thresholds[i].From.Cmp(n.value) <= 0 {
			c.part.suggestion = thresholds[i].Rating
			break
		}
	}
	c.results.code(string(c.part.suggestion))
	operands := c.list(c.pack.components[c.pack.suggesting].rule.id)
	c.trace.step(c.id(idSuggestion), "", &c.pack.fixed.suggestion, Unrounded, operands)
}
