package distribution_test

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// load reads a table of testdata, refusing keys that it does not know.
func load(t *testing.T, name string, into any) {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	err = yaml.UnmarshalWithOptions(raw, into, yaml.Strict())
	if err != nil {
		t.Fatal(err)
	}
}

// regulation returns the limits of SE MenPANRB 3/2023 as the rule pack of the law in force states them.
func regulation(t *testing.T) distribution.Limits {
	t.Helper()
	catalog, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	p, err := catalog.Pack("rulePacks/permenpanrb-6-2022/versions/1")
	if err != nil {
		t.Fatal(err)
	}
	return *p.Definition().Distribution
}

// counts takes the five numbers in the order of the regulation.
func counts(numbers [5]int64) distribution.Counts {
	c := distribution.Counts{}
	for i, p := range distribution.Predicates() {
		c[p] = numbers[i]
	}
	return c
}

func ids(violations []distribution.Violation) []string {
	found := []string{}
	for _, v := range violations {
		found = append(found, v.Rule.ID)
	}
	return found
}

type table struct {
	Checks []struct {
		Level  distribution.Level `yaml:"organisasi"`
		Counts [5]int64           `yaml:"jumlah"`
		Broken []string           `yaml:"menyimpang"`
		Source string             `yaml:"sumber"`
	} `yaml:"pemeriksaan"`
	Bounds []struct {
		Most   *int64          `yaml:"paling_banyak_persen"`
		Least  *int64          `yaml:"paling_sedikit_persen"`
		Want   map[int64]int64 `yaml:"jumlah"`
		Source string          `yaml:"sumber"`
	} `yaml:"batas"`
	Sizes []struct {
		Level      distribution.Level `yaml:"organisasi"`
		People     int64              `yaml:"pegawai"`
		Impossible bool               `yaml:"mustahil"`
		Notes      int                `yaml:"catatan"`
		Source     string             `yaml:"sumber"`
	} `yaml:"ukuran"`
}

func TestTable(t *testing.T) {
	t.Parallel()
	var rows table
	load(t, "pola.yaml", &rows)
	limits := regulation(t)
	for i, row := range rows.Checks {
		t.Run("pemeriksaan_"+strconv.Itoa(i+1), func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(row.Broken, ids(limits.Check(row.Level, counts(row.Counts)))); diff != "" {
				t.Fatalf("%s %v (-want +got):\n%s", row.Level, row.Counts, diff)
			}
		})
	}
	for _, row := range rows.Bounds {
		rule := distribution.Rule{MinPercent: row.Least, MaxPercent: row.Most}
		for n, want := range row.Want {
			got, bounded := rule.Most(n)
			if row.Least != nil {
				got, bounded = rule.Least(n)
			}
			if got != want || !bounded {
				t.Errorf("%s, %d pegawai: %d, want %d", row.Source, n, got, want)
			}
		}
	}
	for _, row := range rows.Sizes {
		notes := limits.Notes(row.Level, row.People)
		impossible := len(notes) == 1 && strings.HasPrefix(notes[0], "Tidak ada sebaran")
		if len(notes) != row.Notes || impossible != row.Impossible {
			t.Errorf("%s with %d (%s): %q", row.Level, row.People, row.Source, notes)
		}
	}
}

func TestMessage_has_the_numbers_and_the_limit(t *testing.T) {
	t.Parallel()
	limits := regulation(t)
	most := limits.Check("good", counts([5]int64{5, 15, 0, 0, 0}))
	want := []string{
		"Pada organisasi berpredikat Baik, predikat Baik paling banyak 70% dari jumlah pegawai. " +
			"Surat edaran menghendaki sebagian besar pegawai tanpa menyebut angkanya; hanya batas atas 70% yang diperiksa (kebijakan). " +
			"Saat ini 15 dari 20 pegawai; untuk jumlah pegawai ini paling banyak 14 pegawai.",
		"Pada organisasi berpredikat Baik, harus ada pegawai berpredikat Butuh Perbaikan dan/atau Kurang. " +
			"Saat ini 0 dari 20 pegawai; untuk jumlah pegawai ini paling sedikit 1 pegawai.",
	}
	for i, v := range most {
		if v.Message() != want[i] {
			t.Errorf("message %q, want %q", v.Message(), want[i])
		}
	}
}

func TestPossible(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(20, 23))
	found := map[bool]int{}
	for range 3_000 {
		limits, n := drawn(r), 1+r.Int64N(7)
		want := false
		every(n, func(numbers [5]int64) {
			c := counts(numbers)
			want = want || c.Total() == n && len(limits.Check("good", c)) == 0
		})
		if got := limits.Possible("good", n); got != want {
			t.Fatalf("%d people, %+v: possible is %v", n, limits.Levels["good"], got)
		}
		found[want]++
	}
	if found[true] < 300 || found[false] < 300 {
		t.Fatalf("found %v", found)
	}
}

// drawn returns limits with some rules for one level.
func drawn(r *rand.Rand) distribution.Limits {
	rules := make([]distribution.Rule, 1+r.IntN(4))
	for i := range rules {
		for _, p := range distribution.Predicates() {
			if r.IntN(2) == 0 {
				rules[i].Predicates = append(rules[i].Predicates, p)
			}
		}
		switch r.IntN(3) {
		case 0:
			rules[i].MinPercent = new(r.Int64N(101))
		case 1:
			rules[i].MaxPercent = new(r.Int64N(101))
		default:
			rules[i].AtLeastOne = true
		}
	}
	return distribution.Limits{Levels: map[distribution.Level][]distribution.Rule{"good": rules}}
}

func TestPool(t *testing.T) {
	t.Parallel()
	limits := regulation(t)
	unit := func(id string, level distribution.Level, numbers ...int64) distribution.Unit {
		return distribution.Unit{ID: id, Level: level, Counts: counts([5]int64(numbers))}
	}
	units := []distribution.Unit{
		unit("b", "good", 1, 2, 0, 0, 0), unit("a", "good", 0, 3, 1, 0, 0), unit("big", "good", 5, 15, 0, 0, 0),
		unit("alone", "excellent", 1, 0, 0, 0, 0), unit("empty", "good", 0, 0, 0, 0, 0), unit("unrated", "", 0, 9, 0, 0, 0),
	}
	pools := limits.Pools(units)
	results := limits.Against(pools, units)
	type row struct {
		Small  bool
		Broken []string
		BySize []bool
	}
	got := map[string]row{}
	for _, r := range results {
		of := row{Small: r.Small, Broken: ids(r.Violations)}
		for _, v := range r.Violations {
			of.BySize = append(of.BySize, v.ExplainedBySize)
		}
		got[r.Unit.ID] = of
	}
	want := map[string]row{
		"b":       {true, []string{"good.lower.exists"}, []bool{true}},
		"a":       {true, []string{"good.good.most"}, []bool{false}}, // together 5 of 7 are Baik, 71 %
		"big":     {false, []string{"good.good.most", "good.lower.exists"}, []bool{false, false}},
		"alone":   {true, []string{"excellent.very_good.most"}, []bool{false}},
		"empty":   {false, []string{}, nil},
		"unrated": {false, []string{}, nil},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("results (-want +got):\n%s", diff)
	}
	if len(pools) != 2 || pools[0].Level != "excellent" || pools[1].Level != "good" {
		t.Fatalf("pools %v", pools)
	}
	if diff := cmp.Diff([]distribution.Unit{units[1], units[0]}, pools[1].Units); diff != "" || pools[1].Counts.Total() != 7 {
		t.Fatalf("pool %v", pools[1])
	}
	for _, r := range limits.Against(pools[:1], units[:1]) {
		if len(r.Violations) != 1 || r.Violations[0].ExplainedBySize {
			t.Fatalf("without a pool of its level: %+v", r)
		}
	}
}

func TestJustified(t *testing.T) {
	t.Parallel()
	of := []distribution.Justification{
		{Rules: []string{"r1"}, Level: "good", Counts: distribution.Counts{"good": 3}},
		{Rules: []string{"r2", "r3"}, Level: "good", Counts: distribution.Counts{"good": 3, "poor": 1}},
	}
	cases := []struct {
		name   string
		rule   string
		level  distribution.Level
		counts distribution.Counts
		want   bool
	}{
		{"it_covers_the_rule_and_the_counts", "r1", "good", distribution.Counts{"good": 3, "poor": 0}, true},
		{"another_covers_other_counts", "r1", "good", distribution.Counts{"good": 3, "poor": 1}, false},
		{"the_counts_have_changed", "r1", "good", distribution.Counts{"good": 4}, false},
		{"the_level_has_changed", "r1", "excellent", distribution.Counts{"good": 3}, false},
		{"the_rule_is_not_covered", "r2", "good", distribution.Counts{"good": 3}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := distribution.Justified(of, c.rule, c.level, c.counts); got != c.want {
				t.Fatalf("justified is %v, want %v", got, c.want)
			}
		})
	}
}
