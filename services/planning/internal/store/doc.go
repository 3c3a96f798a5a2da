// Package store keeps the state of planning in SQL, with the same text on SQLite and PostgreSQL. What each method must
// do is said at app.Reader and app.Tx; the tests of this package run those sentences on both engines.
//
// Invariants: the tenant is the first column of every key and of every condition; a change of a plan is guarded by its
// revision; an assignment is added only while the rows of its position and its person are locked; events are stored in
// the transaction of the change that they tell.
//
// This package has no rules of the domain and knows no protobuf: events are handed to the Publish function.
package store
