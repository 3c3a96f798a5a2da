package store

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// The forms in which nested lists are kept, as JSON.

type missingRow struct {
	Input       string `json:"input"`
	Description string `json:"description"`
	Policy      string `json:"policy"`
}

type elementRow struct {
	Element string `json:"element"`
	Sum     int64  `json:"sum"`
	Mean    string `json:"mean"`
}

// ratedRow is the rating of an organisation.
type ratedRow struct {
	Unit  string                   `json:"unit"`
	Level domain.OrganizationLevel `json:"level"`
	Rater string                   `json:"rater,omitempty"`
}

// authorsRow is who set facts of a plan.
type authorsRow struct {
	Rater              string `json:"rater,omitempty"`
	AttendanceRecorder string `json:"attendance_recorder,omitempty"`
}

func encodeMissing(missing []domain.Missing) (string, error) {
	rows := make([]missingRow, len(missing))
	for i, m := range missing {
		rows[i] = missingRow{Input: m.Input, Description: m.Description, Policy: string(m.Policy)}
	}
	return encode(rows)
}

func decodeMissing(text string) ([]domain.Missing, error) {
	var rows []missingRow
	err := decode(text, &rows)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	missing := make([]domain.Missing, len(rows))
	for i, row := range rows {
		missing[i] = domain.Missing{Input: row.Input, Description: row.Description, Policy: domain.Policy(row.Policy)}
	}
	return missing, nil
}

func encodeElements(elements []domain.ElementMean) (string, error) {
	rows := make([]elementRow, len(elements))
	for i, e := range elements {
		rows[i] = elementRow{Element: string(e.Element), Sum: e.Sum, Mean: e.Mean}
	}
	return encode(rows)
}

func decodeElements(text string) ([]domain.ElementMean, error) {
	var rows []elementRow
	err := decode(text, &rows)
	if err != nil {
		return nil, err
	}
	elements := make([]domain.ElementMean, len(rows))
	for i, row := range rows {
		elements[i] = domain.ElementMean{Element: domain.SurveyElement(row.Element), Sum: row.Sum, Mean: row.Mean}
	}
	return elements, nil
}

func encodeRated(ratings []app.OrganizationRating) (string, error) {
	rows := make([]ratedRow, len(ratings))
	for i, r := range ratings {
		rows[i] = ratedRow(r)
	}
	return encode(rows)
}

func decodeRated(text string) ([]app.OrganizationRating, error) {
	var rows []ratedRow
	err := decode(text, &rows)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ratings := make([]app.OrganizationRating, len(rows))
	for i, row := range rows {
		ratings[i] = app.OrganizationRating(row)
	}
	return ratings, nil
}

func encodeAuthors(authors []app.Authors) (string, error) {
	rows := make([]authorsRow, len(authors))
	for i, by := range authors {
		rows[i] = authorsRow(by)
	}
	return encode(rows)
}

func decodeAuthors(text string) ([]app.Authors, error) {
	var rows []authorsRow
	err := decode(text, &rows)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	authors := make([]app.Authors, len(rows))
	for i, row := range rows {
		authors[i] = app.Authors(row)
	}
	return authors, nil
}

func encode(v any) (string, error) {
	raw, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("encode row: %w", err)
	}
	return string(raw), nil
}

func decode(text string, into any) error {
	err := json.Unmarshal([]byte(text), into)
	if err != nil {
		return fmt.Errorf("%w: %w", app.ErrDamaged, err)
	}
	return nil
}

// chunks divides rows of a width so that each chunk stays within the placeholders of one statement.
func chunks[T any](rows []T, width int) iter.Seq[[]T] { return slices.Chunk(rows, maxArgs/width) }
