package domain_test

import (
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// TestNewPack_takes goes to the bounds of the language, where one more would be refused.
func TestNewPack_takes(t *testing.T) {
	t.Parallel()
	without := func(d *domain.Definition, rule string) {
		var kept []domain.Rule
		for _, r := range d.Rules {
			if r.ID != rule {
				kept = append(kept, r)
			}
		}
		d.Rules = kept
	}
	cases := []struct {
		name   string
		change func(d *domain.Definition)
	}{
		{"the_last_version", func(d *domain.Definition) { d.Version = 999_999 }},
		{"a_name_of_200_letters", func(d *domain.Definition) { d.DisplayName = strings.Repeat("é", 200) }},
		{"a_single_day", func(d *domain.Definition) { d.EffectiveUntil = d.EffectiveFrom }},
		{"the_largest_weight", func(d *domain.Definition) { d.Components[2].Weighted.Of[0].Weight = dec("10000") }},
		{"the_smallest_weight", func(d *domain.Definition) { d.Components[2].Weighted.Of[0].Weight = dec("0.0001") }},
		{"eight_places", func(d *domain.Definition) { d.Components[1].Places = 8 }},
		{"no_places", func(d *domain.Definition) { d.Components[1].Places = 0 }},
		{"weights_without_variants", func(d *domain.Definition) {
			d.Components[2].Weighted.Variants = nil
			without(d, domain.RuleComponentVariant)
		}},
		{"answers_from_0_to_100", func(d *domain.Definition) {
			d.Components[1].Behavior, d.Components[1].Panel = nil, &domain.PanelWay{Group: domain.GroupPeers, Minimum: 3, AnswerMax: 100}
		}},
		{"one_superior", func(d *domain.Definition) {
			d.Components[1].Behavior, d.Components[1].Panel = nil, &domain.PanelWay{Group: domain.GroupSuperior, Minimum: 1, AnswerMax: 4}
		}},
		{"a_day_of_24_hours", func(d *domain.Definition) {
			d.Components[1].Behavior, d.Components[1].Attendance = nil, &domain.AttendanceWay{MinutesPerDay: 1440}
		}},
		{"a_step_from_no_task_on", func(d *domain.Definition) {
			d.Components[1].Behavior, d.Components[1].Tasks = nil, &domain.TasksWay{Steps: []domain.TaskStep{{From: 0, Points: dec("0")}}}
		}},
		{"a_step_from_a_million_tasks_on", func(d *domain.Definition) {
			d.Components[1].Behavior, d.Components[1].Tasks = nil, &domain.TasksWay{Steps: []domain.TaskStep{{From: 1_000_000, Points: dec("1")}}}
		}},
		{"a_million_raters_at_least", func(d *domain.Definition) {
			d.Components[1].Behavior, d.Components[1].Panel = nil, &domain.PanelWay{Group: domain.GroupPeers, Minimum: 1_000_000, AnswerMax: 4}
		}},
		{"a_curve_that_ends_at_the_cap", func(d *domain.Definition) { d.Achievement.Cap = ref("100.01") }},
		{"bounds_with_other_zeros", func(d *domain.Definition) { d.Achievement.Cap = ref("120.0000") }},
		{"a_band_at_the_cap", func(d *domain.Definition) {
			d.Components[2].Cap = ref("110")
			limit := d.Rules[5]
			limit.ID = domain.RuleComponentCap
			d.Rules = append(d.Rules, limit)
		}},
		{"bands_rounded_like_the_component", func(d *domain.Definition) {
			d.Predicate.Bands.Places = new(2)
			round := d.Rules[0]
			round.ID = domain.RulePredicateRound
			d.Rules = append(d.Rules, round)
		}},
		{"a_zero_with_its_reason", func(d *domain.Definition) {
			d.Components[1].Missing, d.Components[1].MissingReason = domain.PolicyZero, "tidak wajib"
		}},
		{"bands_of_what_counts_zero", func(d *domain.Definition) {
			d.Components[2].Missing, d.Components[2].MissingReason = domain.PolicyZero, "tidak wajib"
		}},
		{"one_suggestion_for_all", func(d *domain.Definition) {
			d.Suggestion.Thresholds = []domain.Threshold{{Rating: domain.ExpectationMeets}}
		}},
		{"panels_that_agree", func(d *domain.Definition) {
			panels(d, domain.PanelWay{Group: domain.GroupPeers, Minimum: 3, AnswerMin: 1, AnswerMax: 4})
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := definition(t, banded)
			c.change(&d)
			_, err := domain.NewPack(d, "hash")
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// panels makes the first two components panels of peers, the second with its own terms.
func panels(d *domain.Definition, second domain.PanelWay) {
	d.Components[0].Indicators, d.Components[1].Behavior = nil, nil
	d.Components[0].Panel = &domain.PanelWay{Group: domain.GroupPeers, Minimum: 3, AnswerMin: 1, AnswerMax: 4}
	d.Components[1].Panel = &second
}

func TestNewPack_refuses_panels_that_disagree_in_anything(t *testing.T) {
	t.Parallel()
	want := []string{"components[1].panel: harus sama dengan komponen “plan”"}
	differ := func(way domain.PanelWay) func(*domain.Definition) {
		return func(d *domain.Definition) { panels(d, way) }
	}
	refuses(t, banded, []faulty{
		{"minimum", differ(domain.PanelWay{Group: domain.GroupPeers, Minimum: 4, AnswerMin: 1, AnswerMax: 4}), want},
		{"lowest_answer", differ(domain.PanelWay{Group: domain.GroupPeers, Minimum: 3, AnswerMin: 0, AnswerMax: 4}), want},
		{"highest_answer", differ(domain.PanelWay{Group: domain.GroupPeers, Minimum: 3, AnswerMin: 1, AnswerMax: 5}), want},
	})
}

func TestNewPack_sees_each_part_of_a_survey(t *testing.T) {
	t.Parallel()
	for name, part := range map[string]domain.SurveyTerms{
		"minimum": {MinimumResponses: 1}, "lowest": {AnswerMin: 1}, "highest": {AnswerMax: 1}, "factor": {Factor: dec("25")},
		"weight": {PrintedWeight: decimal.MustParse("0.11")}, "elements": {Elements: []domain.SurveyElement{domain.ElementTime}}, "bands": {Bands: []domain.Band{{}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := definition(t, banded)
			d.Survey = part
			_, err := domain.NewPack(d, "hash")
			if err == nil {
				t.Fatal("a part of a survey was taken")
			}
		})
	}
}
