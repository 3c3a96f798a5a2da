package disparity

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// published is what a reader sees of groups: the total, the shown groups with their sizes, the merged ones without.
func published(groups []group, minimum int64) string {
	total := int64(0)
	for _, g := range groups {
		total += g.size
	}
	shown, merged := protect(groups, minimum)
	text := fmt.Sprintf("total %d", total)
	for _, g := range shown {
		text += fmt.Sprintf(" %s=%d", g.key, g.size)
	}
	for _, g := range merged {
		text += " " + g.key + "=?"
	}
	return text
}

// every calls visit with every way to divide at most most people into as many groups as there are keys.
func every(keys []string, most int64, done []group, visit func([]group)) {
	if len(keys) == 0 {
		visit(done)
		return
	}
	for size := int64(1); size <= most; size++ {
		every(keys[1:], most-size, append(slices.Clone(done), group{keys[0], size}), visit)
	}
}

// TestProtect_tells_no_small_size lets a reader who knows this code try every division of the people that would have
// been published in the same way: each merged group must have had more than one possible size.
func TestProtect_tells_no_small_size(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		keys    string
		minimum int64
		most    int64
	}{
		{"ab", 10, 60}, {"abc", 10, 60}, {"abc", 4, 40}, {"abcd", 4, 34}, {"abcd", 3, 30}, {"abcde", 3, 20},
	} {
		t.Run(fmt.Sprintf("%s_at_%d", c.keys, c.minimum), func(t *testing.T) {
			t.Parallel()
			// sizes are the possible ones by publication and key, as bits; a size is below 64.
			sizes := map[string]map[string]uint64{}
			keys := strings.Split(c.keys, "")
			for n := 1; n <= len(keys); n++ {
				every(keys[:n], c.most, nil, func(groups []group) {
					seen := published(groups, c.minimum)
					if sizes[seen] == nil {
						sizes[seen] = map[string]uint64{}
					}
					_, merged := protect(groups, c.minimum)
					for _, g := range merged {
						sizes[seen][g.key] |= 1 << g.size
					}
				})
			}
			for seen, of := range sizes {
				for _, key := range slices.Sorted(maps.Keys(of)) {
					if of[key]&(of[key]-1) == 0 {
						t.Errorf("%q tells the size of %s", seen, key)
					}
				}
			}
		})
	}
}

func TestProtect_by_example(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		sizes []int64
		want  string
	}{
		{"large_groups_are_shown", []int64{10, 25}, "total 35 a=10 b=25"},
		{"everybody_in_one_group", []int64{40}, "total 40 a=40"},
		{"one_small_group_of_two_would_follow_from_the_other", []int64{5, 95}, "total 100"},
		{"one_small_group_takes_the_next_with_it", []int64{5, 12, 60}, "total 77 c=60 a=? b=?"},
		{"small_groups_are_enough_together", []int64{5, 8, 60}, "total 73 c=60 a=? b=?"},
		{"too_few_together_take_the_next", []int64{2, 3, 40, 60}, "total 105 d=60 a=? b=? c=?"},
		{"two_of_nine_would_be_told_by_their_sum", []int64{9, 9, 40, 60}, "total 118 d=60 a=? b=? c=?"},
		{"a_small_scope_shows_nothing", []int64{3, 4}, "total 7"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var groups []group
			for i, size := range c.sizes {
				groups = append(groups, group{string(rune('a' + i)), size})
			}
			if got := published(groups, MinimumGroup); got != c.want {
				t.Fatalf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestProtect_properties holds what is shown, at the real minimum, to what linear algebra could take from it.
func TestProtect_properties(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 10))
	for range 20_000 {
		var groups []group
		for i := range 1 + r.IntN(12) {
			groups = append(groups, group{string(rune('a' + i)), 1 + r.Int64N(1+r.Int64N(80))})
		}
		shown, merged := protect(groups, MinimumGroup)
		for _, g := range shown {
			if g.size < MinimumGroup {
				t.Fatalf("%v: %s is shown with %d people", groups, g.key, g.size)
			}
		}
		sum := int64(0)
		for _, g := range merged {
			sum += g.size
		}
		if len(merged) > 0 && (len(merged) == 1 || sum < MinimumGroup) {
			t.Fatalf("%v: what is left of the total is %d people of %d groups", groups, sum, len(merged))
		}
		if len(shown) > 0 && len(shown)+len(merged) != len(groups) {
			t.Fatalf("%v: a group is lost", groups)
		}
		r.Shuffle(len(groups), func(i, j int) { groups[i], groups[j] = groups[j], groups[i] })
		again, _ := protect(groups, MinimumGroup)
		if !slices.Equal(shown, again) {
			t.Fatalf("%v: the order matters", groups)
		}
	}
}
