// Package events tells others of the facts: it turns a fact of the domain into an event and appends it to the outbox in
// the transaction that records the fact.
//
// An event carries no value and no rater: who may see a fact reads it. The events of facts whose cause must not be found
// out carry only the day. The package consumes nothing: this service follows no other one's events.
package events
