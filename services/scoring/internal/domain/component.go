package domain

import (
	"slices"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// component is a component that is ready to compute.
type component struct {
	def  *Component
	rule rule
	// unbounded and variant are the ids of its other steps, step the last part of ids of steps about indicators and results,
	// and category that of the category of a result.
	unbounded, variant, step, category string
	// floor and cap have the places of the component; nil for no bound.
	floor, cap *decimal.Decimal
	way        way
}

// way computes the number of a component. It records steps of its own, but not the one of the number.
type way interface {
	compute(c *computation, k *component) finding
}

// finding is what a way has found: nothing, or a number with the places of the component and the ids that it comes from.
type finding struct {
	value decimal.Decimal
	known bool
	// operands are empty while no trace is wanted.
	operands []string
}

// number is what is known of a component, or of an indicator's achievement, during a computation.
type number struct {
	value decimal.Decimal
	// known is false while it has no value.
	known bool
	// blocked says that the component applies, has no number, and that no predicate may be given without it.
	blocked bool
}

// fewNumbers is how many numbers a usual list has at most.
const fewNumbers = 12

// numbers is a list of numbers that takes no place in the heap while it is short.
type numbers struct {
	few  [fewNumbers]number
	more []number
}

// forget makes the list one of so many numbers of which nothing is known.
func (l *numbers) forget(count int) {
	l.few, l.more = [fewNumbers]number{}, nil
	if count > fewNumbers {
		l.more = make([]number, count-fewNumbers)
	}
}

// at returns the n-th number.
func (l *numbers) at(n int) *number {
	if n < fewNumbers {
		return &l.few[n]
	}
	return &l.more[n-fewNumbers]
}

// prepare makes a component ready; those before it in the pack are.
func (k *component) prepare(p *Pack, def *Component) error {
	id := componentsPrefix + def.ID
	*k = component{
		def: def, rule: p.rule(id), unbounded: id + stepUnbounded, variant: id + stepVariant, step: "/" + def.ID,
		category: "/" + def.ID + stepCategory, way: p.way(def),
	}
	var err error
	k.floor, err = rounded(def.Floor, def.Places)
	if err != nil {
		return err
	}
	k.cap, err = rounded(def.Cap, def.Places)
	return err
}

// rounded returns a bound with so many places; nil stays nil.
func rounded(bound *decimal.Decimal, places int) (*decimal.Decimal, error) {
	if bound == nil {
		return nil, nil //nolint:nilnil // no bound is no error
	}
	r, err := num.HalfUp(*bound, places)
	return &r, err
}

// way returns the one way that the component states.
func (p *Pack) way(def *Component) way {
	switch {
	case def.Indicators != nil:
		return newIndicators(def.Indicators, def.Places)
	case def.Panel != nil:
		return newPanel(def.Panel)
	case def.Survey != nil:
		return surveyWay{}
	case def.Attendance != nil:
		return attendanceWay{def.Attendance.MinutesPerDay}
	case def.Rating != nil:
		return newRating(def.Rating)
	case def.Behavior != nil:
		return behaviorWay{}
	case def.Organization != nil:
		return newOrganization(def.Organization)
	case def.Contributions != nil:
		return contributionsWay{}
	case def.Innovations != nil:
		return newInnovations(def.Innovations)
	case def.Tasks != nil:
		return tasksWay{def.Tasks.Steps}
	case def.Prior != nil:
		return priorWay{}
	case def.Weighted != nil:
		return p.newWeighted(def.Weighted)
	default: // a component has one of the ways
		return p.newSum(def.Sum)
	}
}

// compute lets the way of the component find its number. The ways are told apart here and not by a call through their
// interface, so that the compiler sees that a computation does not outlive its call and needs no place in the heap.
func (k *component) compute(c *computation) finding {
	switch w := k.way.(type) {
	case *indicatorsWay:
		return w.compute(c, k)
	case *panelWay:
		return w.compute(c, k)
	case surveyWay:
		return w.compute(c, k)
	case attendanceWay:
		return w.compute(c, k)
	case *ratingWay:
		return w.compute(c, k)
	case behaviorWay:
		return w.compute(c, k)
	case *organizationWay:
		return w.compute(c, k)
	case contributionsWay:
		return w.compute(c, k)
	case *innovationsWay:
		return w.compute(c, k)
	case tasksWay:
		return w.compute(c, k)
	case priorWay:
		return w.compute(c, k)
	case *weightedWay:
		return w.compute(c, k)
	}
	sum, _ := k.way.(sumWay) // a component has one of the ways
	return sum.compute(c, k)
}

// component computes one component, bounds it, and does what its policy says when there is nothing to compute it from.
func (c *computation) component(n int) {
	k := &c.pack.components[n]
	if !k.def.Applies(&c.in.Plan) {
		return
	}
	found := k.compute(c)
	if found.known {
		*c.numbers.at(n) = c.bound(k, found)
		return
	}
	c.miss(k.def.Missing, k.rule.id, k.rule.label)
	switch k.def.Missing {
	case PolicyBlock:
		c.numbers.at(n).blocked = true
	case PolicyZero:
		zero := c.exact.HalfUp(num.Int(0), k.rule.places)
		*c.numbers.at(n) = c.number(zero)
		c.trace.step(c.id(k.rule.id), "", &k.rule, k.rule.places, nil)
	case PolicyExclude, PolicyProvisional: // it just has no number
	}
}

// bound records the number of a component, and that it was bounded.
func (c *computation) bound(k *component, found finding) number {
	bound, by := k.cap, &c.pack.fixed.componentCap
	switch {
	case k.floor != nil && found.value.Cmp(*k.floor) < 0:
		bound, by = k.floor, &c.pack.fixed.componentFloor
	case k.cap == nil || found.value.Cmp(*k.cap) <= 0:
		c.trace.step(c.id(k.rule.id), "", &k.rule, k.rule.places, found.operands)
		return c.number(found.value)
	}
	before := c.id(k.unbounded)
	c.number(found.value)
	c.trace.step(before, "", &k.rule, k.rule.places, found.operands)
	c.trace.step(c.id(k.rule.id), "", by, by.places, c.trace.list(before))
	return c.number(*bound)
}

// Applies reports whether the component is computed for whoever has the plan.
func (c *Component) Applies(plan *Plan) bool { return c.When == nil || c.When.holds(plan) }

// holds reports whether the plan fits what the condition asks of it.
func (w *Condition) holds(plan *Plan) bool {
	return holds(w.Positions, plan.Position) && holds(w.Families, plan.Family) && holds(w.Units, plan.UnitKind)
}

// holds reports whether something is one of a list; an empty list asks nothing.
func holds[T comparable](asked []T, is T) bool {
	return len(asked) == 0 || slices.Contains(asked, is)
}
