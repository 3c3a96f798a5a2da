// Package secret keeps the keys of a service in its own database, so that all of its processes have the same ones and
// nobody has to hand them out.
//
// Invariants: a secret is made by whoever asks for it first and never changes; all processes that share the database get
// the same bytes, also when they ask at the same time; it is committed apart from the work of the caller. Secrets of
// different names are independent of each other.
//
// This package does not encrypt: who can read the database can read its secrets. It does not replace or remove a secret.
package secret
