package distribution

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// ErrInvalid reports limits that cannot be checked against.
var ErrInvalid = errors.New("the distribution limits are not valid")

// Predicate is a code of a predicate, the same as in package domain, which builds on this package.
type Predicate string

// Level is a code of the rating of an organisation, the same as in package domain.
type Level string

// Bounds of the data.
const (
	hundred = 100
	// maxSmallUnit bounds SmallUnit.
	maxSmallUnit = 30
)

// predicates are the five predicates in the order of the regulation.
var predicates = [...]Predicate{"very_good", "good", "needs_improvement", "poor", "very_poor"}

// levels are the five ratings of an organisation in the order of the regulation.
var levels = [...]Level{"excellent", "good", "needs_improvement", "poor", "very_poor"}

// Predicates returns the five predicates in the order of the regulation.
func Predicates() []Predicate { return slices.Clone(predicates[:]) }

// Levels returns the five ratings of an organisation in the order of the regulation.
func Levels() []Level { return slices.Clone(levels[:]) }

// Limits is the pattern, as data: what a rule pack has under the key distribution. Validate checks it.
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

// Validate returns ErrInvalid with everything that is wrong with the limits. Valid limits have rules for every level,
// which 100 people can keep all together.
func (l Limits) Validate() error {
	var problems []string
	add := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	if strings.TrimSpace(l.Source) == "" {
		add("source is empty")
	}
	if l.SmallUnit < 1 || l.SmallUnit > maxSmallUnit {
		add("small_unit is %d, want 1 to %d", l.SmallUnit, maxSmallUnit)
	}
	seen := map[string]bool{}
	for _, level := range slices.Sorted(maps.Keys(l.Levels)) {
		if !slices.Contains(levels[:], level) {
			add("levels.%s is not a level", level)
		}
		for i, rule := range l.Levels[level] {
			for _, problem := range rule.problems() {
				add("levels.%s[%d]: %s", level, i, problem)
			}
			if seen[rule.ID] {
				add("levels.%s[%d]: the id %q occurs twice", level, i, rule.ID)
			}
			seen[rule.ID] = true
		}
	}
	for _, level := range levels {
		if len(l.Levels[level]) == 0 {
			add("levels.%s has no rules", level)
		}
	}
	if len(problems) == 0 {
		for _, level := range levels {
			if !l.possible(level, hundred) {
				add("levels.%s cannot be kept by any distribution", level)
			}
		}
	}
	if len(problems) > 0 {
		return fmt.Errorf("%w:\n  %s", ErrInvalid, strings.Join(problems, "\n  "))
	}
	return nil
}

func (r Rule) problems() []string {
	var problems []string
	add := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	for name, text := range map[string]string{"id": r.ID, "text": r.Text, "source": r.Source} {
		if strings.TrimSpace(text) == "" {
			add("%s is empty", name)
		}
	}
	if len(r.Predicates) == 0 {
		add("predicates is empty")
	}
	seen := map[Predicate]bool{}
	for _, p := range r.Predicates {
		if !slices.Contains(predicates[:], p) {
			add("%q is not a predicate", p)
		}
		if seen[p] {
			add("%q occurs twice", p)
		}
		seen[p] = true
	}
	if r.MinPercent == nil && r.MaxPercent == nil && !r.AtLeastOne {
		add("it bounds nothing")
	}
	for _, percent := range []*int64{r.MinPercent, r.MaxPercent} {
		if percent != nil && (*percent < 0 || *percent > hundred) {
			add("%d is not a percentage", *percent)
		}
	}
	slices.Sort(problems)
	return problems
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
