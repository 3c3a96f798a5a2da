package explain_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/reach"
)

// TestBetween tells why other rules make something else of the facts of the first example of a pack.
func TestBetween(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for _, c := range []struct{ facts, standing, other string }{
		{"marelan", "permenpanrb-6-2022", "marelan"},
		{"marelan", "marelan", "permenpanrb-6-2022"},
		{"kepahiang", "kepahiang", "bantul"},
		{"semarang", "permenpanrb-6-2022", "semarang"},
		{"binjai", "binjai", "marelan"},
		{"pp-46-2011", "pp-46-2011", "permenpanrb-8-2021"},
		{"pp-46-2011", "permenpanrb-6-2022", "pp-46-2011"},
		{"bantul", "bantul", "permenpanrb-8-2021"},
		{"integrasi-2021", "permenpanrb-8-2021", "integrasi-2021"},
	} {
		standing, other := rules(t, c.standing).Pack, rules(t, c.other).Pack
		in := rules(t, c.facts).Examples[0].Given.Input(standing)
		reasons := explain.Between(standing, other, compute(t, standing, in), compute(t, other, in))
		fmt.Fprintf(&text, "=== %s: %s → %s\n%s\n\n", c.facts, c.standing, c.other, strings.Join(reasons, "\n"))
	}
	golden(t, "between", text.String())
}

func TestBetween_of_the_same_numbers(t *testing.T) {
	t.Parallel()
	p := rules(t, "permenpanrb-6-2022").Pack
	before := domain.Result{Predicate: domain.PredicateGood}
	got := explain.Between(p, p, before, domain.Result{Predicate: domain.PredicatePoor})
	if len(got) != 1 || got[0] != "Angkanya sama, tetapi aturan yang memberikan predikat berbeda." {
		t.Fatalf("got %q", got)
	}
	if got := explain.Between(p, p, before, before); len(got) != 0 {
		t.Fatalf("a reason for nothing: %q", got)
	}
}

// TestWay tells what would reach the predicates with the facts of the first example of every pack, with a tenth less of
// everything done, so that something is left to reach.
func TestWay(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for _, file := range packs(t) {
		in := file.Examples[0].Given.Input(file.Pack)
		for i := range in.Segments[0].Realisations {
			done := &in.Segments[0].Realisations[i].Value
			less, err := done.Mul(decimal.MustNew(9, 1))
			if err != nil {
				t.Fatal(err)
			}
			*done = less.Trim(0)
		}
		for _, goal := range []domain.Predicate{domain.PredicateVeryGood, domain.PredicateGood} {
			answer, err := reach.To(file.Pack, in, goal, never)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&text, "=== %s: %s\n", file.Pack.Definition().ID, goal)
			for _, way := range answer.Ways {
				fmt.Fprintln(&text, explain.Way(file.Pack, goal, way))
			}
			for _, note := range explain.Notes(in, answer) {
				fmt.Fprintln(&text, note)
			}
		}
	}
	golden(t, "way", text.String())
}
