package domain_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// FuzzCompute spoils facts that can be computed with hostile bytes, one fact for every two bytes and more. Nothing panics;
// what is refused is refused with the names of its facts; what is computed is within its bounds and can be repeated from
// its trace and from its record. Whether it is right package oracle says.
func FuzzCompute(f *testing.F) {
	packs, err := catalog()
	if err != nil {
		f.Fatal(err)
	}
	files := packs.Files()
	for of := range files {
		f.Add(uint8(of), uint64(1), []byte{})
	}
	for n := range spoils {
		f.Add(uint8(n), uint64(2), []byte{byte(n)})
		f.Add(uint8(n), uint64(3), []byte{byte(n), 7, 7, 7, 7})
	}
	f.Fuzz(func(t *testing.T, of uint8, seed uint64, content []byte) {
		p := files[int(of)%len(files)].Pack
		in := domaintest.Input(rand.New(rand.NewPCG(seed, 0)), p)
		spoiled(&in, content)
		result, err := domain.Compute(p, in)
		if err != nil {
			if len(content) == 0 {
				t.Fatalf("facts that can be are refused: %v", err)
			}
			if !errors.Is(err, num.ErrOverflow) {
				named(t, err)
			}
			return
		}
		bounded(t, result)
		recorded(t, p, result)
		replayed, err := domain.Replay(p, result.Trace.Inputs())
		if err != nil {
			t.Fatal(err)
		}
		same(t, "the replay differs", result, replayed)
		plain, err := domain.ComputeWithoutTrace(p, in)
		if err != nil || plain.Digest() != result.Digest() {
			t.Fatalf("without trace the digest differs, %v", err)
		}
	})
}

// named demands that an error says of every flaw which fact has it and what it is.
func named(t *testing.T, err error) *domain.FlawsError {
	t.Helper()
	var flaws *domain.FlawsError
	if !errors.As(err, &flaws) || !errors.Is(err, domain.ErrInvalidInput) || len(flaws.Flaws) == 0 {
		t.Fatalf("error is %v, want ErrInvalidInput with its flaws", err)
	}
	for _, flaw := range flaws.Flaws {
		if flaw.ID == "" || flaw.Text == "" {
			t.Fatalf("a flaw has no name or no words: %v", err)
		}
	}
	return flaws
}

// TestFuzzCompute_spoils_every_fact holds each way to spoil facts to what it is for: whatever else is known of somebody, what
// it makes without further bytes is refused by the name of the fact, or, with no name, is left out as what cannot be used.
func TestFuzzCompute_spoils_every_fact(t *testing.T) {
	t.Parallel()
	p := shipped(t, "rulePacks/marelan/versions/1") // which reads most
	for n, way := range spoils {
		in := domaintest.Nurse()
		spoiled(&in, []byte{byte(n)})
		_, err := domain.Compute(p, in)
		if way.names == "" {
			if err != nil {
				t.Errorf("way %d: error is %v, want none", n, err)
			}
			continue
		}
		if err == nil {
			t.Errorf("way %d: %s is accepted", n, way.names)
			continue
		}
		if !slices.ContainsFunc(named(t, err).Flaws, func(flaw domain.Flaw) bool { return strings.HasPrefix(flaw.ID, way.names) }) {
			t.Errorf("way %d: %s is not named in %v", n, way.names, err)
		}
	}
}
