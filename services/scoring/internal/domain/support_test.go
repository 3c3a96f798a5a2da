package domain_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// catalog is every rule pack that the suite ships, loaded once.
var catalog = sync.OnceValues(pack.Embedded)

// rules returns the rule pack of the law in force.
func rules(tb testing.TB) *domain.Pack {
	tb.Helper()
	return shipped(tb, "rulePacks/permenpanrb-6-2022/versions/1")
}

// shipped returns the rule pack of this name.
func shipped(tb testing.TB, name string) *domain.Pack {
	tb.Helper()
	packs, err := catalog()
	if err != nil {
		tb.Fatal(err)
	}
	file, err := packs.File(name)
	if err != nil {
		tb.Fatal(err)
	}
	return file.Pack
}

// eachPack runs a test with every rule pack that the suite ships, each with the same source of randomness.
func eachPack(t *testing.T, seed uint64, test func(t *testing.T, p *domain.Pack, r *rand.Rand)) {
	t.Helper()
	packs, err := catalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range packs.Files() {
		t.Run(strings.ReplaceAll(file.Pack.Name(), "/", "_"), func(t *testing.T) {
			t.Parallel()
			test(t, file.Pack, rand.New(rand.NewPCG(seed, 1)))
		})
	}
}

// shown is a trace as people see it.
type shown struct {
	Inputs []domain.TraceInput
	Steps  []domain.TraceStep
}

func show(t domain.Trace) shown { return shown{t.Inputs(), t.Steps} }

// slightlyChanged returns the same facts but for one, or for one that the rules do not use.
func slightlyChanged(r *rand.Rand, in domain.Input) domain.Input {
	in.Segments = slices.Clone(in.Segments)
	s := &in.Segments[r.IntN(len(in.Segments))]
	switch r.IntN(9) {
	case 0:
		s.Plan.Months = max(1, s.Plan.Months-1)
	case 1:
		s.Plan.Source += "x"
	case 2:
		s.Realisations = append(slices.Clone(s.Realisations), domain.Realisation{Indicator: "results/r9/indicators/i9", Value: domaintest.Amount(r, 0)})
	case 3:
		s.Panels = []domain.Panel{{Group: domain.GroupPeers, Count: 2, Questions: 7, Sum: 14 + r.Int64N(43)}}
	case 4:
		s.Innovations = &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachAgency, Count: r.Int64N(2)}}}
	case 5:
		s.Tasks = &domain.Tasks{Count: r.Int64N(3)}
	case 6:
		s.Behavior = &domain.Behavior{Value: decimal.MustNew(r.Int64N(3), 1)}
	case 7:
		s.Prior = &domain.Prior{Value: decimal.MustNew(r.Int64N(3), 1)}
	default:
		s.Realisations = slices.Clone(s.Realisations)
		for i := range s.Realisations {
			value, err := s.Realisations[i].Value.Add(decimal.Zero.Pad(4))
			if err == nil {
				s.Realisations[i].Value = value // the same number with more digits
			}
		}
	}
	return in
}
