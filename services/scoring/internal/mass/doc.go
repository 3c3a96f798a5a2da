// Package mass works on scores in the background: the worker computes those of operations again, the checker looks
// whether stored scores and satisfaction indexes are what the facts give.
//
// Invariants: one process at a time works on a part of an operation; its counters and its cursor move in the transaction
// of the scores, so that a crash at any instant loses no person and counts none twice; live changes go first, for as long
// as is bounded.
//
// The package does not decide who may start what, and repairs nothing by itself.
package mass
