package pack

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// lines returns the problems as people read them.
func lines(problems []Problem) []string {
	texts := make([]string, len(problems))
	for i, problem := range problems {
		texts[i] = problem.String()
	}
	return texts
}

func TestLint_says_where_and_what(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, old, replacement, want string }{
		{"an_unknown_key", "  missing_label: Realisasi", "  mising_label: Realisasi", "baris 24, kolom 3, achievement.mising_label: kunci “mising_label” tidak dikenal; mungkin maksudnya “missing_label”"},
		{"a_key_like_no_other", "  missing_label: Realisasi", "  x: Realisasi", "baris 24, kolom 3, achievement.x: kunci “x” tidak dikenal; pilih cap, efficiency, floor, missing, missing_label atau missing_reason"},
		{"a_key_of_a_part_without_terms", "    behavior: {}", "    behavior: {of: x}", "baris 44, kolom 16, components[1].behavior.of: kunci “of” tidak dikenal; bagian ini tanpa ketentuan, tulis {}"},
		{"a_key_twice", "version: 1", "version: 1\nversion: 2", "baris 4, kolom 1, version: kunci “version” ditulis dua kali; hapus salah satunya"},
		{"a_text_for_a_number", "weight: 70}", "weight: banyak}", "baris 54, kolom 37, components[2].weighted.of[0].weight: “banyak” bukan bilangan; tulis angka tanpa tanda kutip, dengan titik sebagai tanda desimal"},
		{"a_quoted_number", "weight: 70}", "weight: \"70\"}", "bukan bilangan; tulis angka tanpa tanda kutip"},
		{"a_number_with_a_comma", "behavior: 78.67", "behavior: 78,67", "baris 82, kolom 17, examples[0].given.behavior: “78,67” bukan bilangan"},
		{"a_number_too_long", "  cap: 120", "  cap: 120.00000000000000000001", "memuat terlalu banyak angka"},
		{"a_number_too_fine", "  cap: 120", "  cap: 0.00000000000000000001", "memuat terlalu banyak angka"},
		{"a_number_with_a_comma_in_a_flow", "weight: 70}", "weight: 70,5}", "baris 54, kolom 40, components[2].weighted.of[0].5: koma memisahkan “70” dari “5”; tulis 70.5, dengan titik sebagai tanda desimal"},
		{"an_exponent", "  cap: 120", "  cap: 1e2", "“1e2” bukan bilangan"},
		{"a_fraction_for_a_whole_number", "version: 1", "version: 1.5", "baris 3, kolom 10, version: “1.5” bukan bilangan bulat"},
		{"an_octal_number", "version: 1", "version: 0o17", "bukan bilangan bulat"},
		{"a_number_for_a_text", "display_name: Contoh penilaian", "display_name: 2026", "baris 4, kolom 15, display_name: “2026” bukan teks; tulis di dalam tanda kutip"},
		{"a_text_for_yes", "innovation: true", "innovation: benar", "“benar” bukan ya atau tidak; tulis true atau false"},
		{"nothing", "    behavior: {}", "    behavior:", "components[1].behavior: kosong; isi nilainya, tulis {} untuk bagian tanpa ketentuan, atau hapus barisnya"},
		{"a_list_for_a_part", "shown: {value: total, achievement: plan}", "shown: [total]", "shown: harus berupa bagian dengan kunci dan nilai"},
		{"a_part_for_a_list", "legal_sources:\n  - {", "legal_sources:\n    {", "legal_sources: harus berupa daftar"},
		{"a_tag", "display_name: Contoh", "display_name: !!str Contoh", "tanda seru (!!str) tidak didukung"},
		{"a_merge_key", "shown: {value", "shown: {<<: {}, value", "<< tidak didukung; tulis setiap kunci, atau pakai base"},
		{"an_unknown_alias", "shown: {value: total", "shown: {value: *total", "*total belum didefinisikan; tulis &total lebih dahulu"},
		{"an_alias_of_itself", "shown: {value: total, achievement: plan}", "shown: &s {value: *s}", "shown.value: “{value: *s}” bukan teks"},
		{"a_tab", "achievement:\n  floor", "achievement:\n\tfloor", "lekukan memakai tab; ganti setiap tab dengan spasi"},
		{"a_file_in_latin_1", "display_name: Contoh", "display_name: Conto\xe9", "baris 4 tidak ditulis dalam UTF-8; simpan berkas dengan pengodean UTF-8"},
		{"a_component_misspelt", "{component: attitude, weight: 30}", "{component: atitude, weight: 30}", "components[2].weighted.of[1].component: komponen “atitude” tidak ada; mungkin maksudnya “attitude”"},
		{"wrong_syntax", "shown: {value", "shown: {{value", "susunan YAML salah"},
		{"two_documents", "segments: {predicate: value}", "---\nsegments: {predicate: value}", "lebih dari satu dokumen"},
		{"an_unknown_code", "basis: evidence", "basis: guess", "baris 29, kolom 12, components[0].basis: “guess” tidak dikenal; pilih law, evidence, atau policy"},
		{"an_unknown_code_of_an_example", "formula: normal, target: 10", "formula: usual, target: 10", "baris 81, kolom 67, examples[0].given.indicators[0].formula: “usual” tidak dikenal; pilih normal, lower_is_better, range atau range_lower_is_better"},
		{"what_is_missing_stands_around", "    label: Perilaku\n", "", "baris 38, kolom 5, components[1].label: belum diisi; tulis dalam bahasa Indonesia"},
		{"a_base_without_library", "version: 1", "version: 1\nbase: rulePacks/x/versions/1", "baris 4, kolom 7, base: paket dasar rulePacks/x/versions/1 tidak tersedia di sini"},
		{"an_example_without_name", "  - name: target tercapai\n    source", "  - source", "examples[0].name: belum diisi"},
		{"an_example_of_both_forms", "      behavior: 78.67", "      behavior: 78.67\n      segments: [{behavior: 1}]", "examples[0].given: segments tidak dapat bersamaan dengan fakta lain"},
		{"an_example_of_an_unknown_state", "expected: {value", "expected: {state: foo, value", "examples[0].expected.state: “foo” tidak dikenal; pilih complete, provisional atau incomplete"},
		{"an_example_of_an_unknown_component", "expected: {value", "expected: {components: {atitude: \"\"}, value", "examples[0].expected.components.atitude: komponen “atitude” tidak ada; mungkin maksudnya “attitude”"},
		{"an_example_of_an_unknown_step", "expected: {value", "expected: {steps: {foo: \"\"}, value", "baris 83, kolom 29, examples[0].expected.steps.foo: langkah “foo” tidak pernah ada pada contoh ini"},
		{"an_example_that_expects_nothing", "expected: {value: \"100.60\", predicate: good}", "expected: {}", "examples[0].expected: belum diisi"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			content := string(small(t))
			if strings.Count(content, c.old) != 1 {
				t.Fatalf("%q occurs %d times", c.old, strings.Count(content, c.old))
			}
			file, problems := Lint([]byte(strings.Replace(content, c.old, c.replacement, 1)), nil)
			if file != nil {
				t.Fatal("it was taken")
			}
			got := lines(problems)
			if !slices.ContainsFunc(got, func(line string) bool { return strings.Contains(line, c.want) }) {
				t.Fatalf("no problem says %q:\n%s", c.want, strings.Join(got, "\n"))
			}
			_, err := Parse([]byte(strings.Replace(content, c.old, c.replacement, 1)), nil)
			if !errors.Is(err, domain.ErrInvalidPack) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("Parse says %v", err)
			}
		})
	}
}

func TestLint_refuses_what_is_too_large(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, content, want string }{
		{"bytes", strings.Repeat("#", maxFile+1), "berkas berukuran"},
		{"lines", strings.Repeat("\n", maxLines+1), "lebih dari 5000 baris"},
		{"brackets", strings.Repeat("[", 1000), "terlalu banyak kurung"},
		{"nothing", "# hanya komentar\n", "berkas kosong"},
		{"a_list", "- a\n", "harus berupa bagian"},
		{"aliases", "examples:\n  - name: x\n    given:\n      panels: &p [" + strings.Repeat("{count: 1},", 400) + "{count: 1}]\n      segments: [" + strings.Repeat("{panels: *p },", 400) + "{panels: *p }]\n    expected: {}\n", "terlalu banyak isi"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file, problems := Lint([]byte(c.content), nil)
			if file != nil || len(problems) == 0 || len(problems) > maxProblems {
				t.Fatalf("%d problems", len(problems))
			}
			if !strings.Contains(strings.Join(lines(problems), "\n"), c.want) {
				t.Fatalf("no problem says %q: %v", c.want, problems[0])
			}
		})
	}
}

func TestLint_lists_every_problem_in_the_order_of_the_file(t *testing.T) {
	t.Parallel()
	content := strings.NewReplacer("version: 1", "version: 0", "weight: 70}", "weight: 0}", "{predicate: very_poor}", "{predicate: terrible}").Replace(string(small(t)))
	_, problems := Lint([]byte(content), nil)
	var got []string
	for _, p := range problems {
		got = append(got, p.Path)
	}
	want := []string{"version", "components[2].weighted.of[0].weight", "predicate.bands.bands[4].predicate"}
	diff := cmp.Diff(want, got)
	if diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
}

func TestLint_warns(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, old, replacement, want string }{
		{"of_weights_that_are_no_percentages", "weight: 70}", "weight: 71}", "peringatan: baris 53, kolom 7, components[2].weighted.of: bobot berjumlah 101, bukan 100"},
		{"of_a_component_that_nothing_reads", "  - id: total\n", "  - {id: tugas, label: Tugas tambahan, text: poin, basis: policy, missing: exclude, places: 0, tasks: {steps: [{from: 1, points: 1}]}}\n  - id: total\n", "komponen “Tugas tambahan” tidak dipakai"},
		{"of_a_label_with_a_full_stop", "label: Perilaku\n", "label: Perilaku.\n", "components[1].label: label diakhiri titik"},
		{"of_a_label_in_lower_case", "label: Perilaku\n", "label: perilaku\n", "components[1].label: label diawali huruf kecil"},
		{"of_two_components_that_read_the_same", "label: Perilaku\n", "label: Capaian rencana kinerja\n", "components[1].label: label “Capaian rencana kinerja” sama dengan label komponen “plan”"},
		{"of_a_regulation_that_nothing_cites", "legal_sources:\n", "legal_sources:\n  - {key: perda-1, short: Perda 1/2026, title: Peraturan Daerah}\n", "legal_sources[0]: sumber hukum “Perda 1/2026” tidak dirujuk"},
		{"of_a_suggestion_as_evidence", "Saran rating hasil kerja, basis: policy", "Saran rating hasil kerja, basis: evidence", "rules[7].basis: saran rating adalah kebijakan"},
		{"of_a_suggestion_from_behavior", "suggestion:\n  of: plan", "suggestion:\n  of: attitude", "suggestion.of: saran rating hasil kerja dapat keluar dari “Perilaku” saja"},
		{"of_a_suggestion_from_a_mean_with_behavior", "suggestion:\n  of: plan", "suggestion:\n  of: total", "suggestion.of: saran rating hasil kerja dapat keluar dari “Perilaku” saja"},
		{"of_a_suggestion_from_zero", "basis: evidence\n    missing: block", "basis: evidence\n    missing: zero\n    missing_reason: tidak ada laporan", "suggestion.of: saran rating hasil kerja dapat keluar dari “Capaian rencana kinerja” saja"},
		{"of_bands_upside_down", "{predicate: poor, from: 50}", "{predicate: good, from: 50}", "predicate.bands.bands[3].predicate: predikat ini lebih tinggi"},
		{"of_predicates_without_example", "places: 2\n    behavior", "places: 2\n    behavior", "belum ada contoh untuk predikat Sangat Baik, Butuh Perbaikan, Kurang/Misconduct atau Sangat Kurang"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			content := string(small(t))
			if strings.Count(content, c.old) != 1 {
				t.Fatalf("%q occurs %d times", c.old, strings.Count(content, c.old))
			}
			file, problems := Lint([]byte(strings.Replace(content, c.old, c.replacement, 1)), nil)
			if file == nil || len(Errors(problems)) > 0 {
				t.Fatalf("it was refused: %v", lines(problems))
			}
			if !strings.Contains(strings.Join(lines(problems), "\n"), c.want) {
				t.Fatalf("no warning says %q:\n%s", c.want, strings.Join(lines(problems), "\n"))
			}
		})
	}
	bare, _, _ := strings.Cut(string(small(t)), "examples:")
	_, problems := Lint([]byte(bare), nil)
	if !strings.Contains(strings.Join(lines(problems), "\n"), "belum ada contoh perhitungan; tambahkan supaya aturan ini terbukti dan dapat diterbitkan") {
		t.Error("a pack without examples has no warning")
	}
}

func TestLint_warns_of_answers_that_no_survey_takes(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file, problems := Lint([]byte(`id: uji
version: 1
base: rulePacks/permenpanrb-6-2022/versions/1
survey:
  minimum_responses: 1
  answer_min: 0
  answer_max: 5
  factor: 20
  printed_weight: 0.11
  elements: [facilities, requirements, procedure, time, cost, product, competence, behavior, complaints]
  bands: [{grade: B, label: Baik, from: 0, to: 100}]
examples: [{name: tanpa rating, given: {}, expected: {state: incomplete}}]
`), catalog.File)
	if file == nil {
		t.Fatalf("it was refused: %v", lines(problems))
	}
	want := []string{
		"peringatan: baris 6, kolom 15, survey.answer_min: survei dijawab dengan angka 1 sampai 4, sehingga jawaban 0 tidak pernah ada; pakai 1, lalu periksa factor dan bands",
		"peringatan: baris 7, kolom 15, survey.answer_max: survei dijawab dengan angka 1 sampai 4, sehingga jawaban 5 tidak pernah ada; pakai 4, lalu periksa factor dan bands",
	}
	got := slices.DeleteFunc(lines(problems), func(line string) bool { return !strings.Contains(line, "survey.") })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
}

func TestLint_warns_of_a_suggestion_that_a_child_spoils(t *testing.T) {
	t.Parallel()
	const spoilt = "components:\n  - {id: plan, label: Capaian rencana kinerja, text: nilai perilaku, basis: evidence, missing: block, places: 2, behavior: {}}\n"
	base := replaced(t)
	file, problems := Lint([]byte("id: anak\nversion: 1\nbase: rulePacks/contoh/versions/1\n"+spoilt), func(string) (*File, error) { return base, nil })
	want := "peringatan: baris 5, kolom 5, components[0]: saran rating hasil kerja dapat keluar dari “Capaian rencana kinerja” saja"
	if file == nil || !strings.Contains(strings.Join(lines(problems), "\n"), want) {
		t.Fatalf("no warning says %q:\n%s", want, strings.Join(lines(problems), "\n"))
	}
}

func TestLint_finds_nothing_in_the_shipped_packs(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range catalog.Files() {
		_, problems := Lint([]byte(file.Content), catalog.File)
		if len(problems) > 0 {
			t.Errorf("%s: %v", file.Pack.Name(), lines(problems))
		}
	}
}

// child returns the pack of testdata that builds on the small one, after a change.
func child(t testing.TB, pairs ...string) (*File, []Problem) {
	t.Helper()
	content, err := os.ReadFile("testdata/language/child.yaml")
	if err != nil {
		t.Fatal(err)
	}
	base := replaced(t)
	return Lint([]byte(strings.NewReplacer(pairs...).Replace(string(content))), func(name string) (*File, error) {
		if name != base.Pack.Name() {
			return nil, ErrUnknown
		}
		return base, nil
	})
}

func TestBase_is_worked_in(t *testing.T) {
	t.Parallel()
	file, problems := child(t)
	if file == nil {
		t.Fatal(lines(problems))
	}
	err := file.Prove()
	if err != nil {
		t.Fatal(err)
	}
	def := file.Pack.Definition()
	var components, rules, sources []string
	for _, c := range def.Components {
		components = append(components, c.ID)
	}
	for _, r := range def.Rules {
		rules = append(rules, r.ID)
	}
	for _, s := range def.LegalSources {
		sources = append(sources, s.Key)
	}
	got := map[string][]string{"components": components, "rules": rules, "sources": sources, "head": {def.ID, def.DisplayName, def.EffectiveFrom, def.Shown.Value}}
	want := map[string][]string{
		// discipline stands before total, which reads it; evidence at the end.
		"components": {"plan", "attitude", "discipline", "total", "evidence"},
		// What nothing reaches any more is gone: the cap, the variant and the suggestion.
		"rules":   {"achievement.normal", "achievement.lower_is_better", "achievement.range", "achievement.range_lower_is_better", "achievement.floor", "predicate.bands", "segments.value", "segments.predicate"},
		"sources": {"perbup-1", "perbup-2"},
		"head":    {"contoh-kecamatan", "Contoh kecamatan", "2026-01-01", "total"},
	}
	diff := cmp.Diff(want, got)
	if diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	if len(file.Examples) != 1 || file.Examples[0].Name != "hadir penuh" {
		t.Error("examples are not those of the file alone")
	}
}

// TestBase_without_its_credit takes the year 2022, which states nothing of angka kredit: neither a rule nor the regulation of
// it is left.
func TestBase_without_its_credit(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file, err := catalog.File("rulePacks/evaluasi-2022/versions/1")
	if err != nil {
		t.Fatal(err)
	}
	def := file.Pack.Definition()
	for _, r := range def.Rules {
		if strings.Contains(r.ID, "credit") {
			t.Errorf("it has the rule %s", r.ID)
		}
	}
	sources := make([]string, len(def.LegalSources))
	for i, s := range def.LegalSources {
		sources[i] = s.Short
	}
	want := []string{"PermenPANRB 6/2022", "SE MenPANRB 3/2023", "PermenPANRB 14/2017", "rumus PermenPANRB 8/2021"}
	diff := cmp.Diff(want, sources)
	if diff != "" {
		t.Fatalf("legal sources (-want +got):\n%s", diff)
	}
}

func TestBase_is_named_where_its_statements_are_wrong(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		pairs []string
		want  string
	}{
		// The curve of the base wants a floor; its place is in the file of the base.
		{"in_the_base", []string{"  floor: 0\n", ""}, "rulePacks/contoh/versions/1, baris 33, kolom 7, components[0].indicators.curve: tidak mencakup capaian di bawah 0"},
		{"in_the_file", []string{"weight: 20}", "weight: 0}"}, "baris 36, kolom 43, components[2].weighted.of[2].weight: harus lebih dari 0"},
		{"in_a_new_component", []string{"source: perbup-2\n    missing: provisional", "source: perbup-3\n    missing: provisional"}, "baris 14, kolom 13, components[0].source: “perbup-3” tidak ada"},
		{"by_an_unknown_base", []string{"rulePacks/contoh/versions/1", "rulePacks/contoh/versions/9"}, "base: paket dasar rulePacks/contoh/versions/9 tidak ditemukan"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file, problems := child(t, c.pairs...)
			if file != nil || !strings.Contains(strings.Join(lines(problems), "\n"), c.want) {
				t.Fatalf("no problem says %q:\n%s", c.want, strings.Join(lines(problems), "\n"))
			}
		})
	}
}

func TestBase_is_part_of_the_hash_and_not_too_deep(t *testing.T) {
	t.Parallel()
	one, _ := child(t)
	base := replaced(t, "display_name: Contoh penilaian", "display_name: Contoh lain")
	other, err := Parse([]byte(one.Content), func(string) (*File, error) { return base, nil })
	if err != nil {
		t.Fatal(err)
	}
	if one.Pack.Hash() == other.Pack.Hash() {
		t.Error("another base gives the same hash")
	}
	again, _ := child(t)
	if one.Pack.Hash() != again.Pack.Hash() {
		t.Error("the same file has another hash")
	}
	file := base
	for depth := range maxBases + 1 {
		under := file
		next, problems := Lint([]byte("id: anak\nversion: 1\nbase: rulePacks/contoh/versions/1\n"), func(string) (*File, error) { return under, nil })
		if depth < maxBases && next == nil {
			t.Fatalf("depth %d: %v", depth+1, lines(problems))
		}
		if depth == maxBases && (next != nil || !strings.Contains(problems[0].Message, "paling banyak 3 lapis")) {
			t.Fatalf("depth %d was taken", depth+1)
		}
		file = next
	}
}
