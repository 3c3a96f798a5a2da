package scoring_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
)

// fixed has the predicate that the rules give, Baik, replaced by Kurang, and returns who may see it.
func fixed(t *testing.T, s *suite) (court, caller) {
	t.Helper()
	c := sit(t, s)
	_, err := c.above.decisions.ApproveDecision(t.Context(), approve(c.proposed(c.superior, propose(override, 1))))
	must(t, err)
	s.told(2)
	return c, s.employee("ani")
}

// unfixed opens what is said of a predicate that nobody has fixed.
const unfixed = "Predikat kinerja berikut ini belum ditetapkan oleh pejabat penilai kinerja dan masih dapat berubah."

func TestExplainScore_opens_with_what_was_fixed(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		c, owner := fixed(t, s)
		ruled := []string{
			"Predikat kinerja Kurang/Misconduct telah ditetapkan oleh pejabat yang berwenang pada tanggal 1 Juli 2026, menggantikan predikat menurut aturan, " +
				"dengan persetujuan pejabat lain.",
			"Alasan penetapan: “Putusan keberatan atas rating perilaku kerja”.",
			"Rujukan penetapan: “KEB-7”.",
			"Angka kredit yang berlaku menurut penetapan: 6,25.",
		}
		const below = "Hasil menurut aturan berikut ini tidak mengubah predikat yang telah ditetapkan."
		hasil := func() []string {
			t.Helper()
			got, err := owner.explanations.ExplainScore(t.Context(), &scoringv1.ExplainScoreRequest{Name: scoreName("ani"), Depth: scoringv1.Depth_DEPTH_SUMMARY})
			must(t, err)
			return got.GetSections()[0].GetSentences()
		}
		want := append(slices.Clone(ruled), below)
		said := hasil()
		if diff := cmp.Diff(want, said[:len(want)]); diff != "" || len(said) == len(want) {
			t.Fatalf("%d sentences (-want +got):\n%s", len(said), diff)
		}
		if diff := cmp.Diff(said, s.full("ani").GetExplanation()[:len(said)]); diff != "" {
			t.Fatalf("full view (-explained +got):\n%s", diff)
		}
		first, err := owner.history.GetScoreRevision(t.Context(), &scoringv1.GetScoreRevisionRequest{
			Name: scoreName("ani") + "/revisions/1", View: scoringv1.View_VIEW_FULL,
		})
		must(t, err)
		if slices.Contains(first.GetExplanation(), below) || first.GetExplanation()[0] != unfixed {
			t.Fatalf("a revision before the decision says %q", first.GetExplanation())
		}

		s.peers.rate("ani", "1320", above, meets)
		s.fact("e2", "progress.reported", "ani")
		s.told(3)
		want = append(slices.Clone(ruled),
			"Hasil perhitungan terkini berbeda dari dasar penetapan. Predikat yang ditetapkan tetap berlaku sampai dikoreksi.", below)
		if diff := cmp.Diff(want, hasil()[:len(want)]); diff != "" {
			t.Fatalf("outdated (-want +got):\n%s", diff)
		}
		_, err = c.above.decisions.ApproveDecision(t.Context(), approve(c.proposed(c.superior, propose(correction, 3))))
		must(t, err)
		want = append([]string{
			"Predikat kinerja Kurang/Misconduct telah ditetapkan oleh pejabat yang berwenang pada tanggal 1 Juli 2026, " +
				"mengoreksi penetapan sebelumnya, dengan persetujuan pejabat lain.",
			ruled[1],
			"Koreksi ini didasarkan pada keberatan pegawai.",
		}, ruled[2:]...)
		if diff := cmp.Diff(want, hasil()[:len(want)]); diff != "" {
			t.Fatalf("corrected (-want +got):\n%s", diff)
		}
	})
}

func TestExplainScore_says_that_a_complete_score_is_not_fixed(t *testing.T) {
	s := one(t)
	c := sit(t, s)
	for depth := range scoringv1.Depth_name {
		got, err := c.superior.explanations.ExplainScore(t.Context(), &scoringv1.ExplainScoreRequest{Name: scoreName("ani"), Depth: scoringv1.Depth(depth)})
		must(t, err)
		if said := got.GetSections()[0].GetSentences(); said[0] != unfixed || len(said) == 1 {
			t.Errorf("depth %d: %q", depth, said)
		}
	}
	if score := s.full("ani"); score.GetState() != scoringv1.Score_STATE_COMPLETE || score.GetExplanation()[0] != unfixed {
		t.Errorf("%v: %q", score.GetState(), score.GetExplanation())
	}
}

func TestExplainScore_of_a_finalization_has_no_second_person(t *testing.T) {
	s := one(t)
	c := sit(t, s)
	_, err := c.superior.decisions.ProposeDecision(t.Context(), propose(finalize, 1))
	must(t, err)
	got, err := c.superior.explanations.ExplainScore(t.Context(), &scoringv1.ExplainScoreRequest{Name: scoreName("ani")})
	must(t, err)
	want := []string{
		"Predikat kinerja Baik telah ditetapkan oleh pejabat yang berwenang pada tanggal 1 Juli 2026, sesuai dengan hasil menurut aturan.",
		"Angka kredit yang berlaku menurut penetapan: 12,50.",
	}
	if diff := cmp.Diff(want, got.GetSections()[0].GetSentences()[:2]); diff != "" {
		t.Fatalf("sentences (-want +got):\n%s", diff)
	}
}

// TestSimulateScore_tells_what_was_fixed simulates a rating by which the rules would give Sangat Baik, before and after Kurang
// is fixed.
func TestSimulateScore_tells_what_was_fixed(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		c := sit(t, s)
		simulate := func() *scoringv1.SimulateScoreResponse {
			t.Helper()
			got, err := c.superior.scores.SimulateScore(t.Context(), &scoringv1.SimulateScoreRequest{Name: scoreName("ani"), BehaviorRating: above})
			must(t, err)
			return got
		}
		before := simulate()
		if got := before.GetScore(); got.GetFinal() != nil || got.GetExplanation()[0] != unfixed {
			t.Errorf("before: final %v, %q", got.GetFinal(), got.GetExplanation())
		}
		want := []*scoringv1.ScoreDifference{
			{
				Id: "predicate", Label: "Predikat kinerja pegawai", Before: "good", After: "very_good",
				Sentence: "Predikat kinerja pegawai berubah dari Baik menjadi Sangat Baik.",
			},
			{
				Id: "behavior_rating", Label: "Rating perilaku kerja yang berlaku", Before: "meets", After: "above",
				Sentence: "Rating perilaku kerja yang berlaku berubah dari Sesuai Ekspektasi menjadi Di Atas Ekspektasi.",
			},
			{Id: "credit", Label: "Angka kredit", Before: "12.50", After: "18.75", Sentence: "Angka kredit berubah dari 12,50 menjadi 18,75."},
			{
				Id: "rating.behavior", Label: "Rating perilaku kerja", Before: "meets", After: "above",
				Sentence: "Rating perilaku kerja berubah dari Sesuai Ekspektasi menjadi Di Atas Ekspektasi, " +
					"sehingga predikat kinerja pegawai berubah dari Baik menjadi Sangat Baik.",
			},
		}
		if diff := cmp.Diff(want, before.GetDifferences(), protocmp.Transform()); diff != "" {
			t.Errorf("differences (-want +got):\n%s", diff)
		}

		_, err := c.above.decisions.ApproveDecision(t.Context(), approve(c.proposed(c.superior, propose(override, 1))))
		must(t, err)
		stored, after := s.full("ani"), simulate()
		got := after.GetScore()
		if diff := cmp.Diff(stored.GetFinal(), got.GetFinal(), protocmp.Transform()); diff != "" || got.GetFinal().GetPredicate() != predicatePoor {
			t.Errorf("final (-stored +simulated):\n%s", diff)
		}
		const opens = 5 // what was decided, why, by what reference, the angka kredit, and that the rules do not change it
		if diff := cmp.Diff(stored.GetExplanation()[:opens], got.GetExplanation()[:opens]); diff != "" || got.GetRevision() != 0 {
			t.Errorf("explanation (-stored +simulated):\n%s", diff)
		}
		if diff := cmp.Diff(want, after.GetDifferences(), protocmp.Transform()); diff != "" {
			t.Errorf("differences of a final score (-want +got):\n%s", diff)
		}
	})
}

func TestReachScore_goes_by_what_was_fixed(t *testing.T) {
	s := one(t)
	c, owner := fixed(t, s)
	const correctionOnly = "Predikat telah ditetapkan oleh pejabat yang berwenang dan hanya dapat berubah melalui koreksi penetapan."
	holds := func(by caller, goal scoringv1.Predicate, want *scoringv1.ReachScoreResponse) {
		t.Helper()
		got, err := by.explanations.ReachScore(t.Context(), &scoringv1.ReachScoreRequest{Name: scoreName("ani"), Predicate: goal})
		must(t, err)
		if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
			t.Fatalf("reach of %v (-want +got):\n%s", goal, diff)
		}
	}
	// The rules give Baik, and Kurang is fixed.
	holds(owner, predicateGood, &scoringv1.ReachScoreResponse{Revision: 2, Notes: []string{correctionOnly}})
	holds(owner, predicatePoor, &scoringv1.ReachScoreResponse{
		Revision: 2, Reached: true, Notes: []string{"Predikat ini sudah tercapai.", correctionOnly},
	})
	corrected := propose(correction, 2)
	corrected.Predicate = scoringv1.Predicate_PREDICATE_VERY_GOOD
	_, err := c.above.decisions.ApproveDecision(t.Context(), approve(c.proposed(c.superior, corrected)))
	must(t, err)
	holds(owner, scoringv1.Predicate_PREDICATE_VERY_GOOD, &scoringv1.ReachScoreResponse{
		Revision: 3, Reached: true, Notes: []string{"Predikat ini sudah tercapai.", correctionOnly},
	})
}

// TestTryRulePackDraft_compares_rules_for_whom_they_move_nothing tries rules by which both ani and budi would fall, when people
// have fixed Kurang in the place of the Baik of ani.
func TestTryRulePackDraft_compares_rules_for_whom_they_move_nothing(t *testing.T) {
	s := one(t)
	s.peers.plan("ani", "u1")
	s.peers.rate("ani", "1200", meets, meets)
	c := convene(t, s)
	_, err := c.above.decisions.ApproveDecision(t.Context(), approve(c.proposed(c.superior, propose(override, 1))))
	must(t, err)
	s.told(2)
	author, _ := admins(s)
	draft := drafted(t, author, strict)
	const needsImprovement = scoringv1.Predicate_PREDICATE_NEEDS_IMPROVEMENT
	finds := func(people ...*scoringv1.TrialChange) {
		t.Helper()
		got := tries(t, author, draft)
		count := int32(len(people))
		want := &scoringv1.RulePackTrial{
			ScoredCount: count, PersonCount: count, FinalCount: 1, DownCount: count, CreditCount: count,
			Moves:   []*scoringv1.PredicateMove{{Before: predicateGood, After: needsImprovement, Count: count}},
			Changes: people,
		}
		for _, change := range people {
			change.Before, change.After = predicateGood, needsImprovement
		}
		shown := &scoringv1.TrialChange{}
		ignored := []cmp.Option{
			protocmp.IgnoreFields(got, "period", "content_hash", "try_time", "trier"),
			protocmp.IgnoreFields(shown, "state_before", "state_after", "achievement_before", "achievement_after", "credit_before", "credit_after"),
		}
		if diff := cmp.Diff(want, got, append(ignored, protocmp.Transform())...); diff != "" {
			t.Fatalf("trial (-want +got):\n%s", diff)
		}
	}
	reasons := []string{
		"Angkanya sama, tetapi aturan yang memberikan predikat berbeda.",
		"“Angka kredit” menjadi 9,38; menurut aturan yang berlaku 12,50.",
		"“Persentase angka kredit menurut predikat” menjadi 75; menurut aturan yang berlaku 100.",
	}
	ani := &scoringv1.TrialChange{
		Score: scoreName("ani"), Final: true,
		Reasons: slices.Insert(slices.Clone(reasons), 0, "Hasil menurut aturan berikut ini tidak mengubah predikat yang telah ditetapkan."),
	}
	finds(ani)

	s.peers.plan("budi", "u1")
	s.peers.rate("budi", "1200", meets, meets)
	s.fact("e-budi", "rating.changed", "budi")
	s.told(3)
	finds(ani, &scoringv1.TrialChange{Score: scoreName("budi"), Reasons: reasons})
	kept, err := author.drafts.GetRulePackDraft(t.Context(), &scoringv1.GetRulePackDraftRequest{Name: draft.GetName()})
	must(t, err)
	if kept.GetLastTrial().GetFinalCount() != 1 {
		t.Fatalf("kept %v", kept.GetLastTrial())
	}
}
