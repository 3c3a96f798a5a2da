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
		{"neither_for_what_no_rule_gives", "", "", nil, true, decision.FieldErrors{ground, none}},
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

// TestPropose_correction_that_follows_changed_facts is about corrections without a ground of a final Baik.
func TestPropose_correction_that_follows_changed_facts(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name      string
		predicate domain.Predicate
		state     domain.State
		given     domain.Predicate
		outdated  bool
		before    []decision.Decision
		taken     bool
	}{
		{"confirms_what_is_outdated", domain.PredicateGood, domain.StateComplete, domain.PredicatePoor, true, nil, true},
		{"confirms_it_while_there_is_none_other", domain.PredicateGood, domain.StateIncomplete, "", true, nil, true},
		{"confirms_it_after_an_objection", domain.PredicateGood, domain.StateComplete, domain.PredicatePoor, true, corrected(decision.GroundObjection), true},
		{"takes_what_the_rules_give_now", domain.PredicatePoor, domain.StateComplete, domain.PredicatePoor, true, corrected(decision.GroundError), true},
		{"takes_nothing_else", domain.PredicateVeryGood, domain.StateComplete, domain.PredicatePoor, true, nil, false},
		{"takes_nothing_that_may_still_change", domain.PredicatePoor, domain.StateProvisional, domain.PredicatePoor, true, nil, false},
		{"is_no_way_around_an_objection", domain.PredicatePoor, domain.StateComplete, domain.PredicatePoor, true, corrected(decision.GroundObjection), false},
		{"follows_nothing_while_nothing_has_changed", domain.PredicatePoor, domain.StateComplete, domain.PredicatePoor, false, nil, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, correction := at(c.state, final(c.outdated)), content(decision.KindCorrection)
			s.Predicate, s.Corrections = c.given, c.before
			correction.Predicate, correction.Ground, correction.Reference = c.predicate, "", ""
			_, err := decision.Propose(s, correction, superior, now)
			if c.taken != (err == nil) || !c.taken && !errors.Is(err, decision.ErrGround) {
				t.Fatalf("taken %t: %v", c.taken, err)
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
