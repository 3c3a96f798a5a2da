package domain_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

func unit(id string) domain.UnitKey { return domain.UnitKey{Tenant: "3374", Period: "2026", Unit: id} }

func report(changes ...any) *domain.Report {
	r := &domain.Report{Key: key}
	for _, c := range changes {
		apply(r, c)
	}
	return r
}

func TestDeltas(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		from, to *domain.Report
		want     domain.Deltas
	}{
		"a_first_plan_adds_one_person": {
			report(), report(plan(1, "dinkes", "DRAFT")),
			domain.Deltas{unit("dinkes"): {People: 1}, unit(""): {People: 1}},
		},
		"an_approval_adds_only_that": {
			report(plan(1, "dinkes", "DRAFT")), report(plan(2, "dinkes", "APPROVED")),
			domain.Deltas{unit("dinkes"): {Approved: 1}, unit(""): {Approved: 1}},
		},
		"another_predicate_moves_the_person": {
			report(plan(1, "dinkes", "DRAFT"), score(1, "dinkes", domain.Good)),
			report(plan(1, "dinkes", "DRAFT"), score(2, "dinkes", domain.Poor)),
			domain.Deltas{
				unit("dinkes"): {Predicates: [5]int{0, -1, 0, 1, 0}},
				unit(""):       {Predicates: [5]int{0, -1, 0, 1, 0}},
			},
		},
		"another_unit_moves_the_person_within_the_tenant": {
			report(plan(1, "dinkes", "APPROVED")), report(plan(2, "rsud", "APPROVED")),
			domain.Deltas{unit("dinkes"): {People: -1, Approved: -1}, unit("rsud"): {People: 1, Approved: 1}},
		},
		"a_plan_after_the_score_brings_its_predicate": {
			report(score(1, "rsud", domain.VeryGood)), report(score(1, "rsud", domain.VeryGood), plan(1, "rsud", "APPROVED")),
			domain.Deltas{
				unit("rsud"): {People: 1, Approved: 1, Predicates: [5]int{1}},
				unit(""):     {People: 1, Approved: 1, Predicates: [5]int{1}},
			},
		},
		"a_score_without_a_plan_changes_nothing": {report(), report(score(1, "rsud", domain.VeryGood)), domain.Deltas{}},
		"the_same_predicate_changes_nothing": {
			report(plan(1, "rsud", "DRAFT"), score(1, "rsud", domain.Good)),
			report(plan(1, "rsud", "DRAFT"), score(2, "rsud", domain.Good)),
			domain.Deltas{},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := domain.Deltas{}
			got.Add(c.from, c.to)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			got.Add(c.to, c.from)
			if len(got) != 0 {
				t.Errorf("there and back leaves %v", got)
			}
		})
	}
}

func TestApplySurvey(t *testing.T) {
	t.Parallel()
	tally := domain.Tally{}
	newest := domain.Survey{Revision: 2, Index: "81.94", Grade: "B"}
	tally.ApplySurvey(newest)
	tally.ApplySurvey(domain.Survey{Revision: 1, Index: "70.00", Grade: "C"})
	tally.ApplySurvey(domain.Survey{Revision: 2, Index: "70.00", Grade: "C"})
	if diff := cmp.Diff(domain.Tally{Survey: newest}, tally); diff != "" {
		t.Error(diff)
	}
}

func TestLabels(t *testing.T) {
	t.Parallel()
	want := []string{"Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang/Misconduct", "Sangat Kurang"}
	got := []string{}
	for _, p := range domain.Predicates() {
		got = append(got, p.Label())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if label := domain.Predicate("").Label(); label != "" {
		t.Errorf("no predicate is labelled %q", label)
	}
}
