// Package sqlkit opens and uses the database of one service, on SQLite or PostgreSQL, with the
// same SQL text on both engines.
//
// Invariants: all writes go through DB.Write, which runs its closure in one transaction and may
// run it again after a serialization failure or a busy database, so the closure must be pure
// apart from the transaction. Functions registered with OnWrite run first inside that
// transaction, functions registered with Tx.AfterCommit only after it has committed. A write on
// SQLite is durable on disk when Write returns (WAL with synchronous FULL). Times are stored as
// microseconds in UTC. A binary refuses to work on a schema newer than it knows.
//
// The package does not build or rewrite queries, map rows, or hide which engine is in use; where
// the engines differ a store asks Dialect.
package sqlkit
