package domain

import "github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"

// credit converts the predicate of a functional position to angka kredit: percentage of the predicate × coefficient of
// the jenjang × months / 12, rounded once at the end.
func (c *computation) credit() error {
	level, predicate := c.in.Plan.FunctionalLevel, c.result.Predicate
	if level == "" || predicate == "" {
		return nil
	}
	terms := c.pack.def.Credit
	percent, coefficient := terms.Percents[predicate], terms.Coefficients[level]
	c.step(idCreditPercent, RuleCreditPercent, c.texts.number(percent), idPredicate)
	c.step(idCreditCoefficient, RuleCreditCoefficient, c.texts.number(coefficient), IDFunctionalLevel)
	full, err := num.Mul(percent, coefficient)
	if err != nil {
		return err
	}
	partial, err := num.Mul(full, num.Int(c.in.Plan.Months))
	if err != nil {
		return err
	}
	credit, err := num.QuoHalfUp(partial, num.Int(100*terms.MonthsPerYear), c.pack.places(RuleCreditConvert))
	if err != nil {
		return err
	}
	c.result.Credit = c.texts.number(credit)
	c.step(idCredit, RuleCreditConvert, c.result.Credit, idCreditPercent, idCreditCoefficient, idMonths)
	return nil
}
