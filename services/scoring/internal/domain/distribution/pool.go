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

// Pool is all small units of one level together.
type Pool struct {
	Level Level
	// Units are the ids, sorted.
	Units      []string
	Counts     Counts
	Violations []Violation
}

// Pool checks every unit alone, and the small ones of each level together. A violation of a small unit that its pool does
// not have is marked as explained by size. Results are in the order of the units, pools in that of the levels.
func (l Limits) Pool(units []Unit) ([]Result, []Pool) {
	results := make([]Result, len(units))
	pooled := map[Level]*Pool{}
	for i, unit := range units {
		people := unit.Counts.Total()
		small := unit.Level != "" && people > 0 && people < l.SmallUnit
		results[i] = Result{Unit: unit, Small: small, Violations: l.Check(unit.Level, unit.Counts)}
		if !small {
			continue
		}
		pool, ok := pooled[unit.Level]
		if !ok {
			pool = &Pool{Level: unit.Level}
			pooled[unit.Level] = pool
		}
		pool.Units = append(pool.Units, unit.ID)
		pool.Counts = pool.Counts.Plus(unit.Counts)
	}
	pools := make([]Pool, 0, len(pooled))
	for _, pool := range pooled {
		slices.Sort(pool.Units)
		pool.Violations = l.Check(pool.Level, pool.Counts)
		pools = append(pools, *pool)
	}
	slices.SortFunc(pools, func(a, b Pool) int { return cmp.Compare(rank(a.Level), rank(b.Level)) })
	for i := range results {
		if results[i].Small {
			pooled[results[i].Unit.Level].explain(results[i].Violations)
		}
	}
	return results, pools
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
