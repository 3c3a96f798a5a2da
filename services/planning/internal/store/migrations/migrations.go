// Package migrations holds the schema of planning, one directory for each engine with the same numbers and names.
//
// Migrations only go forward and are never changed once released. This package does not apply them; sqlkit does.
package migrations

import "embed"

// FS has the directories sqlite and postgres.
//
//go:embed sqlite/*.sql postgres/*.sql
var FS embed.FS
