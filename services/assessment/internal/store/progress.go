package store

import (
	"context"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/app"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

const (
	insertProgress = `INSERT INTO progress_reports
(tenant, period, person, create_time, id, indicator, realisation, evidence_note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

	// The comparison keeps an older report from counting when two are committed in the other order.
	pointProgress = `INSERT INTO current_progress
(tenant, period, person, indicator, realisation, report_id, report_time, plan)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (tenant, period, person, indicator) DO UPDATE SET
realisation = excluded.realisation, report_id = excluded.report_id, report_time = excluded.report_time, plan = excluded.plan
WHERE (excluded.report_time, excluded.report_id) > (current_progress.report_time, current_progress.report_id)`

	selectProgress = `SELECT create_time, id, indicator, realisation, evidence_note FROM progress_reports
WHERE tenant = $1 AND period = $2 AND person = $3`
	newestFirst = ` ORDER BY create_time DESC, id DESC LIMIT `
)

// AddProgress implements app.Store.
func (s *Store) AddProgress(ctx context.Context, p domain.Progress) error {
	at := sqlkit.Micros(p.CreateTime)
	return s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, insertProgress,
			p.Tenant, p.Period, p.Person, at, p.ID, p.Indicator, p.Realisation, p.EvidenceNote)
		if err != nil {
			return fmt.Errorf("add progress report: %w", err)
		}
		_, err = tx.ExecContext(ctx, pointProgress, p.Tenant, p.Period, p.Person, p.Indicator, p.Realisation, p.ID, at, p.Plan)
		if err != nil {
			return fmt.Errorf("point to progress report: %w", err)
		}
		return s.teller.Tell(ctx, tx, p.Fact())
	})
}

// ListProgress implements app.Store.
func (s *Store) ListProgress(ctx context.Context, q app.ProgressQuery) ([]domain.Progress, error) {
	query, args := selectProgress+newestFirst+"$4", []any{q.Tenant, q.Period, q.Person, q.Limit}
	if q.After != nil {
		query = selectProgress + " AND (create_time, id) < ($5, $6)" + newestFirst + "$4"
		args = append(args, sqlkit.Micros(q.After.CreateTime), q.After.ID)
	}
	rows, err := s.db.Read().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list progress reports: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var reports []domain.Progress
	for rows.Next() {
		p := domain.Progress{Tenant: q.Tenant, Period: q.Period, Person: q.Person}
		var at int64
		err = rows.Scan(&at, &p.ID, &p.Indicator, &p.Realisation, &p.EvidenceNote)
		if err != nil {
			return nil, fmt.Errorf("list progress reports: %w", err)
		}
		p.CreateTime = sqlkit.Time(at)
		reports = append(reports, p)
	}
	return reports, rows.Err()
}
