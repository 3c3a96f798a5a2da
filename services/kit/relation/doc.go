// Package relation says how a caller stands to a person or a unit at a date: self, superior, peer, and so on.
//
// A Set is always read from the caller's side and holds for one date, that of the fact, so a transfer or a Plt changes
// nothing of the past. A Resolver that cannot answer returns an error, never an empty set, so that an outage is not
// taken for a refusal.
//
// This package does not decide what a relation allows; package access does. It keeps no answers.
package relation
