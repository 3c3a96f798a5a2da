// Package store keeps the facts of an assessment in SQL, on SQLite and PostgreSQL with the same statements.
//
// The contract is app.Store. Revisions and reports are only ever inserted; the one row that changes is the pointer to
// the report that counts of an indicator. The answers of peers and citizens lie without an hour and in an order that
// tells nothing. The tenant is the first column of every key.
//
// This package decides nothing about the facts, and knows neither messages of the wire nor who calls.
package store
