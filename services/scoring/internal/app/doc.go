// Package app is the use cases of scoring: one that turns changed facts into scores, those by which people decide about
// scores, and those that show scores.
//
// Invariants: a recompute reads the current revision of a score before it reads the facts, and writes only over that
// revision, so that a score is never built on older facts than the one that it replaces. Scores, their records, their
// events and the claims of the events that led to them are written in one transaction. A result that is the same as the
// current one writes and publishes nothing; what people have fixed is carried from revision to revision, and only a
// decision moves it. A decision, the revision that it makes and their event are one transaction too. No other service is called within a transaction.
//
// The package does not know the rules, SQL, protobuf or the bus: package domain computes, and ports do the rest.
package app
