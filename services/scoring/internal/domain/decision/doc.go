// Package decision is the rules by which people decide about a score: who may fix which predicate, when a second person
// is needed, and what stays when the facts change afterwards.
//
// Invariants: a decision is added and never changed but for its one answer. Nobody decides about themselves. Whatever
// departs from what the rules give holds only when a second person, who is not the author, has agreed. A decision is
// about the revision that its author has seen, and about no other. What is final moves by a correction alone.
//
// The package is pure: it knows no clock, no storage and no caller but what it is told of them.
package decision
