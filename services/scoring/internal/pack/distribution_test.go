package pack

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// national is the file of the pack that states the pattern of SE MenPANRB 3/2023.
func national(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("packs/permenpanrb-6-2022.v1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// own is a pack on the national one with a pattern of its own.
const own = `id: daerah
version: 1
base: rulePacks/permenpanrb-6-2022/versions/1
distribution:
  source: Perbup 1/2026
  small_unit: 5
  levels:
    excellent: [{id: a, predicates: [very_good], max_percent: 60, text: Paling banyak 60%., source: Pasal 1}]
    good: [{id: b, predicates: [good], max_percent: 60, text: Paling banyak 60%., source: Pasal 1}]
    needs_improvement: [{id: c, predicates: [needs_improvement], min_percent: 50, text: Paling sedikit 50%., source: Pasal 1}]
    poor: [{id: d, predicates: [poor], min_percent: 50, text: Paling sedikit 50%., source: Pasal 1}]
    very_poor: [{id: e, predicates: [poor, very_poor], at_least_one: true, text: Harus ada., source: Pasal 1}]
`

func TestDistribution_of_the_shipped_packs(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, file := range catalog.Files() {
		def := file.Pack.Definition()
		got[def.ID] = ""
		if def.Distribution != nil {
			got[def.ID] = def.Distribution.Source
		}
	}
	const circular = "SE MenPANRB 3/2023"
	want := map[string]string{
		"permenpanrb-6-2022": circular, "bantul": circular, "binjai": circular, "kepahiang": circular, "marelan": circular, "semarang": circular,
		"evaluasi-2022":      circular,
		"permenpanrb-8-2021": "", "pp-46-2011": "", "integrasi-2021": "", // older than the circular
	}
	diff := cmp.Diff(want, got)
	if diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
}

func TestDistribution_of_a_base_is_replaced_as_a_whole(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	file, err := Parse([]byte(own), catalog.File)
	if err != nil {
		t.Fatal(err)
	}
	limits := file.Pack.Definition().Distribution
	want := []distribution.Rule{{ID: "b", Predicates: []distribution.Predicate{"good"}, MaxPercent: new(int64(60)), Text: "Paling banyak 60%.", Source: "Pasal 1"}}
	diff := cmp.Diff(want, limits.Levels["good"])
	if diff != "" || limits.SmallUnit != 5 {
		t.Fatalf("(-want +got):\n%s", diff)
	}
}

func TestLint_says_what_is_wrong_with_a_distribution(t *testing.T) {
	t.Parallel()
	catalog, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	s := compiled(t)
	cases := []struct {
		name, old, replacement, want string
		// whole is what a schema cannot say.
		whole bool
	}{
		{"an_unknown_key", "max_percent: 60, text: Paling banyak 60%., source: Pasal 1}]\n    needs", "max_persen: 60, text: Paling banyak 60%., source: Pasal 1}]\n    needs", "baris 9, kolom 40, distribution.levels.good[0].max_persen: kunci “max_persen” tidak dikenal; mungkin maksudnya “max_percent”", false},
		{"an_unknown_level", "    excellent:", "    superb:", "baris 8, kolom 5, distribution.levels.superb: “superb” tidak dikenal; pilih excellent, good, needs_improvement, poor, atau very_poor", false},
		{"an_unknown_predicate", "[very_good]", "[superb]", "baris 8, kolom 38, distribution.levels.excellent[0].predicates[0]: “superb” tidak dikenal; pilih very_good, good,", false},
		{"a_share_with_a_fraction", "min_percent: 50, text: Paling sedikit 50%., source: Pasal 1}]\n    poor", "min_percent: 0.5, text: Paling sedikit 50%., source: Pasal 1}]\n    poor", "distribution.levels.needs_improvement[0].min_percent: “0.5” bukan bilangan bulat", false},
		{"a_rule_that_bounds_nothing", "at_least_one: true, ", "at_least_one: false, ", "distribution.levels.very_poor[0]: tidak membatasi apa pun", false},
		{"an_id_with_a_blank", "{id: b,", "{id: b 1,", "distribution.levels.good[0].id: “b 1” bukan pengenal", false},
		{"an_id_twice", "{id: b,", "{id: a,", "baris 9, kolom 17, distribution.levels.good[0].id: “a” ditulis dua kali", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if strings.Count(own, c.old) != 1 {
				t.Fatalf("%q occurs %d times", c.old, strings.Count(own, c.old))
			}
			bad := []byte(strings.Replace(own, c.old, c.replacement, 1))
			file, problems := Lint(bad, catalog.File)
			if file != nil || !strings.Contains(strings.Join(lines(problems), "\n"), c.want) {
				t.Fatalf("problems:\n%s", strings.Join(lines(problems), "\n"))
			}
			err := s.Validate(instance(t, bad))
			if (err == nil) != c.whole {
				t.Fatalf("the schema says %v", err)
			}
		})
	}
}

func TestCompare_says_what_is_different_in_a_distribution(t *testing.T) {
	t.Parallel()
	content := national(t)
	older, err := Parse([]byte(content), nil)
	if err != nil {
		t.Fatal(err)
	}
	start, end := strings.Index(content, "distribution:\n"), strings.Index(content, "# Worked examples.")
	cases := []struct{ name, old, replacement, want string }{
		{"a_share", "predicates: [good]\n        max_percent: 70", "predicates: [good]\n        max_percent: 65", "distribution.levels.good[0].max_percent Persentase paling banyak ketentuan “good.good.most” dalam pola distribusi predikat berubah dari 70 menjadi 65."},
		{"the_predicates", "predicates: [good]\n        max_percent: 70", "predicates: [good, very_good]\n        max_percent: 70", "distribution.levels.good[0].predicates Predikat ketentuan “good.good.most” dalam pola distribusi predikat berubah dari Baik menjadi Baik, Sangat Baik."},
		{"another_rule", "    poor:\n      - id: poor.poor.least\n", "    poor:\n      - {id: poor.x, predicates: [good], max_percent: 40, text: Paling banyak 40%., source: SE}\n      - id: poor.poor.least\n", "distribution.levels.poor[0] Ketentuan “poor.x” dalam pola distribusi predikat ditambahkan."},
		{"small_units", "  small_unit: 10", "  small_unit: 12", "distribution.small_unit Batas unit kecil dalam pola distribusi predikat berubah dari 10 menjadi 12."},
		{"all_of_it", content[start:end], "", "distribution Pola distribusi predikat dihapus."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if strings.Count(content, c.old) != 1 {
				t.Fatalf("%q occurs %d times", c.old, strings.Count(content, c.old))
			}
			newer, err := Parse([]byte(strings.Replace(content, c.old, c.replacement, 1)), nil)
			if err != nil {
				t.Fatal(err)
			}
			changes := Compare(older, newer)
			if len(changes) != 1 || changes[0].Path+" "+changes[0].Sentence != c.want {
				t.Fatalf("changes %q", changes)
			}
		})
	}
}
