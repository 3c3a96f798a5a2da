// Package domain is the rules of scoring: what a rule pack says, and what it makes of the facts about one person.
//
// Invariants: Compute is a pure function of a rule pack and an input. The same facts, in whatever order they came, give
// the same result and the same trace, byte for byte; the trace with the rule pack is enough to repeat the computation
// (Replay), and so is the record that is kept in its place. Arithmetic is exact and rounded half up where the pack says.
// A fact that is not there is never taken as zero: the pack's policy says what happens without it, and the result lists
// it. A Pack that exists is valid.
//
// A number is rounded once, where its component or rule says, and what a step shows is what the next one takes, so that
// anybody can follow a trace with a calculator.
//
// The package does not read or store anything, knows no time and no caller, and does not judge people: by the law in force
// the predicate follows from two ratings that people gave, and by older or regional rules from numbers that their packs
// state. Sentences for people are made of its traces by package explain.
package domain
