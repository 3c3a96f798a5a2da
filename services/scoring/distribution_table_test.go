package scoring_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
)

// patterns is the table of distribution patterns that an official can read.
type patterns struct {
	Checks []struct {
		Level  string   `yaml:"organisasi"`
		Counts []int    `yaml:"jumlah"`
		Broken []string `yaml:"menyimpang"`
	} `yaml:"pemeriksaan"`
	Bounds []struct {
		Most  int           `yaml:"paling_banyak_persen"`
		Least int           `yaml:"paling_sedikit_persen"`
		Want  map[int]int32 `yaml:"jumlah"`
	} `yaml:"batas"`
	Sizes []struct {
		Level      string `yaml:"organisasi"`
		People     int    `yaml:"pegawai"`
		Impossible bool   `yaml:"mustahil"`
		Notes      int    `yaml:"catatan"`
	} `yaml:"ukuran"`
}

// boundedBy gives a rule of the law in force with each bound of the table, by its kind and percentage, and its level.
var boundedBy = map[string][2]string{
	"paling banyak 70": {"good", "good.good.most"}, "paling banyak 10": {"needs_improvement", "needs_improvement.very_good.most"},
	"paling sedikit 60": {"needs_improvement", "needs_improvement.needs_improvement.least"},
	"paling sedikit 10": {"poor", "poor.needs_improvement.least"},
}

// checked asks for the check of one unit whose organisation has the level; empty is not rated.
func (s *suite) checked(unit, level string) *scoringv1.DistributionCheck {
	s.t.Helper()
	if level != "" {
		s.peers.judge(unit, 10, 3, value[assessmentv1.OrganizationLevel](assessmentv1.OrganizationLevel_value, "ORGANIZATION_LEVEL_", level))
	}
	got, err := s.admin().distributions.CheckDistribution(s.t.Context(), checkRequest(false, unit))
	must(s.t, err)
	return got.GetChecks()[0]
}

// TestCheckDistribution_answers_as_the_table_says scores people for every row and asks the service what the domain is asked.
func TestCheckDistribution_answers_as_the_table_says(t *testing.T) {
	var table patterns
	readTable(t, "internal/domain/distribution/testdata/pola.yaml", &table)
	if len(table.Checks) == 0 || len(table.Bounds) == 0 || len(table.Sizes) == 0 {
		t.Fatal("the table has no rows")
	}
	s := one(t)
	s.run()
	for i, row := range table.Checks {
		unit := fmt.Sprintf("pola-%d", i+1)
		s.peers.top(unit)
		s.populate(unit, row.Counts...)
		got := s.checked(unit, row.Level)
		broken := []string{}
		for _, v := range got.GetViolations() {
			broken = append(broken, v.GetRule())
		}
		if diff := cmp.Diff(row.Broken, broken); diff != "" || fmt.Sprint(counts(got.GetCounts())) != fmt.Sprint(row.Counts) {
			t.Errorf("pemeriksaan %d, %s %v: counts %v, violations (-want +got):\n%s", i+1, row.Level, row.Counts, got.GetCounts(), diff)
		}
	}
	// of returns a unit with so many people.
	sized := map[int]string{}
	of := func(people int) string {
		if sized[people] == "" {
			sized[people] = fmt.Sprintf("ukuran-%d", people)
			s.peers.top(sized[people])
			s.populate(sized[people], 0, people)
		}
		return sized[people]
	}
	for _, row := range table.Bounds {
		kind := fmt.Sprintf("paling banyak %d", row.Most)
		if row.Least > 0 {
			kind = fmt.Sprintf("paling sedikit %d", row.Least)
		}
		level, rule := boundedBy[kind][0], boundedBy[kind][1]
		for people, want := range row.Want {
			bounds := s.checked(of(people), level).GetBounds()
			at := slices.IndexFunc(bounds, func(b *scoringv1.DistributionBound) bool { return b.GetRule() == rule })
			if at < 0 || max(bounds[at].GetAtMost(), bounds[at].GetAtLeast()) != want || (bounds[at].AtLeast != nil) != (row.Least > 0) {
				t.Errorf("%s persen dari %d pegawai: %v, want %d", kind, people, bounds, want)
			}
		}
	}
	for _, row := range table.Sizes {
		notes := s.checked(of(row.People), row.Level).GetSizeNotes()
		impossible := len(notes) == 1 && strings.HasPrefix(notes[0], "Tidak ada sebaran")
		if len(notes) != row.Notes || impossible != row.Impossible {
			t.Errorf("%d pegawai, %s: %q", row.People, row.Level, notes)
		}
	}
}
