package domain_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// judged is a segment with a value of behaviour and a number of tasks; negative is unknown.
func judged(behavior string, tasks int64) domain.Segment {
	s := planned()
	if behavior != "" {
		s.Behavior = &domain.Behavior{Value: dec(behavior), Source: "behaviors/b"}
	}
	if tasks >= 0 {
		s.Tasks = &domain.Tasks{Count: tasks, Source: "tasks/t"}
	}
	return s
}

func TestWeighted_takes_what_has_a_number(t *testing.T) {
	t.Parallel()
	teachers := domain.WeightVariant{
		Label: "Guru", When: domain.Condition{Families: []domain.JobFamily{domain.FamilyTeacher}},
		Of: []domain.Weight{weight("b", "1"), weight("t", "3")},
	}
	schools := domain.WeightVariant{
		Label: "Sekolah dengan tugas", When: domain.Condition{Units: []domain.UnitKind{domain.UnitSchool}, Has: []string{"t"}},
		Of: []domain.Weight{weight("t", "5")},
	}
	k := weighted("k", weight("b", "60"), weight("t", "40"))
	k.Weighted.Variants = []domain.WeightVariant{teachers, schools}
	p := small(t, nil, behavior("b"), tasks("t"), k)
	at := func(s domain.Segment, change func(*domain.Plan)) domain.Segment {
		change(&s.Plan)
		return s
	}
	teacher := func(plan *domain.Plan) { plan.Family = domain.FamilyTeacher }
	school := func(plan *domain.Plan) { plan.UnitKind = domain.UnitSchool }
	cases := []struct {
		name  string
		given domain.Segment
		want  map[string]string
	}{
		{"both", judged("90", 4), map[string]string{"components/k": "54.8000", "components/k/variant": ""}},
		{"one_of_two", judged("90", -1), map[string]string{"components/k": "90.0000"}},
		{"none", judged("", -1), map[string]string{"components/k": ""}},
		{"a_variant_by_family", at(judged("90", 4), teacher), map[string]string{"components/k": "24.0000", "components/k/variant": "Guru"}},
		{"a_variant_by_what_is_known", at(judged("90", 4), school), map[string]string{"components/k": "2.0000", "components/k/variant": "Sekolah dengan tugas"}},
		{"a_variant_whose_component_is_missing", at(judged("90", -1), school), map[string]string{"components/k": "90.0000", "components/k/variant": ""}},
		{
			"the_first_that_holds", at(at(judged("90", 4), school), teacher),
			map[string]string{"components/k": "24.0000", "components/k/variant": "Guru"},
		},
		{"a_third_is_rounded_once", at(judged("100", 0), teacher), map[string]string{"components/k": "25.0000"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			expect(t, steps(t, p, c.given), c.want)
		})
	}
}

func TestSum_bounds_and_conditions(t *testing.T) {
	t.Parallel()
	bounded := sum("k", "b", "t")
	bounded.Floor, bounded.Cap = ref("50"), ref("100")
	leaders := tasks("t")
	leaders.When = &domain.Condition{Positions: []domain.PositionKind{domain.PositionLeadership, domain.PositionAdministrator}}
	p := small(t, nil, behavior("b"), leaders, bounded)
	leader := func(s domain.Segment) domain.Segment {
		s.Plan.Position = domain.PositionLeadership
		return s
	}
	cases := []struct {
		name    string
		given   domain.Segment
		want    map[string]string
		missing []string
	}{
		{"added", leader(judged("90", 4)), map[string]string{"components/k": "92.0000", "components/k/unbounded": ""}, nil},
		{"at_the_cap", leader(judged("98", 4)), map[string]string{"components/k": "100.0000", "components/k/unbounded": ""}, nil},
		{"above_the_cap", leader(judged("99", 4)), map[string]string{"components/k": "100.0000", "components/k/unbounded": "101.0000"}, nil},
		{"below_the_floor", leader(judged("1", 4)), map[string]string{"components/k": "50.0000", "components/k/unbounded": "3.0000"}, nil},
		{"one_of_two_is_missing", leader(judged("90", -1)), map[string]string{"components/k": "90.0000"}, []string{"components/t"}},
		{"one_does_not_apply_and_is_not_missing", judged("90", 4), map[string]string{"components/k": "90.0000", "components/t": ""}, nil},
		{"nothing", leader(judged("", -1)), map[string]string{"components/k": ""}, []string{"components/b", "components/t", "components/k"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			expect(t, steps(t, p, c.given), c.want)
			if diff := cmp.Diff(c.missing, missing(compute(t, p, one(c.given)))); diff != "" {
				t.Errorf("missing (-want +got):\n%s", diff)
			}
		})
	}
}

// missing lists the ids of what a result misses.
func missing(result domain.Result) []string {
	var ids []string
	for _, m := range result.Missing {
		ids = append(ids, m.Input)
	}
	return ids
}

// TestPolicies_of_missing_facts follows each policy, of a component and of a realisation.
func TestMatrix_names_the_rating_that_is_missing(t *testing.T) {
	t.Parallel()
	unrated := nurse()
	unrated.Rating = nil
	head := nurse()
	head.Plan.UnitHead, head.Organization = true, nil
	for name, c := range map[string]struct {
		given domain.Segment
		want  string
	}{
		"by_the_superior":                    {unrated, "Rating hasil kerja"},
		"that_follows_from_that_of_the_unit": {head, "Rating hasil kerja pimpinan unit kerja"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			missing := compute(t, rules(t), one(c.given)).Missing
			at := slices.IndexFunc(missing, func(m domain.Missing) bool { return m.Input == domain.InputResultRating })
			if at < 0 || missing[at].Description != c.want {
				t.Errorf("missing is %+v, want “%s” among it", missing, c.want)
			}
		})
	}
}

func TestPolicies_of_missing_facts(t *testing.T) {
	t.Parallel()
	components := []struct {
		policy domain.Policy
		state  domain.State
		want   map[string]string
	}{
		{domain.PolicyExclude, domain.StateComplete, map[string]string{"components/t": "", "components/k": "90.0000", "predicate": "good"}},
		{domain.PolicyProvisional, domain.StateProvisional, map[string]string{"components/t": "", "components/k": "90.0000", "predicate": "good"}},
		{domain.PolicyBlock, domain.StateIncomplete, map[string]string{"components/t": "", "components/k": "", "predicate": ""}},
		{domain.PolicyZero, domain.StateComplete, map[string]string{"components/t": "0.0000", "components/k": "45.0000", "predicate": "good"}},
	}
	for _, c := range components {
		t.Run("component_"+string(c.policy), func(t *testing.T) {
			t.Parallel()
			missed := tasks("t")
			missed.Missing = c.policy
			missed.Floor = ref("0.5") // holds for what is computed, not for what is counted as zero
			p := small(t, nil, behavior("b"), missed, weighted("k", weight("b", "1"), weight("t", "1")))
			expect(t, steps(t, p, judged("90", -1)), c.want)
			result := compute(t, p, one(judged("90", -1)))
			if result.State != c.state || result.Missing[0].Input != "components/t" || result.Missing[0].Policy != c.policy {
				t.Errorf("state %s, missing %+v", result.State, result.Missing)
			}
		})
	}
	realisations := []struct {
		policy domain.Policy
		state  domain.State
		want   map[string]string
	}{
		{domain.PolicyExclude, domain.StateComplete, map[string]string{"results/r2/indicators/i2/achievement": "", "components/k": "90.0000", "predicate": "good"}},
		{domain.PolicyProvisional, domain.StateProvisional, map[string]string{"results/r2/indicators/i2/achievement": "", "components/k": "90.0000", "predicate": "good"}},
		{domain.PolicyBlock, domain.StateIncomplete, map[string]string{"results/r2/indicators/i2/achievement": "", "components/k": "90.0000", "predicate": ""}},
		{domain.PolicyZero, domain.StateComplete, map[string]string{"results/r2/indicators/i2/achievement": "0.0000", "components/k": "45.0000", "predicate": "good"}},
	}
	for _, c := range realisations {
		t.Run("realisation_"+string(c.policy), func(t *testing.T) {
			t.Parallel()
			p := small(t, func(d *domain.Definition) {
				d.Achievement.Missing, d.Achievement.Floor = c.policy, ref("10")
				if c.policy == domain.PolicyZero {
					d.Achievement.MissingReason = "begitulah aturannya"
				}
			}, mean("k", domain.IndicatorsWay{}))
			given := planned("r1 - 100 90", "r2 - 100 -")
			expect(t, steps(t, p, given), c.want)
			result := compute(t, p, one(given))
			want := []domain.Missing{{Input: "results/r2/indicators/i2", Description: "Realisasi “Indikator 2”", Policy: c.policy}}
			if diff := cmp.Diff(want, result.Missing); diff != "" || result.State != c.state {
				t.Errorf("state %s, missing (-want +got):\n%s", result.State, diff)
			}
		})
	}
}

// TestBlocked_operands take the number from whatever reads them: a part of a whole is not shown as the whole.
func TestBlocked_operands(t *testing.T) {
	t.Parallel()
	blocking := behavior("b")
	blocking.Missing = domain.PolicyBlock
	for name, reader := range map[string]domain.Component{
		"sum": sum("k", "b", "t"), "weighted": weighted("k", weight("t", "1"), weight("b", "1")),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := small(t, nil, blocking, tasks("t"), reader)
			expect(t, steps(t, p, judged("", 4)), map[string]string{"components/t": "2.0000", "components/k": ""})
			expect(t, steps(t, p, judged("90", -1)), map[string]string{"components/k": "90.0000"})
		})
	}
}

// TestBands_of_pp_30_2019 holds the edges of the predicates, with and without a new idea.
func TestBands_of_pp_30_2019(t *testing.T) {
	t.Parallel()
	given := []domain.PredicateBand{
		{Predicate: domain.PredicateVeryGood, From: ref("110"), Innovation: true},
		{Predicate: domain.PredicateGood, From: ref("90")},
		{Predicate: domain.PredicateNeedsImprovement, From: ref("70")},
		{Predicate: domain.PredicatePoor, From: ref("50")},
		{Predicate: domain.PredicateVeryPoor},
	}
	places := 2
	p := small(t, bands("b", given...), behavior("b"))
	rounding := small(t, func(d *domain.Definition) {
		d.Predicate.Bands = &domain.BandsTerms{Of: "b", Places: &places, Bands: given}
	}, behavior("b"))
	cases := []struct {
		value string
		ideas int64
		want  string
	}{
		{"120", 1, "very_good"},
		{"110", 1, "very_good"},
		{"110", 0, "good"},
		{"109.99", 1, "good"},
		{"90", 0, "good"},
		{"89.99", 0, "needs_improvement"},
		{"70", 0, "needs_improvement"},
		{"69.99", 0, "poor"},
		{"50", 0, "poor"},
		{"49.99", 0, "very_poor"},
		{"0", 0, "very_poor"},
	}
	for _, c := range cases {
		t.Run(c.value, func(t *testing.T) {
			t.Parallel()
			s := judged(c.value, -1)
			s.Innovations = &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachAgency, Count: c.ideas}}}
			expect(t, steps(t, p, s), map[string]string{"predicate": c.want, "predicate/rounded": ""})
		})
	}
	t.Run("a_number_in_the_gap_is_rounded_when_the_pack_says_so", func(t *testing.T) {
		t.Parallel()
		expect(t, steps(t, p, judged("89.9999", -1)), map[string]string{"predicate": "needs_improvement"})
		expect(t, steps(t, rounding, judged("89.9950", -1)), map[string]string{"predicate/rounded": "90.00", "predicate": "good"})
		expect(t, steps(t, rounding, judged("89.9949", -1)), map[string]string{"predicate/rounded": "89.99", "predicate": "needs_improvement"})
	})
	t.Run("without_a_number_there_is_no_predicate", func(t *testing.T) {
		t.Parallel()
		result := compute(t, p, one(planned()))
		if result.State != domain.StateIncomplete || result.Predicate != "" {
			t.Errorf("state %s, predicate %q", result.State, result.Predicate)
		}
	})
}

func TestSuggestion_decides_nothing(t *testing.T) {
	t.Parallel()
	p := small(t, func(d *domain.Definition) {
		d.Suggestion = domain.SuggestionTerms{Of: "b", Thresholds: []domain.Threshold{
			{Rating: domain.ExpectationAbove, From: ref("100")}, {Rating: domain.ExpectationMeets, From: ref("80")}, {Rating: domain.ExpectationBelow},
		}}
	}, behavior("b"))
	for value, want := range map[string]domain.Expectation{
		"100": domain.ExpectationAbove, "99.9999": domain.ExpectationMeets, "80": domain.ExpectationMeets, "79.9999": domain.ExpectationBelow, "": "",
	} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			result := compute(t, p, one(judged(value, -1)))
			if result.Suggestion != want || result.ResultRating != "" {
				t.Errorf("suggested %q with a rating of %q", result.Suggestion, result.ResultRating)
			}
		})
	}
}
