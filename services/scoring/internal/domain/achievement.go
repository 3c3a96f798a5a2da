package domain

import (
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// hundred percent.
const hundred = 100

// operand is a number with the id under which the trace knows it.
type operand struct {
	id    string
	value decimal.Decimal
}

// achieve computes the achievement of each indicator.
func (c *computation) achieve() {
	terms, reported := &c.pack.def.Achievement, c.in.Realisations
	for n := range c.in.Plan.Indicators {
		i := &c.in.Plan.Indicators[n]
		realised, ok := c.realised(i, &reported)
		if ok {
			c.achievement(i, n, realised)
			continue
		}
		c.miss(terms.Missing, i.ID, terms.MissingLabel+" "+quoted(i.Description))
		if terms.Missing == PolicyZero {
			c.nothing(i, n)
		}
	}
}

// realised finds what an indicator has reached, by its source; false when there is nothing.
func (c *computation) realised(i *Indicator, reported *[]Realisation) (operand, bool) {
	if i.Source == SourceSurveyIndex {
		return operand{c.id(idSurveyIndex), c.index.value}, c.index.known
	}
	r := next(reported, i)
	if r == nil {
		return operand{}, false
	}
	return operand{c.trace.of(i, fieldRealisation), r.Value}, true
}

// next takes the realisation of an indicator from those that follow in the order of the plan; nil when it has none.
func next(reported *[]Realisation, i *Indicator) *Realisation {
	if len(*reported) == 0 || (*reported)[0].Indicator != i.ID {
		return nil
	}
	r := &(*reported)[0]
	*reported = (*reported)[1:]
	return r
}

// achievement computes, bounds and records the achievement of the n-th indicator, in percent.
func (c *computation) achievement(i *Indicator, n int, realised operand) {
	by, terms, about := c.pack.achievement(i), &c.pack.def.Achievement, c.trace.about(n)
	achieved := c.pack.achieved(&c.exact, i, realised.value, by)
	bound, bounding := terms.Cap, &c.pack.fixed.achievementCap
	switch {
	case terms.Floor != nil && achieved.Cmp(*terms.Floor) < 0:
		bound, bounding = terms.Floor, &c.pack.fixed.achievementFloor
	case terms.Cap == nil || achieved.Cmp(*terms.Cap) <= 0:
		*c.achievements.at(n) = c.number(achieved)
		c.trace.step(about.achievement, about.quoted, by, by.places, c.trace.targets(i, realised.id))
		return
	}
	c.number(achieved)
	before := c.trace.of(i, stepAchievement+unbounded)
	c.trace.step(before, about.quoted, by, by.places, c.trace.targets(i, realised.id))
	*c.achievements.at(n) = c.number(c.exact.HalfUp(*bound, by.places))
	c.trace.step(about.achievement, about.quoted, bounding, bounding.places, c.trace.list(before))
}

// nothing counts the n-th indicator, which has no realisation, as zero.
func (c *computation) nothing(i *Indicator, n int) {
	about, by := c.trace.about(n), c.pack.achievement(i)
	*c.achievements.at(n) = c.number(c.exact.HalfUp(num.Int(0), by.places))
	c.trace.step(about.achievement, about.quoted, by, by.places, c.trace.targets(i, ""))
}

// achieved applies the rule of the indicator's achievement to a realisation and rounds the percentage once. Anywhere inside a
// range is on target.
func (p *Pack) achieved(exact *num.Exact, i *Indicator, realised decimal.Decimal, by *rule) decimal.Decimal {
	target, inside := i.aim(realised)
	if inside {
		realised = target
	}
	switch {
	case by == &p.fixed.efficiency:
		return p.def.Achievement.Efficiency.value(exact, realised, target, by.places)
	case i.Formula.Falls():
		return lowerIsBetter(exact, realised, target, by.places)
	}
	return exact.Percent(realised, target, by.places)
}

// aim returns what a realisation is compared with, and whether it is inside a range: the target, of a range the bound that
// is nearer to what is outside.
func (i *Indicator) aim(realised decimal.Decimal) (target decimal.Decimal, inside bool) {
	switch {
	case !i.Formula.ranged():
		return i.Target, false
	case realised.Cmp(i.Low) < 0:
		return i.Low, false
	}
	return i.High, realised.Cmp(i.High) <= 0
}

// lowerIsBetter is (1 + (1 − realisation / target)) × 100, written as (2 × target − realisation) / target × 100 so
// that it is rounded once.
func lowerIsBetter(exact *num.Exact, realised, target decimal.Decimal, places int) decimal.Decimal {
	return exact.Percent(exact.Sub(exact.Add(target, target), realised), target, places)
}

// quoted puts a text of the plan between Indonesian quotation marks.
func quoted(text string) string { return "“" + strings.TrimSpace(text) + "”" }
