// Package migrations embeds the schema of the tables that the shared runtime owns in every
// service's database: outbox, inbox, request_log, leases and dead_letters.
//
// Both engines carry the same numbers, names, tables and columns; only the spelling of types
// and identities differs. A released file never changes: a change is a new number.
//
// The package does not apply anything; sqlkit.Migrate does.
package migrations

import "embed"

// FS holds one directory for each engine, named as sqlkit names the dialect.
//
//go:embed sqlite/*.sql postgres/*.sql
var FS embed.FS
