package inbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const (
	// claimChunk bounds the placeholders of one statement.
	claimChunk = 50
	// DefaultRetention is longer than any message stays redeliverable.
	DefaultRetention = 30 * 24 * time.Hour
	sweepEvery       = 10 * time.Minute
	sweepBatch       = 500
)

// Claim records that consumer handles the events ids and returns those that it had not handled
// before. The caller applies the fresh ones in the same transaction and skips the others; an id
// that is given twice is fresh once. When another instance holds the same id in an open
// transaction, Claim waits for its end.
func Claim(ctx context.Context, tx *sqlkit.Tx, consumer string, ids []string, at time.Time) (map[string]bool, error) {
	fresh := make(map[string]bool, len(ids))
	for start := 0; start < len(ids); start += claimChunk {
		chunk := ids[start:min(start+claimChunk, len(ids))]
		err := claimChunkOf(ctx, tx, claimRequest{consumer: consumer, ids: chunk, at: at}, fresh)
		if err != nil {
			return nil, fmt.Errorf("claim events of %s: %w", consumer, err)
		}
	}
	return fresh, nil
}

type claimRequest struct {
	consumer string
	ids      []string
	at       time.Time
}

func claimChunkOf(ctx context.Context, tx *sqlkit.Tx, r claimRequest, fresh map[string]bool) error {
	unique := make([]any, 0, len(r.ids)*3)
	seen := make(map[string]bool, len(r.ids))
	for _, id := range r.ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		unique = append(unique, r.consumer, id, sqlkit.Micros(r.at))
	}
	query := "INSERT INTO inbox (consumer, event_id, create_time) VALUES " +
		sqlkit.Values(len(seen), 3, 1) + " ON CONFLICT (consumer, event_id) DO NOTHING RETURNING event_id"
	rows, err := tx.QueryContext(ctx, query, unique...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		err = rows.Scan(&id)
		if err != nil {
			return err
		}
		fresh[id] = true
	}
	return rows.Err()
}

// Purge forgets at most limit claims made before the given time and returns how many. An event
// delivered again after that counts as fresh, so the retention must exceed the age of anything
// that a stream still holds.
func Purge(ctx context.Context, db *sqlkit.DB, before time.Time, limit int) (int64, error) {
	var n int64
	err := db.WriteRelaxed(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		var err error
		n, err = sqlkit.Affected(tx.ExecContext(ctx, `DELETE FROM inbox WHERE (consumer, event_id) IN (
SELECT consumer, event_id FROM inbox WHERE create_time < $1 ORDER BY create_time LIMIT $2)`,
			sqlkit.Micros(before), limit))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("purge inbox: %w", err)
	}
	return n, nil
}

// Sweeper forgets old claims, in small batches.
type Sweeper struct {
	db        *sqlkit.DB
	clock     clock.Clock
	retention time.Duration
}

// NewSweeper returns a sweeper that keeps claims for the retention; 0 means DefaultRetention.
func NewSweeper(db *sqlkit.DB, c clock.Clock, retention time.Duration) *Sweeper {
	if retention <= 0 {
		retention = DefaultRetention
	}
	return &Sweeper{db: db, clock: c, retention: retention}
}

// Name is for a runner.
func (s *Sweeper) Name() string { return "inbox sweep" }

// Run sweeps every ten minutes until ctx is done and then returns nil. A failure is tried again
// at the next turn.
func (s *Sweeper) Run(ctx context.Context) error {
	ticker := time.NewTicker(sweepEvery)
	defer ticker.Stop()
	for {
		_, err := s.Sweep(ctx)
		if err != nil && errors.Is(err, context.Canceled) {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// Sweep forgets all claims older than the retention and returns how many.
func (s *Sweeper) Sweep(ctx context.Context) (int64, error) {
	var total int64
	for {
		n, err := Purge(ctx, s.db, s.clock.Now().Add(-s.retention), sweepBatch)
		total += n
		if err != nil || n < sweepBatch {
			return total, err
		}
	}
}
