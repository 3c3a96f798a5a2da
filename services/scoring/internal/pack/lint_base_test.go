package pack

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLint_says_what_to_write_in_this_file changes a pack on a base so that a statement of the base does not fit any more: nobody
// can change that one, and whoever writes has only this file.
func TestLint_says_what_to_write_in_this_file(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	const (
		law    = "rulePacks/permenpanrb-6-2022/versions/1"
		region = "rulePacks/kepahiang/versions/1"
		bands  = "predicate:\n  bands:\n    of: value\n    bands: [{predicate: very_good, from: 90}, {predicate: very_poor}]\n"
	)
	cases := []struct{ name, base, rules, want string }{
		{
			"a_statement_to_empty", region, bands,
			"unit_head.ratings: hanya dipakai oleh predicate.matrix; ketentuan itu berasal dari paket dasar: tulis `unit_head: {}` di paket ini",
		},
		{
			"a_rule_to_write_again", "rulePacks/pp-46-2011/versions/1",
			"predicate: {bands: {of: total, places: 1, bands: [{predicate: very_good, from: 91}, {predicate: poor}]}}\n",
			"0 berbeda dari predicate.bands.places 1; samakan; ketentuan itu berasal dari paket dasar: tulis ulang aturan “predicate.round” di paket ini",
		},
		{
			"a_rule_that_is_missing_stands_where_it_is_needed", region, bands,
			"baris 5, kolom 3, rules: predicate.bands belum ada, padahal dipakai oleh predicate.bands; tambahkan aturan itu",
		},
		{
			"a_rule_that_no_single_statement_needs", law,
			"components: [{id: plan, label: Capaian rencana kinerja, text: rata-rata, basis: evidence, missing: exclude, places: 2, floor: 0, indicators: {combine: mean}}]\n",
			"baris 1, kolom 1, rules: component.floor belum ada, padahal dipakai oleh floor sebuah komponen; tambahkan aturan itu",
		},
		{
			"a_fact_that_a_base_with_bands_does_not_ask_for", "rulePacks/pp-46-2011/versions/1",
			"predicate: {matrix: {above: {above: good, meets: good, below: good}, meets: {above: good, meets: good, below: good}, below: {above: good, meets: good, below: good}}}\n",
			"baris 1, kolom 1, inputs: rating.result belum ada; tambahkan dengan missing block",
		},
		{
			"a_component_of_the_base_by_its_name", law,
			"components: [{id: rekan, label: Rekan sejawat, text: rata-rata, basis: evidence, missing: exclude, places: 2, panel: {group: peers, minimum: 5, answer_min: 1, answer_max: 4}}]\n",
			"components[0].panel: minimum, answer_min, dan answer_max harus sama dengan komponen “peers” karena kelompok penilainya sama",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			content := "id: uji\nversion: 1\nbase: " + c.base + "\n" + c.rules
			file, problems := Lint([]byte(content), catalog.File)
			got := lines(problems)
			if file != nil || !slices.ContainsFunc(got, func(line string) bool { return strings.HasSuffix(line, c.want) }) {
				t.Fatalf("no problem ends with %q:\n%s", c.want, strings.Join(got, "\n"))
			}
		})
	}
}

func TestLint_names_the_entry_to_write_again(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		pairs []string
		want  string
	}{
		{"of_a_component", []string{"  floor: 0\n", ""}, "ketentuan itu berasal dari paket dasar: tulis ulang komponen “plan” di paket ini"},
		{"of_a_component_without_a_part", []string{"  floor: 0\n", "  floor: 0\n  cap: 90\n"}, "ketentuan itu berasal dari paket dasar: tulis ulang komponen “plan” tanpa ketentuan itu di paket ini"},
		{"of_a_part", []string{"suggestion: {}", "shown: {value: plan, achievement: plan}"}, "ketentuan itu berasal dari paket dasar: tulis ulang bagian “segments” di paket ini"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file, problems := child(t, c.pairs...)
			got := lines(problems)
			if file != nil || !slices.ContainsFunc(got, func(line string) bool {
				return strings.HasPrefix(line, "rulePacks/contoh/versions/1, ") && strings.HasSuffix(line, c.want)
			}) {
				t.Fatalf("no problem of the base ends with %q:\n%s", c.want, strings.Join(got, "\n"))
			}
		})
	}
}

// TestLint_takes_a_byte_order_mark, as editors of Windows write it, from a file and counts no column for it.
func TestLint_takes_a_byte_order_mark(t *testing.T) {
	t.Parallel()
	const broken = "id: x\nversi: 1\n"
	_, want := Lint([]byte(broken), nil)
	_, got := Lint([]byte("\ufeff"+broken), nil)
	if diff := cmp.Diff(lines(want), lines(got)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	content, err := embedded.ReadFile("packs/pp-46-2011.v1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = Parse(append([]byte("\ufeff"), content...), nil)
	if err != nil {
		t.Error(err)
	}
}
