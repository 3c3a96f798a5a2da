// Package scoring is the service that turns facts into scores: the predicate of a person by the law in force, the
// achievement and the satisfaction index as evidence beside it, and angka kredit, each with the whole computation.
//
// Invariants: a score follows from the facts that planning and assessment hold and from one rule pack, and from nothing
// else; every revision keeps its trace, and the trace with the pack repeats it; rules are data, proven by the examples
// in their own file when the service is made. Numbers are exact decimals, rounded half up. What is missing is never
// zero.
//
// The service takes no facts about people from people and does not judge: by the law in force the predicate follows from two
// ratings that people gave, and by older or regional rules from numbers that their packs state. What people enter here are
// rules (rule packs, allowance tables) and what they decide about scores.
package scoring
