// Package kittest gives tests the real engines: databases, bus and view store, fresh for each
// test and gone after it.
//
// Invariants: SQLite and NATS need nothing installed. PostgreSQL is used when
// KINERJA_TEST_POSTGRES holds a DSN, Redis when KINERJA_TEST_REDIS holds host:port; without
// them, their tests are skipped, or fail when KINERJA_TEST_REQUIRE is 1. A test sees only its own
// file, schema, stream store or keys.
//
// The package starts no database server and is imported by tests only.
package kittest
