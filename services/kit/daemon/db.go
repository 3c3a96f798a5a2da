package daemon

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"github.com/kinerja-suite/kinerja/services/kit/process"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// openDB opens the database of the configuration; the process closes it.
func openDB(ctx context.Context, outer *process.Env, c DBConfig) (*sqlkit.DB, error) {
	db, err := connect(ctx, c, outer.Name)
	if err != nil {
		return nil, err
	}
	outer.OnStop("database", func(context.Context) error { return db.Close() })
	return db, nil
}

func connect(ctx context.Context, c DBConfig, service string) (*sqlkit.DB, error) {
	if c.Driver == sqlkit.SQLite {
		return sqlkit.OpenSQLite(ctx, c.Path)
	}
	dsn, err := os.ReadFile(c.DSNFile)
	if err != nil {
		return nil, fmt.Errorf("read db.dsn_file: %w", err)
	}
	schema := c.Schema
	if schema == "" {
		schema = service
	}
	return sqlkit.OpenPostgres(ctx, string(bytes.TrimSpace(dsn)), schema)
}
