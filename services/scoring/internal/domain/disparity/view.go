package disparity

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// The policy of the view.
const (
	// MinimumGroup is the smallest number of people that a group is shown with.
	MinimumGroup = 10
	// MinimumFlag is the smallest number of people on both sides of a ratio that is flagged.
	MinimumFlag = 30

	percentPlaces = 2
	ratioPlaces   = 4
)

// Notice says in Indonesian what the flags are.
const Notice = "Tanda pada perbandingan (di bawah 4/5 atau di atas 5/4) adalah kebijakan sistem sebagai bahan telaah, " +
	"bukan ketentuan peraturan dan bukan kesimpulan. Kelompok kurang dari 10 pegawai digabung atau disembunyikan."

// Trait is what people are divided by.
type Trait string

// The traits in the order in which they are shown.
const (
	Sex      Trait = "sex"
	Age      Trait = "age"
	Position Trait = "position"
	Grade    Trait = "grade"
	Remote   Trait = "remote"
)

var traits = [...]Trait{Sex, Age, Position, Grade, Remote}

// Unknown is the key of people of whom a trait is not known.
const Unknown = "unknown"

// Person is what the view takes of one person.
type Person struct {
	Predicate distribution.Predicate
	// Achievement is in percent; nil when it is not known.
	Achievement *decimal.Decimal
	// Keys gives the group of the person by trait. A trait that is absent or empty is not known.
	Keys map[Trait]string
}

func (p Person) key(trait Trait) string { return cmp.Or(p.Keys[trait], Unknown) }

// Flag says that a ratio is far from 1; empty when it is not, or when there are too few people to say.
type Flag string

// The flags.
const (
	FlagBelow Flag = "below"
	FlagAbove Flag = "above"
)

// Hidden says why a dimension shows no groups; empty when it shows some.
type Hidden string

// The reasons.
const (
	// HiddenUnknown means that the trait is known of nobody.
	HiddenUnknown Hidden = "unknown"
	// HiddenSmall means that there are too few people to show groups.
	HiddenSmall Hidden = "small"
)

// Figures are what is shown of some people. Numbers are decimals as text.
type Figures struct {
	People int64
	Counts distribution.Counts
	// GoodPercent is the share of Baik and better.
	GoodPercent string
	// MeanAchievement is empty when too few people have an achievement.
	MeanAchievement string
}

// Group is one group, or several that are shown together.
type Group struct {
	// Keys are sorted, more than one when the group is merged.
	Keys []string
	Figures
	// Ratio is the share of Baik and better divided by that of everybody else; empty when nobody else is there or has it.
	Ratio string
	Flag  Flag
}

// Dimension divides the people by one trait.
type Dimension struct {
	Trait Trait
	// Groups are sorted by key; a merged one comes last.
	Groups []Group
	Hidden Hidden
}

// View is the comparison of one scope.
type View struct {
	Figures
	// Dimensions are in the order of the traits.
	Dimensions []Dimension
}

// Of returns the view of people who have a predicate. It fails only on achievements that are too large to be added.
func Of(people []Person) (View, error) {
	all, err := tally(people)
	if err != nil {
		return View{}, err
	}
	view := View{Figures: all.figures()}
	for _, trait := range traits {
		dimension, err := divide(people, trait, all)
		if err != nil {
			return View{}, err
		}
		view.Dimensions = append(view.Dimensions, dimension)
	}
	return view, nil
}

// divide makes the dimension of one trait.
func divide(people []Person, trait Trait, all sums) (Dimension, error) {
	d := Dimension{Trait: trait}
	members := map[string][]Person{}
	for _, p := range people {
		members[p.key(trait)] = append(members[p.key(trait)], p)
	}
	if len(members) == 0 || (len(members) == 1 && len(members[Unknown]) > 0) {
		d.Hidden = HiddenUnknown
		return d, nil
	}
	groups := make([]group, 0, len(members))
	for key, of := range members {
		groups = append(groups, group{key, int64(len(of))})
	}
	shown, merged := protect(groups, MinimumGroup)
	if len(shown) == 0 {
		d.Hidden = HiddenSmall
		return d, nil
	}
	parts := make([][]group, 0, len(shown)+1)
	for _, g := range shown {
		parts = append(parts, []group{g})
	}
	if len(merged) > 0 {
		parts = append(parts, merged)
	}
	var of []sums
	for _, part := range parts {
		var together []Person
		var keys []string
		for _, g := range part {
			together = append(together, members[g.key]...)
			keys = append(keys, g.key)
		}
		s, err := tally(together)
		if err != nil {
			return Dimension{}, err
		}
		of = append(of, s)
		d.Groups = append(d.Groups, s.group(keys, all))
	}
	d.hideMeans(of)
	return d, nil
}

// hideMeans removes the means of the dimension when some group has an achievement of few people only: it would follow
// from the other means and that of everybody.
func (d *Dimension) hideMeans(of []sums) {
	few := func(s sums) bool { return s.achieved > 0 && s.achieved < MinimumGroup }
	if !slices.ContainsFunc(of, few) {
		return
	}
	for i := range d.Groups {
		d.Groups[i].MeanAchievement = ""
	}
}

// sums are what figures are made of.
type sums struct {
	counts distribution.Counts
	people int64
	// achieved is how many people have an achievement, achievement the sum of theirs, mean what both give.
	achieved    int64
	achievement decimal.Decimal
	mean        string
	good        int64
}

func tally(people []Person) (sums, error) {
	s := sums{counts: distribution.Counts{}}
	var err error
	for _, p := range people {
		s.counts[p.Predicate]++
		s.people++
		if p.Achievement == nil {
			continue
		}
		s.achieved++
		s.achievement, err = num.Add(s.achievement, *p.Achievement)
		if err != nil {
			return sums{}, fmt.Errorf("sum of achievements: %w", err)
		}
	}
	s.good = s.counts["very_good"] + s.counts["good"]
	if s.achieved < MinimumGroup {
		return s, nil
	}
	mean, err := num.QuoHalfUp(s.achievement, num.Int(s.achieved), percentPlaces)
	if err != nil {
		return sums{}, fmt.Errorf("mean achievement: %w", err)
	}
	s.mean = mean.String()
	return s, nil
}

func (s sums) figures() Figures {
	return Figures{People: s.people, Counts: s.counts, GoodPercent: Percent(s.good, s.people), MeanAchievement: s.mean}
}

// group returns the group with its ratio to everybody else.
func (s sums) group(keys []string, all sums) Group {
	g := Group{Keys: keys, Figures: s.figures()}
	good, people := all.good-s.good, all.people-s.people
	if people == 0 {
		return g
	}
	// The shares are s.good/s.people and good/people; their products stay far below 2^63 with any number of people.
	ours, theirs := s.good*people, good*s.people
	if theirs > 0 {
		ratio, err := num.QuoHalfUp(num.Int(ours), num.Int(theirs), ratioPlaces)
		if err == nil {
			g.Ratio = ratio.String()
		}
	}
	if min(s.people, people) < MinimumFlag {
		return g
	}
	switch {
	case 5*ours < 4*theirs:
		g.Flag = FlagBelow
	case 4*ours > 5*theirs:
		g.Flag = FlagAbove
	}
	return g
}

// Percent returns the part of the whole in percent with 2 digits, half up; "0.00" of nothing.
func Percent(part, whole int64) string {
	percent, err := num.QuoHalfUp(num.Int(100*part), num.Int(max(whole, 1)), percentPlaces)
	if err != nil {
		return "" // no number of people is so large
	}
	return percent.String()
}
