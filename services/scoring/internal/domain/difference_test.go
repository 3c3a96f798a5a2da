package domain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

func TestDifferences(t *testing.T) {
	t.Parallel()
	result := func(predicate domain.Predicate, realised ...domain.Realisation) *domain.Result {
		facts := one(domain.Segment{
			Plan: domain.Plan{Indicators: []domain.Indicator{
				{ID: "results/r1/indicators/i1", Description: "Jumlah laporan", Formula: domain.FormulaNormal, Target: decimal.Ten},
			}},
			Realisations: realised,
		})
		return &domain.Result{Predicate: predicate, Credit: "12.50", Trace: domain.Trace{Facts: facts}}
	}
	nine := domain.Realisation{Indicator: "results/r1/indicators/i1", Value: decimal.MustParse("9")}
	ten := domain.Realisation{Indicator: nine.Indicator, Value: decimal.Ten, Source: "another report"}
	again := domain.Realisation{Indicator: nine.Indicator, Value: nine.Value, Source: "another report"}
	realisation := func(before, after string) domain.Difference {
		return domain.Difference{ID: nine.Indicator + "/realisation", Label: "Realisasi “Jumlah laporan”", Before: before, After: after}
	}
	cases := []struct {
		name          string
		before, after *domain.Result
		want          []domain.Difference
	}{
		{"the_same", result(domain.PredicateGood, nine), result(domain.PredicateGood, nine), nil},
		{"the_source_does_not_count", result(domain.PredicateGood, nine), result(domain.PredicateGood, again), nil},
		{
			"a_field_and_an_input", result(domain.PredicateGood, nine), result(domain.PredicateVeryGood, ten),
			[]domain.Difference{{ID: "predicate", Label: "Predikat kinerja pegawai", Before: "good", After: "very_good"}, realisation("9", "10")},
		},
		{"an_input_more", result(domain.PredicateGood), result(domain.PredicateGood, nine), []domain.Difference{realisation("", "9")}},
		{"an_input_less", result(domain.PredicateGood, nine), result(domain.PredicateGood), []domain.Difference{realisation("9", "")}},
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

// TestDifferences_name_every_field changes one field of a result at a time.
func TestDifferences_name_every_field(t *testing.T) {
	t.Parallel()
	before := &domain.Result{Segments: 1}
	for _, c := range []struct {
		change func(*domain.Result)
		want   domain.Difference
	}{
		{func(r *domain.Result) { r.RulePack = "x" }, domain.Difference{ID: "rule_pack", Label: "Paket aturan", After: "x"}},
		{func(r *domain.Result) { r.State = "x" }, domain.Difference{ID: "state", Label: "Status nilai", After: "x"}},
		{func(r *domain.Result) { r.Predicate = "x" }, domain.Difference{ID: "predicate", Label: "Predikat kinerja pegawai", After: "x"}},
		{func(r *domain.Result) { r.ResultRating = "x" }, domain.Difference{ID: "result_rating", Label: "Rating hasil kerja yang berlaku", After: "x"}},
		{func(r *domain.Result) { r.BehaviorRating = "x" }, domain.Difference{ID: "behavior_rating", Label: "Rating perilaku kerja yang berlaku", After: "x"}},
		{func(r *domain.Result) { r.Suggestion = "x" }, domain.Difference{ID: "suggested_rating", Label: "Rating hasil kerja yang disarankan", After: "x"}},
		{func(r *domain.Result) { r.Value = "x" }, domain.Difference{ID: "value", Label: "Nilai", After: "x"}},
		{func(r *domain.Result) { r.Achievement = "x" }, domain.Difference{ID: "achievement", Label: "Capaian rencana kinerja", After: "x"}},
		{func(r *domain.Result) { r.SurveyIndex = "x" }, domain.Difference{ID: "survey_index", Label: "Indeks kepuasan masyarakat", After: "x"}},
		{func(r *domain.Result) { r.Segments = 2 }, domain.Difference{ID: "segments", Label: "Jumlah penugasan", Before: "1", After: "2"}},
		{func(r *domain.Result) { r.Credit = "x" }, domain.Difference{ID: "credit", Label: "Angka kredit", After: "x"}},
	} {
		t.Run(c.want.ID, func(t *testing.T) {
			t.Parallel()
			after := *before
			c.change(&after)
			if diff := cmp.Diff([]domain.Difference{c.want}, domain.Differences(before, &after)); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}
