package pack_test

import (
	"bytes"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

func TestPatterns(t *testing.T) {
	t.Parallel()
	catalog, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	patterns, err := pack.NewPatterns(pack.NewLibrary(catalog, nil))
	if err != nil {
		t.Fatal(err)
	}
	limits, err := patterns.Distribution(t.Context(), "rulePacks/permenpanrb-6-2022/versions/1", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil || limits.Source != "SE MenPANRB 3/2023" || len(limits.Levels) != 5 {
		t.Fatalf("limits %v, %v", limits, err)
	}
	_, err = patterns.Distribution(t.Context(), "rulePacks/none/versions/1", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	if !errors.Is(err, pack.ErrUnknown) {
		t.Fatalf("error is %v, want ErrUnknown", err)
	}
	_, err = patterns.Distribution(t.Context(), "rulePacks/permenpanrb-6-2022/versions/1", time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
	if !errors.Is(err, pack.ErrNotEffective) {
		t.Fatalf("error is %v, want ErrNotEffective", err)
	}
}

// TestPatterns_are_those_of_the_tables holds the shipped limits to the file that the tables of the domain are proved with.
func TestPatterns_are_those_of_the_tables(t *testing.T) {
	t.Parallel()
	shipped, err := os.ReadFile("distribution/se-menpanrb-3-2023.yaml")
	if err != nil {
		t.Fatal(err)
	}
	proved, err := os.ReadFile("../domain/distribution/testdata/se-menpanrb-3-2023.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(shipped, proved) {
		t.Fatal("the shipped limits are not those of the tables")
	}
}
