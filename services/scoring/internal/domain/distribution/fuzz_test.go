package distribution_test

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// FuzzCheck holds the counts of a unit to the circular as the oracle has it, by every pack that states its limits: those of
// regions leave them as they are. What has no violation is possible, and as many times the people have the same ones.
func FuzzCheck(f *testing.F) {
	stated := everyLimits(f)
	for _, n := range [][5]uint16{
		{},
		{0, 1},
		{5, 14, 1},
		{5, 15},
		{0, 3},
		{0, 2, 1},
		{14, 6},
		{15, 5},
		{2, 6, 12},
		{3, 5, 12},
		{2, 4, 2, 12},
		{0, 5, 1, 2, 12},
		{0, 6, 1, 0, 13},
		{1, 5, 2, 0, 12},
		{65535, 65535, 65535, 65535, 65535},
	} {
		for level := range distribution.Levels() {
			f.Add(uint8(level), uint8(3), n[0], n[1], n[2], n[3], n[4])
		}
	}
	f.Fuzz(func(t *testing.T, at, times uint8, a, b, c, d, e uint16) {
		levels := distribution.Levels()
		level := levels[int(at)%len(levels)]
		n := [5]int64{int64(a), int64(b), int64(c), int64(d), int64(e)}
		want := oracle(level, n)
		for name, limits := range stated {
			violations := limits.Check(level, counts(n))
			if diff := cmp.Diff(want, ids(violations)); diff != "" {
				t.Fatalf("%s, %s %v (-want +got):\n%s", name, level, n, diff)
			}
			for _, v := range violations {
				outside(t, v)
			}
			scaled := n
			for i := range scaled {
				scaled[i] *= int64(times)
			}
			if many := ids(limits.Check(level, counts(scaled))); times > 0 && !slices.Equal(want, many) {
				t.Fatalf("%s %v times %d: %v, %v", level, n, times, want, many)
			}
			people := counts(n).Total()
			if people > 0 && people <= 40 && len(want) == 0 && !limits.Possible(level, people) {
				t.Fatalf("%s %v keeps every rule, but is said to be impossible", level, n)
			}
		}
	})
}

// everyLimits returns the limits of all packs that state some, by their names.
func everyLimits(f *testing.F) map[string]distribution.Limits {
	f.Helper()
	catalog, err := pack.Embedded()
	if err != nil {
		f.Fatal(err)
	}
	stated := map[string]distribution.Limits{}
	for _, file := range catalog.Files() {
		if limits := file.Pack.Definition().Distribution; limits != nil {
			stated[file.Pack.Name()] = *limits
		}
	}
	if len(stated) < 6 { // the law in force and five regions
		f.Fatalf("only %d packs state limits", len(stated))
	}
	return stated
}

// outside demands that what a violation says of its rule is broken by its count, and kept by the bound that it names.
func outside(t *testing.T, v distribution.Violation) {
	t.Helper()
	least, low := v.Rule.Least(v.People)
	most, high := v.Rule.Most(v.People)
	broken := low && v.Count < least || high && v.Count > most
	if !broken || v.Message() == "" {
		t.Fatalf("%d of %d break %s, whose bounds are %d and %d", v.Count, v.People, v.Rule.ID, least, most)
	}
}

// FuzzPool draws limits and units: exactly the rules that fractions break are broken, what breaks none is possible, the people
// of a pool are those of its small units, and the size of a unit explains a violation only when its pool keeps the rule.
func FuzzPool(f *testing.F) {
	for n := range uint64(20) {
		f.Add(n, []byte{})
	}
	f.Fuzz(func(t *testing.T, seed uint64, steer []byte) {
		r := domaintest.Steered(seed, steer)
		limits := drawn(r)
		for i := range limits.Levels["good"] {
			limits.Levels["good"][i].ID = string(rune('a' + i))
		}
		limits.SmallUnit = r.Int64N(distribution.MaxSmallUnit + 1)
		var units []distribution.Unit
		for range r.IntN(8) {
			units = append(units, distribution.Unit{
				ID: string(rune('a' + len(units))), Level: []distribution.Level{"", "good", "good", "good"}[r.IntN(4)], Counts: drawnCounts(r),
			})
		}
		pools := limits.Pools(units)
		results := limits.Against(pools, units)
		together := [5]int64{}
		var small []distribution.Unit
		for n, result := range results {
			unit := units[n]
			if diff := cmp.Diff(brokenBy(limits.Levels[unit.Level], unit.Counts), ids(result.Violations)); diff != "" || result.Unit.ID != unit.ID {
				t.Fatalf("%+v of %+v (-want +got):\n%s", unit, limits.Levels[unit.Level], diff)
			}
			people := unit.Counts.Total()
			if len(result.Violations) == 0 && !limits.Possible(unit.Level, people) {
				t.Fatalf("%+v keeps %+v, which is said to be impossible", unit, limits.Levels[unit.Level])
			}
			if result.Small != (unit.Level != "" && people > 0 && people < limits.SmallUnit) {
				t.Fatalf("%d people of %+v: small is %t", people, unit, result.Small)
			}
			if result.Small {
				small = append(small, unit)
				for i, p := range distribution.Predicates() {
					together[i] += unit.Counts[p]
				}
			}
		}
		if len(small) == 0 {
			if len(pools) != 0 {
				t.Fatalf("pools %+v of no small unit", pools)
			}
			return
		}
		if len(pools) != 1 || !cmp.Equal(pools[0].Units, small) || !pools[0].Counts.Equal(counts(together)) {
			t.Fatalf("pools %+v of %v with %v", pools, small, together)
		}
		broken := brokenBy(limits.Levels["good"], pools[0].Counts)
		if diff := cmp.Diff(broken, ids(pools[0].Violations)); diff != "" {
			t.Fatalf("pool (-want +got):\n%s", diff)
		}
		for _, result := range results {
			for _, v := range result.Violations {
				if v.ExplainedBySize != (result.Small && !slices.Contains(broken, v.Rule.ID)) {
					t.Fatalf("%s of %s: explained by size is %t, the pool breaks %v", v.Rule.ID, result.Unit.ID, v.ExplainedBySize, broken)
				}
			}
		}
	})
}

func drawnCounts(r *rand.Rand) distribution.Counts {
	var n [5]int64
	for i := range n {
		n[i] = r.Int64N(1 + r.Int64N(12))
	}
	return counts(n)
}

// brokenBy returns the rules that the shares break, as fractions.
func brokenBy(rules []distribution.Rule, c distribution.Counts) []string {
	broken := []string{}
	people := c.Total()
	for _, rule := range rules {
		if people == 0 {
			break
		}
		had := int64(0)
		for _, p := range rule.Predicates {
			had += c[p]
		}
		share := big.NewRat(100*had, people)
		low := rule.MinPercent != nil && share.Cmp(new(big.Rat).SetInt64(*rule.MinPercent)) < 0
		high := rule.MaxPercent != nil && share.Cmp(new(big.Rat).SetInt64(*rule.MaxPercent)) > 0
		if low || high || rule.AtLeastOne && had == 0 {
			broken = append(broken, rule.ID)
		}
	}
	return broken
}
