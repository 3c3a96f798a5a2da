package app

import (
	"context"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

// ListProgressReports returns a page of the reports of one person and the cursor of the next page, nil on the last.
func (a *App) ListProgressReports(ctx context.Context, q ProgressQuery) ([]domain.Progress, *ProgressCursor, error) {
	err := a.mayPerson(ctx, q.Tenant, q.Person)
	if err != nil {
		return nil, nil, err
	}
	size := q.Limit
	q.Limit++ // one more tells whether there is a next page
	reports, err := a.Store.ListProgress(ctx, q)
	if err != nil || len(reports) <= size {
		return reports, nil, err
	}
	last := reports[size-1]
	return reports[:size], &ProgressCursor{CreateTime: last.CreateTime, ID: last.ID}, nil
}
