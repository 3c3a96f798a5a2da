package distribution

import "slices"

// Predicate is a code of a predicate, the same as in package domain, which builds on this package.
type Predicate string

// Level is a code of the rating of an organisation, the same as in package domain.
type Level string

// Bounds of the data.
const (
	hundred = 100
	// MaxSmallUnit bounds Limits.SmallUnit.
	MaxSmallUnit = 30
)

// predicates are the five predicates in the order of the regulation.
var predicates = [...]Predicate{"very_good", "good", "needs_improvement", "poor", "very_poor"}

// levels are the five ratings of an organisation in the order of the regulation.
var levels = [...]Level{"excellent", "good", "needs_improvement", "poor", "very_poor"}

// Predicates returns the five predicates in the order of the regulation.
func Predicates() []Predicate { return slices.Clone(predicates[:]) }

// Levels returns the five ratings of an organisation in the order of the regulation.
func Levels() []Level { return slices.Clone(levels[:]) }

// Limits is the pattern, as data: what a rule pack has under the key distribution. The check of the pack demands texts,
// known codes, percentages of 0 to 100, and rules for every level that Possible holds of 100 people.
type Limits struct {
	// Source names the regulation, for sentences.
	Source string `yaml:"source"`
	// SmallUnit is the number of people under which a unit is also checked together with the other small ones.
	SmallUnit int64 `yaml:"small_unit"`
	// Levels gives the rules for each rating of an organisation.
	Levels map[Level][]Rule `yaml:"levels"`
}

// Rule bounds how many people may have one of some predicates. It has at least one bound.
type Rule struct {
	// ID names the rule; unique within the limits.
	ID string `yaml:"id"`
	// Predicates are counted together.
	Predicates []Predicate `yaml:"predicates"`
	// MinPercent and MaxPercent bound the share in whole percent, 0 to 100; nil for no bound.
	MinPercent *int64 `yaml:"min_percent"`
	MaxPercent *int64 `yaml:"max_percent"`
	// AtLeastOne asks for one person at least, however many there are.
	AtLeastOne bool `yaml:"at_least_one"`
	// Text is the rule in words, in Indonesian.
	Text string `yaml:"text"`
	// Source is the place of the regulation that states it.
	Source string `yaml:"source"`
}

// Least returns the smallest count that keeps the rule among n people, and false when the rule has no lower bound.
func (r Rule) Least(n int64) (int64, bool) {
	least, bounded := int64(0), false
	if r.MinPercent != nil {
		least, bounded = (*r.MinPercent*n+hundred-1)/hundred, true
	}
	if r.AtLeastOne && n > 0 {
		least, bounded = max(least, 1), true
	}
	return least, bounded
}

// Most returns the largest count that keeps the rule among n people, and false when the rule has no upper bound.
func (r Rule) Most(n int64) (int64, bool) {
	if r.MaxPercent == nil {
		return 0, false
	}
	return *r.MaxPercent * n / hundred, true
}
