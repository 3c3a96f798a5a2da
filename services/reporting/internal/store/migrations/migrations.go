// Package migrations embeds the schema of this service, one directory for each engine with the same numbers and names.
package migrations

import "embed"

// FS holds the directories sqlite and postgres.
//
//go:embed sqlite/*.sql postgres/*.sql
var FS embed.FS
