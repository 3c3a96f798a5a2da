package scoring_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

// statement changes the database behind the back of the service.
func (s *suite) statement(text string) {
	s.t.Helper()
	must(s.t, s.db.Write(s.t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		n, err := sqlkit.Affected(tx.ExecContext(ctx, text))
		if n != 1 {
			s.t.Errorf("%d rows were changed by %s", n, text)
		}
		return err
	}))
}

// verified verifies a revision and returns what differs, from what is stored to what comes out.
func (c caller) verified(t *testing.T, revision int64) (bool, map[string][2]string) {
	t.Helper()
	v, err := c.scores.VerifyScore(t.Context(), &scoringv1.VerifyScoreRequest{Name: scoreName("ani"), Revision: revision})
	must(t, err)
	if revision != 0 && v.GetRevision() != revision {
		t.Fatalf("revision %d was verified, want %d", v.GetRevision(), revision)
	}
	differences := map[string][2]string{}
	for _, d := range v.GetDifferences() {
		differences[d.GetId()] = [2]string{d.GetBefore(), d.GetAfter()}
		if d.GetLabel() == "" {
			t.Errorf("difference %v has no label", d)
		}
	}
	return v.GetVerified(), differences
}

// corrected returns a court with four revisions: computed, final, the same of other facts, and corrected.
func corrected(t *testing.T, s *suite) court {
	t.Helper()
	c := sit(t, s)
	c.proposed(c.superior, propose(finalize, 1))
	s.told(2)
	s.peers.rate("ani", "1320", above, meets)
	s.fact("e2", "progress.reported", "ani")
	s.told(3)
	_, err := c.above.decisions.ApproveDecision(t.Context(), approve(c.proposed(c.superior, propose(correction, 3))))
	must(t, err)
	return c
}

func TestVerifyScore_finds_what_is_final_and_was_not_decided(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		c := corrected(t, s)
		for revision := range int64(5) {
			ok, differences := c.superior.verified(t, revision)
			if !ok || len(differences) != 0 {
				t.Errorf("revision %d differs in %v before anything was changed", revision, differences)
			}
		}
		const of = " WHERE person = 'ani' AND revision = "
		s.statement(`UPDATE score_revisions SET final = REPLACE(REPLACE(final, '"poor"', '"very_good"'), '"6.25"', '"99.99"')` + of + "4")
		s.statement(`UPDATE score_revisions SET final = REPLACE(final, ',"outdated":true', '')` + of + "3")
		s.statement(`UPDATE score_revisions SET final = ''` + of + "2")
		s.statement(`UPDATE score_revisions SET final = (SELECT f.final FROM score_revisions f WHERE f.person = 'ani' AND f.revision = 4)` + of + "1")
		changed := map[int64]map[string][2]string{
			0: {"final.predicate": {"very_good", "poor"}, "final.credit": {"99.99", "6.25"}},
			3: {"final.outdated": {"", "true"}},
		}
		changed[4] = changed[0]
		for revision, want := range changed {
			ok, got := c.superior.verified(t, revision)
			if diff := cmp.Diff(want, got); ok || diff != "" {
				t.Errorf("revision %d is verified: %t; differences (-want +got):\n%s", revision, ok, diff)
			}
		}
		for revision, want := range map[int64][2]string{1: {"very_good", ""}, 2: {"", "good"}} {
			ok, got := c.superior.verified(t, revision)
			if ok || got["final.predicate"] != want {
				t.Errorf("revision %d is verified: %t; differences %v", revision, ok, got)
			}
		}
	})
}

func TestVerifyScore_finds_that_what_was_decided_on_was_changed(t *testing.T) {
	t.Parallel()
	for sentence, statement := range map[string]string{
		"in_its_predicate":        "UPDATE score_revisions SET predicate = 'poor' WHERE person = 'ani' AND revision = 3",
		"in_its_rules":            "UPDATE score_revisions SET rule_pack_hash = 'x' WHERE person = 'ani' AND revision = 3",
		"so_that_it_is_gone":      "DELETE FROM score_revisions WHERE person = 'ani' AND revision = 3",
		"so_that_nobody_reads_it": "UPDATE score_revisions SET record = '{' WHERE person = 'ani' AND revision = 3",
	} {
		t.Run(sentence, func(t *testing.T) {
			s := one(t)
			c := corrected(t, s)
			s.statement(statement)
			ok, got := c.superior.verified(t, 4)
			if ok || got["final.digest"][1] != "" || got["final.credit"] != [2]string{"6.25", ""} {
				t.Fatalf("verified: %t, differences %v", ok, got)
			}
			ok, got = c.superior.verified(t, 2)
			if !ok {
				t.Fatalf("the revision before has differences %v", got)
			}
		})
	}
}

func TestVerifyScore_is_for_those_who_may_see_the_score(t *testing.T) {
	s := one(t)
	c := corrected(t, s)
	request := &scoringv1.VerifyScoreRequest{Name: scoreName("ani"), Revision: 1}
	for name, by := range map[string]caller{
		"self": s.employee("ani"), "superior": c.superior, "above": c.above, "inspector": s.as(tenant, "ito", commonv1.Role_ROLE_INSPECTOR),
	} {
		v, err := by.scores.VerifyScore(t.Context(), request)
		if err != nil || !v.GetVerified() || v.GetRevision() != 1 {
			t.Errorf("%s: %v, %v", name, v, err)
		}
	}
	absent := &scoringv1.VerifyScoreRequest{Name: scoreName("ani"), Revision: 5}
	for _, request := range []*scoringv1.VerifyScoreRequest{request, absent} { // permission comes before existence
		_, err := s.employee("budi").scores.VerifyScore(t.Context(), request)
		refused(t, err, fault.ReasonPermissionDenied)
	}
	_, err := c.superior.scores.VerifyScore(t.Context(), absent)
	f := refused(t, err, fault.ReasonNotFound)
	if f.Meta["resource"] != scoreName("ani")+"/revisions/5" {
		t.Errorf("the refusal is about %v", f.Meta)
	}
	_, err = c.superior.scores.VerifyScore(t.Context(), &scoringv1.VerifyScoreRequest{Name: scoreName("ani"), Revision: -1})
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "revision")
}
