package store

import (
	"context"
	"crypto/rand"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const (
	pageKeyName  = "page_key"
	pageKeyBytes = 32
)

// PageKey returns the secret that signs page tokens: made by the first caller, and the same for all processes from then
// on.
func (s *Store) PageKey(ctx context.Context) ([]byte, error) {
	made := make([]byte, pageKeyBytes)
	// crypto/rand.Read never returns an error: the runtime stops the process instead.
	_, _ = rand.Read(made)
	var key []byte
	err := s.db.Write(ctx, func(ctx context.Context, t *sqlkit.Tx) error {
		_, err := t.ExecContext(ctx, "INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
			pageKeyName, made)
		if err != nil {
			return err
		}
		return t.QueryRowContext(ctx, "SELECT value FROM secrets WHERE name = $1", pageKeyName).Scan(&key)
	})
	if err != nil {
		return nil, fmt.Errorf("read page key: %w", err)
	}
	return key, nil
}
