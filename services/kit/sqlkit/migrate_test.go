package sqlkit_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit/migrations"
)

func Test_migrations_have_the_same_files_for_both_engines(t *testing.T) {
	t.Parallel()
	names := func(engine string) []string {
		entries, err := migrations.FS.ReadDir(engine)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, e := range entries {
			out = append(out, e.Name())
		}
		return out
	}
	diff := cmp.Diff(names(sqlkit.SQLite), names(sqlkit.Postgres))
	if diff != "" {
		t.Errorf("files differ (-sqlite +postgres):\n%s", diff)
	}
}

func Test_migrations_give_the_same_logical_schema_on_both_engines(t *testing.T) {
	t.Parallel()
	lite := kittest.Engine{Name: sqlkit.SQLite}.DB(t, nil)
	post := kittest.Engine{Name: sqlkit.Postgres}.DB(t, nil)
	diff := cmp.Diff(sqliteSchema(t, lite), postgresSchema(t, post))
	if diff != "" {
		t.Errorf("schemas differ (-sqlite +postgres):\n%s", diff)
	}
}

// sqliteSchema lists "table.column type null|not null" and "index name" lines.
func sqliteSchema(t *testing.T, db *sqlkit.DB) []string {
	t.Helper()
	lines := queryLines(t, db, `SELECT m.name || '.' || c.name || ' ' || c.type || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN ' not null' ELSE ' null' END
FROM sqlite_master m JOIN pragma_table_info(m.name) c ON 1 = 1
WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '%_schema'
UNION ALL SELECT 'index ' || name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite_%'`)
	for i, line := range lines {
		line = strings.Replace(line, " INTEGER ", " bigint ", 1)
		line = strings.Replace(line, " BIGINT ", " bigint ", 1)
		line = strings.Replace(line, " BLOB ", " bytea ", 1)
		lines[i] = strings.Replace(line, " TEXT ", " text ", 1)
	}
	slices.Sort(lines)
	return lines
}

func postgresSchema(t *testing.T, db *sqlkit.DB) []string {
	t.Helper()
	lines := queryLines(t, db, `SELECT table_name || '.' || column_name || ' ' || data_type ||
CASE is_nullable WHEN 'YES' THEN ' null' ELSE ' not null' END
FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '%_schema'
UNION ALL SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = current_schema()
AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'`)
	slices.Sort(lines)
	return lines
}

func queryLines(t *testing.T, db *sqlkit.DB, query string) []string {
	t.Helper()
	rows, err := db.Read().QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var out []string
	for rows.Next() {
		var line string
		err = rows.Scan(&line)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, line)
	}
	err = rows.Err()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func Test_migrate_is_repeatable_and_check_schema_agrees(t *testing.T) {
	t.Parallel()
	for _, e := range kittest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			db := e.New(t).Open(t)
			err := sqlkit.CheckSchema(t.Context(), db, counterSchema())
			if !errors.Is(err, sqlkit.ErrSchemaOlder) {
				t.Errorf("before: got %v, want ErrSchemaOlder", err)
			}
			for range 2 {
				err = sqlkit.Migrate(t.Context(), db, counterSchema())
				if err != nil {
					t.Fatal(err)
				}
			}
			err = sqlkit.CheckSchema(t.Context(), db, counterSchema())
			if err != nil {
				t.Errorf("after: %v", err)
			}
		})
	}
}

func Test_a_newer_schema_is_refused(t *testing.T) {
	t.Parallel()
	newer := counterSchema()
	more := &fstest.MapFile{Data: []byte("-- +goose Up\nALTER TABLE counter ADD COLUMN note TEXT NOT NULL DEFAULT '';\n")}
	newer["sqlite/00002_note.sql"], newer["postgres/00002_note.sql"] = more, more
	kittest.Each(t, newer, func(t *testing.T, db *sqlkit.DB) {
		for name, check := range map[string]func() error{
			"migrate": func() error { return sqlkit.Migrate(t.Context(), db, counterSchema()) },
			"check":   func() error { return sqlkit.CheckSchema(t.Context(), db, counterSchema()) },
		} {
			err := check()
			if !errors.Is(err, sqlkit.ErrSchemaNewer) {
				t.Errorf("%s: got %v, want ErrSchemaNewer", name, err)
			}
		}
	})
}

func Test_a_migration_keeps_the_rows_that_are_there(t *testing.T) {
	t.Parallel()
	kittest.Each(t, counterSchema(), func(t *testing.T, db *sqlkit.DB) {
		err := db.Write(t.Context(), insert("a", 5))
		if err != nil {
			t.Fatal(err)
		}
		next := counterSchema()
		more := &fstest.MapFile{Data: []byte("-- +goose Up\nALTER TABLE counter ADD COLUMN note TEXT NOT NULL DEFAULT '';\n")}
		next["sqlite/00002_note.sql"], next["postgres/00002_note.sql"] = more, more
		err = sqlkit.Migrate(t.Context(), db, next)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := value(t, db.Read(), "a")
		if !ok || got != 5 {
			t.Errorf("row is %d, %v", got, ok)
		}
	})
}

func Test_processes_that_migrate_at_once_do_not_disturb_each_other(t *testing.T) {
	t.Parallel()
	database := kittest.Engine{Name: sqlkit.Postgres}.New(t)
	var wg sync.WaitGroup
	for range 4 {
		db := database.Open(t)
		wg.Go(func() {
			err := sqlkit.Migrate(t.Context(), db, counterSchema())
			if err != nil {
				t.Errorf("migrate: %v", err)
			}
		})
	}
	wg.Wait()
}

func Test_an_engine_without_migrations_is_an_error(t *testing.T) {
	t.Parallel()
	for _, e := range kittest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			err := sqlkit.Migrate(t.Context(), e.New(t).Open(t), fstest.MapFS{"elsewhere/00001_init.sql": {}})
			if err == nil {
				t.Error("migrations of no engine were accepted")
			}
		})
	}
}

func Test_the_pools_can_be_measured(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		reg := prometheus.NewRegistry()
		for _, c := range db.Collectors("test") {
			err := reg.Register(c)
			if err != nil {
				t.Fatal(err)
			}
		}
		families, err := reg.Gather()
		if err != nil || len(families) == 0 {
			t.Errorf("%d metrics, %v", len(families), err)
		}
		err = db.Check(t.Context())
		if err != nil {
			t.Error(err)
		}
	})
}

func Test_a_wrong_postgres_address_is_refused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ dsn, schema string }{
		"schema":       {"postgres://localhost/x", "Robert'); DROP"},
		"dsn":          {"postgres://user:rahasia@[bad/x", "planning"},
		"size of pool": {"postgres://localhost/x?pool_max_conns=1", "planning"},
	} {
		_, err := sqlkit.OpenPostgres(t.Context(), test.dsn, test.schema)
		if err == nil || strings.Contains(err.Error(), "rahasia") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func Test_a_lease_has_one_holder_until_it_expires(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		a := sqlkit.Lease{Name: "work", Holder: "a", TTL: 5 * time.Second}
		b := sqlkit.Lease{Name: "work", Holder: "b", TTL: 5 * time.Second}
		exclusive := sqlkit.Lease{Name: "work", Holder: "c", TTL: 5 * time.Second, Exclusive: true}
		steps := []struct {
			name  string
			lease sqlkit.Lease
			after time.Duration
			want  bool
		}{
			{"a takes it", a, 0, true},
			{"b waits", b, time.Second, false},
			{"a renews", a, 4 * time.Second, true},
			{"b still waits", b, 8 * time.Second, false},
			{"b takes it when it has expired", b, 9 * time.Second, true},
			{"a has lost it", a, 9 * time.Second, false},
			{"an exclusive holder does not wait", exclusive, 9 * time.Second, true},
			{"b has lost it", b, 10 * time.Second, false},
		}
		for _, s := range steps {
			got, err := s.lease.Acquire(t.Context(), db, start.Add(s.after))
			if err != nil {
				t.Fatal(err)
			}
			if got != s.want {
				t.Errorf("%s: acquired %v", s.name, got)
			}
		}
		err := errors.Join(b.Release(t.Context(), db))
		held, heldErr := exclusive.Held(t.Context(), db)
		if err != nil || heldErr != nil || !held {
			t.Errorf("after the release of another: held %v, %v, %v", held, err, heldErr)
		}
		err = exclusive.Release(context.WithoutCancel(t.Context()), db)
		if err != nil {
			t.Fatal(err)
		}
		got, err := a.Acquire(t.Context(), db, start)
		if err != nil || !got {
			t.Errorf("after the release: acquired %v, %v", got, err)
		}
	})
}
