// Package wire translates between the messages of the contract and the domain, for the rpc servers and the events.
//
// Invariants: every field is translated by hand, in both directions, so that a test can find a forgotten one. Enums are
// the contract's value names without their prefix; an unspecified value is the empty text. Reading a request collects
// what is wrong with names and ids, so that it is reported with the broken rules of the domain.
//
// This package has no rules.
package wire
