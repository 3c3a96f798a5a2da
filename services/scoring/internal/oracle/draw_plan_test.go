package oracle_test

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// edgesOf returns the achievements at which a pack's terms change something.
func edgesOf(pack node) []*big.Rat {
	edges := []*big.Rat{whole(0), whole(100)}
	take := func(n node) {
		if n.amount != nil {
			edges = append(edges, n.amount)
		}
	}
	take(pack.at("achievement", "floor"))
	take(pack.at("achievement", "cap"))
	for _, c := range pack.at("components").list {
		for _, part := range c.at("indicators", "curve").list {
			take(part.at("from"))
			take(part.at("to"))
		}
		for _, band := range c.at("indicators", "categories", "bands").list {
			take(band.at("from"))
		}
	}
	for _, list := range []node{pack.at("predicate", "bands", "bands"), pack.at("suggestion", "thresholds")} {
		for _, entry := range list.list {
			take(entry.at("from"))
		}
	}
	return edges
}

// plan draws indicators of 1 to 8 results with their realisations.
func (r *drawer) plan(s *domain.Segment) {
	count := r.IntN(8)
	switch r.IntN(20) {
	case 0:
		count = 0
	case 1:
		count = r.IntN(31)
	}
	results, one := 1+r.IntN(8), r.chance(25)
	aspect := pick(r, aspects)
	for n := range count {
		result := n * results / count
		i := domain.Indicator{
			ID:          fmt.Sprintf("results/r%d/indicators/i%d", result+1, n+1),
			Description: "Ukuran", Unit: "buah", Formula: pick(r, formulas), Source: domain.SourceReported,
			Aspect: pick(r, aspects), Attainable: r.chance(25),
		}
		if one { // a plan of one aspect, so that single components get many indicators
			i.Aspect = aspect
		}
		switch r.IntN(4) {
		case 0:
			i.Work = domain.WorkAdditional
		case 1:
			i.Work = domain.WorkMain
		}
		i.Level = pick(r, []domain.Level{"", domain.LevelOutput, domain.LevelOutcome})
		if n > 0 && result == (n-1)*results/count {
			i.Weight = s.Plan.Indicators[n-1].Weight // of their result
		} else if i.Work == domain.WorkAdditional && r.chance(80) || r.chance(30) {
			i.Weight = pick(r, []decimal.Decimal{units(1, 0), units(25, 1), units(r.Int64N(200_000), 4), units(r.Int64N(30), 0)})
		}
		if r.chance(10) {
			i.Source = domain.SourceSurveyIndex
		}
		r.target(&i)
		s.Plan.Indicators = append(s.Plan.Indicators, i)
		if r.there() {
			s.Realisations = append(s.Realisations, domain.Realisation{Indicator: i.ID, Value: r.realisation(i)})
		}
	}
	r.Shuffle(len(s.Realisations), func(a, b int) {
		s.Realisations[a], s.Realisations[b] = s.Realisations[b], s.Realisations[a]
	})
}

// target favours quotients that end in a half.
func (r *drawer) target(i *domain.Indicator) {
	unit := pick(r, []int64{1, 3, 7, 16, 25, 64, 100, 320, 1_000, 16_000, 100_000, 320_000})
	places := r.IntN(5)
	low := unit * (1 + r.Int64N(20))
	if i.Source == domain.SourceSurveyIndex {
		low, places = 70+r.Int64N(30), 0
	}
	if i.Formula == domain.FormulaNormal || i.Formula == domain.FormulaLowerIsBetter {
		i.Target = units(low, places)
		return
	}
	i.Low, i.High = units(low, places), units(low+1+r.Int64N(low), places)
}

// realisation draws one whose achievement is at an edge, next to one or anywhere.
func (r *drawer) realisation(i domain.Indicator) decimal.Decimal {
	target := exact(i.Target)
	if target.Sign() == 0 {
		target = exact(pick(r, []decimal.Decimal{i.Low, i.High}))
	}
	percent := r.somewhere()
	if r.chance(60) {
		places := r.pack.at("rules").by("id", "achievement."+string(i.Formula)).places()
		half := quo(big.NewRat(1, 2), new(big.Rat).SetInt(ten(places)))
		steps := whole(r.Int64N(5) - 2) // a half down, the edge, a half up, and the next digits
		percent = add(pick(r, r.edges), mul(half, steps))
	}
	used := percent
	switch less := i.Formula == domain.FormulaLowerIsBetter || i.Formula == domain.FormulaRangeLowerIsBetter; {
	case less && slices.Contains(r.pack.at("achievement", "efficiency", "aspects").texts(), string(i.Aspect)):
		used = r.used(percent)
	case less:
		used = sub(whole(200), percent)
	}
	value := mul(used, quo(target, whole(100)))
	if value.Sign() < 0 {
		return decimal.Zero
	}
	return r.near(value)
}

// used turns an achievement by efficiency into a part of the target, on either side of the limit, or goes to the limit.
func (r *drawer) used(percent *big.Rat) *big.Rat {
	terms := r.pack.at("achievement", "efficiency")
	limit := sub(whole(100), terms.at("limit").amount)
	factor := mul(terms.at("factor").amount, whole(100))
	switch r.IntN(3) {
	case 0:
		return limit
	case 1:
		return sub(factor, percent)
	}
	// top − (factor − used − 100) = percent
	return add(sub(percent, terms.at("top").amount), sub(factor, whole(100)))
}

func (r *drawer) somewhere() *big.Rat {
	switch {
	case r.chance(3):
		return whole(r.Int64N(10_000_000))
	case r.chance(60):
		return big.NewRat(700+r.Int64N(500), 10)
	}
	return big.NewRat(r.Int64N(2_500), 10)
}

// near returns an amount with four digits after the point that is the number, or one of its neighbours.
func (r *drawer) near(value *big.Rat) decimal.Decimal {
	scaled := mul(value, whole(10_000))
	count := new(big.Int).Quo(scaled.Num(), scaled.Denom())
	if !count.IsInt64() || count.Int64() > 9_999_999_999_999_999 {
		return decimal.Zero
	}
	n := count.Int64()
	if r.chance(40) {
		n += r.Int64N(3) - 1
	}
	return units(max(n, 0), 4)
}
