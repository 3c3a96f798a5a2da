package store

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// The forms in which the entries of nested lists are kept, as JSON. Each has the fields of its type, so that the compiler
// finds one that a conversion would forget.

type missingRow struct {
	Input       string        `json:"input"`
	Description string        `json:"description"`
	Policy      domain.Policy `json:"policy"`
}

type elementRow struct {
	Element domain.SurveyElement `json:"element"`
	Sum     int64                `json:"sum"`
	Mean    string               `json:"mean"`
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

// encodeList returns a list in the form in which it is kept, with a row for each entry.
func encodeList[T, R any](list []T, row func(T) R) (string, error) {
	if len(list) == 0 {
		return "[]", nil
	}
	return encode(rows(list, row))
}

// decodeList returns the list that encodeList has kept, nil for an empty one.
func decodeList[R, T any](text string, entry func(R) T) ([]T, error) {
	var kept []R
	err := decode(text, &kept)
	if err != nil || len(kept) == 0 {
		return nil, err
	}
	return rows(kept, entry), nil
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
