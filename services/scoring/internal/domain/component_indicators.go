package domain

import (
	"slices"
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// indicatorsWay combines the achievements of the indicators that it selects.
type indicatorsWay struct {
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
	return w.results(c, k, func(values []chosen, _ bool) finding {
		var of total
		for _, o := range values {
			of.add(c, o.operand)
		}
		return of.mean(c, k)
	})
}

// weakestOfResults is the mean of the lowest value of each result; a result of which a value is not known is left out.
func (w *indicatorsWay) weakestOfResults(c *computation, k *component) finding {
	return w.results(c, k, func(values []chosen, whole bool) finding {
		if !whole || len(values) == 0 {
			return finding{}
		}
		lowest := slices.MinFunc(values, func(a, b chosen) int { return a.value.Cmp(b.value) })
		return finding{lowest.value, true, c.ids(values)}
	})
}

// results gives each result one number, by its values and by whether all of its selected indicators have one, and
// returns the mean of those numbers.
func (w *indicatorsWay) results(c *computation, k *component, one func(values []chosen, whole bool) finding) finding {
	var all total
	for from, to := range c.in.Plan.results() {
		var values []chosen
		whole := true
		for n := from; n < to; n++ {
			o, known := w.value(c, k, n)
			if known {
				values = append(values, chosen{o, n})
			} else if w.selects(&c.in.Plan.Indicators[n]) {
				whole = false
			}
		}
		found := one(values, whole)
		if found.known {
			all.add(c, c.ofResult(k, from, found))
		}
	}
	return all.mean(c, k)
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

// points is Σ value / 100 × weight, rounded once. Work without a weight is left out.
func (w *indicatorsWay) points(c *computation, k *component) finding {
	var all total
	for n := range c.in.Plan.Indicators {
		o, known := w.value(c, k, n)
		if !known {
			continue
		}
		i := &c.in.Plan.Indicators[n]
		if i.Weight.IsZero() {
			c.unweighted(i)
			continue
		}
		o.value = c.exact.Mul(o.value, i.Weight)
		all.add(c, o)
		if c.trace.wanted {
			all.operands = append(all.operands, c.trace.of(i, fieldWeight))
		}
	}
	if all.count == 0 {
		return finding{}
	}
	return k.quotient(c, all.sum, num.Int(hundred), all.operands)
}

// unweighted records that the plan states no weight of an indicator, once for all components that ask for it. The pack treats
// it like one without a realisation; as nothing says that a weight is zero, it is never counted as that.
func (c *computation) unweighted(i *Indicator) {
	policy := c.pack.def.Achievement.Missing
	if policy == PolicyZero {
		policy = PolicyExclude
	}
	c.missOnce(policy, c.prefix+i.ID+fieldWeight, "Bobot lingkup penugasan "+quoted(i.Description))
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
