package reach_test

import (
	"slices"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/reach"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// FuzzTo looks for the ways of somebody to a goal by one of the packs: each leads there, one step less does not, and where
// there is none because one indicator cannot do it, twice its target does not do it either.
func FuzzTo(f *testing.F) {
	catalog, err := pack.Embedded()
	if err != nil {
		f.Fatal(err)
	}
	files, goals := catalog.Files(), domain.Predicates()
	for of := range files {
		for n := range 4 * len(goals) {
			f.Add(uint8(of), uint8(n), uint64(n), []byte{})
		}
	}
	f.Fuzz(func(t *testing.T, of, at uint8, seed uint64, steer []byte) {
		p, goal := files[int(of)%len(files)].Pack, goals[int(at)%len(goals)]
		in := domaintest.Input(domaintest.Steered(seed, steer), p)
		answer, err := reach.To(p, in, goal, never)
		if err != nil {
			t.Fatal(err)
		}
		reached := reaches(t, p, in, goal)
		if answer.Reached != reached || reached && len(answer.Ways) > 0 {
			t.Fatalf("reached is %t, got %+v", reached, answer)
		}
		for _, way := range answer.Ways {
			leads(t, p, in, goal, way)
		}
		if p.Definition().Predicate.Bands == nil {
			return // an indicator moves no predicate
		}
		for _, id := range answer.Short {
			falls(t, p, in, goal, id)
		}
	})
}

// reaches reports whether the facts give the goal or better.
func reaches(t *testing.T, p *domain.Pack, in domain.Input, goal domain.Predicate, changes ...reach.Change) bool {
	t.Helper()
	order := domain.Predicates()
	at := slices.Index(order, apply(t, p, in, changes).Predicate)
	return at >= 0 && at <= slices.Index(order, goal)
}

// falls demands that twice the target of an indicator, or none of what is to be less, does not reach the goal. What is to
// be saved has its best elsewhere, and of what has a highest value there is no more.
func falls(t *testing.T, p *domain.Pack, in domain.Input, goal domain.Predicate, id string) {
	t.Helper()
	indicators := in.Segments[len(in.Segments)-1].Plan.Indicators
	i := indicators[slices.IndexFunc(indicators, func(i domain.Indicator) bool { return i.ID == id })]
	efficiency := p.Definition().Achievement.Efficiency
	if i.Attainable || i.Unit == "%" || efficiency.Has(&i) {
		return
	}
	best := decimal.Zero
	if !i.Formula.Falls() {
		best = sum(t, i.Target, i.High)
		best = sum(t, best, best)
	}
	if reaches(t, p, in, goal, reach.Change{ID: id, To: best.String()}) {
		t.Fatalf("%s cannot reach %s alone, but %s does", id, goal, best)
	}
}
