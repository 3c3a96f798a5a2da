// Package store keeps scores, satisfaction indexes and all their revisions, and decisions about scores, in SQL.
//
// Invariants: a head row points at the current revision and moves by one at a time; revisions are added and never
// changed; a decision changes once, when it is answered; a write is one transaction with its events and the claims of
// the events that led to it. Both engines run the same statements. Of a trace only the record is kept: facts and results; what the rule pack says is not kept again.
//
// The package does not compute and does not decide who may see what.
package store
