package scoring_test

import (
	"strings"
	"testing"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

func TestProposeDecision_corrects_once_by_one_reference(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		c := sit(t, s)
		ctx := t.Context()
		c.proposed(c.superior, propose(finalize, 1))
		first := c.proposed(c.superior, propose(correction, 2))
		again := func(revision int64) {
			t.Helper()
			request := propose(correction, revision)
			request.Predicate, request.Reference = scoringv1.Predicate_PREDICATE_VERY_POOR, " keb-7"
			request.Ground = scoringv1.Decision_GROUND_AUDIT
			_, err := c.superior.decisions.ProposeDecision(ctx, request)
			f := refused(t, err, fault.ReasonDecisionReferenceUsed)
			violated(t, f, "reference")
			if !strings.HasPrefix(f.Violations[0].Local(), "Rujukan pada isian reference sudah digunakan oleh koreksi lain") {
				t.Fatalf("the violation says %q", f.Violations[0].Local())
			}
		}
		again(2) // while it waits
		_, err := c.above.decisions.RejectDecision(ctx, reject(first))
		must(t, err)
		second := c.proposed(c.superior, propose(correction, 2)) // a rejected one decides nothing
		_, err = c.above.decisions.ApproveDecision(ctx, approve(second))
		must(t, err)
		again(3) // once it is adopted
	})
}

func TestProposeDecision_decides_one_objection(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		c := sit(t, s)
		c.proposed(c.superior, propose(finalize, 1))
		_, err := c.above.decisions.ApproveDecision(t.Context(), approve(c.proposed(c.superior, propose(correction, 2))))
		must(t, err)
		other := propose(correction, 3)
		other.Predicate, other.Reference = predicateGood, "KEB-8"
		_, err = c.superior.decisions.ProposeDecision(t.Context(), other)
		f := refused(t, err, fault.ReasonObjectionDecided)
		violated(t, f, "ground")
		if !strings.HasPrefix(f.Violations[0].Local(), "Keberatan atas nilai ini sudah diputuskan dan putusannya bersifat final.") {
			t.Fatalf("the violation says %q", f.Violations[0].Local())
		}
		other.Ground, other.Reference = scoringv1.Decision_GROUND_COURT, "12/G/2026/PTUN.YK"
		made, err := c.superior.decisions.ProposeDecision(t.Context(), other)
		must(t, err)
		if made.GetGround() != other.GetGround() || made.GetGroundLabel() != "putusan pengadilan" {
			t.Fatalf("it rests on %v, %q", made.GetGround(), made.GetGroundLabel())
		}
	})
}

func TestProposeDecision_corrects_on_a_ground(t *testing.T) {
	s := one(t)
	c := sit(t, s)
	c.proposed(c.superior, propose(finalize, 1))
	bare := propose(correction, 2)
	bare.Ground, bare.Reference = scoringv1.Decision_GROUND_UNSPECIFIED, ""
	_, err := c.superior.decisions.ProposeDecision(t.Context(), bare)
	f := refused(t, err, fault.ReasonInvalidArgument)
	violated(t, f, "ground", "reference")
	for i, want := range []string{"Koreksi harus menyebutkan dasarnya", "Koreksi harus menyebutkan nomor dokumen"} {
		if !strings.HasPrefix(f.Violations[i].Local(), want) {
			t.Errorf("%s: %q", f.Violations[i].Field, f.Violations[i].Local())
		}
	}
	s.peers.rate("ani", "1320", above, meets)
	s.fact("e2", "progress.reported", "ani")
	s.told(3)
	bare.Revision = 3 // what is final is outdated, and the rules still do not give the predicate
	_, err = c.superior.decisions.ProposeDecision(t.Context(), bare)
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "ground", "reference")
	bare.Predicate = predicateGood
	c.proposed(c.superior, bare)
}
