package domain

import (
	"slices"
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// indicatorsWay combines the achievements of the indicators that it selects.
type indicatorsWay struct {
	// all says that it selects every indicator, whatever its work, aspect and level.
	all     bool
	works   []Work
	aspects []Aspect
	levels  []Level
	curve   curve
	combine Combine
	// categories are the terms of CombineCategories; nil for the others.
	categories *categories
}

func newIndicators(terms *IndicatorsWay, places int) *indicatorsWay {
	w := &indicatorsWay{
		all:   len(terms.Works) == 0 && len(terms.Aspects) == 0 && len(terms.Levels) == 0,
		works: terms.Works, aspects: terms.Aspects, levels: terms.Levels, curve: curve{terms.Curve, places}, combine: terms.Combine,
	}
	if terms.Categories != nil {
		w.categories = newCategories(terms.Categories)
	}
	return w
}

func (w *indicatorsWay) compute(c *computation, k *component) finding {
	switch w.combine {
	case CombineResults:
		return w.meanOfResults(c, k)
	case CombineWeakest:
		return w.weakestOfResults(c, k)
	case CombineCategories:
		return w.meanOfCategories(c, k)
	case CombinePoints:
		return w.points(c, k)
	default: // of the vocabulary, as every way of a pack that was checked
		return w.mean(c, k)
	}
}

// selects reports whether the component takes the indicator.
func (w *indicatorsWay) selects(i *Indicator) bool {
	if w.all {
		return true
	}
	work := i.Work
	if work == "" {
		work = WorkMain
	}
	return holds(w.works, work) && holds(w.aspects, i.Aspect) && holds(w.levels, i.Level)
}

// value returns the value of the n-th indicator and the id of it: the achievement, or what the curve makes of it, which is
// a step of its own. known is false for an indicator that is not selected or has no achievement.
func (w *indicatorsWay) value(c *computation, k *component, n int) (o operand, known bool) {
	i, achieved := &c.in.Plan.Indicators[n], c.achievements.at(n)
	if !achieved.known || !w.selects(i) {
		return operand{}, false
	}
	o = operand{c.trace.about(n).achievement, achieved.value}
	if len(w.curve.parts) == 0 {
		return o, true
	}
	value, attainable := w.curve.value(&c.exact, i, achieved.value)
	operands := c.trace.list(o.id)
	if attainable {
		operands = c.trace.list(o.id, c.trace.of(i, fieldAttainable))
	}
	c.number(value)
	id := c.trace.of(i, k.step)
	c.trace.step(id, c.trace.about(n).quoted, &k.rule, k.rule.places, operands)
	return operand{id, value}, true
}

// chosen is the value of the n-th indicator.
type chosen struct {
	operand
	n int
}

// total adds values and lists where they come from.
type total struct {
	sum      decimal.Decimal
	count    int64
	operands []string
}

func (t *total) add(c *computation, o operand) {
	t.sum, t.count = c.exact.Add(t.sum, o.value), t.count+1
	if !c.trace.wanted {
		return
	}
	if t.operands == nil {
		t.operands = make([]string, 0, len(c.in.Plan.Indicators)) // as many as there are, at most
	}
	t.operands = append(t.operands, o.id)
}

// mean returns the mean with the places of the component, and nothing of nothing.
func (t *total) mean(c *computation, k *component) finding {
	if t.count == 0 {
		return finding{}
	}
	return k.quotient(c, t.sum, num.Int(t.count), t.operands)
}

// mean is the mean of all values.
func (w *indicatorsWay) mean(c *computation, k *component) finding {
	var all total
	for n := range c.in.Plan.Indicators {
		o, known := w.value(c, k, n)
		if known {
			all.add(c, o)
		}
	}
	return all.mean(c, k)
}

// meanOfResults is the mean of the means of each result.
func (w *indicatorsWay) meanOfResults(c *computation, k *component) finding {
	all := w.results(c, k, func(values []chosen, _ int64) finding {
		of := c.total(values)
		return of.mean(c, k)
	})
	return all.mean(c, k)
}

// weakestOfResults is the mean of the lowest value of each result; a result of which a value is not known is left out.
func (w *indicatorsWay) weakestOfResults(c *computation, k *component) finding {
	all := w.results(c, k, func(values []chosen, selected int64) finding {
		if int64(len(values)) < selected {
			return finding{}
		}
		lowest := slices.MinFunc(values, func(a, b chosen) int { return a.value.Cmp(b.value) })
		return finding{lowest.value, true, c.ids(values)}
	})
	return all.mean(c, k)
}

// results gives each result one number, by its values, of which there are some, and by how many of its indicators are
// selected, and returns the total of those numbers.
func (w *indicatorsWay) results(c *computation, k *component, one func(values []chosen, selected int64) finding) total {
	var all total
	for from, to := range c.in.Plan.results() {
		var values []chosen
		selected := int64(0)
		for n := from; n < to; n++ {
			if w.selects(&c.in.Plan.Indicators[n]) {
				selected++
			}
			o, known := w.value(c, k, n)
			if known {
				values = append(values, chosen{o, n})
			}
		}
		if len(values) == 0 {
			continue
		}
		found := one(values, selected)
		if found.known {
			all.add(c, c.ofResult(k, from, found))
		}
	}
	return all
}

// total adds values.
func (c *computation) total(values []chosen) total {
	var of total
	for _, o := range values {
		of.add(c, o.operand)
	}
	return of
}

// ofResult records the number of the result that the n-th indicator belongs to. The lowest of several is not rounded.
func (c *computation) ofResult(k *component, n int, found finding) operand {
	places := k.rule.places
	if k.def.Indicators.Combine == CombineWeakest {
		places = Unrounded
	}
	c.number(found.value)
	id := c.trace.ofResult(&c.in.Plan.Indicators[n], k.step)
	c.trace.step(id, "", &k.rule, places, found.operands)
	return operand{id, found.value}
}

// points is Σ of the points of each result: mean value / 100 × weight, each rounded once. A result without a weight is left
// out.
func (w *indicatorsWay) points(c *computation, k *component) finding {
	all := w.results(c, k, func(values []chosen, _ int64) finding {
		i := &c.in.Plan.Indicators[values[0].n]
		if i.Weight.IsZero() {
			c.unweighted(i)
			return finding{}
		}
		of := c.total(values)
		if c.trace.wanted {
			of.operands = append(of.operands, c.trace.ofResult(i, fieldWeight))
		}
		return k.quotient(c, c.exact.Mul(of.sum, i.Weight), num.Int(of.count*hundred), of.operands)
	})
	if all.count == 0 {
		return finding{}
	}
	return k.quotient(c, all.sum, decimal.One, all.operands)
}

// unweighted records that the plan states no weight of the result that an indicator belongs to, once for all components that
// ask for it. The pack treats it like one without a realisation; as nothing says that a weight is zero, it is never counted
// as that.
func (c *computation) unweighted(i *Indicator) {
	policy := c.pack.def.Achievement.Missing
	if policy == PolicyZero {
		policy = PolicyExclude
	}
	group, _ := cutIndicator(i.ID)
	c.missOnce(policy, c.prefix+resultOf(group)+fieldWeight, weightLabel(i))
}

// ids lists where values come from.
func (c *computation) ids(values []chosen) []string {
	if !c.trace.wanted {
		return nil
	}
	ids := make([]string, len(values))
	for i, o := range values {
		ids[i] = o.id
	}
	return ids
}

// results yields the first indicator of each result and the one after its last.
func (plan *Plan) results() func(yield func(from, to int) bool) {
	return func(yield func(from, to int) bool) {
		for from := 0; from < len(plan.Indicators); {
			group, _ := cutIndicator(plan.Indicators[from].ID)
			to := from + 1
			for to < len(plan.Indicators) && strings.HasPrefix(plan.Indicators[to].ID, group) {
				to++
			}
			if !yield(from, to) {
				return
			}
			from = to
		}
	}
}
