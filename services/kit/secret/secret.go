package secret

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// PageTokens is the name of the secret that signs page tokens.
const PageTokens = "page-tokens"

// Size is the length of a secret in bytes.
const Size = 32

// day is how exactly the time of a secret is kept: the first need of one may be the act of a person who is anonymous.
const day = 24 * time.Hour

// timeout bounds the wait of Bytes.
const timeout = 5 * time.Second

const query = "SELECT value FROM secrets WHERE name = $1"

// Of returns the secret of this name, and makes it when there is none. It must not be called within a DB.Write. Each call
// asks the database.
func Of(ctx context.Context, db *sqlkit.DB, name string) ([]byte, error) {
	var value []byte
	err := db.Read().QueryRowContext(ctx, query, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		value, err = add(ctx, db, name)
	}
	if err != nil {
		return nil, fmt.Errorf("secret %s: %w", name, err)
	}
	return value, nil
}

// add makes the secret unless another process has, and returns the one that holds.
func add(ctx context.Context, db *sqlkit.DB, name string) ([]byte, error) {
	made := make([]byte, Size)
	// crypto/rand.Read never returns an error: the runtime stops the process instead.
	_, _ = rand.Read(made)
	var value []byte
	err := db.Write(apart{ctx}, func(ctx context.Context, tx *sqlkit.Tx) error { //nolint:contextcheck // it ends with ctx
		_, err := tx.ExecContext(ctx,
			"INSERT INTO secrets (name, value, create_time) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING",
			name, made, sqlkit.Micros(clock.System().Now().UTC().Truncate(day)))
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, query, name).Scan(&value)
	})
	return value, err
}

// apart has the end of a context without its values, which may hold what belongs into the transaction of the caller's
// work (sqlkit.OnWrite) and not into that of a secret.
type apart struct{ context.Context }

// Value returns nil.
func (apart) Value(any) any { return nil }

// Key is one secret of a database, kept by the process once it has it. It is safe for concurrent use; its callers share
// the bytes and must not change them.
type Key struct {
	db   *sqlkit.DB
	name string

	mu    sync.Mutex
	value []byte
}

// Keep returns the key of this name. It asks nothing of the database yet.
func Keep(db *sqlkit.DB, name string) *Key { return &Key{db: db, name: name} }

// Get returns the secret. It asks the database, as Of does, until it has had it once.
func (k *Key) Get(ctx context.Context) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.value != nil {
		return k.value, nil
	}
	value, err := Of(ctx, k.db, k.name)
	if err != nil {
		return nil, err
	}
	k.value = value
	return value, nil
}

// Bytes is Get for callers that have no context. It waits for the database for at most 5 s.
func (k *Key) Bytes() ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return k.Get(ctx)
}
