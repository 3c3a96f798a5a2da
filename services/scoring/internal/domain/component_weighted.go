package domain

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// weightedWay is Σ (weight × number) / Σ weight over components that have a number.
type weightedWay struct {
	of       []weight
	variants []variant
}

// weight is the weight of the component at a position.
type weight struct {
	position int
	weight   decimal.Decimal
}

// variant is another set of weights, for whom its condition holds.
type variant struct {
	label string
	when  *Condition
	// has are the positions of components of which one must have a number; nil asks nothing.
	has []int
	of  []weight
}

func (p *Pack) newWeighted(terms *WeightedWay) *weightedWay {
	w := &weightedWay{of: p.weights(terms.Of)}
	for i := range terms.Variants {
		v := &terms.Variants[i]
		w.variants = append(w.variants, variant{label: v.Label, when: &v.When, has: p.positions(v.When.Has), of: p.weights(v.Of)})
	}
	return w
}

func (p *Pack) weights(stated []Weight) []weight {
	weights := make([]weight, len(stated))
	for i, s := range stated {
		weights[i] = weight{p.position(s.Component), s.Weight}
	}
	return weights
}

func (p *Pack) positions(ids []string) []int {
	positions := make([]int, len(ids))
	for i, id := range ids {
		positions[i] = p.position(id)
	}
	return positions
}

func (w *weightedWay) compute(c *computation, k *component) finding {
	of := w.of
	for i := range w.variants {
		v := &w.variants[i]
		if v.when.holds(&c.in.Plan) && (len(v.has) == 0 || c.anyOf(v.has)) {
			c.variant(k, v)
			of = v.of
			break
		}
	}
	sum, weights, known := num.Int(0), num.Int(0), false
	for _, each := range of {
		n := c.numbers.at(each.position)
		if n.blocked {
			return finding{}
		}
		if !n.known {
			continue
		}
		sum = c.exact.Add(sum, c.exact.Mul(each.weight, n.value))
		weights = c.exact.Add(weights, each.weight)
		known = true
	}
	if !known {
		return finding{}
	}
	return k.quotient(c, sum, weights, c.weighed(of))
}

// anyOf reports whether one of the components has a number.
func (c *computation) anyOf(positions []int) bool {
	for _, position := range positions {
		if c.numbers.at(position).known {
			return true
		}
	}
	return false
}

// variant records which weights apply, and what decided it.
func (c *computation) variant(k *component, v *variant) {
	var operands []string
	if c.trace.wanted {
		c.trace.open()
		for _, asked := range []struct {
			asks bool
			id   string
		}{
			{len(v.when.Positions) > 0, idPosition},
			{len(v.when.Families) > 0, idFamily},
			{len(v.when.Units) > 0, idUnitKind},
		} {
			if asked.asks {
				c.trace.operand(c.id(asked.id))
			}
		}
		c.operands(v.has)
		operands = c.trace.end()
	}
	c.results.code(v.label)
	c.trace.step(c.id(k.variant), "", &c.pack.fixed.variant, Unrounded, operands)
}

// weighed lists the components of a set of weights that have a number.
func (c *computation) weighed(of []weight) []string {
	if !c.trace.wanted {
		return nil
	}
	c.trace.open()
	for _, each := range of {
		if c.numbers.at(each.position).known {
			c.trace.operand(c.id(c.pack.components[each.position].rule.id))
		}
	}
	return c.trace.end()
}

// operands adds those of the components that have a number to the list that has begun.
func (c *computation) operands(positions []int) {
	for _, position := range positions {
		if c.numbers.at(position).known {
			c.trace.operand(c.id(c.pack.components[position].rule.id))
		}
	}
}

// sumWay adds components that have a number to the first, without which there is no sum.
type sumWay []int

func (p *Pack) newSum(terms *SumWay) sumWay { return p.positions(terms.Of) }

func (w sumWay) compute(c *computation, k *component) finding {
	if !c.numbers.at(w[0]).known {
		return finding{}
	}
	sum := num.Int(0)
	for _, position := range w {
		n := c.numbers.at(position)
		if n.blocked {
			return finding{}
		}
		if n.known {
			sum = c.exact.Add(sum, n.value)
		}
	}
	found := k.quotient(c, sum, decimal.One, nil)
	if c.trace.wanted {
		c.trace.open()
		c.operands(w)
		found.operands = c.trace.end()
	}
	return found
}
