package outbox

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// row is a stored event.
type row struct {
	seq      int64
	attempts int
	event.Envelope
}

const rowColumns = `seq, attempts, event_id, subject, source, event_type, resource_name, resource_revision,
data_schema, payload, trace_parent, trace_state, event_time`

// pending returns at most limit rows that are neither marked as published nor parked, in the
// order of their sequence. It looks at all of them, not only above the last one seen: a
// transaction that commits late brings a lower sequence. The limit is part of the text, because SQLite compiles a
// statement anew for each value bound to one; callers give few different limits.
func (o *Outbox) pending(ctx context.Context, limit int) ([]row, error) {
	rows, err := o.db.Read().QueryContext(ctx, "SELECT "+rowColumns+
		" FROM outbox WHERE publish_time IS NULL AND park_time IS NULL ORDER BY seq LIMIT "+strconv.Itoa(limit))
	if err != nil {
		return nil, fmt.Errorf("claim events: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []row
	for rows.Next() {
		r, err := scanRow(rows)
		if err != nil {
			return nil, fmt.Errorf("claim events: %w", err)
		}
		out = append(out, r)
	}
	err = rows.Err()
	if err != nil {
		return nil, fmt.Errorf("claim events: %w", err)
	}
	return out, nil
}

func scanRow(rows *sql.Rows) (row, error) {
	var r row
	var at int64
	err := rows.Scan(&r.seq, &r.attempts, &r.ID, &r.Subject, &r.Source, &r.Type, &r.Resource, &r.Revision,
		&r.DataSchema, &r.Data, &r.TraceParent, &r.TraceState, &at)
	r.Time = sqlkit.Time(at)
	return r, err
}

// markPublished marks rows by their sequences, given in ascending order. Runs without a gap are
// one statement each, so that the statement's text does not depend on their number.
func (o *Outbox) markPublished(ctx context.Context, seqs []int64) error {
	at := sqlkit.Micros(o.clock.Now())
	err := o.db.WriteRelaxed(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		for start := 0; start < len(seqs); {
			end := start + 1
			for end < len(seqs) && seqs[end] == seqs[end-1]+1 {
				end++
			}
			_, err := tx.ExecContext(ctx, "UPDATE outbox SET publish_time = $1 WHERE seq >= $2 AND seq <= $3",
				at, seqs[start], seqs[end-1])
			if err != nil {
				return err
			}
			start = end
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("mark events as published: %w", err)
	}
	return nil
}

// refuse counts a refusal of the row by the server and parks it when it has had enough.
func (o *Outbox) refuse(ctx context.Context, r row, cause error) (parked bool, err error) {
	parked = r.attempts+1 >= o.opts.MaxAttempts
	var park *int64
	if parked {
		at := sqlkit.Micros(o.clock.Now())
		park = &at
	}
	err = o.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE outbox SET attempts = attempts + 1, last_error = $1, park_time = $2 WHERE seq = $3",
			cause.Error(), park, r.seq)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("note refused event: %w", err)
	}
	return parked, nil
}

// depthLimit bounds the work of counting; a gauge at it means "at least".
const depthLimit = 100_000

// measure sets the gauges of what waits.
func (o *Outbox) measure(ctx context.Context) error {
	q := o.db.Read()
	var depth, parked int64
	err := q.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT seq FROM outbox
WHERE publish_time IS NULL AND park_time IS NULL LIMIT $1) AS pending`, depthLimit).Scan(&depth)
	if err != nil {
		return fmt.Errorf("measure outbox: %w", err)
	}
	err = q.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT seq FROM outbox
WHERE park_time IS NOT NULL LIMIT $1) AS parked`, depthLimit).Scan(&parked)
	if err != nil {
		return fmt.Errorf("measure outbox: %w", err)
	}
	var oldest sql.NullInt64
	err = q.QueryRowContext(ctx, `SELECT MIN(create_time) FROM (SELECT create_time FROM outbox
WHERE publish_time IS NULL AND park_time IS NULL ORDER BY seq LIMIT 1) AS first`).Scan(&oldest)
	if err != nil {
		return fmt.Errorf("measure outbox: %w", err)
	}
	age := time.Duration(0)
	if oldest.Valid {
		age = max(0, o.clock.Now().Sub(sqlkit.Time(oldest.Int64)))
	}
	o.metrics.depth.Set(float64(depth))
	o.metrics.parked.Set(float64(parked))
	o.metrics.oldest.Set(age.Seconds())
	return nil
}
