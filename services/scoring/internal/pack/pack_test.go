package pack_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

const name = "rulePacks/permenpanrb-6-2022/versions/1"

func catalog(t *testing.T) *pack.Catalog {
	t.Helper()
	c, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestTables runs the tables of testdata, which an official can read and sign.
func TestTables(t *testing.T) {
	t.Parallel()
	file, err := catalog(t).File(name)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(tables) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	for _, path := range tables {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var table struct {
			Cases []pack.Example `yaml:"cases"`
		}
		err = yaml.UnmarshalWithOptions(content, &table, pack.Strict()...)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, c := range table.Cases {
			t.Run(filepath.Base(path)+"/"+c.Name, func(t *testing.T) {
				t.Parallel()
				err := c.Run(file.Pack)
				if err != nil {
					t.Fatal(err)
				}
			})
		}
	}
}

func TestEmbedded_pack_states_what_it_is(t *testing.T) {
	t.Parallel()
	file, err := catalog(t).File(name)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile("packs/permenpanrb-6-2022.v1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if file.Content != string(content) {
		t.Error("the content is not that of the file")
	}
	if len(file.Pack.Hash()) != 64 {
		t.Errorf("hash is %q", file.Pack.Hash())
	}
	var cited []string
	for _, source := range file.Pack.Definition().LegalSources {
		cited = append(cited, source.Short)
	}
	want := []string{"PermenPANRB 6/2022", "SE MenPANRB 3/2023", "PermenPANRB 14/2017", "Peraturan BKN 3/2023", "rumus PermenPANRB 8/2021"}
	if diff := cmp.Diff(want, cited); diff != "" {
		t.Errorf("legal sources (-want +got):\n%s", diff)
	}
}

func TestFor(t *testing.T) {
	t.Parallel()
	day := func(text string) time.Time {
		d, err := time.Parse(time.DateOnly, text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	cases := []struct {
		name  string
		given string
		start time.Time
		want  error
	}{
		{"on_its_first_day", name, day("2024-01-01"), nil},
		{"before_its_first_day", name, day("2023-12-31"), pack.ErrNotEffective},
		{"of_an_unknown_version", "rulePacks/permenpanrb-6-2022/versions/2", day("2026-01-01"), pack.ErrUnknown},
		{"of_no_name", "", day("2026-01-01"), pack.ErrUnknown},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := catalog(t).For(c.given, c.start)
			if !errorIs(err, c.want) {
				t.Fatalf("error is %v, want %v", err, c.want)
			}
			if c.want == nil && got.Name() != c.given {
				t.Fatalf("got %s", got.Name())
			}
		})
	}
}

// edited returns the embedded file with one passage replaced, which must occur once.
func edited(t *testing.T, old, replacement string) []byte {
	t.Helper()
	content, err := os.ReadFile("packs/permenpanrb-6-2022.v1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(content), old) != 1 {
		t.Fatalf("%q occurs %d times", old, strings.Count(string(content), old))
	}
	return []byte(strings.Replace(string(content), old, replacement, 1))
}

// TestParse_refuses changes one passage of the real file at a time: what no official could have meant does not load.
func TestParse_refuses(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name             string
		old, replacement string
		want             []string
	}{
		{"an_unknown_key", "months_per_year: 12", "months_per_year: 12\n  weeks: 52", []string{"weeks", "["}},
		{"a_duplicate_cell", "above: {above: very_good, meets: good,", "above: {above: very_good, above: good,", []string{"above", "["}},
		{"a_missing_cell", "above: {above: very_good, meets: good, below: poor}", "above: {above: very_good, below: poor}", []string{"predicate.matrix.above: meets is missing"}},
		{"a_missing_row", "    below: {above: needs_improvement, meets: needs_improvement, below: very_poor}\n", "", []string{"predicate.matrix: below is missing"}},
		{"an_unknown_predicate", "below: very_poor}", "below: terrible}", []string{`predicate.matrix.below.below: "terrible" is not a predicate`}},
		{"a_column_that_does_not_exist", "below: very_poor}", "below: very_poor, beside: good}", []string{`"beside" is not known`}},
		{"a_wrong_type", "version: 1", "version: one", []string{"[", "version"}},
		{"a_version_of_zero", "version: 1", "version: 0", []string{"version: 0 is not 1"}},
		{"an_id_with_a_slash", "id: permenpanrb-6-2022\n", "id: permenpanrb/6\n", []string{"id:"}},
		{"no_date", `effective_from: "2024-01-01"`, `effective_from: "1 Januari 2024"`, []string{"effective_from"}},
		{"a_rating_that_does_not_block", "rating.result, label: Rating hasil kerja, missing: block", "rating.result, label: Rating hasil kerja, missing: exclude", []string{`missing "exclude" is not one of block`}},
		{"no_policy_for_an_input", "  - {id: peers, label: Penilaian paling sedikit tiga rekan kerja, missing: exclude}\n", "", []string{"inputs: no policy for peers"}},
		{"a_rule_of_law_without_source", "    source: permenpanrb-6-2022\n    text: pertemuan", "    text: pertemuan", []string{"a rule of law needs its source"}},
		{"a_source_that_is_not_listed", "    source: permenpanrb-6-2022\n    text: pertemuan", "    source: perda-1\n    text: pertemuan", []string{`source "perda-1" is not among legal_sources`}},
		{"a_rule_that_is_not_known", "- id: peers.mean", "- id: peers.median", []string{`"peers.median" is not a rule`, "peers.mean is missing"}},
		{"a_rounding_rule_without_places", "dibulatkan satu kali di akhir\n    places: 2", "dibulatkan satu kali di akhir", []string{"credit.convert needs places"}},
		{"a_gap_between_bands", "from: 76.61, to: 88.30", "from: 76.62, to: 88.30", []string{"from 76.62 does not follow 76.60"}},
		{"an_unknown_element", "behavior, complaints, facilities]", "behavior, complaints, parking]", []string{`"parking" is not known`}},
		{"an_element_twice", "behavior, complaints, facilities]", "behavior, behavior, facilities]", []string{`"behavior" is given twice`}},
		{"a_predicate_without_percentage", "very_good: 150, good: 100,", "very_good: 150,", []string{"credit.percents: good is missing"}},
		{"a_coefficient_of_zero", "    terampil: 5\n", "    terampil: 0\n", []string{"credit.coefficients.terampil: 0 is not a number above 0"}},
		{"an_organization_level_without_rating", "    very_poor: below\n", "", []string{"unit_head.ratings: very_poor is missing"}},
		{"an_unknown_rating_of_heads", "    very_poor: below\n", "    very_poor: beside\n", []string{`unit_head.ratings.very_poor: "beside" is not a rating`}},
		{"what_is_no_number", "printed_weight: 0.11", "printed_weight: a ninth", []string{`"a ninth" is not a number`}},
		{"a_negative_floor", "floor: 0", "floor: -1", []string{"achievement.floor: -1 is not"}},
		{"too_many_digits", "mahir: 12.5", "mahir: 12.50001", []string{"credit.coefficients.mahir: 12.50001 is not"}},
		{"peers_below_one", "  minimum: 3\n", "  minimum: 0\n", []string{"peers: minimum and values must be 1 or more"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := pack.Parse(edited(t, c.old, c.replacement))
			if err == nil {
				t.Fatal("it was taken")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not say %q:\n%v", want, err)
				}
			}
		})
	}
}

func TestParse_lists_every_problem(t *testing.T) {
	t.Parallel()
	content := edited(t, "below: very_poor}", "below: terrible}")
	content = []byte(strings.Replace(string(content), "version: 1\n", "version: 0\n", 1))
	_, err := pack.Parse(content)
	if !errorIs(err, domain.ErrInvalidPack) {
		t.Fatalf("error is %v, want ErrInvalidPack", err)
	}
	for _, want := range []string{"version: 0", "predicate.matrix.below.below"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
}

func TestLoad_refuses(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile("packs/permenpanrb-6-2022.v1.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name string
		fsys fstest.MapFS
		want []string
	}{
		{"no_file", fstest.MapFS{}, []string{"there is no file"}},
		{
			"an_example_that_comes_out_otherwise",
			fstest.MapFS{"packs/a.yaml": {Data: edited(t, `credit: "18.75", achievement: "99.76"`, `credit: "18.76", achievement: "99.75"`)}},
			[]string{"packs/a.yaml", `"perawat ahli pertama: di atas, di atas"`, "credit: want 18.76, got 18.75", "achievement: want 99.75, got 99.76"},
		},
		{
			"an_example_with_facts_that_cannot_be",
			fstest.MapFS{"packs/a.yaml": {Data: edited(t, "responses: 29, sums: [105,", "responses: 29, sums: [999,")}},
			[]string{`"survei 29 responden"`, "requirements does not fit"},
		},
		{
			"the_same_version_twice",
			fstest.MapFS{"packs/a.yaml": {Data: good}, "packs/b.yaml": {Data: good}},
			[]string{"two files state " + name},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := pack.Load(c.fsys)
			if err == nil {
				t.Fatal("it was taken")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not say %q:\n%v", want, err)
				}
			}
		})
	}
}

// TestPolicies_are_followed gives the same facts, complete but for attendance, to packs that differ in what they do
// without it.
func TestPolicies_are_followed(t *testing.T) {
	t.Parallel()
	cases := []struct {
		policy domain.Policy
		want   pack.Expected
	}{
		{domain.PolicyExclude, pack.Expected{State: "complete", Predicate: "good", Credit: "12.50"}},
		{domain.PolicyProvisional, pack.Expected{State: "provisional", Predicate: "good", Credit: "12.50"}},
		{domain.PolicyBlock, pack.Expected{State: "incomplete", Missing: []string{"survey", "peers", "attendance"}}},
	}
	for _, c := range cases {
		t.Run(string(c.policy), func(t *testing.T) {
			t.Parallel()
			file, err := pack.Parse(edited(t, "label: Data kehadiran, missing: exclude", "label: Data kehadiran, missing: "+string(c.policy)))
			if err != nil {
				t.Fatal(err)
			}
			example := pack.Example{Name: "attendance", Expected: c.want, Given: pack.Given{
				FunctionalLevel: domain.LevelAhliPertama, Organization: domain.OrganizationGood,
				Rating: &pack.Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationMeets},
			}}
			err = example.Run(file.Pack)
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// FuzzParse demands that no file panics, and that what is taken can compute.
func FuzzParse(f *testing.F) {
	content, err := os.ReadFile("packs/permenpanrb-6-2022.v1.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(content)
	f.Add([]byte("id: x\nversion: 1\n"))
	f.Add([]byte("rules: [{places: -1}]\nsurvey: {bands: [{}]}"))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := pack.Parse(content)
		if err != nil {
			return
		}
		_, err = domain.Compute(file.Pack, domain.Input{Plan: domain.Plan{Months: 1}})
		if err != nil {
			t.Fatalf("the pack was taken but cannot compute: %v", err)
		}
		_ = file.Prove()
	})
}

func errorIs(err, want error) bool {
	if want == nil {
		return err == nil
	}
	return errors.Is(err, want)
}
