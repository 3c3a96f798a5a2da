package sqlkit

import (
	"context"
	"time"
)

// Lease is a claim on work that one process at a time may do. Holders compare their own clocks
// with the stored expiry, so two of them may overlap by the difference of their clocks: what a
// lease guards must stay correct, if slower, when done twice.
type Lease struct {
	// Name of the work, unique in the database.
	Name string
	// Holder is an id of this process, new at each start.
	Holder string
	// TTL is how long the claim outlives its last renewal.
	TTL time.Duration
	// Exclusive takes the lease over at once whoever holds it. It is for databases that only one
	// process opens, where any other holder is a process that has died.
	Exclusive bool
}

// Acquire takes or renews the lease at the instant now and reports whether this holder has it
// until now plus TTL.
func (l Lease) Acquire(ctx context.Context, db *DB, now time.Time) (bool, error) {
	query := `INSERT INTO leases (name, holder, expire_time) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expire_time = excluded.expire_time
WHERE leases.holder = excluded.holder OR leases.expire_time <= $4`
	// An exclusive holder waits for nobody: every stored expiry is at or before this bound.
	bound := Micros(now)
	if l.Exclusive {
		bound = 1<<63 - 1
	}
	var held bool
	err := db.WriteRelaxed(ctx, func(ctx context.Context, tx *Tx) error {
		n, err := Affected(tx.ExecContext(ctx, query, l.Name, l.Holder, Micros(now.Add(l.TTL)), bound))
		held = n == 1
		return err
	})
	return held, err
}

// Held reports whether the stored holder is still this one, without writing.
func (l Lease) Held(ctx context.Context, db *DB) (bool, error) {
	var n int
	err := db.Read().QueryRowContext(ctx,
		"SELECT COUNT(*) FROM leases WHERE name = $1 AND holder = $2", l.Name, l.Holder).Scan(&n)
	return n == 1, err
}

// Release gives the lease up, so that another holder need not wait for its expiry. It does
// nothing when another holder has it.
func (l Lease) Release(ctx context.Context, db *DB) error {
	return db.WriteRelaxed(ctx, func(ctx context.Context, tx *Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM leases WHERE name = $1 AND holder = $2", l.Name, l.Holder)
		return err
	})
}
