package scoring_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// TestDecisions_from_finalization_to_correction follows one score through its life, as its events and its history tell.
func TestDecisions_from_finalization_to_correction(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		c := sit(t, s)
		s.clock.Advance(time.Minute)
		made, err := c.superior.decisions.ProposeDecision(t.Context(), propose(finalize, 1))
		must(t, err)
		want := &scoringv1.Decision{
			Name: scoreName("ani") + "/decisions/1", Kind: finalize, State: scoringv1.Decision_STATE_ADOPTED, Predicate: predicateGood,
			Revision: 1, Author: personName("dewi"), ProposeTime: timestamppb.New(s.clock.Now()), AnswerTime: timestamppb.New(s.clock.Now()),
			AdoptedRevision: 2,
		}
		if diff := cmp.Diff(want, made, protocmp.Transform()); diff != "" {
			t.Fatalf("finalization (-want +got):\n%s", diff)
		}
		final := &scoringv1.Score_Final{
			Predicate: predicateGood, Credit: "12.50", Decision: made.GetName(), Revision: 1, AdoptTime: made.GetAnswerTime(), Author: personName("dewi"),
		}
		change := s.change(2)
		if diff := cmp.Diff(final, change.GetScore().GetFinal(), protocmp.Transform()); diff != "" {
			t.Fatalf("told final (-want +got):\n%s", diff)
		}
		if !slices.Equal(change.GetCauses(), []string{"kinerja.scoring.v1.decision.adopted"}) || change.GetOldPredicate() != predicateGood ||
			change.GetScore().GetRevision() != 2 {
			t.Fatalf("told %v", change)
		}

		s.clock.Advance(time.Minute)
		s.peers.rate("ani", "1320", above, meets)
		s.fact("e2", "progress.reported", "ani")
		final.Outdated = true
		if diff := cmp.Diff(final, s.change(3).GetScore().GetFinal(), protocmp.Transform()); diff != "" {
			t.Fatalf("final after other facts (-want +got):\n%s", diff)
		}

		s.clock.Advance(time.Minute)
		name := c.proposed(c.superior, propose(correction, 3))
		adopted, err := c.above.decisions.ApproveDecision(t.Context(), approve(name))
		must(t, err)
		if adopted.GetApprover() != personName("wali") || adopted.GetAdoptedRevision() != 4 || adopted.GetReference() != "KEB-7" ||
			adopted.GetGround() != scoringv1.Decision_GROUND_OBJECTION {
			t.Fatalf("adopted %v", adopted)
		}
		corrected := &scoringv1.Score_Final{
			Predicate: predicatePoor, Credit: "6.25", Decision: name, Revision: 3, AdoptTime: timestamppb.New(s.clock.Now()),
			Author: personName("dewi"), Approver: personName("wali"),
		}
		if diff := cmp.Diff(corrected, s.change(4).GetScore().GetFinal(), protocmp.Transform()); diff != "" {
			t.Fatalf("final after the correction (-want +got):\n%s", diff)
		}
		if got := s.full("ani"); !cmp.Equal(corrected, got.GetFinal(), protocmp.Transform()) || got.GetPredicate() != predicateGood || len(got.GetExplanation()) == 0 {
			t.Fatalf("score %v", got)
		}
		c.history(t)
	})
}

// TestDecisions_tell_what_held_before follows a score of which the rules keep giving one predicate while people fix others.
func TestDecisions_tell_what_held_before(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		c := sit(t, s)
		_, err := c.superior.decisions.ProposeDecision(t.Context(), propose(finalize, 1))
		must(t, err)
		decided := uint64(2)
		for _, predicate := range []scoringv1.Predicate{predicatePoor, scoringv1.Predicate_PREDICATE_VERY_GOOD} {
			s.told(decided)
			request := propose(correction, int64(decided))
			request.Predicate, request.Ground, request.Reference = predicate, scoringv1.Decision_GROUND_AUDIT, "LHP-"+predicate.String()
			_, err = c.above.decisions.ApproveDecision(t.Context(), approve(c.proposed(c.superior, request)))
			must(t, err)
			decided++
		}
		s.told(decided)
		s.peers.rate("ani", "1320", above, meets)
		s.fact("e2", "progress.reported", "ani")
		type told struct {
			Predicate, Before, Now            scoringv1.Predicate
			Credit, CreditBefore, CreditAfter string
		}
		want := []told{
			{},
			{Predicate: predicateGood, Credit: "12.50", Now: predicateGood, CreditAfter: "12.50"},
			{predicateGood, predicateGood, predicatePoor, "12.50", "12.50", "6.25"},
			{predicateGood, predicatePoor, scoringv1.Predicate_PREDICATE_VERY_GOOD, "12.50", "6.25", "18.75"},
			{predicateGood, scoringv1.Predicate_PREDICATE_VERY_GOOD, scoringv1.Predicate_PREDICATE_VERY_GOOD, "12.50", "18.75", "18.75"},
		}
		var got []told
		for n := range uint64(len(want)) {
			change := s.change(n + 1)
			if change.GetScore().GetPredicate() != predicateGood {
				t.Fatalf("the rules gave %v", change.GetScore())
			}
			got = append(got, told{
				change.GetOldPredicate(), change.GetOldFinalPredicate(), change.GetScore().GetFinal().GetPredicate(),
				change.GetOldCredit(), change.GetOldFinalCredit(), change.GetScore().GetFinal().GetCredit(),
			})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("told (-want +got):\n%s", diff)
		}
	})
}

func TestCompareScores_calls_units_by_their_names(t *testing.T) {
	s := one(t)
	s.run()
	for i, unit := range []string{"u1", "u2", "u0"} {
		s.peers.plan("ani", unit)
		s.fact("e-"+unit, "rating.changed", "ani")
		s.told(uint64(i + 1))
	}
	for before, want := range map[int64]string{
		1: "Unit kerja berubah dari Unit u1 menjadi Unit u2.",
		2: "Unit kerja berubah dari Unit u2 menjadi u0.", // which planning does not know any more
	} {
		compared, err := s.admin().history.CompareScores(t.Context(), &scoringv1.CompareScoresRequest{
			Name: scoreName("ani"), BeforeRevision: before, AfterRevision: before + 1,
		})
		must(t, err)
		differences := compared.GetDifferences()
		if len(differences) != 1 || differences[0].GetSentence() != want || differences[0].GetAfter() != want[len(want)-3:len(want)-1] {
			t.Errorf("differences %v, want %s", differences, want)
		}
	}
}

func TestCompareScores_names_the_rater_of_what_was_rated(t *testing.T) {
	s := one(t)
	s.run()
	s.peers.judge("u1", 10, 3, good)
	s.peers.plan("ani", "u1")
	s.peers.rate("ani", "1200", meets, meets)
	next := func() { s.handled("KINERJA_ASSESSMENT", "scoring-assessment") }
	s.fact("e1", "rating.changed", "ani")
	next()
	s.peers.judge("u1", 10, 3, assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_EXCELLENT)
	s.unitFact("e2", "organization-rating.changed", "u1")
	next()
	s.peers.rate("ani", "1200", above, meets)
	s.fact("e3", "rating.changed", "ani")
	next()
	s.peers.change(func() { s.peers.plans[personName("ani")][0].UnitHead = true })
	s.peers.judge("u1", 10, 3, good) // the rating of results of a head follows from it
	s.unitFact("e4", "organization-rating.changed", "u1")
	next()
	s.peers.rate("ani", "1200", above, below) // and the event of it comes later
	s.fact("e5", "progress.reported", "ani")
	next()
	compared, err := s.admin().history.CompareScores(t.Context(), &scoringv1.CompareScoresRequest{Name: scoreName("ani"), BeforeRevision: 1, AfterRevision: 5})
	must(t, err)
	raters := map[int64]string{}
	for _, origin := range compared.GetOrigins() {
		raters[origin.GetRevision()] = origin.GetRater()
	}
	want := map[int64]string{2: "", 3: personName("dewi"), 4: "", 5: personName("dewi")}
	if diff := cmp.Diff(want, raters); diff != "" {
		t.Fatalf("raters (-want +got):\n%s", diff)
	}
	if before, after := compared.GetBefore(), compared.GetAfter(); before.GetResultRating() != after.GetResultRating() {
		t.Fatalf("a head rated Baik has %s, before it was %s", after.GetResultRating(), before.GetResultRating())
	}
}

// change waits for the n-th event and returns its one change.
func (s *suite) change(n uint64) *scoringv1.ScoreChange {
	s.t.Helper()
	var changes []*scoringv1.ScoreChange
	for _, payload := range s.told(n) {
		told, ok := payload.(*scoringv1.ScoresChanged)
		if ok {
			changes = append(changes, told.GetChanges()...)
		}
	}
	return changes[n-1]
}

// history holds the revisions, the past and the comparison of the score to what has happened to it.
func (c court) history(t *testing.T) {
	t.Helper()
	self := c.employee("ani")
	for revision, at := range map[int64]time.Duration{1: 0, 2: time.Minute, 3: 3*time.Minute - time.Microsecond, 4: 3 * time.Minute} {
		score, err := self.scores.GetScore(t.Context(), &scoringv1.GetScoreRequest{
			Name: scoreName("ani"), View: scoringv1.View_VIEW_FULL, ReadTime: timestamppb.New(noon.Add(at)),
		})
		must(t, err)
		byNumber, err := self.history.GetScoreRevision(t.Context(), &scoringv1.GetScoreRevisionRequest{
			Name: scoreName("ani") + "/revisions/" + string(rune('0'+revision)), View: scoringv1.View_VIEW_FULL,
		})
		must(t, err)
		if score.GetRevision() != revision || len(score.GetTrace().GetSteps()) == 0 || (score.GetFinal() != nil) != (revision > 1) {
			t.Errorf("after %s: revision %d, final %v", at, score.GetRevision(), score.GetFinal())
		}
		if diff := cmp.Diff(score, byNumber, protocmp.Transform()); diff != "" {
			t.Errorf("revision %d (-by time +by number):\n%s", revision, diff)
		}
	}
	_, err := self.scores.GetScore(t.Context(), &scoringv1.GetScoreRequest{Name: scoreName("ani"), ReadTime: timestamppb.New(noon.Add(-time.Microsecond))})
	f := refused(t, err, fault.ReasonNotFound)
	violated(t, f, "read_time")
	if !strings.HasPrefix(f.Local(), "Nilai "+scoreName("ani")+" belum ada pada waktu read_time.") {
		t.Errorf("the refusal says %q", f.Local())
	}

	compared, err := self.history.CompareScores(t.Context(), &scoringv1.CompareScoresRequest{Name: scoreName("ani"), BeforeRevision: 2, AfterRevision: 4})
	must(t, err)
	var ids []string
	for _, d := range compared.GetDifferences() {
		ids = append(ids, d.GetId())
		if d.GetSentence() == "" || d.GetLabel() == "" {
			t.Errorf("difference %v", d)
		}
	}
	if want := []string{"final.decision", "final.predicate", "final.credit", "achievement", "results/r1/indicators/i1/realisation"}; !slices.Equal(ids, want) {
		t.Errorf("differences %v", ids)
	}
	origins := compared.GetOrigins()
	if len(origins) != 2 || !slices.Equal(origins[0].GetCauses(), []string{"kinerja.assessment.v1.progress.reported"}) || origins[0].GetDecision() != nil || origins[0].GetRater() != "" ||
		origins[1].GetDecision().GetReason() != because || origins[1].GetDecision().GetApprover() != personName("wali") ||
		origins[1].GetDecision().GetGroundLabel() != "keberatan pegawai" {
		t.Errorf("origins %v", origins)
	}
	list, err := self.decisions.ListDecisions(t.Context(), &scoringv1.ListDecisionsRequest{Parent: scoreName("ani"), PageSize: 1})
	must(t, err)
	rest, err := self.decisions.ListDecisions(t.Context(), &scoringv1.ListDecisionsRequest{Parent: scoreName("ani"), PageSize: 1, PageToken: list.GetNextPageToken()})
	must(t, err)
	if len(list.GetDecisions()) != 1 || len(rest.GetDecisions()) != 1 || rest.GetNextPageToken() != "" ||
		list.GetDecisions()[0].GetKind() != correction || rest.GetDecisions()[0].GetKind() != finalize {
		t.Errorf("decisions %v, then %v", list, rest)
	}
}
