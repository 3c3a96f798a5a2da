package domain

import "time"

// WholeTenant is the unit id of the tally that counts all units of a tenant.
const WholeTenant = ""

// UnitKey names the tally of a unit in a period, or of the whole tenant.
type UnitKey struct{ Tenant, Period, Unit string }

// PeriodKey returns the period of the tally.
func (k UnitKey) PeriodKey() PeriodKey { return PeriodKey{k.Tenant, k.Period} }

// Whole returns the key of the tally that counts the whole tenant in the period.
func (k PeriodKey) Whole() UnitKey { return UnitKey{k.Tenant, k.Period, WholeTenant} }

// Counts are numbers of people.
type Counts struct {
	// People have a plan.
	People int
	// Approved have an approved plan.
	Approved int
	// Predicates counts people by predicate, in the order of Predicates.
	Predicates [5]int
}

// Plus returns the sum.
func (c Counts) Plus(o Counts) Counts {
	c.People += o.People
	c.Approved += o.Approved
	for i := range c.Predicates {
		c.Predicates[i] += o.Predicates[i]
	}
	return c
}

// Minus returns the difference.
func (c Counts) Minus(o Counts) Counts {
	c.People -= o.People
	c.Approved -= o.Approved
	for i := range c.Predicates {
		c.Predicates[i] -= o.Predicates[i]
	}
	return c
}

// Scored returns the people with a predicate.
func (c Counts) Scored() int {
	n := 0
	for _, p := range c.Predicates {
		n += p
	}
	return n
}

// Survey is the satisfaction index of a unit. Revision 0 means that there is none.
type Survey struct {
	Revision int64
	Index    string
	Grade    string
}

// SurveyChange is a revision of a satisfaction index.
type SurveyChange struct {
	Key    UnitKey
	Survey Survey
}

// Tally is the state of one unit, or of the whole tenant, in one period.
type Tally struct {
	Key UnitKey
	// DisplayName is that of the unit or tenant; empty until the directory knows it.
	DisplayName string
	Counts      Counts
	Survey      Survey
	// Revision is that of the row, 0 before it is first written.
	Revision    int64
	VisibleTime time.Time
}

// ApplySurvey takes over an index that is newer than the known one, and passes over any other.
func (t *Tally) ApplySurvey(s Survey) {
	if s.Revision > t.Survey.Revision {
		t.Survey = s
	}
}

// Equal reports whether both show the same, whatever their row revision and visible time.
func (t *Tally) Equal(o *Tally) bool {
	return t.Key == o.Key && t.DisplayName == o.DisplayName && t.Counts == o.Counts && t.Survey == o.Survey
}

// Deltas collects what changes of reports do to the tallies of their units and tenants.
type Deltas map[UnitKey]Counts

// Add takes in the change of one report from its old to its new form, which have the same key.
func (d Deltas) Add(from, to *Report) {
	key := to.Key
	before, after := from.Counts(), to.Counts()
	d.add(UnitKey{key.Tenant, key.Period, from.Unit}, Counts{}.Minus(before))
	d.add(UnitKey{key.Tenant, key.Period, to.Unit}, after)
	d.add(key.PeriodKey().Whole(), after.Minus(before))
}

// add drops a sum that came back to nothing, so that what remains is what changed.
func (d Deltas) add(key UnitKey, by Counts) {
	sum := d[key].Plus(by)
	if sum == (Counts{}) {
		delete(d, key)
		return
	}
	d[key] = sum
}

// Summary is the state of a tenant in a period with that of its units.
type Summary struct {
	// Whole counts the whole tenant; its revision grows whenever a line changes, too.
	Whole Tally
	Units []Tally
}
