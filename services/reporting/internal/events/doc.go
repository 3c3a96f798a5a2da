// Package events consumes the events of planning and scoring.
//
// Invariants: a batch is acknowledged only after its facts are in the tables and its views are put or owed on record; an
// event that cannot be read is refused before anything of its batch is taken in.
//
// The package does not decide what an event does to the read models; app does.
package events
