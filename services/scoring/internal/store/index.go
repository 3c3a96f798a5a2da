package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// writtenIndexColumns are the columns of survey_index_revisions in the order of appendIndex.
const writtenIndexColumns = `tenant, period, unit, revision, source, responses, elements, lowest, value, grade, printed_value,
printed_grade, rule_pack, rule_pack_hash, digest, compute_time`

// indexWidth is how many columns writtenIndexColumns names.
const indexWidth = 16

// fromCurrentIndex joins each index with its current revision.
const fromCurrentIndex = ` FROM survey_indexes s JOIN survey_index_revisions r
ON r.tenant = s.tenant AND r.period = s.period AND r.unit = s.unit AND r.revision = s.revision`

// indexColumns are the columns of survey_index_revisions but digest, which is read apart.
const indexColumns = `r.unit, r.revision, r.source, r.responses, r.elements, r.lowest, r.value, r.grade, r.printed_value,
r.printed_grade, r.rule_pack, r.rule_pack_hash, r.compute_time`

func writeIndexes(ctx context.Context, tx *sqlkit.Tx, indexes []domain.SurveyScore) error {
	heads := make([]head, len(indexes))
	for i, index := range indexes {
		heads[i] = head{index.Period.Tenant, index.Period.ID, index.Unit, index.Revision}
	}
	err := indexHeads().move(ctx, tx, heads)
	if err != nil {
		return err
	}
	for chunk := range chunks(indexes, indexWidth) {
		args := make([]any, 0, len(chunk)*indexWidth)
		for _, index := range chunk {
			args, err = appendIndex(args, index)
			if err != nil {
				return err
			}
		}
		err = indexHeads().add(ctx, tx, writtenIndexColumns, indexWidth, args)
		if err != nil {
			return err
		}
	}
	return nil
}

func appendIndex(args []any, i domain.SurveyScore) ([]any, error) {
	elements, err := encodeList(i.Elements, func(e domain.ElementMean) elementRow { return elementRow(e) })
	if err != nil {
		return nil, err
	}
	lowest, err := encode(i.Lowest)
	if err != nil {
		return nil, err
	}
	return append(args, i.Period.Tenant, i.Period.ID, i.Unit, i.Revision, i.Source, i.Responses, elements, lowest, i.Value,
		i.Grade, i.PrintedValue, i.PrintedGrade, i.RulePack, i.RulePackHash, i.Digest(), sqlkit.Micros(i.ComputeTime)), nil
}

// IndexHeads returns what is current of the units' indexes; see app.Store. One of which a mismatch is kept has no digest, as
// with scores.
func (s *Store) IndexHeads(ctx context.Context, period domain.Period, units []string) (map[string]app.Head, error) {
	heads := make(map[string]app.Head, len(units))
	for chunk := range chunks(units, 2) { // half of the placeholders; the period has two of its own
		query := "SELECT s.unit, s.revision, CASE WHEN m.revision IS NULL THEN r.digest ELSE '' END" + fromCurrentIndex +
			" LEFT JOIN survey_index_mismatches m" +
			" ON m.tenant = s.tenant AND m.period = s.period AND m.unit = s.unit AND m.revision = s.revision" +
			" WHERE s.tenant = $1 AND s.period = $2 AND s.unit IN " + sqlkit.In(len(chunk), 3)
		err := s.each(ctx, query, inPeriod(period, chunk), func(rows *sql.Rows) error {
			h := app.Head{}
			var unit string
			err := rows.Scan(&unit, &h.Revision, &h.Digest)
			heads[unit] = h
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read current indexes: %w", err)
		}
	}
	return heads, nil
}

// SurveyScore returns the current revision of the index of a unit; see app.Store.
func (s *Store) SurveyScore(ctx context.Context, period domain.Period, unit string) (domain.SurveyScore, error) {
	query := "SELECT " + indexColumns + fromCurrentIndex + " WHERE s.tenant = $1 AND s.period = $2 AND s.unit = $3"
	i := domain.SurveyScore{Period: period}
	err := scanIndex(s.db.Read().QueryRowContext(ctx, query, period.Tenant, period.ID, unit), &i)
	if errors.Is(err, sql.ErrNoRows) {
		return domain.SurveyScore{}, app.ErrNotFound
	}
	if err != nil {
		return domain.SurveyScore{}, fmt.Errorf("read index: %w", err)
	}
	return i, nil
}

// scanIndex reads indexColumns, and then whatever else the row has.
func scanIndex(row scanner, i *domain.SurveyScore, more ...any) error {
	var elements, lowest string
	var computed int64
	err := row.Scan(append([]any{
		&i.Unit, &i.Revision, &i.Source, &i.Responses, &elements, &lowest, &i.Value, &i.Grade, &i.PrintedValue, &i.PrintedGrade,
		&i.RulePack, &i.RulePackHash, &computed,
	}, more...)...)
	if err != nil {
		return err
	}
	i.ComputeTime = sqlkit.Time(computed)
	i.Elements, err = decodeList(elements, func(row elementRow) domain.ElementMean { return domain.ElementMean(row) })
	if err != nil {
		return err
	}
	return decode(lowest, &i.Lowest)
}
