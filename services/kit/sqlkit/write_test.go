package sqlkit_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const createCounter = `-- +goose Up
CREATE TABLE counter (name TEXT NOT NULL PRIMARY KEY, value BIGINT NOT NULL);
`

func counterSchema() fstest.MapFS {
	file := &fstest.MapFile{Data: []byte(createCounter)}
	return fstest.MapFS{"sqlite/00001_init.sql": file, "postgres/00001_init.sql": file}
}

func insert(name string, value int) sqlkit.WriteFunc {
	return func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO counter (name, value) VALUES ($1, $2)", name, value)
		return err
	}
}

func value(t *testing.T, q sqlkit.Querier, name string) (int, bool) {
	t.Helper()
	var v int
	err := q.QueryRowContext(t.Context(), "SELECT value FROM counter WHERE name = $1", name).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false
	}
	if err != nil {
		t.Fatalf("read counter: %v", err)
	}
	return v, true
}

func Test_write_commits_and_then_runs_what_waits_for_it(t *testing.T) {
	t.Parallel()
	kittest.Each(t, counterSchema(), func(t *testing.T, db *sqlkit.DB) {
		var order []string
		err := db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
			tx.AfterCommit(func() {
				_, ok := value(t, db.Read(), "a")
				order = append(order, fmt.Sprint("first, visible ", ok))
			})
			tx.AfterCommit(func() { order = append(order, "second") })
			return insert("a", 1)(ctx, tx)
		})
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(order) != "[first, visible true second]" {
			t.Errorf("after commit: %v", order)
		}
	})
}

func Test_a_failed_write_leaves_nothing(t *testing.T) {
	t.Parallel()
	cause := errors.New("no")
	kittest.Each(t, counterSchema(), func(t *testing.T, db *sqlkit.DB) {
		ran := false
		err := db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
			tx.AfterCommit(func() { ran = true })
			err := insert("a", 1)(ctx, tx)
			return errors.Join(err, cause)
		})
		if !errors.Is(err, cause) {
			t.Errorf("got %v, want the closure's error", err)
		}
		_, ok := value(t, db.Read(), "a")
		if ok || ran {
			t.Errorf("row kept: %v, after-commit ran: %v", ok, ran)
		}
	})
}

func Test_a_panic_in_a_write_frees_the_connection(t *testing.T) {
	t.Parallel()
	kittest.Each(t, counterSchema(), func(t *testing.T, db *sqlkit.DB) {
		func() {
			defer func() { _ = recover() }()
			_ = db.Write(t.Context(), func(context.Context, *sqlkit.Tx) error { panic("boom") })
		}()
		err := db.Write(t.Context(), insert("a", 1))
		if err != nil {
			t.Errorf("write after a panic: %v", err)
		}
	})
}

func Test_functions_of_on_write_run_first_and_commit_together(t *testing.T) {
	t.Parallel()
	kittest.Each(t, counterSchema(), func(t *testing.T, db *sqlkit.DB) {
		ctx := sqlkit.OnWrite(t.Context(), insert("hook one", 1))
		ctx = sqlkit.OnWrite(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
			_, ok := value(t, tx, "hook one")
			if !ok {
				return errors.New("the first function has not run before the second")
			}
			return insert("hook two", 2)(ctx, tx)
		})
		cause := errors.New("closure failed")
		err := db.Write(ctx, func(context.Context, *sqlkit.Tx) error { return cause })
		if !errors.Is(err, cause) {
			t.Fatalf("got %v, want %v", err, cause)
		}
		_, ok := value(t, db.Read(), "hook one")
		if ok {
			t.Fatal("a hook's row outlived the rollback")
		}
		err = db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
			_, ok := value(t, tx, "hook two")
			if !ok {
				return errors.New("the functions have not run before the closure")
			}
			return insert("closure", 3)(ctx, tx)
		})
		if err != nil {
			t.Fatal(err)
		}
		// The hook's own key is taken now: its error must fail the write.
		err = db.Write(ctx, insert("other", 4))
		if !db.Dialect().UniqueViolation(err) {
			t.Errorf("got %v, want a unique violation", err)
		}
		_, ok = value(t, db.Read(), "other")
		if ok {
			t.Error("the write went through although its function failed")
		}
	})
}

func Test_a_write_inside_a_write_is_refused(t *testing.T) {
	t.Parallel()
	kittest.Each(t, counterSchema(), func(t *testing.T, db *sqlkit.DB) {
		err := db.Write(t.Context(), func(ctx context.Context, _ *sqlkit.Tx) error {
			return db.Write(ctx, insert("a", 1))
		})
		if !errors.Is(err, sqlkit.ErrNestedWrite) {
			t.Errorf("got %v, want ErrNestedWrite", err)
		}
	})
}

func Test_concurrent_read_then_write_loses_nothing(t *testing.T) {
	t.Parallel()
	kittest.Each(t, counterSchema(), func(t *testing.T, db *sqlkit.DB) {
		const writers, each = 8, 25
		err := db.Write(t.Context(), insert("a", 0))
		if err != nil {
			t.Fatal(err)
		}
		increment := func(ctx context.Context, tx *sqlkit.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE counter SET value = value + 1 WHERE name = $1", "a")
			return err
		}
		var wg sync.WaitGroup
		for i := range writers {
			write := db.Write
			if i%2 == 1 {
				write = db.WriteRelaxed
			}
			wg.Go(func() {
				for range each {
					err := write(t.Context(), increment)
					if err != nil {
						t.Errorf("increment: %v", err)
					}
				}
			})
		}
		wg.Wait()
		got, _ := value(t, db.Read(), "a")
		if got != writers*each {
			t.Errorf("counter is %d, want %d", got, writers*each)
		}
	})
}

func Test_a_busy_sqlite_file_is_tried_again(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "busy.db")
	db, err := sqlkit.OpenSQLite(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	err = sqlkit.Migrate(t.Context(), db, counterSchema())
	if err != nil {
		t.Fatal(err)
	}
	busy := busyError(t, db, path)
	if !db.Dialect().Retryable(busy) {
		t.Fatalf("got %v, want an error that can be retried", busy)
	}
	attempts := 0
	err = db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		attempts++
		if attempts < 3 {
			return fmt.Errorf("attempt %d: %w", attempts, busy)
		}
		return insert("a", attempts)(ctx, tx)
	})
	if err != nil || attempts != 3 {
		t.Fatalf("attempts %d, error %v", attempts, err)
	}
	attempts = 0
	err = db.Write(t.Context(), func(context.Context, *sqlkit.Tx) error {
		attempts++
		return busy
	})
	if !errors.Is(err, busy) || attempts != 4 {
		t.Errorf("attempts %d, error %v; want 1 and 3 repetitions", attempts, err)
	}
}

// busyError is what another process gets that does not wait while db writes.
func busyError(t *testing.T, db *sqlkit.DB, path string) error {
	t.Helper()
	other, err := sql.Open("sqlite", "file:"+path) //nolint:forbidigo // another process, which does not wait
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	var busy error
	err = db.Write(t.Context(), func(ctx context.Context, _ *sqlkit.Tx) error {
		_, busy = other.ExecContext(ctx, "INSERT INTO counter (name, value) VALUES ('other', 1)")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return busy
}

func Test_a_postgres_deadlock_is_tried_again(t *testing.T) {
	t.Parallel()
	db := kittest.Engine{Name: sqlkit.Postgres}.DB(t, counterSchema())
	err := db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		return errors.Join(insert("a", 0)(ctx, tx), insert("b", 0)(ctx, tx))
	})
	if err != nil {
		t.Fatal(err)
	}
	var attempts atomic.Int64
	meet := make(chan struct{}, 2)
	bothHold := make(chan struct{})
	var once sync.Once
	add := func(ctx context.Context, tx *sqlkit.Tx, name string) error {
		_, err := tx.ExecContext(ctx, "UPDATE counter SET value = value + 1 WHERE name = $1", name)
		return err
	}
	crossing := func(first, second string) sqlkit.WriteFunc {
		return func(ctx context.Context, tx *sqlkit.Tx) error {
			n := attempts.Add(1)
			err := add(ctx, tx, first)
			if err != nil {
				return err
			}
			if n <= 2 { // only the first attempts wait until each holds its first row
				meet <- struct{}{}
				once.Do(func() {
					<-meet
					<-meet
					close(bothHold)
				})
				<-bothHold
			}
			return add(ctx, tx, second)
		}
	}
	var wg sync.WaitGroup
	for _, names := range [][2]string{{"a", "b"}, {"b", "a"}} {
		wg.Go(func() {
			err := db.Write(t.Context(), crossing(names[0], names[1]))
			if err != nil {
				t.Errorf("write: %v", err)
			}
		})
	}
	wg.Wait()
	a, _ := value(t, db.Read(), "a")
	b, _ := value(t, db.Read(), "b")
	if a != 2 || b != 2 || attempts.Load() < 3 {
		t.Errorf("a=%d b=%d after %d attempts, want 2, 2 and 3 or more", a, b, attempts.Load())
	}
}

func Test_a_snapshot_does_not_change_under_its_reader(t *testing.T) {
	t.Parallel()
	kittest.Each(t, counterSchema(), func(t *testing.T, db *sqlkit.DB) {
		err := db.Write(t.Context(), insert("a", 1))
		if err != nil {
			t.Fatal(err)
		}
		err = db.Snapshot(t.Context(), func(ctx context.Context, q sqlkit.Querier) error {
			_, before := value(t, q, "b")
			err := db.Write(t.Context(), insert("b", 2))
			if err != nil {
				return err
			}
			_, after := value(t, q, "b")
			if before || after {
				t.Errorf("a later row is seen: before %v, after %v", before, after)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		_, ok := value(t, db.Read(), "b")
		if !ok {
			t.Error("the row is not seen after the snapshot")
		}
	})
}

func Test_a_committed_row_survives_the_process(t *testing.T) {
	t.Parallel()
	for _, e := range kittest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			database := e.New(t)
			db := database.Open(t)
			err := sqlkit.Migrate(t.Context(), db, counterSchema())
			if err != nil {
				t.Fatal(err)
			}
			for i := range 3 { // more than once, so that prepared statements are closed too
				err = db.Write(t.Context(), insert(strconv.Itoa(i), i))
				if err != nil {
					t.Fatal(err)
				}
			}
			err = db.Close()
			if err != nil {
				t.Fatal(err)
			}
			got, ok := value(t, database.Open(t).Read(), "2")
			if !ok || got != 2 {
				t.Errorf("read %d, %v after reopening", got, ok)
			}
		})
	}
}

func Test_the_reader_of_sqlite_refuses_to_write(t *testing.T) {
	t.Parallel()
	db := kittest.Engine{Name: sqlkit.SQLite}.DB(t, counterSchema())
	_, err := db.Read().ExecContext(t.Context(), "INSERT INTO counter (name, value) VALUES ('a', 1)")
	if err == nil {
		t.Error("the reader wrote")
	}
}

func Test_violations_are_classified(t *testing.T) {
	t.Parallel()
	kittest.Each(t, counterSchema(), func(t *testing.T, db *sqlkit.DB) {
		err := db.Write(t.Context(), insert("a", 1))
		if err != nil {
			t.Fatal(err)
		}
		err = db.Write(t.Context(), insert("a", 1))
		d := db.Dialect()
		if !d.UniqueViolation(err) || d.Retryable(err) || d.ForeignKeyViolation(err) {
			t.Errorf("duplicate key: %v is not just a unique violation", err)
		}
	})
}

func Test_placeholders(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, got, want string }{
		{"in", sqlkit.In(3, 2), "($2,$3,$4)"},
		{"in_nothing", sqlkit.In(0, 1), "(NULL)"},
		{"values", sqlkit.Values(2, 2, 1), "($1,$2),($3,$4)"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, test.got, test.want)
		}
	}
}
