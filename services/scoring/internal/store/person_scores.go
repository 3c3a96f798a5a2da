package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

var _ app.PersonScores = (*Store)(nil)

// PersonScores returns the current scores of a person over all periods; see app.PersonScores.
func (s *Store) PersonScores(ctx context.Context, tenant, person string) ([]app.Revision, error) {
	query := "SELECT " + revisionColumns + ", r.record, s.period" + fromCurrent +
		" WHERE s.tenant = $1 AND s.person = $2 ORDER BY s.period"
	var scores []app.Revision
	err := s.each(ctx, query, []any{tenant, person}, func(rows *sql.Rows) error {
		score := app.Revision{Score: domain.Score{Period: domain.Period{Tenant: tenant}}}
		var record string
		err := scanScore(rows, &score, &record, &score.Period.ID)
		if err != nil {
			return err
		}
		score.Record, err = decodeRecord(record)
		scores = append(scores, score)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read scores of a person: %w", err)
	}
	return scores, nil
}
