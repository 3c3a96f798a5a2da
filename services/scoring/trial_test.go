package scoring_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// small is a rule pack of Bantul that leaves the law as it is; what follows it changes one thing.
const small = `id: 3402-uji
version: 1
base: rulePacks/permenpanrb-6-2022/versions/1
display_name: Aturan uji Kabupaten Bantul
effective_from: "2026-01-01"
examples:
  - {name: di atas dan sesuai, source: contoh, given: {rating: {result: above, behavior: meets}, organization: good}, expected: {predicate: good}}
`

func tries(t *testing.T, by caller, draft *scoringv1.RulePackDraft) *scoringv1.RulePackTrial {
	t.Helper()
	return triesOn(t, by, draft, periodName)
}

func triesOn(t *testing.T, by caller, draft *scoringv1.RulePackDraft, period string) *scoringv1.RulePackTrial {
	t.Helper()
	trial, err := by.drafts.TryRulePackDraft(t.Context(), &scoringv1.TryRulePackDraftRequest{Name: draft.GetName(), Period: period})
	must(t, err)
	return trial
}

// TestTryRulePackDraft_tells_what_moves_no_predicate tries rules that leave predicate and value as they are, on ani, budi and
// citra, of whom ani has done exactly what was planned.
func TestTryRulePackDraft_tells_what_moves_no_predicate(t *testing.T) {
	s := one(t)
	scored(t, s)
	author, _ := admins(s)
	same := scoringv1.TrialChange{
		Score: scoreName("ani"), Before: predicateGood, After: predicateGood,
		StateBefore: scoringv1.Score_STATE_COMPLETE, StateAfter: scoringv1.Score_STATE_COMPLETE,
		AchievementBefore: "100.00", AchievementAfter: "100.00", CreditBefore: "12.50", CreditAfter: "12.50",
	}
	change := func(set func(*scoringv1.TrialChange)) *scoringv1.TrialChange {
		c := proto.CloneOf(&same)
		set(c)
		return c
	}
	for _, c := range []struct {
		name, rules string
		counts      *scoringv1.RulePackTrial
		ani         *scoringv1.TrialChange
	}{
		{
			"no_angka_kredit_any_more", "credit: {}\n", &scoringv1.RulePackTrial{CreditCount: 3}, change(func(c *scoringv1.TrialChange) {
				c.CreditAfter = ""
				c.Reasons = []string{"“Angka kredit” tidak lagi dihitung; menurut aturan yang berlaku 12,50."}
			}),
		},
		{
			"an_achievement_of_two_digits_less",
			"components:\n  - {id: plan, label: Capaian rencana kinerja, text: rata-rata, basis: evidence, missing: exclude, places: 0, indicators: {combine: mean}}\n",
			&scoringv1.RulePackTrial{AchievementCount: 3}, change(func(c *scoringv1.TrialChange) {
				c.AchievementAfter = "100"
				c.Reasons = []string{"“Capaian rencana kinerja” menjadi 100; menurut aturan yang berlaku 100,00."}
			}),
		},
		{
			"a_rating_that_is_suggested",
			"suggestion: {of: plan, thresholds: [{rating: above, from: 110}, {rating: meets, from: 80}, {rating: below}]}\n" +
				"rules: [{id: suggestion.rating, label: Saran rating hasil kerja, basis: policy, text: menurut capaian}]\n",
			&scoringv1.RulePackTrial{SuggestionCount: 3}, change(func(c *scoringv1.TrialChange) {
				c.SuggestionAfter = meets
				c.Reasons = []string{"“Saran rating hasil kerja” kini diberikan: Sesuai Ekspektasi."}
			}),
		},
		{
			"a_fact_without_which_it_is_provisional",
			"components:\n  - {id: attendance, label: Persentase kehadiran, text: hari hadir, basis: evidence, missing: provisional, places: 2, attendance: {}}\n",
			&scoringv1.RulePackTrial{StateCount: 3}, change(func(c *scoringv1.TrialChange) {
				c.StateAfter = scoringv1.Score_STATE_PROVISIONAL
				c.Reasons = []string{"Persentase kehadiran belum ada, sehingga nilainya masih sementara."}
			}),
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			draft, err := author.drafts.CreateRulePackDraft(t.Context(), &scoringv1.CreateRulePackDraftRequest{
				Parent: "tenants/3402", RulePackDraftId: strings.ReplaceAll(c.name, "_", "-"), RulePackDraft: &scoringv1.RulePackDraft{Content: small + c.rules},
			})
			must(t, err)
			got := tries(t, author, draft)
			c.counts.ScoredCount, c.counts.PersonCount = 3, 3
			c.counts.Moves = []*scoringv1.PredicateMove{{Before: predicateGood, After: predicateGood, Count: 3}}
			ignored := protocmp.IgnoreFields(got, "period", "content_hash", "try_time", "trier", "changes")
			if diff := cmp.Diff(c.counts, got, protocmp.Transform(), ignored); diff != "" {
				t.Errorf("trial (-want +got):\n%s", diff)
			}
			at := slices.IndexFunc(got.GetChanges(), func(c *scoringv1.TrialChange) bool { return c.GetScore() == scoreName("ani") })
			if len(got.GetChanges()) != 3 || at < 0 {
				t.Fatalf("changes %v", got.GetChanges())
			}
			if diff := cmp.Diff(c.ani, got.GetChanges()[at], protocmp.Transform()); diff != "" {
				t.Errorf("change of ani (-want +got):\n%s", diff)
			}
		})
	}
}

// peersToThree is a rule pack of Bantul by which peers answer from 1 to 3, failsByPeers why ani fails by it when hers have not.
const peersToThree = small +
	"components:\n  - {id: peers, label: Rekan kerja, text: rata-rata, basis: evidence, missing: exclude, places: 2, panel: {group: peers, minimum: 3, answer_min: 1, answer_max: 3}}\n"

var failsByPeers = &scoringv1.TrialFailure{Score: scoreName("ani"), Reasons: []string{
	"Jawaban rekan kerja tidak sesuai dengan pilihan jawaban menurut paket aturan ini: jumlah jawaban tidak sesuai dengan banyaknya penilai " +
		"dan pertanyaan serta pilihan jawabannya.",
}}

// peersAnswer gives each of the people four peers whose answers to seven questions have the sum.
func (s *suite) peersAnswer(sum int64, people ...string) {
	s.peers.change(func() {
		for _, person := range people {
			s.peers.people[personName(person)].Panels = []*assessmentv1.Panel{
				{Group: assessmentv1.RaterGroup_RATER_GROUP_PEERS, Count: 4, Questions: 7, Sum: sum},
			}
		}
	})
}

// TestPublishRulePackDraft_wants_everybody_computed tries rules by which the peers of ani have answered on another scale, and
// again once they have not.
func TestPublishRulePackDraft_wants_everybody_computed(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		scored(t, s)
		author, second := admins(s)
		s.peersAnswer(91, "ani") // 3.25 is more than 3
		draft := drafted(t, author, peersToThree)
		got := tries(t, author, draft)
		want := []*scoringv1.TrialFailure{failsByPeers}
		if diff := cmp.Diff(want, got.GetFailures(), protocmp.Transform()); diff != "" || got.GetFailedCount() != 1 || got.GetPersonCount() != 3 {
			t.Fatalf("trial %v, failures (-want +got):\n%s", got, diff)
		}
		for _, accepted := range []int64{0, 2} {
			_, err := accept(t, second, draft, accepted)
			f := refused(t, err, fault.ReasonRulePackTrialFailed)
			violated(t, f, "accepted_failed_count")
			for _, text := range []string{f.Local(), f.Violations[0].Local()} {
				if text != "Pada uji coba terakhir dengan "+periodName+" ada 1 pegawai yang nilainya tidak dapat dihitung menurut rancangan ini; mereka "+
					"dan sebabnya tercantum pada hasil uji coba itu. Perbaiki rancangan atau data penilaiannya, lalu uji coba kembali sebelum menerbitkan; "+
					"atau terbitkan dengan accepted_failed_count = 1 bila memang instrumen baru dipakai mulai periode berikutnya." {
					t.Errorf("the refusal of %d says %q", accepted, text)
				}
			}
		}
		kept, err := author.drafts.GetRulePackDraft(t.Context(), &scoringv1.GetRulePackDraftRequest{Name: draft.GetName()})
		must(t, err)
		if kept.GetLastTrial().GetFailedCount() != 1 || len(kept.GetLastTrial().GetFailures()) != 0 {
			t.Errorf("kept %v", kept.GetLastTrial())
		}
		s.peersAnswer(70, "ani")
		got = tries(t, author, draft)
		if got.GetFailedCount() != 0 || len(got.GetFailures()) != 0 {
			t.Fatalf("trial %v", got)
		}
		_, err = accept(t, second, draft, 1)
		f := refused(t, err, fault.ReasonRulePackTrialFailed)
		violated(t, f, "accepted_failed_count")
		for _, text := range []string{f.Local(), f.Violations[0].Local()} {
			if !strings.Contains(text, "Kosongkan isian accepted_failed_count") {
				t.Errorf("the refusal says %q", text)
			}
		}
		_, err = publish(t, second, draft)
		must(t, err)
	})
}

// TestTryRulePackDraft_finds_failures_of_whose_predicate_is_final has nobody but ani, whose predicate is fixed and whose peers have
// answered on another scale than that of the draft, and later on one that no rules know.
func TestTryRulePackDraft_finds_failures_of_whose_predicate_is_final(t *testing.T) {
	s := one(t)
	c := sit(t, s)
	c.proposed(c.superior, propose(finalize, 1))
	s.told(2)
	author, second := admins(s)
	s.peersAnswer(91, "ani") // 3.25 is more than 3
	draft := drafted(t, author, peersToThree)
	finds := func(want *scoringv1.RulePackTrial) {
		t.Helper()
		want.ScoredCount, want.PersonCount, want.FinalCount = 1, 1, 1
		got := tries(t, author, draft)
		ignored := protocmp.IgnoreFields(got, "period", "content_hash", "try_time", "trier")
		if diff := cmp.Diff(want, got, protocmp.Transform(), ignored); diff != "" {
			t.Fatalf("trial (-want +got):\n%s", diff)
		}
	}
	finds(&scoringv1.RulePackTrial{FailedCount: 1, Failures: []*scoringv1.TrialFailure{failsByPeers}})
	_, err := publish(t, second, draft)
	refused(t, err, fault.ReasonRulePackTrialFailed)
	s.peersAnswer(140, "ani") // 5
	finds(&scoringv1.RulePackTrial{Moves: []*scoringv1.PredicateMove{{Count: 1}}})
}

// TestPublishRulePackDraft_takes_consent_to_those_who_fail tries rules by which the peers of two people have answered on another
// scale, on a period of three people and then on one of which only ani is: neither hides the other.
func TestPublishRulePackDraft_takes_consent_to_those_who_fail(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		scored(t, s)
		const earlier = "tenants/3402/periods/2025"
		s.publish("e-earlier", "kinerja.assessment.v1.3402.rating.changed", &assessmentv1.PersonFactChanged{Period: earlier, Person: personName("ani")})
		s.told(4)
		s.peersAnswer(91, "ani", "budi") // 3.25 is more than 3
		author, second := admins(s)
		draft := drafted(t, author, peersToThree)
		most, last := triesOn(t, author, draft, periodName), triesOn(t, author, draft, earlier)
		if most.GetFailedCount() != 2 || most.GetPersonCount() != 3 || last.GetFailedCount() != 1 || last.GetPersonCount() != 1 {
			t.Fatalf("trials %v and %v", most, last)
		}
		_, err := accept(t, second, draft, 1)
		f := refused(t, err, fault.ReasonRulePackTrialFailed)
		if !strings.Contains(f.Local(), "dengan "+periodName+" ada 2 pegawai") {
			t.Errorf("the refusal says %q", f.Local())
		}
		_, err = accept(t, second, draft, 2)
		must(t, err)
	})
}

func TestPublishRulePackDraft_wants_a_worked_example(t *testing.T) {
	s := one(t)
	scored(t, s)
	author, second := admins(s)
	bare, _, _ := strings.Cut(small, "examples:") // its base has examples
	draft := drafted(t, author, bare)
	tries(t, author, draft)
	_, err := publish(t, second, draft)
	f := refused(t, err, fault.ReasonRulePackExample)
	if !strings.Contains(f.Local(), "Tambahkan paling sedikit satu contoh") {
		t.Errorf("the refusal says %q", f.Local())
	}
	draft, err = author.drafts.UpdateRulePackDraft(t.Context(), &scoringv1.UpdateRulePackDraftRequest{
		RulePackDraft: &scoringv1.RulePackDraft{Name: draft.GetName(), Content: small},
	})
	must(t, err)
	tries(t, author, draft)
	_, err = publish(t, second, draft)
	must(t, err)
}
