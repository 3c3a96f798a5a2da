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
	// n is the position of the indicator that it belongs to.
	n int
}

// achieve computes the achievement of each indicator.
func (c *computation) achieve() error {
	terms, reported := &c.pack.def.Achievement, c.in.Realisations
	for n := range c.in.Plan.Indicators {
		i := &c.in.Plan.Indicators[n]
		realised, ok := c.realised(i, n, &reported)
		var err error
		switch {
		case ok:
			err = c.achievement(i, realised)
		default:
			c.miss(terms.Missing, i.ID, terms.MissingLabel+" "+quoted(i.Description))
			if terms.Missing == PolicyZero {
				err = c.nothing(i, n)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// realised finds what the n-th indicator has reached, by its source; false when there is nothing.
func (c *computation) realised(i *Indicator, n int, reported *[]Realisation) (operand, bool) {
	if i.Source == SourceSurveyIndex {
		return operand{c.id(idSurveyIndex), c.index.number, n}, c.index.value != ""
	}
	r := next(reported, i)
	if r == nil {
		return operand{}, false
	}
	reached := operand{value: r.Value, n: n}
	if c.trace != nil {
		reached.id = c.trace.of(i, fieldRealisation)
	}
	return reached, true
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

// achievement computes, bounds and records the achievement of one indicator, in percent.
func (c *computation) achievement(i *Indicator, realised operand) error {
	about, by := c.trace.about(realised.n), c.pack.achievement(i)
	achieved, err := c.pack.achieved(i, realised.value, by.places)
	if err != nil {
		return err
	}
	s := step{id: about.achievement, about: about.quoted, rule: by, places: by.places, operands: c.trace.targets(i, realised.id)}
	terms := &c.pack.def.Achievement
	bound, bounding := terms.Cap, &c.pack.fixed.achievementCap
	switch {
	case terms.Floor != nil && achieved.Cmp(*terms.Floor) < 0:
		bound, bounding = terms.Floor, &c.pack.fixed.achievementFloor
	case terms.Cap == nil || achieved.Cmp(*terms.Cap) <= 0:
		*c.achievements.at(realised.n) = c.recorded(&s, achieved)
		return nil
	}
	if c.trace != nil {
		s.id = c.trace.of(i, stepAchievement+unbounded)
	}
	c.recorded(&s, achieved)
	bounded, err := num.HalfUp(*bound, by.places)
	if err != nil {
		return err
	}
	*c.achievements.at(realised.n) = c.recorded(&step{
		id: about.achievement, about: about.quoted, rule: bounding, places: bounding.places, operands: c.trace.list(s.id),
	}, bounded)
	return nil
}

// nothing counts the n-th indicator, which has no realisation, as zero.
func (c *computation) nothing(i *Indicator, n int) error {
	about, by := c.trace.about(n), c.pack.achievement(i)
	zero, err := num.HalfUp(num.Int(0), by.places)
	if err != nil {
		return err
	}
	s := step{id: about.achievement, about: about.quoted, rule: by, places: by.places, operands: c.trace.targets(i, "")}
	*c.achievements.at(n) = c.recorded(&s, zero)
	return nil
}

// achieved applies the formula of the indicator, or that of efficiency, to a realisation and rounds the percentage once.
// Anywhere inside a range is on target.
func (p *Pack) achieved(i *Indicator, realised decimal.Decimal, places int) (decimal.Decimal, error) {
	target, inside := i.aim(realised)
	efficiency := p.def.Achievement.Efficiency
	switch {
	case efficiency.Has(i) && inside:
		return efficiency.value(target, target, places)
	case efficiency.Has(i):
		return efficiency.value(realised, target, places)
	case inside:
		return num.HalfUp(num.Int(hundred), places)
	case i.Formula.Falls():
		return lowerIsBetter(realised, target, places)
	}
	return num.Percent(realised, target, places)
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
func lowerIsBetter(realised, target decimal.Decimal, places int) (decimal.Decimal, error) {
	twice, err := num.Add(target, target)
	if err != nil {
		return decimal.Decimal{}, err
	}
	saved, err := num.Sub(twice, realised)
	if err != nil {
		return decimal.Decimal{}, err
	}
	return num.Percent(saved, target, places)
}

// quoted puts a text of the plan between Indonesian quotation marks.
func quoted(text string) string { return "“" + strings.TrimSpace(text) + "”" }
