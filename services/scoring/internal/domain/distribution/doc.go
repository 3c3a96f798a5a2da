// Package distribution compares how many people of a unit have which predicate with the pattern that a rule pack states
// for the rating of the organisation.
//
// Invariants: shares are compared exactly, as 100·count with limit·people, never as rounded percentages. Nobody is
// counted twice within a check. The result depends on the counts alone, not on the order in which units are given.
//
// The package finds deviations and does not judge them: it proposes no rating, and it does not know who may justify one.
package distribution
