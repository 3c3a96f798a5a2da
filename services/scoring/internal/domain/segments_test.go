package domain_test

import (
	"errors"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
)

// part is a segment of so many months of a functional position with a value of behaviour.
func part(months int64, behavior string) domain.Segment {
	s := judged(behavior, -1)
	s.Plan.Months, s.Plan.FunctionalLevel = months, domain.LevelAhliPertama
	return s
}

// merging is a pack whose value is that of behaviour.
func merging(t *testing.T, policy domain.SegmentPolicy) *domain.Pack {
	t.Helper()
	return small(t, func(d *domain.Definition) {
		d.Shown = domain.ShownTerms{Value: "b", Achievement: "k"}
		d.Segments.Predicate = policy
		places := 0
		d.Predicate.Bands = &domain.BandsTerms{Of: "b", Places: &places, Bands: []domain.PredicateBand{
			{Predicate: domain.PredicateVeryGood, From: ref("91"), Innovation: true},
			{Predicate: domain.PredicateGood, From: ref("76")},
			{Predicate: domain.PredicatePoor},
		}}
		law := definition(t, matrix)
		d.Credit = law.Credit
	}, mean("k", domain.IndicatorsWay{}), behavior("b"))
}

func TestSegments_are_merged(t *testing.T) {
	t.Parallel()
	innovative := part(8, "96")
	innovative.Innovations = &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachUnit, Count: 1}}}
	planned := part(5, "80")
	planned.Plan.Indicators, planned.Realisations = plannedOf("r1 - 100 91")
	cases := []struct {
		name   string
		policy domain.SegmentPolicy
		given  []domain.Segment
		want   map[string]string
	}{
		{
			"the_value_by_months_and_the_last_predicate", domain.SegmentLast,
			[]domain.Segment{part(2, "90"), part(9, "70")},
			map[string]string{
				"segments/1/components/b": "90.0000", "segments/2/components/b": "70.0000", "value": "73.6364",
				"segments/1/predicate": "good", "segments/2/predicate": "poor", "predicate": "poor",
				"segments/1/credit": "2.0833", "segments/2/credit": "4.6875", "credit": "6.7708",
			},
		},
		{
			"the_predicate_of_the_merged_value", domain.SegmentValue,
			[]domain.Segment{part(8, "80"), part(4, "67")},
			map[string]string{"value": "75.6667", "predicate/rounded": "76", "segments/2/predicate": "poor", "predicate": "good"},
		},
		{
			"an_innovation_of_any_segment_counts", domain.SegmentValue,
			[]domain.Segment{innovative, part(4, "82")},
			map[string]string{"value": "91.3333", "predicate": "very_good", "segments/2/predicate": "good"},
		},
		{
			"the_number_of_one_segment_alone", domain.SegmentLast,
			[]domain.Segment{planned, part(7, "80")},
			map[string]string{"achievement": "91.0000", "segments/2/components/k": "", "predicate": "good"},
		},
		{
			"one_incomplete_segment_makes_all_incomplete", domain.SegmentLast,
			[]domain.Segment{part(2, ""), part(9, "80")},
			map[string]string{"value": "80.0000", "segments/2/predicate": "good", "predicate": "", "credit": "", "segments/2/credit": "9.3750"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := merging(t, c.policy)
			got := steps(t, p, c.given...)
			expect(t, got, c.want)
			result := compute(t, p, domain.Input{Segments: c.given})
			expect(t, map[string]string{
				"value": result.Value, "achievement": result.Achievement, "predicate": string(result.Predicate), "credit": result.Credit,
			}, map[string]string{"value": got["value"], "achievement": got["achievement"], "predicate": got["predicate"], "credit": got["credit"]})
			if result.Segments != int64(len(c.given)) {
				t.Errorf("%d segments", result.Segments)
			}
		})
	}
}

func plannedOf(lines ...string) ([]domain.Indicator, []domain.Realisation) {
	s := planned(lines...)
	return s.Plan.Indicators, s.Realisations
}

func TestSegments_give_what_is_known_of_the_last(t *testing.T) {
	t.Parallel()
	p := rules(t)
	first, last := nurse(), nurse()
	first.Plan.Months, last.Plan.Months = 5, 7
	first.Plan.Unit, first.Organization = "units/dinas", nil
	last.Rating = &domain.Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationBelow}
	last.Survey = survey(29, 105, 101, 100, 116, 102, 105, 106, 105, 115)
	result := compute(t, p, domain.Input{Segments: []domain.Segment{first, last}})
	if result.Unit != "units/puskesmas" || result.ResultRating != domain.ExpectationMeets || result.BehaviorRating != domain.ExpectationBelow ||
		result.SurveyIndex != "91.48" || result.Predicate != domain.PredicatePoor {
		t.Errorf("result %+v", result)
	}
	if result.State != domain.StateProvisional {
		t.Errorf("state %s is not the worst", result.State)
	}
	want := []domain.Missing{{Input: "segments/1/organization.level", Description: "Rating kinerja organisasi", Policy: domain.PolicyProvisional}}
	if diff := cmp.Diff(want, result.Missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	if result.Credit != "8.86" { // 5/12 of 12.50 are 5.21, 7/12 of 6.25 are 3.65
		t.Errorf("credit %s", result.Credit)
	}
}

// TestSegments_are_computed_each_by_itself: what is recorded of a segment is what would be recorded of it alone.
func TestSegments_are_computed_each_by_itself(t *testing.T) {
	t.Parallel()
	eachPack(t, 23, func(t *testing.T, p *domain.Pack, r *rand.Rand) {
		for range fewRounds {
			given := []domain.Segment{domaintest.Segment(r, p, 5), domaintest.Segment(r, p, 7)}
			together := compute(t, p, domain.Input{Segments: given}).Trace
			for i := range given {
				prefix := "segments/" + strconv.Itoa(i+1) + "/"
				same(t, "the segment differs", within(compute(t, p, one(given[i])).Trace, ""), within(together, prefix))
			}
		}
	})
}

// within returns the part of a trace whose ids have a prefix, without it.
func within(trace domain.Trace, prefix string) shown {
	var part shown
	for _, input := range trace.Inputs() {
		id, ok := strings.CutPrefix(input.ID, prefix)
		if ok {
			input.ID = id
			part.Inputs = append(part.Inputs, input)
		}
	}
	for _, step := range trace.Steps {
		id, ok := strings.CutPrefix(step.ID, prefix)
		if !ok {
			continue
		}
		step.ID = id
		var operands []string
		for _, operand := range step.Operands {
			operands = append(operands, strings.TrimPrefix(operand, prefix))
		}
		step.Operands = operands
		part.Steps = append(part.Steps, step)
	}
	return part
}

func TestSegments_are_refused(t *testing.T) {
	t.Parallel()
	spoilt := part(3, "80")
	spoilt.Tasks = &domain.Tasks{Count: -1}
	cases := []struct {
		name  string
		given []domain.Segment
		want  string
	}{
		{"none", nil, "segments: harus 1 sampai 12 penugasan"},
		{"thirteen", make([]domain.Segment, 13), "segments: harus 1 sampai 12 penugasan"},
		{"of_more_than_a_year", []domain.Segment{part(7, "80"), part(6, "80")}, "segments: lebih dari 12 bulan"},
		{"and_their_problems_are_named", []domain.Segment{part(3, "80"), spoilt}, "segments/2/tasks/count"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := domain.Compute(merging(t, domain.SegmentLast), domain.Input{Segments: c.given})
			if !errors.Is(err, domain.ErrInvalidInput) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v, want ErrInvalidInput with %q", err, c.want)
			}
		})
	}
}
