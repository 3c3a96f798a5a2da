// Package domaintest makes facts for the tests of scoring: random ones, and those of a worked example.
//
// Invariants: what it makes is valid, and the same for the same source of randomness.
//
// The package is for tests only; it decides nothing and compares nothing.
package domaintest
