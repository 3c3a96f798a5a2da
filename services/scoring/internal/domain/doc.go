// Package domain is the rules of scoring: what a rule pack says, and what it makes of the facts about one person.
//
// Invariants: Compute is a pure function of a rule pack and an input. The same facts, in whatever order they came, give
// the same result and the same trace, byte for byte; the trace with the rule pack is enough to repeat the computation
// (Replay), and so is the record that is kept in its place. Arithmetic is exact and rounded half up where the pack says.
// A fact that is not there is never taken as zero: the pack's policy says what happens without it, and the result lists
// it. A Pack that exists is valid.
//
// The package does not read or store anything, knows no time and no caller, and does not judge people: the predicate
// follows from two ratings that people gave. Sentences for people are made of its traces by package explain.
package domain
