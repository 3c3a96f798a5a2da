// Package disparity compares predicates and achievement between groups of people, so that those who calibrate see whom
// the ratings of a scope favour.
//
// Invariants: a group is shown alone only with at least MinimumGroup people, and groups that are not are merged so that
// nobody can compute the size of one of them from the totals, the groups that are shown, and this code. Ratios are
// compared exactly; what is shown of them is rounded half up by package num. The result does not depend on the order of
// the people.
//
// The package informs. It draws no conclusion about anybody, and no rule of the suite follows from a flag, which is a
// policy of the suite and no law. It does not compare views of different scopes; whoever may ask for those sees all
// people anyway.
package disparity
