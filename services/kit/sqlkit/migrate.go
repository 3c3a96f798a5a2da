package sqlkit

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"

	"github.com/pressly/goose/v3"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit/migrations"
)

// Tables in which the applied migrations are recorded.
const (
	kitVersionTable     = "kit_schema"
	serviceVersionTable = "service_schema"
)

// Errors of Migrate and CheckSchema.
var (
	// ErrSchemaNewer reports a database that a newer binary has migrated; this one must not
	// write to it.
	ErrSchemaNewer = errors.New("the database schema is newer than this binary knows")
	// ErrSchemaOlder reports a database that still needs migrations of this binary.
	ErrSchemaOlder = errors.New("the database schema is older than this binary needs: run migrate")
)

// Migrate brings the database to this binary's schema: first the tables of the shared runtime,
// then those of the service. fsys holds one directory for each engine ("sqlite", "postgres")
// with numbered goose files; nil means that the service has no tables of its own. It is safe to
// run from several processes at once and does nothing when all is applied. It returns
// ErrSchemaNewer, and changes nothing, when the database is ahead of the binary.
func Migrate(ctx context.Context, d *DB, fsys fs.FS) error {
	return d.withSchemaLock(ctx, func() error {
		return d.eachSchema(fsys, func(table string, p *goose.Provider) error {
			err := checkVersion(ctx, table, p)
			if !errors.Is(err, ErrSchemaOlder) {
				return err
			}
			_, err = p.Up(ctx)
			if err != nil {
				return fmt.Errorf("migrate %s: %w", table, err)
			}
			return nil
		})
	})
}

// CheckSchema reports whether the database is exactly at this binary's schema, without changing
// it: nil, ErrSchemaNewer or ErrSchemaOlder.
func CheckSchema(ctx context.Context, d *DB, fsys fs.FS) error {
	return d.eachSchema(fsys, func(table string, p *goose.Provider) error {
		return checkVersion(ctx, table, p)
	})
}

func (d *DB) eachSchema(fsys fs.FS, do func(table string, p *goose.Provider) error) error {
	sources := []struct {
		table string
		fsys  fs.FS
	}{{kitVersionTable, migrations.FS}, {serviceVersionTable, fsys}}
	for _, s := range sources {
		if s.fsys == nil {
			continue
		}
		provider, err := d.provider(s.table, s.fsys)
		if err != nil {
			return err
		}
		err = do(s.table, provider)
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *DB) provider(table string, fsys fs.FS) (*goose.Provider, error) {
	sub, err := fs.Sub(fsys, d.dialect.Name)
	if err != nil {
		return nil, fmt.Errorf("migrations of %s: %w", table, err)
	}
	dialect := goose.DialectSQLite3
	if d.dialect.Name == Postgres {
		dialect = goose.DialectPostgres
	}
	provider, err := goose.NewProvider(dialect, d.write, sub,
		goose.WithTableName(table), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return nil, fmt.Errorf("migrations of %s in directory %s: %w", table, d.dialect.Name, err)
	}
	return provider, nil
}

func checkVersion(ctx context.Context, table string, p *goose.Provider) error {
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read version of %s: %w", table, err)
	}
	if current > target {
		return fmt.Errorf("%s is at version %d, known is %d: %w", table, current, target, ErrSchemaNewer)
	}
	if current < target {
		return fmt.Errorf("%s is at version %d, needed is %d: %w", table, current, target, ErrSchemaOlder)
	}
	return nil
}

// withSchemaLock lets one process at a time migrate a PostgreSQL schema. SQLite needs no lock:
// one process owns the file, and its pool has one writing connection.
func (d *DB) withSchemaLock(ctx context.Context, do func() error) error {
	if d.dialect.Name != Postgres {
		return do()
	}
	conn, err := d.write.Conn(ctx)
	if err != nil {
		return fmt.Errorf("lock schema: %w", err)
	}
	defer func() { _ = conn.Close() }()
	var schema string
	err = conn.QueryRowContext(ctx, "SELECT current_schema()").Scan(&schema)
	if err != nil {
		return fmt.Errorf("lock schema: %w", err)
	}
	hash := fnv.New64a()
	_, _ = hash.Write([]byte("kinerja schema " + schema))
	key := int64(hash.Sum64())
	_, err = conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", key)
	if err != nil {
		return fmt.Errorf("lock schema: %w", err)
	}
	done := do()
	clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanupTimeout)
	defer cancel()
	_, err = conn.ExecContext(clean, "SELECT pg_advisory_unlock($1)", key)
	if err != nil {
		return errors.Join(done, fmt.Errorf("unlock schema: %w", err))
	}
	return done
}
