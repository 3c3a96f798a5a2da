package domain

import (
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// achievements computes the achievement of each indicator, and of the plan as their mean. It is evidence: nothing
// that follows reads it.
func (c *computation) achievements() error {
	sum, counted, reported := num.Int(0), int64(0), c.in.Realisations
	for n := range c.in.Plan.Indicators {
		indicator, ids := &c.in.Plan.Indicators[n], c.trace.ids(n)
		realised, ok := c.realised(indicator, ids, &reported)
		if !ok {
			c.miss(InputRealisation, indicator.ID, c.pack.inputs[InputRealisation].Label+" "+quoted(indicator.Description))
			continue
		}
		achievement, err := c.achievement(indicator, ids, realised)
		if err != nil {
			return err
		}
		sum, err = num.Add(sum, achievement)
		if err != nil {
			return err
		}
		counted++
	}
	if counted == 0 {
		return nil
	}
	mean, err := num.QuoHalfUp(sum, num.Int(counted), c.pack.places(RuleAchievementPlan))
	if err != nil {
		return err
	}
	c.result.Achievement = c.texts.number(mean)
	c.step(idPlanAchievement, RuleAchievementPlan, c.result.Achievement, c.trace.achievements()...)
	return nil
}

// operand is a number with the id under which the trace knows it.
type operand struct {
	id    string
	value decimal.Decimal
}

// realised finds what an indicator has reached, by its source; false when there is nothing.
func (c *computation) realised(i *Indicator, ids *indicatorIDs, reported *[]Realisation) (operand, bool) {
	if i.Source == SourceSurveyIndex {
		return operand{idSurveyIndex, c.index.number}, c.index.value != ""
	}
	r, ok := next(reported, i)
	return operand{ids.realisation, r.Value}, ok
}

// next takes the realisation of an indicator from those that follow in the order of the plan; false when it has none.
func next(reported *[]Realisation, i *Indicator) (Realisation, bool) {
	if len(*reported) == 0 || (*reported)[0].Indicator != i.ID {
		return Realisation{}, false
	}
	r := (*reported)[0]
	*reported = (*reported)[1:]
	return r, true
}

// achievement computes and records the achievement of one indicator, in percent.
func (c *computation) achievement(i *Indicator, ids *indicatorIDs, realised operand) (decimal.Decimal, error) {
	rule := i.Formula.rule()
	places := c.pack.places(rule)
	achieved, err := i.achievement(realised.value, places)
	if err != nil {
		return decimal.Decimal{}, err
	}
	operands := []string{realised.id, ids.target}
	if i.Formula.ranged() {
		operands = []string{realised.id, ids.low, ids.high}
	}
	step := TraceStep{ID: ids.achievement, Rule: rule, Result: c.texts.number(achieved)}
	floor := c.pack.def.Achievement.Floor
	if achieved.Cmp(floor) >= 0 {
		c.stepOf(ids.quoted, step, operands...)
		return achieved, nil
	}
	step.ID = c.texts.join(i.ID, stepUnfloored)
	c.stepOf(ids.quoted, step, operands...)
	floored, err := num.HalfUp(floor, places)
	if err != nil {
		return decimal.Decimal{}, err
	}
	c.stepOf(ids.quoted, TraceStep{ID: ids.achievement, Rule: RuleAchievementFloor, Result: c.texts.number(floored)}, step.ID)
	return floored, nil
}

// achievement applies the formula of the indicator to a realisation and rounds the percentage once.
func (i *Indicator) achievement(realised decimal.Decimal, places int) (decimal.Decimal, error) {
	target := i.Target
	if i.Formula.ranged() {
		switch {
		case realised.Cmp(i.Low) < 0:
			target = i.Low
		case realised.Cmp(i.High) > 0:
			target = i.High
		default:
			return num.HalfUp(num.Int(100), places) // inside the range
		}
	}
	if i.Formula == FormulaLowerIsBetter || i.Formula == FormulaRangeLowerIsBetter {
		return lowerIsBetter(realised, target, places)
	}
	return normal(realised, target, places)
}

// normal is realisation / target × 100.
func normal(realised, target decimal.Decimal, places int) (decimal.Decimal, error) {
	hundredfold, err := num.Mul(realised, num.Int(100))
	if err != nil {
		return decimal.Decimal{}, err
	}
	return num.QuoHalfUp(hundredfold, target, places)
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
	return normal(saved, target, places)
}

// quoted puts a text of the plan between Indonesian quotation marks.
func quoted(text string) string { return "“" + strings.TrimSpace(text) + "”" }
