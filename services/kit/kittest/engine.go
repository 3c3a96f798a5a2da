package kittest

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// Environment variables that name the engines to use.
const (
	EnvPostgres = "KINERJA_TEST_POSTGRES"
	EnvRedis    = "KINERJA_TEST_REDIS"
	EnvRequire  = "KINERJA_TEST_REQUIRE"
)

// missing ends a test whose engine is not there.
func missing(tb testing.TB, engine, env string) {
	tb.Helper()
	if os.Getenv(EnvRequire) == "1" {
		tb.Fatalf("%s is required by %s=1, but %s is not set", engine, EnvRequire, env)
	}
	tb.Skipf("%s is not tested: %s is not set", engine, env)
}

// Engine makes databases of one kind.
type Engine struct {
	// Name is sqlkit.SQLite or sqlkit.Postgres.
	Name string
}

// Engines are all kinds of databases that the suite runs on. Use each in a subtest of its own,
// because a missing one skips the test that asks it for a database.
func Engines(tb testing.TB) []Engine {
	tb.Helper()
	return []Engine{{Name: sqlkit.SQLite}, {Name: sqlkit.Postgres}}
}

// Each runs a parallel subtest on a fresh, migrated database of every engine. migrations may be
// nil for the tables of the shared runtime alone.
func Each(t *testing.T, migrations fs.FS, run func(t *testing.T, db *sqlkit.DB)) {
	t.Helper()
	for _, e := range Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			run(t, e.DB(t, migrations))
		})
	}
}

// DB returns a fresh database with all migrations applied; it is closed and removed at the end.
func (e Engine) DB(tb testing.TB, migrations fs.FS) *sqlkit.DB {
	tb.Helper()
	db := e.New(tb).Open(tb)
	err := sqlkit.Migrate(tb.Context(), db, migrations)
	if err != nil {
		tb.Fatalf("migrate: %v", err)
	}
	return db
}

// Database is one empty database that can be opened more than once, as several processes would.
type Database struct {
	engine Engine
	path   string // of the SQLite file
	dsn    string
	schema string
}

// New makes a database without tables; it is removed at the end of the test.
func (e Engine) New(tb testing.TB) *Database {
	tb.Helper()
	if e.Name == sqlkit.SQLite {
		return &Database{engine: e, path: filepath.Join(tb.TempDir(), "test.db")}
	}
	dsn := os.Getenv(EnvPostgres)
	if dsn == "" {
		missing(tb, "PostgreSQL", EnvPostgres)
	}
	d := &Database{engine: e, dsn: smallPool(dsn), schema: "t_" + randomHex(tb)}
	// Registered before any Open, so that it runs after their connections are closed.
	tb.Cleanup(func() { d.drop(tb) })
	return d
}

// Open opens the database; the connection is closed at the end of the test.
func (d *Database) Open(tb testing.TB) *sqlkit.DB {
	tb.Helper()
	db, err := d.open(tb.Context())
	if err != nil {
		tb.Fatalf("open %s: %v", d.engine.Name, err)
	}
	tb.Cleanup(func() { _ = db.Close() })
	return db
}

func (d *Database) open(ctx context.Context) (*sqlkit.DB, error) {
	if d.engine.Name == sqlkit.SQLite {
		return sqlkit.OpenSQLite(ctx, d.path)
	}
	return sqlkit.OpenPostgres(ctx, d.dsn, d.schema)
}

func (d *Database) drop(tb testing.TB) {
	tb.Helper()
	// The test's own context has ended by now.
	ctx := context.WithoutCancel(tb.Context())
	db, err := d.open(ctx)
	if err != nil {
		tb.Errorf("drop schema %s: %v", d.schema, err)
		return
	}
	defer func() { _ = db.Close() }()
	err = db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, "DROP SCHEMA IF EXISTS "+d.schema+" CASCADE")
		return err
	})
	if err != nil {
		tb.Errorf("drop schema %s: %v", d.schema, err)
	}
}

// smallPool keeps parallel tests below the server's number of connections.
func smallPool(dsn string) string {
	const param = "pool_max_conns"
	if strings.Contains(dsn, param) {
		return dsn
	}
	u, err := url.Parse(dsn)
	if err != nil || !strings.HasPrefix(u.Scheme, "postgres") {
		return dsn + " " + param + "=6"
	}
	query := u.Query()
	query.Set(param, "6")
	u.RawQuery = query.Encode()
	return u.String()
}

func randomHex(tb testing.TB) string {
	tb.Helper()
	var b [8]byte
	_, err := rand.Read(b[:])
	if err != nil {
		tb.Fatalf("random name: %v", err)
	}
	return hex.EncodeToString(b[:])
}
