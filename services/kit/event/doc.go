// Package event defines the facts that services tell each other, and their form on the bus:
// CloudEvents 1.0 in binary mode, attributes in ce-* headers, a protobuf message as the payload.
//
// Invariants: an event's id is unique and never changes, so that it can be recognised when it is
// delivered again; its revision is that of the resource after the change, and 1 or more, and of an event
// that tells of several resources the highest, which orders nothing: those in the payload do; its
// subject has the form kinerja.<service>.v1.<tenant>.<resource>.<event> and names no person.
//
// The package does not publish, store or consume; outbox and natskit do.
package event
