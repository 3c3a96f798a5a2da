package reach

import (
	"math"
	"slices"
	"strings"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

const (
	// most is the highest achievement that is looked for, in percent: whoever would need more than twice a target needs
	// another plan.
	most = 200
	full = 100
)

// measure is one indicator with its values as whole steps of its own unit, such as patients or tenths of a percent.
type measure struct {
	indicator *domain.Indicator
	// places is how many digits after the point a value has.
	places int
	// now is what is reported; known is false when nothing is.
	now   int64
	known bool
	// falling says that less is better: the achievement is (offset / 100 − realisation / target) × 100, and offset − 100 on
	// target.
	falling bool
	offset  int64
	// par is the achievement of whoever is just on target, in percent.
	par int64
	// best is the value beyond which nothing is looked for.
	best int64
	// saving says that whoever saves beyond the best is worth less again: realisation / target × 100 + above.
	saving bool
	above  int64
	// near and far are the bounds of the target: what must be reached for 100 percent, and from where on more counts. They
	// are the same without a range.
	near, far int64
}

func newMeasure(s *search, i *domain.Indicator) measure {
	m := measure{indicator: i}
	reported := slices.IndexFunc(s.last().Realisations, func(r domain.Realisation) bool { return r.Indicator == i.ID })
	values := []decimal.Decimal{i.Target, i.Low, i.High}
	if reported >= 0 {
		values = append(values, s.last().Realisations[reported].Value)
	}
	for _, value := range values {
		m.places = max(m.places, value.Trim(0).Scale())
	}
	if reported >= 0 {
		m.now, m.known = m.steps(s.last().Realisations[reported].Value), true
	}
	low, high := m.steps(i.Target), m.steps(i.Target)
	if i.Formula == domain.FormulaRange || i.Formula == domain.FormulaRangeLowerIsBetter {
		low, high = m.steps(i.Low), m.steps(i.High)
	}
	efficiency := s.pack.Definition().Achievement.Efficiency
	m.saving = efficiency.Has(i)
	m.falling = i.Formula.Falls()
	m.near, m.far, m.offset, m.par = low, high, 2*full, full
	if m.falling {
		m.near, m.far = high, low
	}
	if m.saving {
		m.offset = whole(efficiency.Factor, 2) // 1.76 of the target
		m.par = m.offset - full
		m.above = whole(efficiency.Top, 0) - m.par
	}
	switch {
	case m.saving: // more saved than the limit is worth less again
		m.best = m.far - m.far*whole(efficiency.Limit, 0)/full
	case i.Attainable:
		m.best = m.far
	case m.falling:
		m.best = 0
	default:
		m.best = m.far * (most / full)
		all := m.steps(decimal.Hundred)
		if share(i.Unit) && m.far <= all { // of nothing there is more than all
			m.best = min(m.best, all)
		}
	}
	return m
}

// share reports whether a unit of measure is percent.
func share(unit string) bool {
	unit = strings.ToLower(strings.TrimSpace(unit))
	return unit == "persen" || unit == "%"
}

// whole returns a number times ten to the places, without its fraction.
func whole(d decimal.Decimal, places int) int64 {
	units, fraction, ok := d.Int64(places)
	if !ok {
		return 0
	}
	for range places {
		units *= 10
	}
	return units + fraction
}

// steps returns a value in steps. Amounts have at most 16 digits, which fit.
func (m *measure) steps(d decimal.Decimal) int64 {
	padded := d.Trim(0).Pad(m.places)
	return int64(min(padded.Coef(), math.MaxInt64))
}

// value returns steps as a number.
func (m *measure) value(steps int64) decimal.Decimal {
	d, err := decimal.New(steps, m.places)
	if err != nil {
		return decimal.Decimal{}
	}
	return d.Trim(0)
}

// change returns the change to a value.
func (m *measure) change(to int64) Change {
	c := Change{ID: m.indicator.ID, Label: m.indicator.Description, Unit: m.indicator.Unit, To: m.value(to).String()}
	if m.known {
		c.From = m.value(m.now).String()
	}
	return c
}

// better reports whether a value is worth at least as much as another.
func (m *measure) better(a, than int64) bool {
	if m.falling {
		return a <= than
	}
	return a >= than
}

// at returns the least value with an achievement of so many percent, by the formula of the indicator and no further than
// its best. Up to the target it is measured by the near bound, beyond it by the far one; between them it is the same.
func (m *measure) at(level int64) int64 {
	bound := m.near
	if level > m.par {
		bound = m.far
	}
	to := ceil(bound*level, full)
	if m.falling {
		to = bound * (m.offset - level) / full
	}
	if m.better(to, m.best) {
		return m.best
	}
	return to
}

func ceil(n, by int64) int64 { return (n + by - 1) / by }

// beyond reports whether so much is saved that less would be worth more.
func (m *measure) beyond() bool { return m.saving && m.known && m.now < m.best }

// nearest returns the value nearest to what is reported with an achievement of so many percent, no further than the best, and
// whether it is another.
func (m *measure) nearest(level int64) (to int64, changed bool) {
	if m.beyond() {
		to = min(ceil(m.far*(level-m.above), full), m.best)
		return to, m.now < to
	}
	to = m.at(level)
	return to, !m.known || !m.better(m.now, to)
}

// alone finds the least change of one indicator that reaches the goal, by halving: on the way to the best, more is never worth
// less.
func (s *search) alone(m *measure) (int64, bool) {
	if m.known && m.better(m.now, m.best) && !m.beyond() {
		return 0, false
	}
	worst := m.now
	if !m.known {
		worst = m.at(0)
	}
	if !s.realised(m, m.best) {
		return 0, false
	}
	bad, good := worst, m.best
	if !m.known && s.realised(m, worst) {
		return worst, true
	}
	for good-bad > 1 || bad-good > 1 {
		middle := bad + (good-bad)/2
		if s.realised(m, middle) {
			good = middle
		} else {
			bad = middle
		}
	}
	return good, true
}

func (s *search) realised(m *measure, value int64) bool {
	return s.with(func(segment *domain.Segment) { m.set(segment, value) }, s.reached)
}

// set puts a value in the place of what is reported.
func (m *measure) set(segment *domain.Segment, value int64) {
	kept := make([]domain.Realisation, 0, len(segment.Realisations)+1)
	for _, r := range segment.Realisations {
		if r.Indicator != m.indicator.ID {
			kept = append(kept, r)
		}
	}
	segment.Realisations = append(kept, domain.Realisation{Indicator: m.indicator.ID, Value: m.value(value)})
}

// together finds the least achievement, in whole percent, that reaches the goal when every indicator has at least it.
func (s *search) together(measures []measure) (Way, bool) {
	if !s.raised(measures, most) {
		return Way{}, false
	}
	bad, good := int64(-1), int64(most)
	for good-bad > 1 {
		middle := (bad + good) / 2
		if s.raised(measures, middle) {
			good = middle
		} else {
			bad = middle
		}
	}
	way := Way{Kind: KindTogether, Level: good}
	for i := range measures {
		to, changed := measures[i].nearest(good)
		if changed {
			way.Changes = append(way.Changes, measures[i].change(to))
		}
	}
	return way, true
}

func (s *search) raised(measures []measure, level int64) bool {
	return s.with(func(segment *domain.Segment) {
		for i := range measures {
			m := &measures[i]
			to, changed := m.nearest(level)
			if changed {
				m.set(segment, to)
			}
		}
	}, s.reached)
}
