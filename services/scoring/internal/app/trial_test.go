package app_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// crowd is a store with scores of ever more people.
type crowd struct{ app.Store }

func (crowd) Scores(_ context.Context, period domain.Period, after string, limit int) ([]app.Revision, error) {
	scores := make([]app.Revision, limit)
	for i := range scores {
		scores[i].Period, scores[i].Person = period, fmt.Sprintf("%s-%03d", after, i)
	}
	return scores, nil
}

func TestTrial_refuses_too_many_people_before_it_computes_any(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Store = crowd{b.store}
	packs, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	draft, err := packs.Pack(rulePack)
	if err != nil {
		t.Fatal(err)
	}
	_, err = (&app.Trial{Recompute: b.Recompute}).Run(t.Context(), period, draft)
	f, ok := fault.As(err)
	if !ok || !errors.Is(err, app.ErrTooMany) || !strings.Contains(f.Local(), "20000 orang") || len(b.peers.asked) > 0 {
		t.Fatalf("error is %v after %v", err, b.peers.asked)
	}
}

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
