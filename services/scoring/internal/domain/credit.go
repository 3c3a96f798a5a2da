package domain

import (
	"fmt"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// CreditOf returns the angka kredit of a result once people have decided on the predicate, by the terms of the pack, which
// must be that of the result: the sum over the segments, each with the predicate of PredicatesWith and each rounded. It is
// empty without a functional position. Its errors are those of Record.Predicates, and num.ErrOverflow.
func CreditOf(p *Pack, r *Result, decided Predicate) (string, error) {
	predicates, err := r.PredicatesWith(p, decided)
	if err != nil {
		return "", err
	}
	sum, known, exact := num.Int(0), false, num.Exact{}
	for i := range predicates {
		plan := &r.Record.Facts.Segments[i].Plan
		if !p.converts(plan, predicates[i]) {
			continue
		}
		sum, known = exact.Add(sum, p.credit(&exact, plan, predicates[i])), true
	}
	err = exact.Err()
	if err != nil {
		return "", fmt.Errorf("angka kredit with %s: %w", p.Name(), err)
	}
	if !known {
		return "", nil
	}
	return sum.String(), nil
}

// PredicatesWith returns the predicate of each segment of a result once people have decided on the predicate. Where that is
// the one of the result, each segment keeps its own. Another one is that of the last segment: it is the judgement of the
// last assessor, and what was earned in a position before is not touched by it. p must be the pack of the result. Its
// errors are those of Record.Predicates.
func (r *Result) PredicatesWith(p *Pack, decided Predicate) ([]Predicate, error) {
	if len(r.Record.Facts.Segments) == 1 {
		return []Predicate{decided}, nil
	}
	predicates, err := r.Record.Predicates(p)
	if err != nil {
		return nil, err
	}
	if decided != r.Predicate {
		predicates[len(predicates)-1] = decided
	}
	return predicates, nil
}

// converts reports whether the predicate is worth angka kredit to the holder of the plan.
func (p *Pack) converts(plan *Plan, predicate Predicate) bool {
	return plan.FunctionalLevel != "" && predicate != "" && p.def.Credit.MonthsPerYear != 0
}

// Credit converts the predicate of a functional position over some months to angka kredit: percentage of the predicate ×
// coefficient of the jenjang × months / 12, rounded once at the end. The pack must have credit terms. It returns
// num.ErrOverflow when a number grows too large.
func (p *Pack) Credit(level FunctionalLevel, predicate Predicate, months int64) (decimal.Decimal, error) {
	var exact num.Exact
	credit := p.credit(&exact, &Plan{FunctionalLevel: level, Months: months}, predicate)
	return credit, exact.Err()
}

// credit is Credit for the holder of a plan.
func (p *Pack) credit(exact *num.Exact, plan *Plan, predicate Predicate) decimal.Decimal {
	percent, coefficient := p.creditTerms(plan.FunctionalLevel, predicate)
	year := num.Int(hundred * p.def.Credit.MonthsPerYear)
	return exact.QuoHalfUp(exact.Mul(exact.Mul(percent, coefficient), num.Int(plan.Months)), year, p.fixed.creditConvert.places)
}

// creditTerms returns the percentage of the predicate and the coefficient of the jenjang. What is not of a vocabulary is
// worth nothing.
func (p *Pack) creditTerms(level FunctionalLevel, predicate Predicate) (percent, coefficient decimal.Decimal) {
	at, of := predicateWords.position(predicate), functionalLevelWords.position(level)
	if at == elsewhere || of == elsewhere {
		return decimal.Decimal{}, decimal.Decimal{}
	}
	return p.percents[at], p.coefficients[of]
}

// credit records the angka kredit of the segment with its own predicate.
func (c *computation) credit() {
	plan, predicate := &c.in.Plan, c.part.predicate
	if !c.pack.converts(plan, predicate) {
		return
	}
	fixed := &c.pack.fixed
	percent, coefficient := c.pack.creditTerms(plan.FunctionalLevel, predicate)
	c.number(percent)
	c.trace.step(c.id(idCreditPercent), "", &fixed.creditPercent, Unrounded, c.list(idPredicate))
	c.number(coefficient)
	c.trace.step(c.id(idCreditCoefficient), "", &fixed.creditCoefficient, Unrounded, c.list(IDFunctionalLevel))
	c.part.credit = c.number(c.pack.credit(&c.exact, plan, predicate))
	operands := c.list(idCreditPercent, idCreditCoefficient, idMonths)
	c.trace.step(c.id(idCredit), "", &fixed.creditConvert, fixed.creditConvert.places, operands)
}
