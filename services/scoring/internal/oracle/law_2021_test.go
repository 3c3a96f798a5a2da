package oracle_test

import (
	"math/big"
	"slices"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// half8: KU + KT = nilai SKP by PermenPANRB 8/2021, and the value of the half-year.
func (o *opinion) half8() {
	o.ikm()
	o.each(0, func(i domain.Indicator, realised *big.Rat) *big.Rat { return capaian(i, realised) })
	for id, n := range o.achieved {
		o.achieved[id] = &amount{between(n.Rat, whole(0), whole(120)), 0}
	}
	o.plan()
	results, without := o.results(false)
	var values []*big.Rat
	for _, indicators := range results {
		switch o.Plan.Position {
		case "", domain.PositionRegionalHead: // neither of the two groups
		case domain.PositionLeadership:
			for _, i := range indicators {
				values = append(values, nilaiIKI(o.achieved[i.ID].Rat, i.Attainable))
			}
		default:
			values = append(values, nilaiRHK(o.all(indicators)))
		}
	}
	main := mean(values)
	extra, withoutExtra := o.results(true)
	o.provisional = without+withoutExtra > 0
	kt := whole(0)
	for _, indicators := range extra {
		if indicators[0].Weight.IsZero() { // nobody knows what it is worth
			o.provisional = true
		}
		earned := quo(mul(sum(o.all(indicators)), exact(indicators[0].Weight)), whole(100*int64(len(indicators))))
		kt = add(kt, rounded(earned, 4).Rat)
	}
	if main == nil || o.Behavior == nil {
		o.incomplete = true
		return
	}
	skp := between(add(rounded(main, 4).Rat, between(kt, whole(0), whole(10))), whole(0), whole(120))
	behavior := between(rounded(exact(o.Behavior.Value), 4).Rat, whole(0), whole(120))
	share := big.NewRat(70, 100)
	for _, p := range o.Panels {
		if (p.Group == domain.GroupPeers || p.Group == domain.GroupSubordinates) && p.Count >= 3 {
			share = big.NewRat(60, 100)
		}
	}
	o.value = rounded(add(mul(share, skp), mul(sub(whole(1), share), behavior)), 4)
}

// creative reports whether there is a new idea or method.
func (o *opinion) creative() bool {
	return o.Innovations != nil && slices.ContainsFunc(o.Innovations.Counts, func(c domain.InnovationCount) bool { return c.Count > 0 })
}

// pp30 gives the value its predicate by Pasal 41 of PP 30/2019. Of whom nobody knows whether they had an idea, 110 and more
// could be Sangat Baik.
func (o *opinion) pp30() {
	if o.incomplete {
		return
	}
	atLeast := func(n int64) bool { return o.value.Cmp(whole(n)) >= 0 }
	if o.Innovations == nil && atLeast(110) {
		o.provisional = true
	}
	switch {
	case atLeast(110) && o.creative():
		o.predicate = "very_good"
	case atLeast(90):
		o.predicate = "good"
	case atLeast(70):
		o.predicate = "needs_improvement"
	case atLeast(50):
		o.predicate = "poor"
	default:
		o.predicate = "very_poor"
	}
}

// permenpan8: July to December 2021, with its predicate by PP 30/2019.
func (o *opinion) permenpan8() {
	o.half8()
	o.pp30()
}

// of2021: half of the first half of the year by PP 46/2011, half of the second by PermenPANRB 8/2021; without the first, the
// second alone.
func (o *opinion) of2021() {
	o.half8()
	if !o.incomplete && o.Prior != nil {
		first := rounded(exact(o.Prior.Value), 4).Rat
		o.value = rounded(quo(add(first, o.value.Rat), whole(2)), 4)
	}
	o.pp30()
}

// nilaiIKI is the value of a whole percentage for leaders; 100 is worth more where nothing above can be attained, and so is
// what is above nevertheless.
func nilaiIKI(c *big.Rat, attainable bool) *big.Rat {
	n := c.Num().Int64()
	value := big.NewRat(49*n, 59)
	switch {
	case n > 110 || n >= 100 && attainable:
		value = whole(120)
	case n > 100:
		value = add(whole(110), big.NewRat(10*(n-101), 9))
	case n == 100:
		value = whole(109)
	case n >= 60:
		value = whole(n - 10)
	}
	return rounded(value, 4).Rat
}

// nilaiRHK is the value of a result by the categories of its aspects: Sangat Baik with two of it and the others Baik, Baik
// with at most one Cukup, Cukup with more of them or one Kurang, Kurang with two of it or one Sangat Kurang, else that.
func nilaiRHK(achieved []*big.Rat) *big.Rat {
	var sb, cukup, kurang, sk int
	alone := whole(0)
	for _, c := range achieved {
		switch n := c.Num().Int64(); {
		case n >= 101:
			sb, alone = sb+1, whole(120)
		case n == 100:
			alone = whole(100)
		case n >= 80:
			cukup, alone = cukup+1, whole(80)
		case n >= 60:
			kurang, alone = kurang+1, whole(60)
		default:
			sk, alone = sk+1, whole(25)
		}
	}
	switch {
	case len(achieved) == 1:
		return alone
	case sk >= 2:
		return whole(25)
	case sk == 1 || kurang >= 2:
		return whole(60)
	case kurang == 1 || cukup >= 2:
		return whole(80)
	case sb >= 2 && cukup == 0:
		return whole(120)
	}
	return whole(100)
}
