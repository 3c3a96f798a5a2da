// Package events tells others what changed: it makes the events of the domain into messages of the contract and stores
// them in the outbox, in the transaction of the change.
//
// Invariants: the subject is kinerja.planning.v1.<tenant>.<resource>.<event>; no subject and no payload has a NIP; the
// revision of an event is that of the resource after the change.
//
// This package consumes nothing: planning follows no other service.
package events
