package distribution

import (
	"cmp"
	"slices"
)

// Unit is a unit to check.
type Unit struct {
	// ID names the unit; unique within a call.
	ID string
	// Level is empty when the organisation is not rated, and then nothing is checked.
	Level  Level
	Counts Counts
}

// Result is the check of one unit.
type Result struct {
	Unit Unit
	// Small says that the unit has people, but fewer than the limits ask for to be checked alone only.
	Small      bool
	Violations []Violation
}

// Pool is small units of one level together.
type Pool struct {
	Level Level
	// Units are by id.
	Units      []Unit
	Counts     Counts
	Violations []Violation
}

// Small reports whether the unit is rated and has people, but fewer than the limits ask for to be checked alone only.
func (l Limits) Small(u Unit) bool {
	people := u.Counts.Total()
	return u.Level != "" && people > 0 && people < l.SmallUnit
}

// Pools checks the small ones of the units together, those of each level for themselves, in the order of the levels.
func (l Limits) Pools(units []Unit) []Pool {
	pooled := map[Level]*Pool{}
	for _, unit := range units {
		if !l.Small(unit) {
			continue
		}
		pool, ok := pooled[unit.Level]
		if !ok {
			pool = &Pool{Level: unit.Level}
			pooled[unit.Level] = pool
		}
		pool.Units = append(pool.Units, unit)
		pool.Counts = pool.Counts.Plus(unit.Counts)
	}
	pools := make([]Pool, 0, len(pooled))
	for _, pool := range pooled {
		slices.SortFunc(pool.Units, func(a, b Unit) int { return cmp.Compare(a.ID, b.ID) })
		pool.Violations = l.Check(pool.Level, pool.Counts)
		pools = append(pools, *pool)
	}
	slices.SortFunc(pools, func(a, b Pool) int { return cmp.Compare(rank(a.Level), rank(b.Level)) })
	return pools
}

// Against checks every unit alone, in the order given. A violation of a small unit that the pool of its level does not have
// is marked as explained by size; without such a pool none is.
func (l Limits) Against(pools []Pool, units []Unit) []Result {
	results := make([]Result, len(units))
	for i, unit := range units {
		results[i] = Result{Unit: unit, Small: l.Small(unit), Violations: l.Check(unit.Level, unit.Counts)}
		at := slices.IndexFunc(pools, func(p Pool) bool { return p.Level == unit.Level })
		if results[i].Small && at >= 0 {
			pools[at].explain(results[i].Violations)
		}
	}
	return results
}

// explain marks the violations of a unit that its pool does not have.
func (p *Pool) explain(violations []Violation) {
	for i := range violations {
		shared := slices.ContainsFunc(p.Violations, func(v Violation) bool { return v.Rule.ID == violations[i].Rule.ID })
		violations[i].ExplainedBySize = !shared
	}
}

// rank is the place of a level in the order of the regulation; an unknown one comes last.
func rank(level Level) int {
	i := slices.Index(levels[:], level)
	if i < 0 {
		return len(levels)
	}
	return i
}
