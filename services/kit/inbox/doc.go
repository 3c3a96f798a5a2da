// Package inbox lets a consumer take effect once for an event that is delivered more than once.
//
// Invariants: a claim is written in the same transaction as the effect, so both happen or
// neither does; an event is fresh to a consumer in exactly one committed transaction, also when
// two instances of the consumer handle it at the same time.
//
// The package does not order events and does not compare revisions; a projection does so itself.
package inbox
