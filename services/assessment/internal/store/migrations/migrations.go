// Package migrations holds the schema of the service, a directory for each engine with the same numbers and names.
//
// Migrations only go forward. They are applied after those of the shared runtime, and hold no rule.
package migrations

import "embed"

// FS has the directories sqlite and postgres.
//
//go:embed sqlite postgres
var FS embed.FS
