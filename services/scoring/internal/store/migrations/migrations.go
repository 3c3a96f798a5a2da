// Package migrations holds the schema of the scoring service, one directory for each engine, with the same numbers and
// names in both. Files are only added.
package migrations

import "embed"

// FS holds the directories sqlite and postgres.
//
//go:embed sqlite/*.sql postgres/*.sql
var FS embed.FS
