package decision_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

const reason = "Putusan keberatan atas rating perilaku kerja."

var (
	now   = time.Date(2026, 7, 1, 5, 0, 0, 0, time.UTC)
	later = now.Add(time.Hour)

	kinds = []decision.Kind{decision.KindFinalize, decision.KindOverride, decision.KindCorrection}

	client   = decision.Actor{Admin: true}
	owner    = decision.Actor{Person: "ani", Superior: true, SuperiorsSuperior: true, Admin: true}
	superior = decision.Actor{Person: "dewi", Superior: true}
	above    = decision.Actor{Person: "wali", SuperiorsSuperior: true}
	admin    = decision.Actor{Person: "tono", Admin: true}
	stranger = decision.Actor{Person: "eko"}
)

// at is a score of ani at revision 3 whose rules give Baik.
func at(state domain.State, final *decision.Final) decision.Standing {
	s := decision.Standing{Owner: "ani", Revision: 3, State: state, Predicate: domain.PredicateGood, Final: final}
	if state == domain.StateIncomplete {
		s.Predicate = ""
	}
	return s
}

// unrated is the standing without a rating of the organisation that its rules know.
func unrated(s decision.Standing) decision.Standing {
	s.Unrated = true
	return s
}

func final(outdated bool) *decision.Final {
	return &decision.Final{Predicate: domain.PredicateGood, Decision: 1, Revision: 1, Outdated: outdated}
}

// content is what a decision of the kind may be about at(StateComplete).
func content(kind decision.Kind) decision.Content {
	c := decision.Content{Kind: kind, Predicate: domain.PredicatePoor, Reason: reason, Reference: "KEB-7", Revision: 3}
	if kind == decision.KindFinalize {
		c.Predicate, c.Reason = "", ""
	}
	if kind == decision.KindCorrection {
		c.Ground = decision.GroundObjection
	}
	return c
}

func TestPropose_by_kind_and_who(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		by   decision.Actor
		// want are the errors by kind: finalize, override, correction.
		want [3]error
	}{
		{"the_superior", superior, [3]error{}},
		{"the_superiors_superior", above, [3]error{decision.ErrNotSuperior, nil, nil}},
		{"an_administrator", admin, [3]error{decision.ErrNotSuperior, nil, nil}},
		{"an_administrator_who_is_the_superior", decision.Actor{Person: "dewi", Superior: true, Admin: true}, [3]error{}},
		{"the_owner_whatever_else_they_are", owner, [3]error{decision.ErrOwnScore, decision.ErrOwnScore, decision.ErrOwnScore}},
		{"a_client", client, [3]error{decision.ErrNoPerson, decision.ErrNoPerson, decision.ErrNoPerson}},
		{"a_stranger", stranger, [3]error{decision.ErrNotSuperior, decision.ErrNotAllowed, decision.ErrNotAllowed}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for i, kind := range kinds {
				s := at(domain.StateComplete, nil)
				if kind == decision.KindCorrection {
					s.Final = final(false)
				}
				_, err := decision.Propose(s, content(kind), c.by, now)
				if !errors.Is(err, c.want[i]) {
					t.Errorf("%s: %v, want %v", kind, err, c.want[i])
				}
			}
		})
	}
}

// standings are every state of a score with what each kind of decision gives there: finalize, override, correction.
func standings() []struct {
	name string
	s    decision.Standing
	want [3]error
} {
	return []struct {
		name string
		s    decision.Standing
		want [3]error
	}{
		{"incomplete", at(domain.StateIncomplete, nil), [3]error{decision.ErrNotComplete, decision.ErrNotComplete, decision.ErrNotFinal}},
		{"provisional", at(domain.StateProvisional, nil), [3]error{decision.ErrNotComplete, decision.ErrNotComplete, decision.ErrNotFinal}},
		{"complete", at(domain.StateComplete, nil), [3]error{nil, nil, decision.ErrNotFinal}},
		{"complete_without_a_rating_of_the_organisation", unrated(at(domain.StateComplete, nil)), [3]error{decision.ErrUnrated, decision.ErrUnrated, decision.ErrNotFinal}},
		{"provisional_without_it", unrated(at(domain.StateProvisional, nil)), [3]error{decision.ErrUnrated, decision.ErrUnrated, decision.ErrNotFinal}},
		{"final_without_it", unrated(at(domain.StateComplete, final(false))), [3]error{decision.ErrFinal, decision.ErrFinal, nil}},
		{"final", at(domain.StateComplete, final(false)), [3]error{decision.ErrFinal, decision.ErrFinal, nil}},
		{"final_and_outdated", at(domain.StateComplete, final(true)), [3]error{decision.ErrFinal, decision.ErrFinal, nil}},
		{"final_and_now_provisional", at(domain.StateProvisional, final(true)), [3]error{decision.ErrFinal, decision.ErrFinal, nil}},
		{"final_and_now_incomplete", at(domain.StateIncomplete, final(true)), [3]error{decision.ErrFinal, decision.ErrFinal, nil}},
	}
}

func TestPropose_by_kind_and_standing(t *testing.T) {
	t.Parallel()
	for _, c := range standings() {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for i, kind := range kinds {
				_, err := decision.Propose(c.s, content(kind), superior, now)
				if !errors.Is(err, c.want[i]) {
					t.Errorf("%s: %v, want %v", kind, err, c.want[i])
				}
				for _, seen := range []int64{2, 4} {
					moved := content(kind)
					moved.Revision = seen
					_, err = decision.Propose(c.s, moved, superior, now)
					if !errors.Is(err, decision.ErrMoved) {
						t.Errorf("%s on revision %d of 3: %v, want ErrMoved", kind, seen, err)
					}
				}
			}
		})
	}
}

func TestPropose_content(t *testing.T) {
	t.Parallel()
	short := strings.Repeat("é", decision.MinReason-1)
	cases := []struct {
		name      string
		kind      decision.Kind
		predicate domain.Predicate
		reason    string
		outdated  bool
		want      []string
	}{
		{"a_finalization_needs_no_predicate", decision.KindFinalize, "", "", false, nil},
		{"a_finalization_may_name_that_of_the_rules", decision.KindFinalize, domain.PredicateGood, "", false, nil},
		{"a_finalization_takes_no_other", decision.KindFinalize, domain.PredicateVeryGood, "", false, []string{"predicate"}},
		{"a_finalization_takes_blanks_as_no_reason", decision.KindFinalize, "", " \n", false, nil},
		{"a_finalization_with_a_reason_of_1_character", decision.KindFinalize, "", "x", false, []string{"reason"}},
		{"a_finalization_with_a_reason_of_19_characters", decision.KindFinalize, "", short + " ", false, []string{"reason"}},
		{"a_finalization_with_a_reason_of_20_characters", decision.KindFinalize, "", short + "é", false, nil},
		{"an_override_takes_another", decision.KindOverride, domain.PredicateVeryGood, reason, false, nil},
		{"an_override_takes_not_that_of_the_rules", decision.KindOverride, domain.PredicateGood, reason, false, []string{"predicate"}},
		{"an_override_needs_both", decision.KindOverride, "", "", false, []string{"predicate", "reason"}},
		{"a_reason_of_19_characters", decision.KindOverride, domain.PredicatePoor, short, false, []string{"reason"}},
		{"a_reason_of_19_characters_and_spaces", decision.KindOverride, domain.PredicatePoor, "  " + short + "\n ", false, []string{"reason"}},
		{"a_reason_of_20_characters", decision.KindOverride, domain.PredicatePoor, short + "é", false, nil},
		{"a_correction_takes_another", decision.KindCorrection, domain.PredicatePoor, reason, false, nil},
		{"a_correction_takes_not_the_final_one", decision.KindCorrection, domain.PredicateGood, reason, false, []string{"predicate"}},
		{"a_correction_confirms_the_final_one_when_outdated", decision.KindCorrection, domain.PredicateGood, reason, true, nil},
		{"a_correction_needs_both", decision.KindCorrection, "", "", true, []string{"predicate", "reason"}},
		{"no_kind", "", domain.PredicatePoor, reason, false, []string{"predicate"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, given := at(domain.StateComplete, nil), content(c.kind)
			if c.kind == decision.KindCorrection {
				s.Final = final(c.outdated)
			}
			given.Predicate, given.Reason = c.predicate, c.reason
			_, err := decision.Propose(s, given, superior, now)
			var fields []string
			wrong, ok := errors.AsType[decision.FieldErrors](err)
			for _, field := range wrong {
				fields = append(fields, field.Field)
			}
			if !slices.Equal(fields, c.want) || (err != nil) != ok {
				t.Fatalf("wrong are %v, want %v (%v)", fields, c.want, err)
			}
			if slices.Contains(fields, "reason") != errors.Is(err, decision.ErrReason) || slices.Contains(fields, "predicate") != errors.Is(err, decision.ErrPredicate) {
				t.Fatalf("error is %v", err)
			}
		})
	}
}

func TestPropose_a_finalization_before_the_end_of_the_period_says_why(t *testing.T) {
	t.Parallel()
	s, given := at(domain.StateComplete, nil), content(decision.KindFinalize)
	s.Running = true
	for _, silence := range []string{"", " \n", strings.Repeat("é", decision.MinReason-1)} {
		given.Reason = silence
		_, err := decision.Propose(s, given, superior, now)
		if !errors.Is(err, decision.ErrReason) {
			t.Errorf("with the reason %q the error is %v, want ErrReason", silence, err)
		}
	}
	given.Reason = reason
	made, err := decision.Propose(s, given, superior, now)
	if err != nil || made.State != decision.StateAdopted || made.Reason != reason {
		t.Errorf("with a reason: %+v, %v", made, err)
	}
}

func TestPropose_returns_the_decision(t *testing.T) {
	t.Parallel()
	made, err := decision.Propose(at(domain.StateComplete, nil), content(decision.KindFinalize), superior, now)
	want := decision.Decision{
		Content: decision.Content{Kind: decision.KindFinalize, Predicate: domain.PredicateGood, Reference: "KEB-7", Revision: 3},
		State:   decision.StateAdopted, Author: "dewi", ProposeTime: now, AnswerTime: now,
	}
	if diff := cmp.Diff(want, made); err != nil || diff != "" {
		t.Errorf("finalization: %v (-want +got):\n%s", err, diff)
	}
	if made.AdoptedRevision() != 4 {
		t.Errorf("it makes revision %d", made.AdoptedRevision())
	}
	c := content(decision.KindOverride)
	c.Reason = " " + reason + "\n"
	made, err = decision.Propose(at(domain.StateComplete, nil), c, superior, now)
	want = decision.Decision{Content: content(decision.KindOverride), State: decision.StateProposed, Author: "dewi", ProposeTime: now}
	if diff := cmp.Diff(want, made); err != nil || diff != "" {
		t.Errorf("override: %v (-want +got):\n%s", err, diff)
	}
	if made.AdoptedRevision() != 0 {
		t.Errorf("it makes revision %d", made.AdoptedRevision())
	}
}

// proposed is a decision by the superior that waits.
func proposed(kind decision.Kind) decision.Decision {
	return decision.Decision{Number: 1, Content: content(kind), State: decision.StateProposed, Author: "dewi", ProposeTime: now}
}

func TestAnswers_by_who(t *testing.T) {
	t.Parallel()
	both := decision.Actor{Person: "dewi", Superior: true, SuperiorsSuperior: true, Admin: true}
	cases := []struct {
		name              string
		by                decision.Actor
		approve, withdraw error
	}{
		{"the_superiors_superior", above, nil, decision.ErrNotAuthor},
		{"an_administrator", admin, nil, decision.ErrNotAuthor},
		{"the_author", superior, decision.ErrNotAllowed, nil},
		{"the_author_with_every_role", both, decision.ErrSecondPerson, nil},
		{"the_owner_with_every_role", owner, decision.ErrOwnScore, decision.ErrNotAuthor},
		{"another_superior", decision.Actor{Person: "budi", Superior: true}, decision.ErrNotAllowed, decision.ErrNotAuthor},
		{"a_client", client, decision.ErrNoPerson, decision.ErrNoPerson},
		{"a_stranger", stranger, decision.ErrNotAllowed, decision.ErrNotAuthor},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := proposed(decision.KindOverride)
			_, err := d.Approve(at(domain.StateComplete, nil), c.by, later)
			if !errors.Is(err, c.approve) {
				t.Errorf("approve: %v, want %v", err, c.approve)
			}
			_, err = d.Reject("ani", reason, c.by, later)
			if !errors.Is(err, c.approve) {
				t.Errorf("reject: %v, want %v", err, c.approve)
			}
			_, err = d.Withdraw(c.by, later)
			if !errors.Is(err, c.withdraw) {
				t.Errorf("withdraw: %v, want %v", err, c.withdraw)
			}
		})
	}
	t.Run("an_administrator_who_is_the_author", func(t *testing.T) {
		t.Parallel()
		d := proposed(decision.KindOverride)
		d.Author = admin.Person
		_, err := d.Approve(at(domain.StateComplete, nil), admin, later)
		_, rejectErr := d.Reject("ani", reason, admin, later)
		if !errors.Is(err, decision.ErrSecondPerson) || !errors.Is(rejectErr, decision.ErrSecondPerson) {
			t.Fatalf("approve: %v, reject: %v", err, rejectErr)
		}
	})
}

func TestAnswers_by_state(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		for _, state := range []decision.State{decision.StateAdopted, decision.StateRejected, decision.StateWithdrawn} {
			d := proposed(kind)
			d.State = state
			_, err := d.Approve(at(domain.StateComplete, nil), above, later)
			_, rejectErr := d.Reject("ani", reason, above, later)
			_, withdrawErr := d.Withdraw(superior, later)
			for _, err := range []error{err, rejectErr, withdrawErr} {
				if !errors.Is(err, decision.ErrAnswered) {
					t.Errorf("%s that is %s: %v, want ErrAnswered", kind, state, err)
				}
			}
		}
	}
}

func TestApprove_by_kind_and_standing(t *testing.T) {
	t.Parallel()
	for _, c := range standings() {
		for i, kind := range kinds {
			if kind == decision.KindFinalize {
				continue // never waits
			}
			t.Run(string(kind)+"_on_"+c.name, func(t *testing.T) {
				t.Parallel()
				_, err := proposed(kind).Approve(c.s, above, later)
				if !errors.Is(err, c.want[i]) {
					t.Errorf("got %v, want %v", err, c.want[i])
				}
				moved := c.s
				moved.Revision++
				_, err = proposed(kind).Approve(moved, above, later)
				if !errors.Is(err, decision.ErrMoved) {
					t.Errorf("after the score has moved: %v, want ErrMoved", err)
				}
			})
		}
	}
}

func TestAnswers_return_the_decision(t *testing.T) {
	t.Parallel()
	d := proposed(decision.KindOverride)
	want := d
	want.State, want.Approver, want.AnswerTime = decision.StateAdopted, "wali", later
	got, err := d.Approve(at(domain.StateComplete, nil), above, later)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("approved: %v (-want +got):\n%s", err, diff)
	}
	want.State, want.AnswerReason = decision.StateRejected, reason
	got, err = d.Reject("ani", " "+reason+" ", above, later)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("rejected: %v (-want +got):\n%s", err, diff)
	}
	want = d
	want.State, want.AnswerTime = decision.StateWithdrawn, later
	got, err = d.Withdraw(superior, later)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("withdrawn: %v (-want +got):\n%s", err, diff)
	}
	_, err = d.Reject("ani", "terlalu singkat", above, later)
	if !errors.Is(err, decision.ErrReason) {
		t.Errorf("rejected without a reason: %v", err)
	}
}
