package domain_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

var key = domain.PersonKey{Tenant: "3374", Period: "2026", Person: "01ani"}

func plan(revision int64, unit, state string) domain.PlanChange {
	return domain.PlanChange{Key: key, Unit: unit, Plan: domain.Plan{Revision: revision, State: state, PositionTitle: "Perawat"}}
}

func score(revision int64, unit string, p domain.Predicate) domain.ScoreChange {
	return domain.ScoreChange{Key: key, Unit: unit, Score: domain.Score{Revision: revision, State: "COMPLETE", Predicate: p}}
}

func apply(r *domain.Report, change any) {
	switch c := change.(type) {
	case domain.PlanChange:
		r.ApplyPlan(c)
	case domain.ScoreChange:
		r.ApplyScore(c)
	}
}

type reportCase struct {
	name  string
	given []any
	want  domain.Report
	count domain.Counts
}

func reportCases() []reportCase {
	return []reportCase{
		{
			name:  "a_plan_alone_is_a_report",
			given: []any{plan(1, "dinkes", "DRAFT")},
			want:  domain.Report{Key: key, Unit: "dinkes", Plan: plan(1, "", "DRAFT").Plan},
			count: domain.Counts{People: 1},
		},
		{
			name:  "an_approved_plan_counts_as_approved",
			given: []any{plan(1, "dinkes", "DRAFT"), plan(2, "dinkes", "APPROVED")},
			want:  domain.Report{Key: key, Unit: "dinkes", Plan: plan(2, "", "APPROVED").Plan},
			count: domain.Counts{People: 1, Approved: 1},
		},
		{
			name:  "a_score_without_a_plan_is_shown_but_not_counted",
			given: []any{score(1, "dinkes", domain.Good)},
			want:  domain.Report{Key: key, Unit: "dinkes", Score: score(1, "", domain.Good).Score},
		},
		{
			name:  "an_older_plan_is_passed_over",
			given: []any{plan(2, "rsud", "APPROVED"), plan(1, "dinkes", "DRAFT"), plan(2, "dinkes", "DRAFT")},
			want:  domain.Report{Key: key, Unit: "rsud", Plan: plan(2, "", "APPROVED").Plan},
			count: domain.Counts{People: 1, Approved: 1},
		},
		{
			name:  "an_older_score_is_passed_over",
			given: []any{score(3, "dinkes", domain.VeryGood), score(2, "rsud", domain.Poor)},
			want:  domain.Report{Key: key, Unit: "dinkes", Score: score(3, "", domain.VeryGood).Score},
		},
		{
			name:  "the_unit_of_the_plan_goes_before_that_of_the_score",
			given: []any{score(1, "rsud", domain.Poor), plan(1, "dinkes", "APPROVED"), score(2, "rsud", domain.VeryPoor)},
			want:  domain.Report{Key: key, Unit: "dinkes", Plan: plan(1, "", "APPROVED").Plan, Score: score(2, "", domain.VeryPoor).Score},
			count: domain.Counts{People: 1, Approved: 1, Predicates: [5]int{0, 0, 0, 0, 1}},
		},
		{
			name:  "a_predicate_that_is_not_known_here_counts_as_none",
			given: []any{plan(1, "dinkes", "RETURNED"), score(1, "dinkes", "9")},
			want:  domain.Report{Key: key, Unit: "dinkes", Plan: plan(1, "", "RETURNED").Plan, Score: score(1, "", "9").Score},
			count: domain.Counts{People: 1},
		},
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	for _, c := range reportCases() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := domain.Report{Key: key}
			for _, change := range c.given {
				apply(&got, change)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.count, got.Counts()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEqual(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	full := func() *domain.Report {
		r := &domain.Report{
			Key: key, DisplayName: "Ani", UnitDisplayName: "Dinas Kesehatan", Revision: 1, VisibleTime: at,
		}
		r.ApplyPlan(plan(1, "dinkes", "DRAFT"))
		s := score(1, "dinkes", domain.Good)
		s.Score.Missing = []domain.Missing{{Input: "rating.result"}}
		r.ApplyScore(s)
		return r
	}
	cases := map[string]struct {
		change func(*domain.Report)
		want   bool
	}{
		"the_row_itself_does_not_matter": {func(r *domain.Report) { r.Revision, r.VisibleTime = 9, at.Add(time.Hour) }, true},
		"the_name_matters":               {func(r *domain.Report) { r.DisplayName = "Budi" }, false},
		"the_name_of_the_unit_matters":   {func(r *domain.Report) { r.UnitDisplayName = "RSUD" }, false},
		"a_plan_matters":                 {func(r *domain.Report) { r.ApplyPlan(plan(2, "dinkes", "DRAFT")) }, false},
		"a_score_matters":                {func(r *domain.Report) { r.ApplyScore(score(2, "dinkes", domain.Good)) }, false},
		"the_value_matters":              {func(r *domain.Report) { r.Score.Value = "96.20" }, false},
		"a_word_matters":                 {func(r *domain.Report) { r.Score.PredicateWord = "Cukup" }, false},
		"a_suggestion_matters":           {func(r *domain.Report) { r.Score.Suggestion = "MEETS" }, false},
		"that_it_is_final_matters":       {func(r *domain.Report) { r.Score.Final = true }, false},
		"what_is_missing_matters":        {func(r *domain.Report) { r.Score.Missing = nil }, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := full()
			c.change(changed)
			if got := full().Equal(changed); got != c.want {
				t.Errorf("Equal is %t", got)
			}
		})
	}
}

// TestAnyOrder folds the same facts in many orders, with repetitions, and compares with the fold in order.
func TestAnyOrder(t *testing.T) {
	t.Parallel()
	facts := []any{
		plan(1, "dinkes", "DRAFT"), plan(2, "dinkes", "SUBMITTED"), plan(3, "rsud", "APPROVED"),
		score(1, "dinkes", domain.Good), score(2, "dinkes", ""), score(3, "rsud", domain.VeryGood),
	}
	want := domain.Report{Key: key}
	for _, f := range facts {
		apply(&want, f)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		storm := append(append([]any{}, facts...), facts[random.IntN(len(facts))], facts[random.IntN(len(facts))])
		random.Shuffle(len(storm), func(i, j int) { storm[i], storm[j] = storm[j], storm[i] })
		got := domain.Report{Key: key}
		deltas := domain.Deltas{}
		for _, f := range storm {
			before := got
			apply(&got, f)
			deltas.Add(&before, &got)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("order %v: %s", storm, diff)
		}
		recount := domain.Deltas{
			{Tenant: "3374", Period: "2026", Unit: "rsud"}: want.Counts(),
			{Tenant: "3374", Period: "2026"}:               want.Counts(),
		}
		if diff := cmp.Diff(recount, deltas); diff != "" {
			t.Fatalf("order %v: counts by difference are not the recount: %s", storm, diff)
		}
	}
}

func TestNextRevision(t *testing.T) {
	t.Parallel()
	at := time.UnixMicro(1_000_000)
	for old, want := range map[int64]int64{0: 1_000_000, 999_999: 1_000_000, 1_000_000: 1_000_001, 2_000_000: 2_000_001} {
		if got := domain.NextRevision(old, at); got != want {
			t.Errorf("NextRevision(%d) is %d, want %d", old, got, want)
		}
	}
}
