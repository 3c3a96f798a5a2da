package distribution

import (
	"slices"
	"time"
)

// Justification is why a unit deviates from the pattern, in the words of an official. It never changes.
type Justification struct {
	// ID sorts in the order of time.
	ID string
	// Unit is an id; Subtree says that all units below it are counted in.
	Unit    string
	Subtree bool
	// Rules are the ids of the rules that it covers, sorted.
	Rules []string
	Text  string
	// Author is the resource name of a person or the id of a client.
	Author string
	Time   time.Time
	// Level and Counts are those that it is about.
	Level  Level
	Counts Counts
}

// Current reports whether the level and the counts are still those that the justification is about.
func (j Justification) Current(level Level, counts Counts) bool {
	return j.Level == level && j.Counts.Equal(counts)
}

// Justified reports whether one of the justifications is of the level and counts and covers the rule.
func Justified(of []Justification, rule string, level Level, counts Counts) bool {
	return slices.ContainsFunc(of, func(j Justification) bool {
		return j.Current(level, counts) && slices.Contains(j.Rules, rule)
	})
}
