package app_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// kept writes a score of the nurse, as spoil leaves it, and returns the use cases that show it.
func kept(t *testing.T, spoil func(*domain.Score)) (*app.Show, domain.Result) {
	t.Helper()
	return keptBy(t, rulePack, domaintest.Nurse(), spoil)
}

// keptBy writes a score by other rules or of other facts.
func keptBy(t *testing.T, rulePack string, in domain.Input, spoil func(*domain.Score)) (*app.Show, domain.Result) {
	t.Helper()
	packs, err := pack.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := packs.Pack(rulePack)
	if err != nil {
		t.Fatal(err)
	}
	computed, err := domain.Compute(rules, in)
	if err != nil {
		t.Fatal(err)
	}
	score := domain.Score{Period: period, Person: "ani", Revision: 1, ComputeTime: noon, InputTime: noon, Result: computed}
	spoil(&score)
	b := setup(t)
	err = b.store.Apply(t.Context(), app.Write{Scores: []app.Revision{{Score: score}}})
	if err != nil {
		t.Fatal(err)
	}
	return &app.Show{Store: b.store, Packs: pack.NewLibrary(packs, nil), Known: known{in}}, computed
}

// known knows the same of everybody.
type known struct{ in domain.Input }

func (k known) Input(context.Context, domain.Period, string) (domain.Input, error) { return k.in, nil }

func TestScore_shows_the_computation_of_what_was_written(t *testing.T) {
	t.Parallel()
	show, computed := kept(t, func(*domain.Score) {})
	score, err := show.Score(access.Trusted(t.Context()), period, "ani")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(computed, score.Result); diff != "" {
		t.Fatalf("result (-computed +shown):\n%s", diff)
	}
	sentences, err := show.Explain(t.Context(), score)
	if err != nil || len(sentences) < len(domaintest.Nurse().Segments[0].Plan.Indicators) {
		t.Fatalf("explained in %d sentences, %v", len(sentences), err)
	}
}

func TestScore_without_its_rules_has_no_trace(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		spoil func(*domain.Score)
	}{
		{"that_are_not_here", func(s *domain.Score) { s.RulePack = "rulePacks/other/versions/1" }},
		{"that_read_otherwise_here", func(s *domain.Score) { s.RulePackHash = "0" }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			show, computed := kept(t, c.spoil)
			score, err := show.Score(access.Trusted(t.Context()), period, "ani")
			if err != nil || score.Predicate != computed.Predicate || len(score.Trace.Steps) != 0 {
				t.Fatalf("predicate %s with %d steps, %v", score.Predicate, len(score.Trace.Steps), err)
			}
			_, err = show.Explain(t.Context(), score)
			if !errors.Is(err, app.ErrUncomputable) {
				t.Fatalf("error is %v, want ErrUncomputable", err)
			}
		})
	}
}

// downPacks cannot be read now.
type downPacks struct{}

func (downPacks) Pack(context.Context, string) (*domain.Pack, error) {
	return nil, context.DeadlineExceeded
}

func TestScore_is_not_shown_without_a_trace_because_of_an_outage(t *testing.T) {
	t.Parallel()
	show, _ := kept(t, func(*domain.Score) {})
	show.Packs = downPacks{}
	ctx := access.Trusted(t.Context())
	for name, call := range map[string]func() error{
		"score":    func() error { _, err := show.Score(ctx, period, "ani"); return err },
		"explain":  func() error { _, err := show.Explain(ctx, app.Revision{}); return err },
		"reach":    func() error { _, err := show.Reach(ctx, period, "ani", domain.PredicateVeryGood); return err },
		"simulate": func() error { _, err := show.Simulate(ctx, period, "ani", app.Changes{}); return err },
		"verify":   func() error { _, err := show.Verify(ctx, period, "ani", 0); return err },
		"compare":  func() error { _, err := show.Compare(ctx, period, "ani", 1, 1); return err },
	} {
		err := call()
		if !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, app.ErrUncomputable) {
			t.Errorf("%s: error is %v, want DeadlineExceeded", name, err)
		}
	}
}

func TestScore_refuses_a_record_that_no_computation_left(t *testing.T) {
	t.Parallel()
	show, _ := kept(t, func(s *domain.Score) { s.Record.Results = domaintest.WithoutFirst(s.Record.Results) })
	_, err := show.Score(access.Trusted(t.Context()), period, "ani")
	if !errors.Is(err, domain.ErrInvalidTrace) {
		t.Fatalf("error is %v, want ErrInvalidTrace", err)
	}
}
