package pack

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLint_warns_of_more_for_less builds on the law with one part upside down; what of it is no better than its neighbours is
// not warned of.
func TestLint_warns_of_more_for_less(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	const (
		head = "id: uji\nversion: 1\nbase: rulePacks/permenpanrb-6-2022/versions/1\n"
		tail = "\nexamples: [{name: tanpa rating, given: {}, expected: {state: incomplete}}]\n"
	)
	cases := []struct {
		name, rules string
		want        []string
	}{
		{
			"as_the_law_has_it", "predicate: {matrix: {above: {above: very_good, meets: good, below: poor}, meets: {above: good, meets: good, below: poor}, " +
				"below: {above: needs_improvement, meets: needs_improvement, below: very_poor}}}", nil,
		},
		{
			"a_matrix_with_its_best_corner_worst", "predicate:\n  matrix:\n    above: {above: very_poor, meets: good, below: poor}\n    meets: {above: good, meets: good, below: poor}\n" +
				"    below: {above: needs_improvement, meets: needs_improvement, below: very_good}", []string{
				"peringatan: baris 6, kolom 38, predicate.matrix.above.meets: predikat ini lebih tinggi daripada predikat untuk rating perilaku kerja yang lebih tinggi; periksa urutannya",
				"peringatan: baris 7, kolom 20, predicate.matrix.meets.above: predikat ini lebih tinggi daripada predikat untuk rating hasil kerja yang lebih tinggi; periksa urutannya",
				"peringatan: baris 8, kolom 72, predicate.matrix.below.below: predikat ini lebih tinggi daripada predikat untuk rating hasil kerja yang lebih tinggi; periksa urutannya",
				"peringatan: baris 8, kolom 72, predicate.matrix.below.below: predikat ini lebih tinggi daripada predikat untuk rating perilaku kerja yang lebih tinggi; periksa urutannya",
			},
		},
		{
			"heads_of_worse_organisations_rated_better", "unit_head: {ratings: {excellent: below, good: below, needs_improvement: meets, poor: above, very_poor: above}}", []string{
				"peringatan: baris 4, kolom 73, unit_head.ratings.needs_improvement: rating hasil kerja ini lebih tinggi daripada rating untuk rating kinerja organisasi yang lebih tinggi; periksa urutannya",
				"peringatan: baris 4, kolom 86, unit_head.ratings.poor: rating hasil kerja ini lebih tinggi daripada rating untuk rating kinerja organisasi yang lebih tinggi; periksa urutannya",
			},
		},
		{
			"more_angka_kredit_for_worse_predicates", "credit: {months_per_year: 12, percents: {very_good: 100, good: 100, needs_improvement: 110, poor: 50, very_poor: 50.5}, " +
				"coefficients: {pemula: 1, terampil: 1, mahir: 1, penyelia: 1, ahli_pertama: 1, ahli_muda: 1, ahli_madya: 1, ahli_utama: 1}}", []string{
				"peringatan: baris 4, kolom 88, credit.percents.needs_improvement: persentase ini lebih besar daripada persentase untuk predikat yang lebih tinggi; periksa urutannya",
				"peringatan: baris 4, kolom 114, credit.percents.very_poor: persentase ini lebih besar daripada persentase untuk predikat yang lebih tinggi; periksa urutannya",
			},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file, problems := Lint([]byte(head+c.rules+tail), catalog.File)
			if file == nil {
				t.Fatalf("it was refused: %v", lines(problems))
			}
			var got []string
			for _, line := range lines(problems) {
				if strings.Contains(line, "periksa urutannya") {
					got = append(got, line)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		})
	}
}
