package scoring_test

import (
	"strings"
	"testing"

	"google.golang.org/genproto/googleapis/type/date"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

const (
	finalize   = scoringv1.Decision_KIND_FINALIZE
	override   = scoringv1.Decision_KIND_OVERRIDE
	correction = scoringv1.Decision_KIND_CORRECTION

	predicateGood = scoringv1.Predicate_PREDICATE_GOOD
	predicatePoor = scoringv1.Predicate_PREDICATE_POOR

	because = "Putusan keberatan atas rating perilaku kerja."
)

// court is a suite in which somebody has a complete score at revision 1, ani if nobody else is said, and the people about them are
// known.
type court struct {
	*suite
	superior, above, registrar caller
}

func sit(t *testing.T, s *suite) court {
	t.Helper()
	s.peers.plan("ani", "u1")
	s.peers.rate("ani", "1200", above, meets)
	return convene(t, s)
}

// convene has ani scored by the facts that are there, and introduces the people about her.
func convene(t *testing.T, s *suite) court {
	t.Helper()
	s.run()
	s.peers.judge("u1", 10, 3, good)
	s.fact("e1", "rating.changed", "ani")
	s.told(1)
	s.peers.change(func() {
		s.peers.relations[personName("ani")+" "+personName("ani")] = commonv1.Relation_RELATION_SELF
		s.peers.relations[personName("dewi")+" "+personName("ani")] = commonv1.Relation_RELATION_SUPERIOR
		s.peers.relations[personName("wali")+" "+personName("ani")] = commonv1.Relation_RELATION_SUPERIORS_SUPERIOR
		s.peers.relations[personName("budi")+" "+personName("ani")] = commonv1.Relation_RELATION_PEER
	})
	return court{s, s.employee("dewi"), s.employee("wali"), s.registrarNamed("tono")}
}

// registrarNamed returns the clients of a person who keeps the data of the tenant.
func (s *suite) registrarNamed(person string) caller {
	s.t.Helper()
	return s.as(tenant, person, commonv1.Role_ROLE_TENANT_ADMIN)
}

func propose(kind scoringv1.Decision_Kind, revision int64) *scoringv1.ProposeDecisionRequest {
	request := &scoringv1.ProposeDecisionRequest{Parent: scoreName("ani"), Kind: kind, Revision: revision}
	if kind != finalize {
		request.Predicate, request.Reason, request.Reference = predicatePoor, because, "KEB-7"
	}
	if kind == correction {
		request.Ground = scoringv1.Decision_GROUND_OBJECTION
	}
	return request
}

// proposed adds a decision and returns its name.
func (c court) proposed(by caller, request *scoringv1.ProposeDecisionRequest) string {
	c.t.Helper()
	made, err := by.decisions.ProposeDecision(c.t.Context(), request)
	must(c.t, err)
	return made.GetName()
}

func approve(name string) *scoringv1.ApproveDecisionRequest {
	return &scoringv1.ApproveDecisionRequest{Name: name}
}

func reject(name string) *scoringv1.RejectDecisionRequest {
	return &scoringv1.RejectDecisionRequest{Name: name, Reason: because}
}

// TestDecisions_need_four_eyes tries every way around the second person.
func TestDecisions_need_four_eyes(t *testing.T) {
	s := one(t)
	c := sit(t, s)
	s.peers.change(func() { // whoever acts for the superiors has every relation to her
		s.peers.relations[personName("ani")+" "+personName("ani")] = commonv1.Relation_RELATION_SUPERIORS_SUPERIOR
	})
	bySuperior := c.proposed(c.superior, propose(override, 1))
	byRegistrar := c.proposed(c.registrar, propose(override, 1))
	byAbove := c.proposed(c.above, propose(override, 1))
	cases := []struct {
		name string
		by   caller
		of   string
		want fault.Reason
	}{
		{"the_author_with_the_same_token", c.superior, bySuperior, fault.ReasonPermissionDenied},
		{"the_author_with_another_role", s.registrarNamed("dewi"), bySuperior, fault.ReasonDecisionSecondPerson},
		{"the_administrator_who_is_the_author", c.registrar, byRegistrar, fault.ReasonDecisionSecondPerson},
		{"the_administrator_who_is_the_author_with_all_roles", s.as(tenant, "tono", commonv1.Role_ROLE_EMPLOYEE, commonv1.Role_ROLE_SUPERIOR, commonv1.Role_ROLE_TENANT_ADMIN), byRegistrar, fault.ReasonDecisionSecondPerson},
		{"the_superiors_superior_who_is_the_author", c.above, byAbove, fault.ReasonDecisionSecondPerson},
		{"the_owner_who_acts_for_the_superiors_superior", s.employee("ani"), bySuperior, fault.ReasonDecisionOwnScore},
		{"the_owner_who_is_an_administrator", s.registrarNamed("ani"), bySuperior, fault.ReasonDecisionOwnScore},
		{"a_client_of_the_administration", s.admin(), bySuperior, fault.ReasonDecisionPersonRequired},
		{"a_service", s.as("*", "", commonv1.Role_ROLE_SERVICE), bySuperior, fault.ReasonPermissionDenied},
		{"an_administrator_of_another_tenant", s.as("3374", "tono", commonv1.Role_ROLE_TENANT_ADMIN), bySuperior, fault.ReasonPermissionDenied},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			_, err := tc.by.decisions.ApproveDecision(t.Context(), approve(tc.of))
			refused(t, err, tc.want)
			_, err = tc.by.decisions.RejectDecision(t.Context(), reject(tc.of))
			refused(t, err, tc.want)
		})
	}
	for name, tc := range map[string]struct {
		by   caller
		want fault.Reason
	}{
		"the_owner_decides_as_an_administrator": {s.registrarNamed("ani"), fault.ReasonDecisionOwnScore},
		"the_owner_decides_as_their_superior":   {s.employee("ani"), fault.ReasonDecisionOwnScore},
		"a_client_decides":                      {s.admin(), fault.ReasonDecisionPersonRequired},
	} {
		t.Run(name, func(t *testing.T) {
			for _, kind := range []scoringv1.Decision_Kind{finalize, override} {
				_, err := tc.by.decisions.ProposeDecision(t.Context(), propose(kind, 1))
				refused(t, err, tc.want)
			}
		})
	}
	if got := s.full("ani"); got.GetRevision() != 1 || got.GetFinal() != nil {
		t.Fatalf("score %v", got)
	}
	_, err := c.registrar.decisions.ApproveDecision(t.Context(), approve(bySuperior))
	must(t, err)
}

func TestProposeDecision_finalization_is_for_the_superior(t *testing.T) {
	s := one(t)
	c := sit(t, s)
	for name, by := range map[string]caller{"an_administrator": c.registrar, "the_superiors_superior": c.above} {
		t.Run(name, func(t *testing.T) {
			_, err := by.decisions.ProposeDecision(t.Context(), propose(finalize, 1))
			refused(t, err, fault.ReasonNotSuperior)
		})
	}
	t.Run("even_when_a_role_has_let_them_in", func(t *testing.T) {
		_, err := s.registrarNamed("dewi").decisions.ProposeDecision(t.Context(), propose(finalize, 1))
		must(t, err)
	})
	t.Run("and_needs_planning_to_say_so", func(t *testing.T) {
		s.peers.change(func() { s.peers.down = true })
		_, err := c.registrar.decisions.ProposeDecision(t.Context(), propose(finalize, 2))
		refused(t, err, fault.ReasonUnavailable)
	})
}

func TestProposeDecision_finalization_before_the_end_of_the_period_says_why(t *testing.T) {
	s := one(t)
	c := sit(t, s)
	s.peers.change(func() { s.peers.end = &date.Date{Year: 9000, Month: 1, Day: 1} })
	request := propose(finalize, 1)
	_, err := c.superior.decisions.ProposeDecision(t.Context(), request)
	refused(t, err, fault.ReasonDecisionReasonRequired)
	request.Reason = because
	c.proposed(c.superior, request)
	if got := s.full("ani"); got.GetFinal() == nil {
		t.Fatalf("score %v", got)
	}
}

func TestDecisions_who_may_call(t *testing.T) {
	s := one(t)
	c := sit(t, s)
	name := c.proposed(c.superior, propose(override, 1))
	nobody := strings.ReplaceAll(name, "/ani/", "/nobody/")
	denied, none := fault.ReasonPermissionDenied, fault.Reason("")
	cases := []struct {
		name          string
		by            caller
		read, propose fault.Reason
	}{
		{"themselves", s.employee("ani"), none, denied},
		{"their_superior", c.superior, none, fault.ReasonETagMismatch},
		{"the_superiors_superior", c.above, none, fault.ReasonETagMismatch},
		{"an_administrator", c.registrar, none, fault.ReasonETagMismatch},
		{"an_inspector", s.as(tenant, "ira", commonv1.Role_ROLE_INSPECTOR), none, denied},
		{"a_peer", s.employee("budi"), denied, denied},
		{"a_stranger", s.employee("citra"), denied, denied},
		{"a_unit_administrator", s.as(tenant, "una", commonv1.Role_ROLE_UNIT_ADMIN), denied, denied},
		{"another_tenant", s.as("3374", "tono", commonv1.Role_ROLE_TENANT_ADMIN), denied, denied},
		{"anybody", s.anonymous(), fault.ReasonUnauthenticated, fault.ReasonUnauthenticated},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			_, err := tc.by.decisions.ProposeDecision(t.Context(), propose(override, 9))
			refused(t, err, tc.propose)
			_, getErr := tc.by.decisions.GetDecision(t.Context(), &scoringv1.GetDecisionRequest{Name: name})
			_, listErr := tc.by.decisions.ListDecisions(t.Context(), &scoringv1.ListDecisionsRequest{Parent: scoreName("ani")})
			_, revisionErr := tc.by.history.GetScoreRevision(t.Context(), &scoringv1.GetScoreRevisionRequest{Name: scoreName("ani") + "/revisions/1"})
			_, compareErr := tc.by.history.CompareScores(t.Context(), &scoringv1.CompareScoresRequest{Name: scoreName("ani"), BeforeRevision: 1, AfterRevision: 2})
			if tc.read == none {
				must(t, getErr)
				must(t, listErr)
				must(t, revisionErr)
				refused(t, compareErr, fault.ReasonNotFound) // there is one revision
				return
			}
			for _, err := range []error{getErr, listErr, revisionErr, compareErr} {
				refused(t, err, tc.read)
			}
			_, err = tc.by.decisions.GetDecision(t.Context(), &scoringv1.GetDecisionRequest{Name: nobody})
			refused(t, err, tc.read)
		})
	}
}

func TestDecisions_refusals(t *testing.T) {
	s := one(t)
	c := sit(t, s)
	ctx := t.Context()
	decisions := func(by caller) scoringv1.DecisionServiceClient { return by.decisions }
	waits := c.proposed(c.superior, propose(override, 1))
	cases := []struct {
		name string
		call func() error
		want fault.Reason
	}{
		{"a_revision_that_is_not_current", func() error {
			_, err := decisions(c.superior).ProposeDecision(ctx, propose(override, 2))
			return err
		}, fault.ReasonETagMismatch},
		{"a_correction_of_what_is_not_final", func() error {
			_, err := decisions(c.superior).ProposeDecision(ctx, propose(correction, 1))
			return err
		}, fault.ReasonScoreNotFinal},
		{"an_override_with_the_predicate_of_the_rules", func() error {
			request := propose(override, 1)
			request.Predicate = predicateGood
			_, err := decisions(c.superior).ProposeDecision(ctx, request)
			return err
		}, fault.ReasonDecisionPredicate},
		{"a_score_that_does_not_exist", func() error {
			request := propose(override, 1)
			request.Parent = scoreName("nobody")
			_, err := decisions(c.registrar).ProposeDecision(ctx, request)
			return err
		}, fault.ReasonNotFound},
		{"a_decision_that_does_not_exist", func() error {
			_, err := decisions(c.registrar).ApproveDecision(ctx, approve(scoreName("ani")+"/decisions/99"))
			return err
		}, fault.ReasonNotFound},
		{"decisions_of_a_score_that_does_not_exist", func() error {
			_, err := decisions(c.registrar).ListDecisions(ctx, &scoringv1.ListDecisionsRequest{Parent: scoreName("nobody")})
			return err
		}, fault.ReasonNotFound},
		{"a_rejection_without_a_reason", func() error {
			_, err := decisions(c.above).RejectDecision(ctx, &scoringv1.RejectDecisionRequest{Name: waits, Reason: "Tidak."})
			return err
		}, fault.ReasonDecisionReasonRequired},
		{"a_withdrawal_by_another", func() error {
			_, err := decisions(c.above).WithdrawDecision(ctx, &scoringv1.WithdrawDecisionRequest{Name: waits})
			return err
		}, fault.ReasonDecisionNotAuthor},
		{"a_name_that_ends_in_no_number", func() error {
			_, err := decisions(c.above).GetDecision(ctx, &scoringv1.GetDecisionRequest{Name: scoreName("ani") + "/decisions/x1"})
			return err
		}, fault.ReasonInvalidName},
		{"a_name_of_another_parent", func() error {
			_, err := decisions(c.registrar).GetDecision(ctx, &scoringv1.GetDecisionRequest{Name: periodName + "/decisions/1"})
			return err
		}, fault.ReasonInvalidName},
		{"a_negative_page_size", func() error {
			_, err := decisions(c.registrar).ListDecisions(ctx, &scoringv1.ListDecisionsRequest{Parent: scoreName("ani"), PageSize: -1})
			return err
		}, fault.ReasonInvalidArgument},
		{"a_revision_that_does_not_exist", func() error {
			_, err := c.registrar.history.GetScoreRevision(ctx, &scoringv1.GetScoreRevisionRequest{Name: scoreName("ani") + "/revisions/7"})
			return err
		}, fault.ReasonNotFound},
		{"revisions_in_the_wrong_order", func() error {
			_, err := c.registrar.history.CompareScores(ctx, &scoringv1.CompareScoresRequest{Name: scoreName("ani"), BeforeRevision: 2, AfterRevision: 1})
			return err
		}, fault.ReasonInvalidArgument},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) { refused(t, tc.call(), tc.want) })
	}
	t.Run("everything_that_is_wrong_at_once", func(t *testing.T) {
		_, err := c.superior.decisions.ProposeDecision(ctx, &scoringv1.ProposeDecisionRequest{Parent: scoreName("ani"), Kind: override, Revision: 1, Reason: "singkat"})
		f := refused(t, err, fault.ReasonInvalidArgument)
		if len(f.Violations) != 2 || f.Violations[0].Field != "predicate" || f.Violations[1].Field != "reason" {
			t.Fatalf("violations %v", f.Violations)
		}
		_, err = c.superior.decisions.ProposeDecision(ctx, &scoringv1.ProposeDecisionRequest{Parent: scoreName("ani")})
		f = refused(t, err, fault.ReasonInvalidArgument)
		if len(f.Violations) != 2 || f.Violations[0].Field != "kind" || f.Violations[1].Field != "revision" {
			t.Fatalf("violations %v", f.Violations)
		}
	})
}

func TestDecisions_answers_are_given_once(t *testing.T) {
	s := one(t)
	c := sit(t, s)
	ctx := t.Context()
	rejected := c.proposed(c.superior, propose(override, 1))
	withdrawn := c.proposed(c.superior, propose(override, 1))
	got, err := c.above.decisions.RejectDecision(ctx, reject(rejected))
	must(t, err)
	if got.GetState() != scoringv1.Decision_STATE_REJECTED || got.GetAnswerReason() != because || got.GetApprover() != personName("wali") || got.GetAdoptedRevision() != 0 {
		t.Fatalf("rejected %v", got)
	}
	got, err = c.superior.decisions.WithdrawDecision(ctx, &scoringv1.WithdrawDecisionRequest{Name: withdrawn})
	must(t, err)
	if got.GetState() != scoringv1.Decision_STATE_WITHDRAWN || got.GetApprover() != "" || got.GetAnswerTime() == nil {
		t.Fatalf("withdrawn %v", got)
	}
	for _, name := range []string{rejected, withdrawn} {
		_, err = c.registrar.decisions.ApproveDecision(ctx, approve(name))
		refused(t, err, fault.ReasonDecisionState)
		_, err = c.registrar.decisions.RejectDecision(ctx, reject(name))
		refused(t, err, fault.ReasonDecisionState)
		_, err = c.superior.decisions.WithdrawDecision(ctx, &scoringv1.WithdrawDecisionRequest{Name: name})
		refused(t, err, fault.ReasonDecisionState)
	}
	if got := s.full("ani"); got.GetRevision() != 1 || got.GetFinal() != nil {
		t.Fatalf("score %v", got)
	}
	stale := c.proposed(c.superior, propose(override, 1))
	_, err = c.superior.decisions.ProposeDecision(ctx, propose(finalize, 1))
	must(t, err)
	_, err = c.superior.decisions.ProposeDecision(ctx, propose(finalize, 2))
	refused(t, err, fault.ReasonScoreFinal)
	_, err = c.above.decisions.ApproveDecision(ctx, approve(stale))
	f := refused(t, err, fault.ReasonETagMismatch)
	if !strings.Contains(f.Local(), "ajukan usulan baru") {
		t.Fatalf("the refusal says %q", f.Local())
	}
	_, err = c.above.decisions.RejectDecision(ctx, reject(stale))
	must(t, err)
}

func TestProposeDecision_waits_for_the_rating_of_the_organisation(t *testing.T) {
	s := one(t)
	c := sit(t, s)
	s.peers.change(func() { s.peers.units[unitName("u1")].OrganizationRating = nil })
	s.fact("e2", "progress.reported", "ani")
	s.told(2)
	for _, kind := range []scoringv1.Decision_Kind{finalize, override} {
		_, err := c.superior.decisions.ProposeDecision(t.Context(), propose(kind, 2))
		f := refused(t, err, fault.ReasonOrganizationNotRated)
		if !strings.Contains(f.Local(), "menetapkan rating kinerja organisasi terlebih dahulu") {
			t.Errorf("the refusal says %q", f.Local())
		}
	}
}
