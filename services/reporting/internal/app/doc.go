// Package app holds the use cases: projecting facts into the read models, keeping the views of them, and reading them.
//
// Invariants: a fact takes effect in the tables together with the claim of its event, or not at all; a view is put only
// after that, so it never shows what the tables do not hold; a view that could not be put is owed, on record, until it
// has been; no failure of the view store fails a read or a projection.
//
// The package does not know SQL, protocol buffers, Redis or NATS: it declares what it needs as ports.
package app
