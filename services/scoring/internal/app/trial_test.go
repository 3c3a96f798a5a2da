package app_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// TestTrial_tells_the_greatest_changes_first tries rules that move numbers, up and down, and no predicate, on more people
// than are told of.
func TestTrial_tells_the_greatest_changes_first(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.peers.terms.RulePack = "rulePacks/binjai/versions/1"
	var people []string
	for i := range 220 {
		person := fmt.Sprintf("p%03d", i)
		people = append(people, person)
		b.plan(person, "u1")
		b.report(person, fmt.Sprint(40+i/3)) // three people each have the same numbers
	}
	b.execute(t, work("e1", people...))
	packs, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	draft, err := packs.Pack("rulePacks/marelan/versions/1")
	if err != nil {
		t.Fatal(err)
	}
	result, err := (&app.Trial{Recompute: b.Recompute}).Run(t.Context(), period, draft)
	if err != nil {
		t.Fatal(err)
	}
	if result.Up+result.Down+result.Other != 0 || len(result.Changes) != 200 {
		t.Fatalf("%d up, %d down, %d other, %d changes", result.Up, result.Down, result.Other, len(result.Changes))
	}
	gap := func(c app.TrialChange) decimal.Decimal {
		d, err := decimal.MustParse(c.ValueAfter).Sub(decimal.MustParse(c.ValueBefore))
		if err != nil {
			t.Fatal(err)
		}
		return d.Abs()
	}
	sorted := slices.IsSortedFunc(result.Changes, func(a, b app.TrialChange) int {
		return cmp.Or(gap(b).Cmp(gap(a)), cmp.Compare(a.Person, b.Person))
	})
	if !sorted || slices.IsSortedFunc(result.Changes, func(a, b app.TrialChange) int { return cmp.Compare(a.Person, b.Person) }) {
		for _, c := range result.Changes {
			t.Errorf("%s from %s to %s", c.Person, c.ValueBefore, c.ValueAfter)
		}
	}
}
