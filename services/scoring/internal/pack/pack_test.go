package pack_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

const (
	name   = "rulePacks/permenpanrb-6-2022/versions/1"
	source = "packs/permenpanrb-6-2022.v1.yaml"
)

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
	packs := catalog(t)
	tables, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(tables) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	for _, path := range tables {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		table, problems := pack.ReadTable(content)
		if len(problems) > 0 || len(table.Cases) == 0 {
			t.Fatalf("%s: %v", path, problems)
		}
		file, err := packs.File(table.Pack)
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

// TestTables_speak_to_officials holds that names and comments of the tables are Indonesian: no English word that every
// English sentence has, and no code. Names are told apart, because they are what a failure names.
func TestTables_speak_to_officials(t *testing.T) {
	t.Parallel()
	foreign := regexp.MustCompile(`(?i)\b(the|of|by|and|is|are|that|with|not|for|excellent|good|needs_improvement|poor|very_poor|very_good|above|meets|below)\b`)
	tables, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(tables) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	for _, path := range tables {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(content), "\n") {
			_, comment, _ := strings.Cut(line, "#")
			if foreign.MatchString(comment) {
				t.Errorf("%s:%d: %s", path, n+1, comment)
			}
		}
		table, problems := pack.ReadTable(content)
		if len(problems) > 0 {
			t.Fatalf("%s: %v", path, problems)
		}
		seen := map[string]bool{}
		for _, c := range table.Cases {
			if foreign.MatchString(c.Name) || seen[c.Name] {
				t.Errorf("%s: the name %q has a foreign word, or stands twice", path, c.Name)
			}
			seen[c.Name] = true
		}
	}
}

func TestEmbedded_pack_states_what_it_is(t *testing.T) {
	t.Parallel()
	file, err := catalog(t).File(name)
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(source)
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

func TestCatalog_knows_packs_by_name(t *testing.T) {
	t.Parallel()
	packs := catalog(t)
	for _, file := range packs.Files() {
		p, err := packs.Pack(file.Pack.Name())
		if err != nil || p != file.Pack {
			t.Errorf("%s: %v", file.Pack.Name(), err)
		}
	}
	for _, unknown := range []string{"", "rulePacks/permenpanrb-6-2022/versions/2"} {
		_, err := packs.Pack(unknown)
		if !errors.Is(err, pack.ErrUnknown) {
			t.Errorf("%q: error is %v, want ErrUnknown", unknown, err)
		}
	}
}

func TestEffective(t *testing.T) {
	t.Parallel()
	history := "rulePacks/permenpanrb-8-2021/versions/1"
	cases := []struct {
		name, pack, day string
		want            error
	}{
		{"on_its_first_day", name, "2023-01-01", nil},
		{"before_its_first_day", name, "2022-12-31", pack.ErrNotEffective},
		{"long_after_without_end", name, "2099-01-01", nil},
		{"on_its_last_day", history, "2021-12-31", nil},
		{"after_its_last_day", history, "2022-01-01", pack.ErrNotEffective},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := catalog(t).Pack(c.pack)
			if err != nil {
				t.Fatal(err)
			}
			day, err := time.Parse(time.DateOnly, c.day)
			if err != nil {
				t.Fatal(err)
			}
			err = pack.Effective(p, day)
			if !errors.Is(err, c.want) {
				t.Fatalf("error is %v, want %v", err, c.want)
			}
		})
	}
}

// edited returns the embedded file with one passage replaced, which must occur once.
func edited(t *testing.T, old, replacement string) []byte {
	t.Helper()
	content, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(content), old) != 1 {
		t.Fatalf("%q occurs %d times", old, strings.Count(string(content), old))
	}
	return []byte(strings.Replace(string(content), old, replacement, 1))
}

func TestLoad_refuses(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	child := func(id, base string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("id: " + id + "\nversion: 1\nbase: rulePacks/" + base + "/versions/1\n")}
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
			[]string{"packs/a.yaml", `“perawat ahli pertama: di atas, di atas”`, "credit seharusnya 18.76, tetapi hasilnya 18.75", "achievement seharusnya 99.75, tetapi hasilnya 99.76"},
		},
		{
			"an_example_with_facts_that_cannot_be",
			fstest.MapFS{"packs/a.yaml": {Data: edited(t, "responses: 29, sums: [105,", "responses: 29, sums: [999,")}},
			[]string{"examples[19].given.survey: jumlah nilai unsur Persyaratan tidak sesuai"},
		},
		{
			"the_same_version_twice",
			fstest.MapFS{"packs/a.yaml": {Data: good}, "packs/b.yaml": {Data: good}},
			[]string{"two files state " + name},
		},
		{
			"files_that_cannot_be_read",
			fstest.MapFS{"packs/a.yaml": {Data: []byte("id: [")}, "packs/b.yaml": {Data: []byte("")}},
			[]string{"packs/a.yaml: ", "baris 1, kolom 5", "packs/b.yaml: ", "berkas kosong"},
		},
		{
			"a_base_that_is_not_there",
			fstest.MapFS{"packs/a.yaml": child("aa", "zz")},
			[]string{"packs/a.yaml", "baris 3, kolom 7, base: paket dasar rulePacks/zz/versions/1 tidak ditemukan"},
		},
		{
			"packs_that_build_on_each_other",
			fstest.MapFS{"packs/a.yaml": child("aa", "bb"), "packs/b.yaml": child("bb", "aa")},
			[]string{"packs/b.yaml", "kembali ke paket ini", "packs/a.yaml", "tidak sah"},
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
	lacking := []string{"components/plan", "components/survey", "components/peers", "components/attendance"}
	cases := []struct {
		policy domain.Policy
		want   pack.Expected
	}{
		{domain.PolicyExclude, pack.Expected{State: "complete", Predicate: "good", Credit: "12.50", Missing: lacking}},
		{domain.PolicyProvisional, pack.Expected{State: "provisional", Predicate: "good", Credit: "12.50", Missing: lacking}},
		{domain.PolicyBlock, pack.Expected{State: "incomplete", Missing: lacking}},
	}
	for _, c := range cases {
		t.Run(string(c.policy), func(t *testing.T) {
			t.Parallel()
			content := edited(t, "    missing: exclude\n    places: 2\n    attendance:", "    missing: "+string(c.policy)+"\n    places: 2\n    attendance:")
			file, err := pack.Parse(content, nil)
			if err != nil {
				t.Fatal(err)
			}
			example := pack.Example{Name: "attendance", Expected: c.want, Given: pack.Given{Segment: pack.Segment{
				FunctionalLevel: domain.LevelAhliPertama, Organization: domain.OrganizationGood,
				Rating: &pack.Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationMeets},
			}}}
			err = example.Run(file.Pack)
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}
