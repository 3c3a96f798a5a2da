// Package reach finds the smallest changes with which a score would reach a predicate.
//
// Invariants: every change that is returned was computed with the rules of the pack themselves and reaches the goal; the
// next smaller value of the same indicator does not; nothing but the last segment changes, since the others are over.
//
// The package decides nothing and stores nothing. Where no number takes part in the predicate, it says which ratings
// would be needed, and which numbers would make the pack suggest them.
package reach
