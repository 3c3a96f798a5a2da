// Package natskit connects a service to NATS, makes the stream that it owns, and consumes events
// in small batches.
//
// Invariants: a connection is never given up, at start and later; a message is acknowledged only
// after its handler has returned without error; a failed batch comes again after a growing,
// jittered delay, without end; a message that can never be handled is recorded in dead_letters
// before it is terminated. Delivery is at least once and, after a failure, out of order, so
// handlers are idempotent. A handler that is running when its consumer stops may finish.
//
// The package does not publish events (outbox does) and runs no server.
package natskit
