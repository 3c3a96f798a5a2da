package domain_test

import (
	"errors"
	"math/big"
	"os"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

func TestSurveySample(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("testdata/krejcie-morgan.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var table struct {
		Source string `yaml:"source"`
		Rows   []struct {
			Population int64 `yaml:"population"`
			Sample     int64 `yaml:"sample"`
		} `yaml:"rows"`
	}
	err = yaml.UnmarshalWithOptions(content, &table, yaml.Strict())
	if err != nil || len(table.Rows) != 19 {
		t.Fatalf("%d rows, %v", len(table.Rows), err)
	}
	for _, row := range table.Rows {
		got, err := domain.SurveySample(row.Population)
		if err != nil || got != row.Sample {
			t.Errorf("%d people need %d respondents, want %d (%v)", row.Population, got, row.Sample, err)
		}
	}
}

// TestSurveySample_is_the_formula_as_it_is_printed compares with exact fractions.
func TestSurveySample_is_the_formula_as_it_is_printed(t *testing.T) {
	t.Parallel()
	for n := int64(1); n < domain.MaxPopulation; n += 1 + n/50 {
		sampled(t, n)
	}
}

// FuzzSurveySample demands the printed formula of any population, and of one person more at most one respondent more.
func FuzzSurveySample(f *testing.F) {
	for _, n := range []int64{-1, 0, 1, 2, 10, 384, 75_000, 1_000_000, domain.MaxPopulation - 1, domain.MaxPopulation, domain.MaxPopulation + 1, 1 << 62} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		if n < 1 || n > domain.MaxPopulation {
			got, err := domain.SurveySample(n)
			if got != 0 || !errors.Is(err, domain.ErrInvalidInput) {
				t.Fatalf("%d: %d, error is %v, want ErrInvalidInput", n, got, err)
			}
			return
		}
		size := sampled(t, n)
		if size < 1 || size > 384 { // 3.841 × 0.25 / 0.0025, which no population passes
			t.Fatalf("%d people need %d respondents", n, size)
		}
		if n == domain.MaxPopulation {
			return
		}
		if more := sampled(t, n+1) - size; more < 0 || more > 1 {
			t.Fatalf("%d people need %d respondents, one more needs %d more", n, size, more)
		}
	})
}

// sampled returns the sample, which it demands to be that of the formula in exact fractions.
func sampled(t *testing.T, n int64) int64 {
	t.Helper()
	quarter, lambda, step := big.NewRat(1, 4), big.NewRat(3841, 1000), big.NewRat(25, 10000)
	above := new(big.Rat).Mul(new(big.Rat).Mul(lambda, quarter), new(big.Rat).SetInt64(n))
	below := new(big.Rat).Mul(step, new(big.Rat).SetInt64(n-1))
	below.Add(below, new(big.Rat).Mul(lambda, quarter))
	want := above.Quo(above, below).FloatString(0)
	got, err := domain.SurveySample(n)
	if err != nil || new(big.Int).SetInt64(got).String() != want || got > n {
		t.Fatalf("%d people need %d respondents, want %s (%v)", n, got, want, err)
	}
	return got
}

func TestSurveySample_refuses_other_populations(t *testing.T) {
	t.Parallel()
	for _, population := range []int64{-1, 0, domain.MaxPopulation + 1} {
		got, err := domain.SurveySample(population)
		if got != 0 || !errors.Is(err, domain.ErrInvalidInput) {
			t.Errorf("%d: %d, error is %v, want ErrInvalidInput", population, got, err)
		}
	}
}
