package replay

import (
	"context"
	"fmt"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/run"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/kit/telemetry"
)

const (
	sweepEvery = 10 * time.Minute
	// sweepBatch bounds one transaction, so that it does not hold up the writers.
	sweepBatch = 500
)

// Runner returns the work that removes requests past their retention, every ten minutes. An engine that is away does
// not end it.
func (l *Log) Runner() run.Runner {
	return run.Runner{Name: "request log sweeper", Run: func(ctx context.Context) error {
		ticker := time.NewTicker(sweepEvery)
		defer ticker.Stop()
		for {
			_, err := l.Sweep(ctx)
			if err != nil && ctx.Err() == nil {
				l.logger.WarnContext(ctx, "request log not swept", telemetry.KeyError, err.Error())
			}
			select {
			case <-ctx.Done():
				return nil
			case <-ticker.C:
			}
		}
	}}
}

// Sweep removes the requests past their retention, in batches, and returns how many there were.
func (l *Log) Sweep(ctx context.Context) (int64, error) {
	before := sqlkit.Micros(l.clock.Now().Add(-Retention))
	total := int64(0)
	for {
		n := int64(0)
		err := l.db.WriteRelaxed(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
			var err error
			n, err = sqlkit.Affected(tx.ExecContext(ctx,
				`DELETE FROM request_log WHERE (tenant, caller, method, request_id) IN (
					SELECT tenant, caller, method, request_id FROM request_log WHERE create_time <= $1 ORDER BY create_time LIMIT $2)`,
				before, sweepBatch))
			return err
		})
		total += n
		if err != nil {
			return total, fmt.Errorf("sweep request log: %w", err)
		}
		if n < sweepBatch {
			return total, nil
		}
	}
}
