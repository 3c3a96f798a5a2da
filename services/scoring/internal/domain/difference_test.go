package domain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

func TestDifferences(t *testing.T) {
	t.Parallel()
	result := func(predicate domain.Predicate, inputs ...domain.TraceInput) *domain.Result {
		return &domain.Result{Predicate: predicate, Credit: "12.50", Trace: domain.Trace{Inputs: inputs}}
	}
	target := domain.TraceInput{ID: "results/r1/indicators/i1/target", Value: "10", Label: "Target"}
	real9 := domain.TraceInput{ID: "results/r1/indicators/i1/realisation", Value: "9", Label: "Realisasi"}
	real10 := domain.TraceInput{ID: real9.ID, Value: "10", Label: "Realisasi", Source: "another report"}
	cases := []struct {
		name          string
		before, after *domain.Result
		want          []domain.Difference
	}{
		{"the_same", result(domain.PredicateGood, target, real9), result(domain.PredicateGood, target, real9), nil},
		{"the_order_does_not_count", result(domain.PredicateGood, target, real9), result(domain.PredicateGood, real9, target), nil},
		{
			"a_field_and_an_input", result(domain.PredicateGood, target, real9), result(domain.PredicateVeryGood, target, real10),
			[]domain.Difference{
				{ID: "predicate", Label: "Predikat kinerja pegawai", Before: "good", After: "very_good"},
				{ID: real9.ID, Label: "Realisasi", Before: "9", After: "10"},
			},
		},
		{
			"an_input_more", result(domain.PredicateGood, target), result(domain.PredicateGood, target, real9),
			[]domain.Difference{{ID: real9.ID, Label: "Realisasi", Before: "", After: "9"}},
		},
		{
			"an_input_less", result(domain.PredicateGood, target, real9), result(domain.PredicateGood, target),
			[]domain.Difference{{ID: real9.ID, Label: "Realisasi", Before: "9", After: ""}},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			diff := cmp.Diff(c.want, domain.Differences(c.before, c.after))
			if diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}
