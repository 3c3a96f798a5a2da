package distribution_test

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// oracle is SE MenPANRB 3/2023 once more: written from its text, with fractions, and knowing nothing of rules as data.
// The five numbers are Sangat Baik, Baik, Butuh Perbaikan, Kurang, Sangat Kurang.
func oracle(level distribution.Level, n [5]int64) []string {
	all := n[0] + n[1] + n[2] + n[3] + n[4]
	broken := []string{}
	if all == 0 {
		return broken
	}
	share := func(part int64) *big.Rat { return big.NewRat(part, all) }
	over := func(part int64, tenths int64) bool { return share(part).Cmp(big.NewRat(tenths, 10)) > 0 }
	under := func(part int64, tenths int64) bool { return share(part).Cmp(big.NewRat(tenths, 10)) < 0 }
	say := func(is bool, id string) {
		if is {
			broken = append(broken, id)
		}
	}
	switch level {
	case "excellent":
		say(over(n[0], 7), "excellent.very_good.most")
	case "good":
		say(over(n[1], 7), "good.good.most")
		say(n[2] == 0 && n[3] == 0, "good.lower.exists")
	case "needs_improvement":
		say(under(n[2], 6), "needs_improvement.needs_improvement.least")
		say(over(n[0], 1), "needs_improvement.very_good.most")
	case "poor":
		say(under(n[3], 6), "poor.poor.least")
		say(under(n[2], 1), "poor.needs_improvement.least")
		say(over(n[0], 1), "poor.very_good.most")
	case "very_poor":
		say(under(n[4], 6), "very_poor.very_poor.least")
		say(under(n[2]+n[3], 1), "very_poor.lower.least")
		say(n[0] > 0, "very_poor.very_good.none")
	}
	return broken
}

// every calls visit with every way to give five predicates to at most most people.
func every(most int64, visit func(n [5]int64)) {
	for a := range most + 1 {
		for b := range most + 1 - a {
			for c := range most + 1 - a - b {
				for d := range most + 1 - a - b - c {
					for e := range most + 1 - a - b - c - d {
						visit([5]int64{a, b, c, d, e})
					}
				}
			}
		}
	}
}

func TestCheck_agrees_with_the_oracle(t *testing.T) {
	t.Parallel()
	limits := regulation(t)
	compare := func(n [5]int64) {
		for _, level := range distribution.Levels() {
			want, got := oracle(level, n), ids(limits.Check(level, counts(n)))
			if !slices.Equal(want, got) {
				t.Fatalf("%s %v: %s", level, n, cmp.Diff(want, got))
			}
		}
	}
	every(14, compare)
	r := rand.New(rand.NewPCG(3, 2023))
	for range 50_000 {
		var n [5]int64
		for i := range n {
			n[i] = r.Int64N(1 + r.Int64N(20_000))
		}
		compare(n)
	}
}

func TestNotes_are_those_of_all_distributions(t *testing.T) {
	t.Parallel()
	limits := regulation(t)
	possible := map[distribution.Level]map[int64]bool{}
	for _, level := range distribution.Levels() {
		possible[level] = map[int64]bool{}
	}
	every(9, func(n [5]int64) {
		all := n[0] + n[1] + n[2] + n[3] + n[4]
		for _, level := range distribution.Levels() {
			possible[level][all] = possible[level][all] || len(oracle(level, n)) == 0
		}
	})
	for _, level := range distribution.Levels() {
		for n := int64(1); n < 10; n++ {
			notes := limits.Notes(level, n)
			said := len(notes) == 1 && notes[0][:5] == "Tidak"
			if said == possible[level][n] {
				t.Errorf("%s with %d people: %q, possible %v", level, n, notes, possible[level][n])
			}
		}
	}
}

// TestBounds_are_tight holds Least and Most to the check: the bound keeps the rule, and one beyond it does not.
func TestBounds_are_tight(t *testing.T) {
	t.Parallel()
	for percent := range int64(101) {
		low, high := distribution.Rule{MinPercent: new(percent)}, distribution.Rule{MaxPercent: new(percent)}
		for n := int64(1); n <= 120; n++ {
			least, _ := low.Least(n)
			most, _ := high.Most(n)
			share := func(count int64) int { return big.NewRat(count, n).Cmp(big.NewRat(percent, 100)) }
			if share(least) < 0 || (least > 0 && share(least-1) >= 0) {
				t.Fatalf("at least %d%% of %d is not %d", percent, n, least)
			}
			if share(most) > 0 || (most < n && share(most+1) <= 0) {
				t.Fatalf("at most %d%% of %d is not %d", percent, n, most)
			}
		}
	}
}

func TestProperties(t *testing.T) {
	t.Parallel()
	limits := regulation(t)
	r := rand.New(rand.NewPCG(10, 3))
	draw := func() [5]int64 {
		var n [5]int64
		for i := range n {
			n[i] = r.Int64N(12)
		}
		return n
	}
	t.Run("as_many_times_the_people_deviate_in_the_same_way", func(t *testing.T) {
		for range 2_000 {
			n, times := draw(), 1+r.Int64N(9)
			scaled := n
			for i := range scaled {
				scaled[i] *= times
			}
			for _, level := range distribution.Levels() {
				once, many := ids(limits.Check(level, counts(n))), ids(limits.Check(level, counts(scaled)))
				if !slices.Equal(once, many) {
					t.Fatalf("%s %v times %d: %v, %v", level, n, times, once, many)
				}
			}
		}
	})
	t.Run("one_more_with_the_predicate_never_mends_a_most_and_never_breaks_a_least", func(t *testing.T) {
		for range 2_000 {
			n := draw()
			for i, p := range distribution.Predicates() {
				more := n
				more[i]++
				for _, level := range distribution.Levels() {
					monotone(t, limits, level, p, counts(n), counts(more))
				}
			}
		}
	})
	t.Run("the_order_of_units_does_not_matter", func(t *testing.T) {
		for range 500 {
			units := make([]distribution.Unit, 8)
			for i := range units {
				units[i] = distribution.Unit{ID: string(rune('a' + i)), Level: distribution.Levels()[r.IntN(5)], Counts: counts(draw())}
			}
			pools := limits.Pools(units)
			results := limits.Against(pools, units)
			slices.Reverse(units)
			same := limits.Pools(units)
			reversed := limits.Against(same, units)
			slices.Reverse(reversed)
			if diff := cmp.Diff(results, reversed); diff != "" {
				t.Fatal(diff)
			}
			if diff := cmp.Diff(pools, same); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

// monotone compares counts with those of one person more who has the predicate.
func monotone(t *testing.T, limits distribution.Limits, level distribution.Level, p distribution.Predicate, before, after distribution.Counts) {
	t.Helper()
	if before.Total() == 0 {
		return
	}
	was, is := ids(limits.Check(level, before)), ids(limits.Check(level, after))
	for _, rule := range limits.Levels[level] {
		if !slices.Contains(rule.Predicates, p) {
			continue
		}
		mended := slices.Contains(was, rule.ID) && !slices.Contains(is, rule.ID)
		broken := !slices.Contains(was, rule.ID) && slices.Contains(is, rule.ID)
		if (rule.MaxPercent != nil && mended) || (rule.MaxPercent == nil && broken) {
			t.Fatalf("%s: one more %s, %v then %v", rule.ID, p, was, is)
		}
	}
}
