package oracle_test

import (
	"math/big"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// pp46: 60 % of the mean of the rows with additional tasks and creativity, 40 % of behaviour, by Perka BKN 1/2013.
func (o *opinion) pp46() {
	o.each(4, aspectValue)
	results, without := o.results(false)
	_, withoutExtra := o.results(true)
	o.provisional = without+withoutExtra > 0
	var rows []*big.Rat
	for _, row := range results {
		rows = append(rows, rounded(mean(o.all(row)), 4).Rat)
	}
	if len(rows) == 0 {
		o.incomplete = true
		return
	}
	o.achievement = rounded(mean(rows), 4)
	if o.Behavior == nil {
		o.incomplete = true
		return
	}
	skp := o.achievement.Rat
	if o.Tasks != nil {
		skp = add(skp, whole(min((o.Tasks.Count+2)/3, 3)))
	}
	if o.Innovations != nil {
		points := int64(0)
		for _, c := range o.Innovations.Counts {
			points += c.Count * map[domain.Reach]int64{"unit": 3, "agency": 6, "national": 12}[c.Reach]
		}
		skp = add(skp, whole(min(points, 12)))
	}
	behavior := between(exact(o.Behavior.Value), whole(0), whole(100))
	o.value = rounded(quo(add(mul(whole(60), skp), mul(whole(40), behavior)), whole(100)), 4)
	o.perka1()
}

// perka1 is the predicate of the value in whole numbers.
func (o *opinion) perka1() {
	o.predicate = "very_poor"
	for _, band := range []struct {
		from      int64
		predicate string
	}{{51, "poor"}, {61, "needs_improvement"}, {76, "good"}, {91, "very_good"}} {
		if rounded(o.value.Rat, 0).Cmp(whole(band.from)) >= 0 {
			o.predicate = band.predicate
		}
	}
}

// aspectValue: time and cost that are to be saved by what was saved of the target, everything else by what was reached.
func aspectValue(i domain.Indicator, used *big.Rat) *big.Rat {
	if i.Aspect != domain.AspectTime && i.Aspect != domain.AspectCost || i.Formula == domain.FormulaNormal || i.Formula == domain.FormulaRange {
		return capaian(i, used)
	}
	target := exact(i.Target)
	if i.Target.IsZero() {
		low, high := exact(i.Low), exact(i.High)
		switch {
		case used.Cmp(low) < 0:
			target = low
		case used.Cmp(high) > 0:
			target = high
		default: // neither more nor less than planned
			return whole(76)
		}
	}
	saved := sub(whole(100), mul(quo(used, target), whole(100)))
	value := mul(quo(sub(mul(big.NewRat(176, 100), target), used), target), whole(100))
	if saved.Cmp(whole(24)) > 0 {
		return sub(whole(76), sub(value, whole(100)))
	}
	return value
}
