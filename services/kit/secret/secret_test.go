package secret_test

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/secret"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

func of(t *testing.T, db *sqlkit.DB, name string) []byte {
	t.Helper()
	value, err := secret.Of(t.Context(), db, name)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestOf(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		first, other := of(t, db, "first"), of(t, db, "other")
		if len(first) != secret.Size || len(other) != secret.Size || bytes.Equal(first, other) {
			t.Errorf("secrets of %d and %d bytes, equal %v", len(first), len(other), bytes.Equal(first, other))
		}
		if !bytes.Equal(first, of(t, db, "first")) {
			t.Error("the secret changed")
		}
		var at int64
		err := db.Read().QueryRowContext(t.Context(), "SELECT create_time FROM secrets WHERE name = 'first'").Scan(&at)
		if err != nil || at == 0 || !sqlkit.Time(at).Equal(sqlkit.Time(at).Truncate(24*time.Hour)) {
			t.Errorf("it was made at %v, %v", sqlkit.Time(at), err)
		}
	})
}

func TestOf_gives_processes_that_ask_at_once_the_same(t *testing.T) {
	t.Parallel()
	for _, e := range kittest.Engines(t) {
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			database := e.New(t)
			processes := []*sqlkit.DB{database.Open(t), database.Open(t), database.Open(t)}
			err := sqlkit.Migrate(t.Context(), processes[0], nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
				values := make([][]byte, len(processes))
				var asking sync.WaitGroup
				for i, db := range processes {
					asking.Go(func() {
						value, err := secret.Of(t.Context(), db, name)
						if err != nil {
							t.Error(err)
						}
						values[i] = value
					})
				}
				asking.Wait()
				for _, value := range values {
					if len(value) != secret.Size || !bytes.Equal(value, values[0]) {
						t.Fatalf("processes have different secrets: %x", values)
					}
				}
			}
		})
	}
}

func TestOf_is_committed_apart_from_the_work_of_the_caller(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		ctx := sqlkit.OnWrite(t.Context(), func(context.Context, *sqlkit.Tx) error { return errors.New("it took part") })
		value, err := secret.Of(ctx, db, "first")
		if err != nil || len(value) != secret.Size {
			t.Errorf("got %d bytes, %v", len(value), err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err = secret.Of(ctx, db, "other")
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a caller that has gone got %v", err)
		}
	})
}

func TestKey(t *testing.T) {
	t.Parallel()
	kittest.Each(t, nil, func(t *testing.T, db *sqlkit.DB) {
		key := secret.Keep(db, secret.PageTokens)
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := key.Get(gone)
		if err == nil {
			t.Error("the secret came from nowhere")
		}
		first, err := key.Get(t.Context())
		if err != nil || !bytes.Equal(first, of(t, db, secret.PageTokens)) {
			t.Errorf("got %x, %v", first, err)
		}
		err = db.Close()
		if err != nil {
			t.Fatal(err)
		}
		again, err := key.Bytes()
		if err != nil || !bytes.Equal(first, again) {
			t.Errorf("without the database: %x, %v", again, err)
		}
		_, err = secret.Keep(db, secret.PageTokens).Bytes()
		if err == nil {
			t.Error("a closed database gave a secret")
		}
	})
}
