// Package oracle holds a second implementation of the rules of the shipped rule pack and compares it with the first. It
// has no code but its tests.
//
// Invariants: rules_test.go states the regulations with fractions and plain tables, and imports nothing of scoring, so
// that a mistake has to be made twice to stay unseen. compare_test.go draws people and demands the same, to the last
// digit.
//
// The package does not say what a rule pack may vary: another pack has other rules.
package oracle
