package domain

import "github.com/govalues/decimal"

// categories put achievements and results into categories. A category is its position in the vocabulary of predicates.
type categories struct {
	bands  []categoryBand
	decide []combination
	values [5]decimal.Decimal
}

type categoryBand struct {
	category int
	// from is nil for the last band.
	from *decimal.Decimal
}

// combination fits when a result has at least so many indicators of each category.
type combination struct {
	category int
	atLeast  [5]int
}

func newCategories(terms *CategoryTerms) *categories {
	t := &categories{}
	for _, band := range terms.Bands {
		t.bands = append(t.bands, categoryBand{predicateWords.position(band.Category), band.From})
	}
	for _, stated := range terms.Combine {
		entry := combination{category: predicateWords.position(stated.Category)}
		for i, word := range predicateWords {
			entry.atLeast[i] = stated.AtLeast[word.code]
		}
		t.decide = append(t.decide, entry)
	}
	for i, word := range predicateWords {
		t.values[i] = terms.Values[word.code]
	}
	return t
}

// of returns the category of an achievement.
func (t *categories) of(achieved decimal.Decimal) int {
	last := len(t.bands) - 1 // it takes every achievement
	for i := range t.bands[:last] {
		if t.bands[i].from.Cmp(achieved) <= 0 {
			return t.bands[i].category
		}
	}
	return t.bands[last].category
}

// combined returns the category of a result with so many indicators of each category.
func (t *categories) combined(counts *[5]int) int {
	last := len(t.decide) - 1 // it fits every result
	for i := range t.decide[:last] {
		if t.decide[i].fits(counts) {
			return t.decide[i].category
		}
	}
	return t.decide[last].category
}

func (m *combination) fits(counts *[5]int) bool {
	for i, least := range m.atLeast {
		if counts[i] < least {
			return false
		}
	}
	return true
}

// meanOfCategories is the mean of the values of the categories of each result.
func (w *indicatorsWay) meanOfCategories(c *computation, k *component) finding {
	all := w.results(c, k, func(values []chosen, _ int64) finding { return w.ofCategories(c, k, values) })
	return all.mean(c, k)
}

// ofCategories records the category of each indicator and of their result, and finds the value of the latter. A single
// indicator gives its category to the result.
func (w *indicatorsWay) ofCategories(c *computation, k *component, values []chosen) finding {
	var category int
	var counts [5]int
	var operands []string
	for _, o := range values {
		category = w.categories.of(o.value)
		counts[category]++
		c.results.code(string(predicateWords[category].code))
		id := c.trace.of(&c.in.Plan.Indicators[o.n], k.step)
		c.trace.step(id, c.trace.about(o.n).quoted, &k.rule, Unrounded, c.trace.list(o.id))
		if c.trace.wanted {
			operands = append(operands, id)
		}
	}
	if len(values) > 1 {
		category = w.categories.combined(&counts)
	}
	c.results.code(string(predicateWords[category].code))
	id := c.trace.ofResult(&c.in.Plan.Indicators[values[0].n], k.category)
	c.trace.step(id, "", &k.rule, Unrounded, operands)
	return k.quotient(c, w.categories.values[category], decimal.One, c.trace.list(id))
}
