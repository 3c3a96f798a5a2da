package disparity_test

import (
	"math/big"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/disparity"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// some returns n people of a sex with a predicate and an achievement; "" for none.
func some(n int, sex string, predicate distribution.Predicate, achievement string) []disparity.Person {
	people := make([]disparity.Person, n)
	for i := range people {
		people[i] = disparity.Person{Predicate: predicate, Keys: map[disparity.Trait]string{disparity.Sex: sex}}
		if achievement != "" {
			people[i].Achievement = new(decimal.MustParse(achievement))
		}
	}
	return people
}

func together(parts ...[]disparity.Person) []disparity.Person {
	var all []disparity.Person
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

// bySex returns the view of the people and its first dimension.
func bySex(t *testing.T, people []disparity.Person) (disparity.View, disparity.Dimension) {
	t.Helper()
	view, err := disparity.Of(people)
	if err != nil {
		t.Fatal(err)
	}
	return view, view.Dimensions[0]
}

func TestOf_shows_shares_means_and_ratios(t *testing.T) {
	t.Parallel()
	view, sex := bySex(t, together(
		some(20, "female", "good", "90.01"), some(20, "female", "poor", "80"),
		some(30, "male", "very_good", "100"), some(10, "male", "needs_improvement", ""),
	))
	want := disparity.Figures{
		People: 80, Counts: distribution.Counts{"very_good": 30, "good": 20, "needs_improvement": 10, "poor": 20},
		GoodPercent: "62.50", MeanAchievement: "91.43", // 6400.2 / 70 = 91.4314…
	}
	if diff := cmp.Diff(want, view.Figures); diff != "" {
		t.Fatalf("everybody (-want +got):\n%s", diff)
	}
	groups := []disparity.Group{
		{
			Keys: []string{"female"}, Ratio: "0.6667", Flag: disparity.FlagBelow,
			Figures: disparity.Figures{People: 40, Counts: distribution.Counts{"good": 20, "poor": 20}, GoodPercent: "50.00", MeanAchievement: "85.01"},
		},
		{
			Keys: []string{"male"}, Ratio: "1.5000", Flag: disparity.FlagAbove,
			Figures: disparity.Figures{
				People: 40, Counts: distribution.Counts{"very_good": 30, "needs_improvement": 10}, GoodPercent: "75.00", MeanAchievement: "100.00",
			},
		},
	}
	if diff := cmp.Diff(groups, sex.Groups); diff != "" {
		t.Fatalf("groups (-want +got):\n%s", diff)
	}
	for _, other := range view.Dimensions[1:] {
		if other.Hidden != disparity.HiddenUnknown || other.Groups != nil {
			t.Errorf("%s is shown, though nobody's is known: %v", other.Trait, other)
		}
	}
}

func TestOf_flags_beyond_four_fifths_and_five_quarters_only(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		// women and men are the good ones, each of as many as all.
		women, men, all int
		ratio           string
		flag            disparity.Flag
	}{
		{"exactly_four_fifths", 40, 50, 100, "0.8000", ""},
		{"just_under_four_fifths", 39, 50, 100, "0.7800", disparity.FlagBelow},
		{"exactly_five_quarters", 50, 40, 100, "1.2500", ""},
		{"just_over_five_quarters", 51, 40, 100, "1.2750", disparity.FlagAbove},
		{"too_few_people", 5, 29, 29, "0.1724", ""},
		{"just_enough_people", 5, 30, 30, "0.1667", disparity.FlagBelow},
		{"nobody_else_is_good", 10, 0, 30, "", disparity.FlagAbove},
		{"nobody_is_good", 0, 0, 30, "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, sex := bySex(t, together(
				some(c.women, "female", "good", ""), some(c.all-c.women, "female", "poor", ""),
				some(c.men, "male", "very_good", ""), some(c.all-c.men, "male", "very_poor", ""),
			))
			women := sex.Groups[0]
			if women.Ratio != c.ratio || women.Flag != c.flag {
				t.Fatalf("ratio %q and flag %q, want %q and %q", women.Ratio, women.Flag, c.ratio, c.flag)
			}
		})
	}
}

func TestOf_protects_small_groups(t *testing.T) {
	t.Parallel()
	t.Run("by_merging_them", func(t *testing.T) {
		t.Parallel()
		_, sex := bySex(t, together(some(40, "male", "good", ""), some(20, "female", "good", ""), some(3, "", "poor", "")))
		if len(sex.Groups) != 2 || sex.Groups[0].Keys[0] != "male" || sex.Groups[1].People != 23 {
			t.Fatalf("groups %v", sex.Groups)
		}
		if diff := cmp.Diff([]string{"female", disparity.Unknown}, sex.Groups[1].Keys); diff != "" {
			t.Fatal(diff)
		}
	})
	t.Run("by_showing_none", func(t *testing.T) {
		t.Parallel()
		_, sex := bySex(t, together(some(40, "male", "good", ""), some(9, "female", "good", "")))
		if sex.Groups != nil || sex.Hidden != disparity.HiddenSmall {
			t.Fatalf("dimension %v", sex)
		}
	})
	t.Run("by_hiding_every_mean_when_few_of_a_group_have_an_achievement", func(t *testing.T) {
		t.Parallel()
		view, sex := bySex(t, together(
			some(40, "male", "good", "90"), some(20, "female", "good", ""), some(1, "female", "poor", "10"),
		))
		if view.MeanAchievement == "" || sex.Groups[0].MeanAchievement != "" || sex.Groups[1].MeanAchievement != "" {
			t.Fatalf("means %q of everybody, %v", view.MeanAchievement, sex.Groups)
		}
	})
	t.Run("by_hiding_the_mean_of_everybody_when_few_have_an_achievement", func(t *testing.T) {
		t.Parallel()
		view, _ := bySex(t, together(some(40, "male", "good", ""), some(9, "male", "good", "90")))
		if view.MeanAchievement != "" {
			t.Fatalf("mean %q", view.MeanAchievement)
		}
	})
}

func TestOf_nobody(t *testing.T) {
	t.Parallel()
	view, sex := bySex(t, nil)
	if view.People != 0 || view.GoodPercent != "0.00" || sex.Hidden != disparity.HiddenUnknown {
		t.Fatalf("view %v", view)
	}
}

func TestOf_refuses_achievements_that_cannot_be_added(t *testing.T) {
	t.Parallel()
	_, err := disparity.Of(some(20, "male", "good", "9999999999999999999"))
	if err == nil {
		t.Fatal("a sum of too many digits was taken")
	}
}

// TestOf_agrees_with_fractions computes every figure that is shown once more, with fractions, from the people of the
// groups' keys; and holds the groups to the totals, in any order of the people.
func TestOf_agrees_with_fractions(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(4, 5))
	codes := distribution.Predicates()
	for range 300 {
		people := make([]disparity.Person, r.IntN(400))
		for i := range people {
			people[i] = disparity.Person{Predicate: codes[r.IntN(1+r.IntN(5))], Keys: map[disparity.Trait]string{
				disparity.Sex: []string{"", "female", "male"}[r.IntN(3)], disparity.Grade: "g" + strconv.Itoa(r.IntN(1+r.IntN(12))),
			}}
		}
		view, err := disparity.Of(people)
		if err != nil {
			t.Fatal(err)
		}
		for _, dimension := range view.Dimensions {
			checkDimension(t, people, dimension)
		}
		r.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
		again, err := disparity.Of(people)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(view, again); diff != "" {
			t.Fatalf("the order of the people matters:\n%s", diff)
		}
	}
}

func checkDimension(t *testing.T, people []disparity.Person, dimension disparity.Dimension) {
	t.Helper()
	shown := int64(0)
	for _, group := range dimension.Groups {
		inside := map[bool][2]int64{} // people and good ones, of the group and of the rest
		for _, p := range people {
			key := p.Keys[dimension.Trait]
			if key == "" {
				key = disparity.Unknown
			}
			member := false
			for _, k := range group.Keys {
				member = member || k == key
			}
			n := inside[member]
			n[0]++
			if p.Predicate == "good" || p.Predicate == "very_good" {
				n[1]++
			}
			inside[member] = n
		}
		own, rest := inside[true], inside[false]
		shown += own[0]
		if group.People != own[0] || group.People < disparity.MinimumGroup || group.Counts.Total() != own[0] {
			t.Fatalf("%s %v: %d people, want %d", dimension.Trait, group.Keys, group.People, own[0])
		}
		if want := big.NewRat(100*own[1], own[0]).FloatString(2); group.GoodPercent != want {
			t.Fatalf("%s %v: %s%%, want %s", dimension.Trait, group.Keys, group.GoodPercent, want)
		}
		want, flag := "", disparity.Flag("")
		if rest[0] > 0 && rest[1] > 0 {
			ratio := new(big.Rat).Quo(big.NewRat(own[1], own[0]), big.NewRat(rest[1], rest[0]))
			want = ratio.FloatString(4)
			if min(own[0], rest[0]) >= disparity.MinimumFlag && ratio.Cmp(big.NewRat(4, 5)) < 0 {
				flag = disparity.FlagBelow
			}
			if min(own[0], rest[0]) >= disparity.MinimumFlag && ratio.Cmp(big.NewRat(5, 4)) > 0 {
				flag = disparity.FlagAbove
			}
		} else if min(own[0], rest[0]) >= disparity.MinimumFlag && own[1] > 0 {
			flag = disparity.FlagAbove
		}
		if group.Ratio != want || group.Flag != flag {
			t.Fatalf("%s %v: ratio %q %q, want %q %q", dimension.Trait, group.Keys, group.Ratio, group.Flag, want, flag)
		}
	}
	if dimension.Groups != nil && shown != int64(len(people)) {
		t.Fatalf("%s: the groups have %d of %d people", dimension.Trait, shown, len(people))
	}
}
