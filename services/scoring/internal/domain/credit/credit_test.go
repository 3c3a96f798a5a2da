package credit_test

import (
	"errors"
	"maps"
	"math/big"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/credit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

func read(t *testing.T, path string, into any) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	err = yaml.UnmarshalWithOptions(content, into, yaml.Strict())
	if err != nil {
		t.Fatal(err)
	}
}

// conversions are the rows of testdata/konversi.yaml.
type conversions struct {
	Source string `yaml:"source"`
	Rows   []struct {
		Level     domain.FunctionalLevel `yaml:"level"`
		Predicate domain.Predicate       `yaml:"predicate"`
		Months    []string               `yaml:"months"`
	} `yaml:"rows"`
}

// rules returns a rule pack of this suite.
func rules(t *testing.T, id string) *domain.Pack {
	t.Helper()
	catalog, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	found, err := catalog.Pack("rulePacks/" + id + "/versions/1")
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestAccount_every_jenjang_predicate_and_month(t *testing.T) {
	t.Parallel()
	var table conversions
	read(t, "testdata/konversi.yaml", &table)
	if len(table.Rows) != 8*5 {
		t.Fatalf("%d rows", len(table.Rows))
	}
	law := rules(t, "permenpanrb-6-2022")
	seen := map[string]bool{}
	for _, row := range table.Rows {
		seen[string(row.Level)+" "+string(row.Predicate)] = true
		for i, want := range row.Months {
			got, err := credit.Account([]credit.Segment{{Level: row.Level, Predicate: row.Predicate, Months: int64(i + 1), Rules: law}})
			if err != nil || got.Cumulative != want || got.Lines[0].Credit != want {
				t.Errorf("%s, %s, %d months: %+v, %v, want %s", row.Level, row.Predicate, i+1, got, err, want)
			}
			if got.Rank == nil {
				t.Errorf("%s has no rank", row.Level)
			}
		}
		if len(row.Months) != 12 {
			t.Errorf("%s, %s has %d months", row.Level, row.Predicate, len(row.Months))
		}
	}
	if len(seen) != 8*5 {
		t.Fatalf("only %d pairs are there", len(seen))
	}
}

func rat(d decimal.Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		panic(d.String())
	}
	return r
}

func TestAccount_refuses_what_no_score_states(t *testing.T) {
	t.Parallel()
	law := rules(t, "permenpanrb-6-2022")
	for name, segment := range map[string]credit.Segment{
		"no_months":         {Level: domain.LevelMahir, Predicate: domain.PredicateGood},
		"another_predicate": {Level: domain.LevelMahir, Predicate: "buruk", Months: 1},
		"another_jenjang":   {Level: "guru", Predicate: domain.PredicateGood, Months: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			segment.Rules = law
			_, err := credit.Account([]credit.Segment{segment})
			if !errors.Is(err, credit.ErrInvalidSegment) {
				t.Fatalf("error is %v, want ErrInvalidSegment", err)
			}
		})
	}
}

// TestAccount_takes_the_numbers_of_the_rules has a year of the rules before angka kredit was converted, one of the law, and
// one of a pack that converts otherwise.
func TestAccount_takes_the_numbers_of_the_rules(t *testing.T) {
	t.Parallel()
	law := rules(t, "permenpanrb-6-2022")
	def := law.Definition()
	def.Credit.MonthsPerYear = 6
	def.Credit.Percents = maps.Clone(def.Credit.Percents)
	def.Credit.Percents[domain.PredicateGood] = decimal.MustParse("80.5")
	other, err := domain.NewPack(def, "other")
	if err != nil {
		t.Fatal(err)
	}
	of := func(period string, rules *domain.Pack) credit.Segment {
		return credit.Segment{Period: period, Level: domain.LevelAhliPertama, Predicate: domain.PredicateGood, Months: 6, Rules: rules}
	}
	s, err := credit.Account([]credit.Segment{of("2020", rules(t, "pp-46-2011")), of("2023", nil), of("2024", law), of("2025", other)})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Periode 2020: jenjang Ahli Pertama; paket aturan periode ini tidak memuat konversi predikat ke angka kredit menurut Peraturan BKN 3/2023, sehingga tidak dihitung di sini.",
		"Periode 2023: jenjang Ahli Pertama; paket aturan periode ini tidak tersedia pada layanan ini, sehingga belum dihitung di sini.",
		"Periode 2024: jenjang Ahli Pertama, predikat Baik: 100% × 12,50 × 6/12 = 6,25; kumulatif 6,25.",
		"Periode 2025: jenjang Ahli Pertama, predikat Baik: 80,5% × 12,50 × 6/6 = 10,06; kumulatif 16,31.",
		"Angka kredit kumulatif seluruh periode: 16,31 (Peraturan BKN 3/2023).",
	}
	if diff := cmp.Diff(want, s.Sentences()[:len(want)]); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
	if s.Lines[0].State != credit.StateNotConverted || s.Lines[0].Credit != "" || s.Lines[0].Coefficient != "" {
		t.Errorf("line %+v", s.Lines[0])
	}
}

func TestAccount(t *testing.T) {
	t.Parallel()
	type expected struct {
		Credits         []string               `yaml:"credits"`
		Cumulative      string                 `yaml:"cumulative"`
		Level           domain.FunctionalLevel `yaml:"level"`
		LevelCumulative string                 `yaml:"level_cumulative"`
		Rank            []string               `yaml:"rank"`
		Next            []string               `yaml:"next"`
	}
	var table struct {
		Cases []struct {
			Name     string `yaml:"name"`
			Source   string `yaml:"source"`
			Segments []struct {
				Period      string                 `yaml:"period"`
				Level       domain.FunctionalLevel `yaml:"level"`
				Predicate   domain.Predicate       `yaml:"predicate"`
				Months      int64                  `yaml:"months"`
				Provisional bool                   `yaml:"provisional"`
			} `yaml:"segments"`
			Expected expected `yaml:"expected"`
		} `yaml:"cases"`
	}
	read(t, "testdata/akumulasi.yaml", &table)
	if len(table.Cases) != 11 {
		t.Fatalf("%d cases", len(table.Cases))
	}
	law := rules(t, "permenpanrb-6-2022")
	for _, c := range table.Cases {
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			var segments []credit.Segment
			for _, s := range c.Segments {
				segments = append(segments, credit.Segment{
					Period: s.Period, Level: s.Level, Predicate: s.Predicate, Months: s.Months, Provisional: s.Provisional, Rules: law,
				})
			}
			s, err := credit.Account(segments)
			if err != nil {
				t.Fatal(err)
			}
			got := expected{Cumulative: s.Cumulative, Level: s.Level, LevelCumulative: s.LevelCumulative, Rank: needs(s.Rank), Next: needs(s.Next)}
			for _, line := range s.Lines {
				got.Credits = append(got.Credits, line.Credit)
			}
			if diff := cmp.Diff(c.Expected, got); diff != "" {
				t.Errorf("statement (-want +got):\n%s", diff)
			}
			if len(s.Sentences()) < len(s.Lines)+2 {
				t.Errorf("sentences %q", s.Sentences())
			}
		})
	}
}

func needs(n *credit.Need) []string {
	if n == nil {
		return nil
	}
	return []string{n.Needed, n.Lacking}
}

// TestAccount_adds_what_was_rounded compares sums with whole numbers of hundredths.
func TestAccount_adds_what_was_rounded(t *testing.T) {
	t.Parallel()
	var table conversions
	read(t, "testdata/konversi.yaml", &table)
	r, law := rand.New(rand.NewPCG(3, 2023)), rules(t, "permenpanrb-6-2022")
	for range 2000 {
		var segments []credit.Segment
		sum := new(big.Rat)
		for range r.IntN(20) {
			row, months := table.Rows[r.IntN(len(table.Rows))], 1+r.IntN(12)
			s := credit.Segment{Level: row.Level, Predicate: row.Predicate, Months: int64(months), Provisional: r.IntN(4) == 0, Rules: law}
			if !s.Provisional {
				sum.Add(sum, rat(decimal.MustParse(row.Months[months-1])))
			}
			segments = append(segments, s)
		}
		s, err := credit.Account(segments)
		if err != nil || s.Cumulative != sum.FloatString(2) {
			t.Fatalf("%s, %v, want %s", s.Cumulative, err, sum.FloatString(2))
		}
	}
}

// TestSentences_call_predicates_as_the_rules_do converts by rules that call predicates as older law does.
func TestSentences_call_predicates_as_the_rules_do(t *testing.T) {
	t.Parallel()
	law := rules(t, "permenpanrb-6-2022")
	for id, c := range map[string]struct {
		predicate domain.Predicate
		want      string
	}{
		"permenpanrb-6-2022": {domain.PredicateVeryPoor, "predikat Sangat Kurang: 25%"},
		"permenpanrb-8-2021": {domain.PredicateNeedsImprovement, "predikat Cukup: 75%"},
		"pp-46-2011":         {domain.PredicateVeryPoor, "predikat Buruk: 25%"},
	} {
		def := law.Definition()
		def.Predicate.Words = rules(t, id).Definition().Predicate.Words
		converting, err := domain.NewPack(def, id)
		if err != nil {
			t.Fatal(err)
		}
		s, err := credit.Account([]credit.Segment{{Period: "2024", Level: domain.LevelMahir, Predicate: c.predicate, Months: 12, Rules: converting}})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Sentences()[0]; !strings.Contains(got, c.want) {
			t.Errorf("%s says %q, want %q in it", id, got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	law := rules(t, "permenpanrb-6-2022")
	s, err := credit.Account([]credit.Segment{
		{Period: "2023", Predicate: domain.PredicateGood, Months: 12, Rules: law},
		{Period: "2024", Level: domain.LevelAhliPertama, Predicate: domain.PredicateGood, Months: 2, Rules: law},
		{Period: "2025", Level: domain.LevelAhliPertama, Predicate: domain.PredicateVeryGood, Months: 12, Rules: law},
		{Period: "2026", Level: domain.LevelAhliPertama, Predicate: domain.PredicateGood, Months: 12, Provisional: true, Rules: law},
		{Period: "2027", Level: domain.LevelAhliPertama, Months: 12, Rules: law},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Periode 2023: bukan jabatan fungsional, sehingga tidak memperoleh angka kredit.",
		"Periode 2024: jenjang Ahli Pertama, predikat Baik: 100% × 12,50 × 2/12 = 2,08; kumulatif 2,08.",
		"Periode 2025: jenjang Ahli Pertama, predikat Sangat Baik: 150% × 12,50 × 12/12 = 18,75; kumulatif 20,83.",
		"Periode 2026: jenjang Ahli Pertama, predikat Baik: 100% × 12,50 × 12/12 = 12,50, belum diperhitungkan karena predikat ini belum ditetapkan oleh pejabat penilai kinerja.",
		"Periode 2027: jenjang Ahli Pertama; predikat kinerja belum ada, sehingga belum ada angka kredit.",
		"Angka kredit kumulatif seluruh periode: 20,83 (Peraturan BKN 3/2023).",
		"Angka kredit kumulatif pada jenjang Ahli Pertama: 20,83.",
		"Kenaikan pangkat memerlukan 50,00 pada jenjang ini: kurang 29,17.",
		"Kenaikan ke jenjang berikutnya memerlukan 100,00 pada jenjang ini: kurang 79,17.",
		"Angka kredit sebelum periode pertama yang tercatat tidak termasuk di sini.",
	}
	if diff := cmp.Diff(want, s.Sentences()); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
	var empty credit.Statement
	if got := empty.Sentences(); len(got) != 1 {
		t.Errorf("sentences of nothing: %q", got)
	}
}
