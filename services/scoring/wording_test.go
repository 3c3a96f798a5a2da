package scoring_test

import (
	"strings"
	"testing"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// TestRefusals_say_the_rule holds that bad input is told by the rule that it breaks, and not by its field alone.
func TestRefusals_say_the_rule(t *testing.T) {
	s := one(t)
	s.run()
	s.peers.plan("ani", "u1")
	s.fact("e1", "progress.reported", "ani")
	s.told(1)
	a, ctx := s.admin(), t.Context()
	cases := []struct {
		name string
		call func() error
		// want are parts of the Indonesian texts of the violations, one each.
		want []string
	}{
		{"one_rating_where_both_are_needed", func() error {
			_, err := a.scores.SimulateScore(ctx, &scoringv1.SimulateScoreRequest{Name: scoreName("ani"), ResultRating: meets})
			return err
		}, []string{"memerlukan rating hasil kerja dan rating perilaku kerja"}},
		{"an_id_of_capitals", func() error {
			_, err := a.drafts.CreateRulePackDraft(ctx, &scoringv1.CreateRulePackDraftRequest{
				Parent: "tenants/3402", RulePackDraftId: "KETAT", RulePackDraft: &scoringv1.RulePackDraft{Content: strict},
			})
			return err
		}, []string{"2 sampai dengan 63 huruf kecil"}},
		{"revisions_in_the_wrong_order", func() error {
			_, err := a.history.CompareScores(ctx, &scoringv1.CompareScoresRequest{Name: scoreName("ani"), BeforeRevision: 2, AfterRevision: 1})
			return err
		}, []string{"lebih besar daripada before_revision"}},
		{"a_period_beside_that_of_the_tenant", func() error {
			_, err := a.recomputes.Recompute(ctx, &scoringv1.RecomputeRequest{Parent: periodName, Period: "2026"})
			return err
		}, []string{"Kosongkan isian period"}},
		{"a_unit_of_a_province_and_no_period", func() error {
			_, err := s.provinceAdmin().recomputes.Recompute(ctx, &scoringv1.RecomputeRequest{Parent: "provinces/34", Unit: unitName("u1")})
			return err
		}, []string{"Kosongkan isian unit", "Pengenal pada isian period"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := refused(t, c.call(), fault.ReasonInvalidArgument)
			if len(f.Violations) != len(c.want) {
				t.Fatalf("violations %v", f.Violations)
			}
			for i, part := range c.want {
				if !strings.Contains(f.Violations[i].Local(), part) {
					t.Errorf("%s says %q, want %q in it", f.Violations[i].Field, f.Violations[i].Local(), part)
				}
			}
		})
	}
	t.Run("a_revision_that_is_not_there_is_named", func(t *testing.T) {
		for _, revisions := range [][2]int64{{1, 99}, {99, 100}} {
			_, err := a.history.CompareScores(ctx, &scoringv1.CompareScoresRequest{Name: scoreName("ani"), BeforeRevision: revisions[0], AfterRevision: revisions[1]})
			f := refused(t, err, fault.ReasonNotFound)
			if f.Meta["resource"] != scoreName("ani")+"/revisions/99" {
				t.Errorf("named %q", f.Meta["resource"])
			}
		}
	})
}
