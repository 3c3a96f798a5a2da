package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/internal/pause"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// ErrNotParked reports that no parked event has the id given.
var ErrNotParked = errors.New("outbox: no parked event has this id")

// Parked is an event that the bus refused for good.
type Parked struct {
	EventID   string
	Subject   string
	Resource  string
	Attempts  int
	LastError string
	ParkTime  time.Time
}

// Parked lists at most limit parked events, oldest first.
func (o *Outbox) Parked(ctx context.Context, limit int) ([]Parked, error) {
	rows, err := o.db.Read().QueryContext(ctx, `SELECT event_id, subject, resource_name, attempts, last_error, park_time
FROM outbox WHERE park_time IS NOT NULL ORDER BY park_time, seq LIMIT $1`, limit)
	if err != nil {
		return nil, fmt.Errorf("list parked events: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []Parked
	for rows.Next() {
		var p Parked
		var at int64
		err = rows.Scan(&p.EventID, &p.Subject, &p.Resource, &p.Attempts, &p.LastError, &at)
		if err != nil {
			return nil, fmt.Errorf("list parked events: %w", err)
		}
		p.ParkTime = sqlkit.Time(at)
		out = append(out, p)
	}
	err = rows.Err()
	if err != nil {
		return nil, fmt.Errorf("list parked events: %w", err)
	}
	return out, nil
}

// Retry puts a parked event back among those to publish, with its attempts at zero. Later events
// of its resource have been published before it by then.
func (o *Outbox) Retry(ctx context.Context, eventID string) error {
	return o.changeParked(ctx, eventID,
		"UPDATE outbox SET park_time = NULL, attempts = 0 WHERE event_id = $1 AND park_time IS NOT NULL")
}

// Drop removes a parked event for good: nobody will be told.
func (o *Outbox) Drop(ctx context.Context, eventID string) error {
	return o.changeParked(ctx, eventID, "DELETE FROM outbox WHERE event_id = $1 AND park_time IS NOT NULL")
}

func (o *Outbox) changeParked(ctx context.Context, eventID, query string) error {
	return o.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		n, err := sqlkit.Affected(tx.ExecContext(ctx, query, eventID))
		if err != nil {
			return fmt.Errorf("change parked event: %w", err)
		}
		if n == 0 {
			return ErrNotParked
		}
		tx.AfterCommit(o.Kick)
		return nil
	})
}

// Republish makes published events that were created at or after the given time pending again
// and returns how many, for a stream that has lost its tail. The stream drops those that it
// still holds if they are within its dedupe window; consumers drop the others.
func (o *Outbox) Republish(ctx context.Context, since time.Time) (int64, error) {
	var n int64
	err := o.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		var err error
		n, err = sqlkit.Affected(tx.ExecContext(ctx,
			"UPDATE outbox SET publish_time = NULL WHERE publish_time IS NOT NULL AND create_time >= $1", sqlkit.Micros(since)))
		tx.AfterCommit(o.Kick)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("republish events: %w", err)
	}
	return n, nil
}

const (
	purgeEvery = time.Minute
	purgeBatch = 500
	purgePause = 20 * time.Millisecond
)

// Purger removes published rows after their retention.
type Purger struct{ out *Outbox }

// NewPurger returns the purger of the outbox; it does nothing until Run.
func (o *Outbox) NewPurger() *Purger { return &Purger{out: o} }

// Run purges every minute, in small batches with pauses, until ctx is done and then returns nil.
// A failure is tried again at the next turn.
func (p *Purger) Run(ctx context.Context) error {
	ticker := time.NewTicker(purgeEvery)
	defer ticker.Stop()
	for {
		_, _ = p.Purge(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// Purge removes all rows that were published longer ago than the retention and returns how many.
func (p *Purger) Purge(ctx context.Context) (int64, error) {
	var total int64
	for {
		var n int64
		before := p.out.clock.Now().Add(-p.out.opts.Config.OutboxRetention)
		err := p.out.db.WriteRelaxed(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
			var err error
			n, err = sqlkit.Affected(tx.ExecContext(ctx, `DELETE FROM outbox WHERE seq IN (
SELECT seq FROM outbox WHERE publish_time IS NOT NULL AND publish_time < $1 ORDER BY publish_time LIMIT $2)`,
				sqlkit.Micros(before), purgeBatch))
			return err
		})
		if err != nil {
			return total, fmt.Errorf("purge outbox: %w", err)
		}
		total += n
		p.out.metrics.purged.Add(float64(n))
		if n < purgeBatch || !pause.For(ctx, purgePause) {
			return total, nil
		}
	}
}
