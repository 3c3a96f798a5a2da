// Package reporting is the service that people look at: reports of one person, one unit and one tenant, made of the
// events of planning and scoring.
//
// Invariants: everything that it holds follows from events and can be rebuilt from them; the tables are the record, the
// views a copy that may be lost; a report never shows an older revision after a newer one.
//
// The package writes no fact, computes no score, and opens and closes nothing: what it works with is given to New.
package reporting
