package domaintest

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// WithoutFirst returns the results of a record, which begin with a number, without it.
func WithoutFirst(results []byte) []byte {
	_, rest, _ := num.AppendText(nil, results)
	return rest
}

// WithFirst returns the results of a record, which begin with a number, with another in its place.
func WithFirst(number string, results []byte) []byte {
	return append(Result(number), WithoutFirst(results)...)
}

// Result returns a number as the result of one step.
func Result(number string) []byte {
	var compact [num.MaxCompact]byte
	return compact[:num.PutCompact(&compact, decimal.MustParse(number))]
}
