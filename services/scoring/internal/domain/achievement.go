package domain

import (
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// achievements computes the achievement of each indicator, and of the plan as their mean. It is evidence: nothing
// that follows reads it.
func (c *computation) achievements() error {
	reported := make(map[string]Realisation, len(c.in.Realisations))
	for _, r := range c.in.Realisations {
		reported[r.Indicator] = r
	}
	sum := num.Int(0)
	var ids []string
	for i := range c.in.Plan.Indicators {
		indicator := &c.in.Plan.Indicators[i]
		c.describe(indicator)
		realised, ok := c.realisation(indicator, reported)
		if !ok {
			c.miss(InputRealisation, indicator.ID, c.pack.inputs[InputRealisation].Label+" "+quoted(indicator.Description))
			continue
		}
		achieved, err := c.achievement(indicator, realised)
		if err != nil {
			return err
		}
		sum, err = num.Add(sum, achieved)
		if err != nil {
			return err
		}
		ids = append(ids, indicator.ID+stepAchievement)
	}
	if len(ids) == 0 {
		return nil
	}
	mean, err := num.QuoHalfUp(sum, num.Int(int64(len(ids))), c.pack.places(RuleAchievementPlan))
	if err != nil {
		return err
	}
	c.result.Achievement = mean.String()
	c.step(idPlanAchievement, RuleAchievementPlan, c.result.Achievement, ids...)
	return nil
}

// describe records what the plan says of an indicator.
func (c *computation) describe(i *Indicator) {
	record := func(field, value, label string) {
		c.trace.input(TraceInput{i.ID + field, value, label, c.in.Plan.Source})
	}
	record(FieldDescription, i.Description, "Uraian indikator")
	record(FieldUnit, i.Unit, "Satuan ukur")
	record(fieldFormula, string(i.Formula), "Rumus capaian")
	record(fieldSource, string(i.Source), "Asal realisasi")
	if !i.Formula.ranged() {
		record(fieldTarget, i.Target.String(), "Target "+quoted(i.Description))
		return
	}
	record(fieldTargetLow, i.Low.String(), "Batas bawah target "+quoted(i.Description))
	record(fieldTargetHigh, i.High.String(), "Batas atas target "+quoted(i.Description))
}

// operand is a number with the id under which the trace knows it.
type operand struct {
	id    string
	value decimal.Decimal
}

// realisation finds, and records when it is an input, the realisation of an indicator; false when there is none.
func (c *computation) realisation(i *Indicator, reported map[string]Realisation) (operand, bool) {
	if i.Source == SourceSurveyIndex {
		if c.result.SurveyIndex == "" {
			return operand{}, false
		}
		index, err := decimal.Parse(c.result.SurveyIndex)
		return operand{idSurveyIndex, index}, err == nil
	}
	r, ok := reported[i.ID]
	if !ok {
		return operand{}, false
	}
	id := i.ID + fieldRealisation
	c.trace.input(TraceInput{id, r.Value.String(), "Realisasi " + quoted(i.Description), r.Source})
	return operand{id, r.Value}, true
}

// achievement computes and records the achievement of one indicator, in percent.
func (c *computation) achievement(i *Indicator, realised operand) (decimal.Decimal, error) {
	rule := i.Formula.rule()
	achieved, err := i.achievement(realised.value, c.pack.places(rule))
	if err != nil {
		return decimal.Decimal{}, err
	}
	operands := []string{realised.id, i.ID + fieldTarget}
	if i.Formula.ranged() {
		operands = []string{realised.id, i.ID + fieldTargetLow, i.ID + fieldTargetHigh}
	}
	step := TraceStep{
		ID: i.ID + stepAchievement, Rule: rule, Operands: operands, Result: achieved.String(),
		Label: c.pack.rules[rule].Label + " " + quoted(i.Description), Places: c.pack.places(rule),
	}
	floor := c.pack.def.Achievement.Floor
	if achieved.Cmp(floor) >= 0 {
		c.trace.step(step)
		return achieved, nil
	}
	step.ID = i.ID + stepUnfloored
	c.trace.step(step)
	floored, err := num.HalfUp(floor, c.pack.places(rule))
	if err != nil {
		return decimal.Decimal{}, err
	}
	c.trace.step(TraceStep{
		ID: i.ID + stepAchievement, Rule: RuleAchievementFloor, Operands: []string{step.ID}, Result: floored.String(),
		Label: c.pack.rules[RuleAchievementFloor].Label + " " + quoted(i.Description), Places: Unrounded,
	})
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
