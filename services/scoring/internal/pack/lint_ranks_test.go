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
		// component begins one, of which the way follows.
		component = "components:\n  - id: bukti\n    label: Bukti\n    text: nilai\n    basis: evidence\n    missing: exclude\n    places: 2\n    "
		tail      = "\nexamples: [{name: tanpa rating, given: {}, expected: {state: incomplete}}]\n"
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
		{
			"curves_that_fall", component + "indicators:\n      combine: mean\n      curve:\n        - {from: 0, to: 50, low: 0, high: 40}\n        - {from: 50.0001, to: 80, low: 40, high: 40}\n" +
				"        - {from: 80.0001, to: 99.9999, low: 39, high: 30}\n        - {from: 100, low: 29}", []string{
				"peringatan: baris 16, kolom 45, components[0].indicators.curve[2].low: nilai ini lebih besar daripada nilai 30 pada batas atas bagian ini; periksa urutannya",
				"peringatan: baris 16, kolom 45, components[0].indicators.curve[2].low: nilai ini lebih kecil daripada nilai 40 pada akhir bagian sebelumnya; periksa urutannya",
				"peringatan: baris 17, kolom 28, components[0].indicators.curve[3].low: nilai ini lebih kecil daripada nilai 30 pada akhir bagian sebelumnya; periksa urutannya",
			},
		},
		{
			"worse_categories_worth_more", component + "indicators:\n      combine: categories\n      categories:\n        bands: [{category: very_good, from: 100}, {category: good, from: 80}, {category: poor}]\n" +
				"        combine: [{category: very_poor, at_least: {poor: 2}}, {category: good}]\n        values: {very_good: 90, good: 90, poor: 95, very_poor: 0}", []string{
				"peringatan: baris 16, kolom 49, components[0].indicators.categories.values.poor: nilai ini lebih besar daripada nilai untuk kategori yang lebih tinggi; periksa urutannya",
			},
		},
		{"worse_ratings_worth_more", component + "rating: {of: behavior, values: {above: 80, meets: 100, below: 100}}", []string{
			"peringatan: baris 11, kolom 55, components[0].rating.values.meets: nilai ini lebih besar daripada nilai untuk rating yang lebih tinggi; periksa urutannya",
		}},
		{"worse_organisations_worth_more", component + "organization: {values: {excellent: 100, good: 90, needs_improvement: 80, poor: 80, very_poor: 80.5}}", []string{
			"peringatan: baris 11, kolom 99, components[0].organization.values.very_poor: nilai ini lebih besar daripada nilai untuk rating kinerja organisasi yang lebih tinggi; periksa urutannya",
		}},
		{"more_tasks_worth_less", component + "tasks: {steps: [{from: 1, points: 2}, {from: 4, points: 2}, {from: 7, points: 1.5}]}", []string{
			"peringatan: baris 11, kolom 83, components[0].tasks.steps[2].points: poin ini lebih kecil daripada poin untuk tugas yang lebih sedikit; periksa urutannya",
		}},
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
