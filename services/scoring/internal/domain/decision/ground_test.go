package decision_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// corrected are the corrections of a score: an objection was rejected, another waits, and one on the ground was adopted.
func corrected(on decision.Ground) []decision.Decision {
	before := func(ground decision.Ground, reference string, state decision.State) decision.Decision {
		return decision.Decision{Content: decision.Content{Kind: decision.KindCorrection, Ground: ground, Reference: reference}, State: state}
	}
	return []decision.Decision{
		before(decision.GroundObjection, "KEB-1", decision.StateProposed), before("", "", decision.StateAdopted),
		before(on, "DOK-2", decision.StateAdopted),
	}
}

func TestPropose_correction_by_its_ground(t *testing.T) {
	t.Parallel()
	ground, objection := decision.FieldError{Field: "ground", Err: decision.ErrGround}, decision.FieldError{Field: "ground", Err: decision.ErrObjection}
	none, used := decision.FieldError{Field: "reference", Err: decision.ErrNoReference}, decision.FieldError{Field: "reference", Err: decision.ErrReference}
	cases := []struct {
		name      string
		ground    decision.Ground
		reference string
		before    []decision.Decision
		outdated  bool
		want      decision.FieldErrors
	}{
		{"both", decision.GroundObjection, "KEB-7", nil, false, nil},
		{"neither", "", "", nil, false, decision.FieldErrors{ground, none}},
		{"neither_of_what_is_outdated", "", "", corrected(decision.GroundError), true, nil},
		{"no_ground", "", "KEB-7", nil, false, decision.FieldErrors{ground}},
		{"no_ground_of_what_is_outdated", "", "KEB-7", nil, true, decision.FieldErrors{ground}},
		{"no_reference", decision.GroundCourt, " ", nil, false, decision.FieldErrors{none}},
		{"no_reference_of_what_is_outdated", decision.GroundCourt, "", nil, true, decision.FieldErrors{none}},
		{"an_objection_while_another_waits", decision.GroundObjection, "KEB-7", corrected(decision.GroundAudit), false, nil},
		{"an_objection_after_another", decision.GroundObjection, "KEB-7", corrected(decision.GroundObjection), false, decision.FieldErrors{objection}},
		{"an_objection_after_another_of_what_is_outdated", decision.GroundObjection, "KEB-7", corrected(decision.GroundObjection), true, decision.FieldErrors{objection}},
		{"the_same_objection_again", decision.GroundObjection, "DOK-2", corrected(decision.GroundObjection), false, decision.FieldErrors{objection, used}},
		{"an_audit_after_an_objection", decision.GroundAudit, "LHP-7", corrected(decision.GroundObjection), false, nil},
		{"a_court_after_an_objection", decision.GroundCourt, "PTUN-7", corrected(decision.GroundObjection), false, nil},
		{"a_mistake_after_an_objection", decision.GroundError, "ND-7", corrected(decision.GroundObjection), false, nil},
		{"a_reference_that_begins_like_another", decision.GroundAudit, "DOK-22", corrected(decision.GroundAudit), false, nil},
		{"the_reference_of_another", decision.GroundCourt, "DOK-2", corrected(decision.GroundAudit), false, decision.FieldErrors{used}},
		{"the_reference_of_one_that_waits", decision.GroundCourt, "KEB-1", corrected(decision.GroundAudit), false, decision.FieldErrors{used}},
		{"the_reference_of_another_in_other_letters", decision.GroundCourt, " dok-2 ", corrected(decision.GroundAudit), false, decision.FieldErrors{used}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, correction := at(domain.StateComplete, final(c.outdated)), content(decision.KindCorrection)
			s.Corrections, correction.Ground, correction.Reference = c.before, c.ground, c.reference
			_, err := decision.Propose(s, correction, superior, now)
			wrong, _ := errors.AsType[decision.FieldErrors](err)
			if diff := cmp.Diff(c.want.Error(), wrong.Error()); diff != "" || (err != nil) != (c.want != nil) {
				t.Fatalf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestPropose_takes_a_ground_for_corrections_alone(t *testing.T) {
	t.Parallel()
	for _, kind := range []decision.Kind{decision.KindFinalize, decision.KindOverride} {
		s, c := at(domain.StateComplete, nil), content(kind)
		s.Corrections = corrected(decision.GroundObjection)
		c.Reference = "DOK-2"
		_, err := decision.Propose(s, c, superior, now)
		if err != nil {
			t.Errorf("%s: %v", kind, err)
		}
		c.Ground = decision.GroundAudit
		_, err = decision.Propose(s, c, superior, now)
		if !errors.Is(err, decision.ErrGround) {
			t.Errorf("%s on a ground: %v, want ErrGround", kind, err)
		}
	}
}
