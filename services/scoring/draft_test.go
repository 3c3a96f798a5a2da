package scoring_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// strict is a rule pack of Bantul in which work that meets what is expected is no longer good.
const strict = `id: 3402-ketat
version: 1
base: rulePacks/permenpanrb-6-2022/versions/1
display_name: Aturan ketat Kabupaten Bantul
effective_from: "2026-01-01"
predicate:
  matrix:
    above: {above: very_good, meets: good, below: poor}
    meets: {above: good, meets: needs_improvement, below: poor}
    below: {above: needs_improvement, meets: needs_improvement, below: very_poor}
examples:
  - name: sesuai, sesuai
    source: contoh
    given: {rating: {result: meets, behavior: meets}, organization: good}
    expected: {predicate: needs_improvement}
`

// admins are two people who may write and publish rule packs.
func admins(s *suite) (author, second caller) {
	return s.as(tenant, "ratna", commonv1.Role_ROLE_TENANT_ADMIN), s.as(tenant, "surya", commonv1.Role_ROLE_TENANT_ADMIN)
}

// drafted keeps a draft with the content.
func drafted(t *testing.T, by caller, content string) *scoringv1.RulePackDraft {
	t.Helper()
	draft, err := by.drafts.CreateRulePackDraft(t.Context(), &scoringv1.CreateRulePackDraftRequest{
		Parent: "tenants/3402", RulePackDraftId: "ketat", RulePackDraft: &scoringv1.RulePackDraft{Content: content},
	})
	must(t, err)
	return draft
}

func publish(t *testing.T, by caller, draft *scoringv1.RulePackDraft) (*scoringv1.RulePack, error) {
	t.Helper()
	return accept(t, by, draft, 0)
}

// accept publishes a draft that cannot compute so many people.
func accept(t *testing.T, by caller, draft *scoringv1.RulePackDraft, failed int64) (*scoringv1.RulePack, error) {
	t.Helper()
	return by.drafts.PublishRulePackDraft(t.Context(), &scoringv1.PublishRulePackDraftRequest{
		Name: draft.GetName(), Etag: draft.GetEtag(), AcceptedFailedCount: failed,
	})
}

// TestRulePack_from_draft_to_period goes the whole way: written, tried, published by a second person, used.
func TestRulePack_from_draft_to_period(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.run()
		s.peers.judge("u1", 10, 3, good)
		for i, person := range []string{"ani", "budi"} {
			s.peers.plan(person, "u1")
			s.peers.rate(person, "1200", meets, meets)
			if person == "budi" {
				s.peers.rate(person, "1200", above, above)
			}
			s.fact("e-"+person, "rating.changed", person)
			s.told(uint64(i + 1))
		}
		author, second := admins(s)
		draft := drafted(t, author, strict)
		if len(errorsOf(draft)) > 0 || draft.GetState() != scoringv1.RulePackDraft_STATE_DRAFT || draft.GetAuthor() != personName("ratna") {
			t.Fatalf("draft %v", draft)
		}
		_, err := publish(t, second, draft)
		refused(t, err, fault.ReasonRulePackUntried)

		trial, err := author.drafts.TryRulePackDraft(t.Context(), &scoringv1.TryRulePackDraftRequest{Name: draft.GetName(), Period: periodName})
		must(t, err)
		if trial.GetScoredCount() != 2 || trial.GetPersonCount() != 2 || trial.GetDownCount() != 1 || trial.GetUpCount() != 0 || len(trial.GetMoves()) != 2 {
			t.Fatalf("trial %v", trial)
		}
		if len(trial.GetChanges()) != 1 || trial.GetChanges()[0].GetScore() != scoreName("ani") || len(trial.GetChanges()[0].GetReasons()) == 0 {
			t.Fatalf("changes %v", trial.GetChanges())
		}
		if s.full("ani").GetPredicate() != scoringv1.Predicate_PREDICATE_GOOD {
			t.Fatal("the trial has changed a score")
		}

		_, err = publish(t, author, draft)
		refused(t, err, fault.ReasonSecondPersonRequired)
		_, err = publish(t, s.admin(), draft) // whoever has a token of it
		refused(t, err, fault.ReasonPersonRequired)
		published, err := publish(t, second, draft)
		must(t, err)
		const name = "rulePacks/3402-ketat/versions/1"
		if published.GetName() != name || published.GetTenant() != "tenants/3402" || published.GetBase() != rulePack {
			t.Fatalf("published %v", published)
		}
		_, err = publish(t, second, &scoringv1.RulePackDraft{Name: draft.GetName()})
		refused(t, err, fault.ReasonRulePackPublished)
		_, err = author.drafts.UpdateRulePackDraft(t.Context(), &scoringv1.UpdateRulePackDraftRequest{RulePackDraft: draft})
		refused(t, err, fault.ReasonRulePackPublished)

		kept, err := author.drafts.GetRulePackDraft(t.Context(), &scoringv1.GetRulePackDraftRequest{Name: draft.GetName()})
		must(t, err)
		if len(errorsOf(kept)) > 0 {
			t.Fatalf("what is published has problems: %v", kept.GetProblems())
		}
		again, err := author.drafts.CreateRulePackDraft(t.Context(), &scoringv1.CreateRulePackDraftRequest{
			Parent: "tenants/3402", RulePackDraft: &scoringv1.RulePackDraft{Content: strict}, ValidateOnly: true,
		})
		must(t, err)
		taken := &scoringv1.RulePackProblem{
			Severity: scoringv1.RulePackProblem_SEVERITY_ERROR, Line: 2, Column: 10, Path: "version",
			Message: "3402-ketat versi 1 sudah diterbitkan; pakai versi 2",
		}
		if !slices.ContainsFunc(again.GetProblems(), func(p *scoringv1.RulePackProblem) bool { return proto.Equal(p, taken) }) {
			t.Fatalf("problems %v", again.GetProblems())
		}

		got, err := s.anonymous().packs.GetRulePack(t.Context(), &scoringv1.GetRulePackRequest{Name: name})
		must(t, err)
		if got.GetContent() != strict || got.GetState() != scoringv1.RulePack_STATE_EFFECTIVE || got.GetContentHash() != trial.GetContentHash() {
			t.Fatalf("stored %v", got)
		}
		s.peers.change(func() { s.peers.rulePack = name })
		s.fact("e-again", "rating.changed", "ani")
		s.told(3)
		score := s.full("ani")
		if score.GetPredicate() != scoringv1.Predicate_PREDICATE_NEEDS_IMPROVEMENT || score.GetRulePack() != name {
			t.Fatalf("score %v", score)
		}
		verified, err := s.admin().scores.VerifyScore(t.Context(), &scoringv1.VerifyScoreRequest{Name: scoreName("ani")})
		must(t, err)
		if !verified.GetVerified() {
			t.Fatalf("not verified: %v", verified)
		}
	})
}

func TestPublishRulePackDraft_is_refused_to_everybody_who_has_written(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		scored(t, s)
		first, second := admins(s)
		third := s.as(tenant, "tuti", commonv1.Role_ROLE_TENANT_ADMIN)
		draft := drafted(t, first, strict)
		for range 2 {
			changed, err := second.drafts.UpdateRulePackDraft(t.Context(), &scoringv1.UpdateRulePackDraftRequest{RulePackDraft: &scoringv1.RulePackDraft{
				Name: draft.GetName(), Content: strict + "# diperiksa\n", Etag: draft.GetEtag(),
			}})
			must(t, err)
			draft = changed
		}
		if draft.GetAuthor() != personName("surya") {
			t.Fatalf("the author is %s", draft.GetAuthor())
		}
		if diff := cmp.Diff([]string{personName("ratna"), personName("surya")}, draft.GetAuthors()); diff != "" {
			t.Fatalf("authors (-want +got):\n%s", diff)
		}
		_, err := first.drafts.TryRulePackDraft(t.Context(), &scoringv1.TryRulePackDraftRequest{Name: draft.GetName(), Period: periodName})
		must(t, err)
		for _, author := range []caller{first, second} {
			_, err = publish(t, author, draft)
			refused(t, err, fault.ReasonSecondPersonRequired)
		}
		_, err = publish(t, third, draft)
		must(t, err)
	})
}

func errorsOf(draft *scoringv1.RulePackDraft) []string {
	var all []string
	for _, p := range draft.GetProblems() {
		if p.GetSeverity() == scoringv1.RulePackProblem_SEVERITY_ERROR {
			all = append(all, p.GetMessage())
		}
	}
	return all
}

func TestRulePackDraft_says_what_is_wrong_and_where(t *testing.T) {
	s := one(t)
	author, second := admins(s)
	t.Run("a_word_that_nobody_knows", func(t *testing.T) {
		got, err := author.drafts.CreateRulePackDraft(t.Context(), &scoringv1.CreateRulePackDraftRequest{
			Parent: "tenants/3402", RulePackDraftId: "salah", ValidateOnly: true,
			RulePackDraft: &scoringv1.RulePackDraft{Content: strings.Replace(strict, "below: very_poor}", "below: terrible}", 1)},
		})
		must(t, err)
		problems := got.GetProblems()
		if len(problems) != 1 || problems[0].GetLine() != 10 || !strings.Contains(problems[0].GetMessage(), "terrible") {
			t.Fatalf("problems %v", problems)
		}
		_, err = author.drafts.GetRulePackDraft(t.Context(), &scoringv1.GetRulePackDraftRequest{Name: "tenants/3402/rulePackDrafts/salah"})
		refused(t, err, fault.ReasonNotFound)
	})
	t.Run("an_example_that_comes_out_otherwise", func(t *testing.T) {
		draft := drafted(t, author, strings.Replace(strict, "expected: {predicate: needs_improvement}", "expected: {predicate: good}", 1))
		problems := errorsOf(draft)
		if len(problems) != 1 || !strings.Contains(problems[0], "sesuai, sesuai") || draft.GetContentHash() != "" {
			t.Fatalf("draft %v", draft)
		}
		at := slices.IndexFunc(draft.GetProblems(), func(p *scoringv1.RulePackProblem) bool { return p.GetPath() == "examples[0]" })
		if at < 0 || draft.GetProblems()[at].GetLine() != 12 || draft.GetProblems()[at].GetColumn() != 5 {
			t.Fatalf("problems %v", draft.GetProblems())
		}
		_, err := author.drafts.TryRulePackDraft(t.Context(), &scoringv1.TryRulePackDraftRequest{Name: draft.GetName(), Period: periodName})
		refused(t, err, fault.ReasonRulePackInvalid)
		_, err = publish(t, second, draft)
		refused(t, err, fault.ReasonRulePackInvalid)
	})
	t.Run("a_period_without_scores", func(t *testing.T) {
		draft, err := author.drafts.UpdateRulePackDraft(t.Context(), &scoringv1.UpdateRulePackDraftRequest{RulePackDraft: &scoringv1.RulePackDraft{
			Name: "tenants/3402/rulePackDrafts/ketat", Content: strict,
		}})
		must(t, err)
		_, err = author.drafts.TryRulePackDraft(t.Context(), &scoringv1.TryRulePackDraftRequest{Name: draft.GetName(), Period: "tenants/3402/periods/2020"})
		f := refused(t, err, fault.ReasonNotFound)
		violated(t, f, "period")
		if !strings.HasPrefix(f.Local(), "Periode tenants/3402/periods/2020 belum memiliki nilai yang dapat diuji coba.") {
			t.Errorf("the refusal says %q", f.Local())
		}
		_, err = author.drafts.TryRulePackDraft(t.Context(), &scoringv1.TryRulePackDraftRequest{Name: draft.GetName(), Period: "tenants/3374/periods/2026"})
		refused(t, err, fault.ReasonReferenceNotFound)
	})
	t.Run("an_etag_that_is_not_current", func(t *testing.T) {
		_, err := author.drafts.UpdateRulePackDraft(t.Context(), &scoringv1.UpdateRulePackDraftRequest{RulePackDraft: &scoringv1.RulePackDraft{
			Name: "tenants/3402/rulePackDrafts/ketat", Content: strict, Etag: `"x"`,
		}})
		refused(t, err, fault.ReasonETagMismatch)
	})
	t.Run("an_id_that_is_taken", func(t *testing.T) {
		_, err := author.drafts.CreateRulePackDraft(t.Context(), &scoringv1.CreateRulePackDraftRequest{
			Parent: "tenants/3402", RulePackDraftId: "ketat", RulePackDraft: &scoringv1.RulePackDraft{Content: strict},
		})
		refused(t, err, fault.ReasonAlreadyExists)
	})
	t.Run("whoever_is_no_admin", func(t *testing.T) {
		_, err := s.employee("ani").drafts.GetRulePackDraft(t.Context(), &scoringv1.GetRulePackDraftRequest{Name: "tenants/3402/rulePackDrafts/ketat"})
		refused(t, err, fault.ReasonPermissionDenied)
		_, err = s.as("3374", "", commonv1.Role_ROLE_TENANT_ADMIN).drafts.ListRulePackDrafts(t.Context(), &scoringv1.ListRulePackDraftsRequest{Parent: "tenants/3402"})
		refused(t, err, fault.ReasonPermissionDenied)
	})
	t.Run("the_list_has_no_content", func(t *testing.T) {
		got, err := author.drafts.ListRulePackDrafts(t.Context(), &scoringv1.ListRulePackDraftsRequest{Parent: "tenants/3402"})
		must(t, err)
		if len(got.GetRulePackDrafts()) != 1 || got.GetRulePackDrafts()[0].GetContent() != "" {
			t.Fatalf("list %v", got)
		}
	})
}

// TestPublishRulePackDraft_holds_ids_to_their_tenants tries to publish under ids and versions that are not the tenant's.
func TestPublishRulePackDraft_holds_ids_to_their_tenants(t *testing.T) {
	s := one(t)
	scored(t, s)
	author, second := admins(s)
	for _, c := range []struct {
		name, old, replacement, problem string
	}{
		{"another_tenant", "id: 3402-ketat", "id: 3374-ketat", "pengenal paket instansi ini harus diawali “3402-”; ganti sebelum diterbitkan"},
		{"the_law", "id: 3402-ketat", "id: permenpanrb-6-2022", "pengenal paket instansi ini harus diawali “3402-”; ganti sebelum diterbitkan"},
		{"a_version_too_far", "version: 1\nbase", "version: 2\nbase", "versi 3402-ketat berikutnya adalah 1; ganti sebelum diterbitkan"},
	} {
		t.Run(c.name, func(t *testing.T) {
			content := strings.Replace(strict, c.old, c.replacement, 1)
			draft, err := author.drafts.CreateRulePackDraft(t.Context(), &scoringv1.CreateRulePackDraftRequest{
				Parent: "tenants/3402", RulePackDraft: &scoringv1.RulePackDraft{Content: content},
			})
			must(t, err)
			if problems := errorsOf(draft); len(problems) != 1 || !strings.Contains(problems[0], c.problem) {
				t.Errorf("problems %q", problems)
			}
			_, err = author.drafts.TryRulePackDraft(t.Context(), &scoringv1.TryRulePackDraftRequest{Name: draft.GetName(), Period: periodName})
			must(t, err)
			_, err = publish(t, second, draft)
			refused(t, err, fault.ReasonRulePackID)
		})
	}
}

func TestExplainScore_says_more_at_each_depth(t *testing.T) {
	s := one(t)
	scored(t, s)
	var titles [][]string
	sentences := 0
	for _, depth := range []scoringv1.Depth{scoringv1.Depth_DEPTH_SUMMARY, scoringv1.Depth_DEPTH_STANDARD, scoringv1.Depth_DEPTH_FULL} {
		request := &scoringv1.ExplainScoreRequest{Name: scoreName("ani"), Depth: depth}
		_, err := s.employee("ani").explanations.ExplainScore(t.Context(), request) // without a relation
		refused(t, err, fault.ReasonPermissionDenied)
		got, err := s.admin().explanations.ExplainScore(t.Context(), request)
		must(t, err)
		var said []string
		count := 0
		for _, section := range got.GetSections() {
			said = append(said, section.GetTitle())
			count += len(section.GetSentences())
		}
		if count <= sentences || got.GetDepth() != depth || got.GetRevision() != 1 {
			t.Fatalf("depth %v says %d sentences after %d", depth, count, sentences)
		}
		sentences = count
		titles = append(titles, said)
		if len(got.GetStrengths()) == 0 || got.GetStrengths()[0] != "Rating hasil kerja Di Atas Ekspektasi." {
			t.Fatalf("strengths %v", got.GetStrengths())
		}
	}
	want := [][]string{
		{"Hasil"},
		{"Hasil", "Capaian", "Kepuasan masyarakat", "Belum ada"},
		{"Hasil", "Capaian", "Kepuasan masyarakat", "Belum ada", "Langkah perhitungan"},
	}
	if diff := cmp.Diff(want, titles); diff != "" {
		t.Fatalf("titles (-want +got):\n%s", diff)
	}
	standard, err := s.admin().explanations.ExplainScore(t.Context(), &scoringv1.ExplainScoreRequest{Name: scoreName("ani")})
	must(t, err)
	if standard.GetDepth() != scoringv1.Depth_DEPTH_STANDARD {
		t.Fatalf("without a depth it is %v", standard.GetDepth())
	}
	_, err = s.admin().explanations.ExplainScore(t.Context(), &scoringv1.ExplainScoreRequest{Name: scoreName("ani"), Depth: 9})
	refused(t, err, fault.ReasonInvalidArgument)
}

func TestReachScore(t *testing.T) {
	s := one(t)
	scored(t, s)
	got, err := s.admin().explanations.ReachScore(t.Context(), &scoringv1.ReachScoreRequest{Name: scoreName("ani"), Predicate: scoringv1.Predicate_PREDICATE_VERY_GOOD})
	must(t, err)
	want := "Predikat Sangat Baik tercapai bila rating perilaku kerja berubah dari Sesuai Ekspektasi menjadi Di Atas Ekspektasi."
	if len(got.GetWays()) != 1 || got.GetWays()[0].GetSentence() != want || got.GetReached() {
		t.Fatalf("got %v", got)
	}
	got, err = s.admin().explanations.ReachScore(t.Context(), &scoringv1.ReachScoreRequest{Name: scoreName("ani"), Predicate: scoringv1.Predicate_PREDICATE_GOOD})
	must(t, err)
	reached := []string{"Predikat ini sudah tercapai, tetapi belum ditetapkan oleh pejabat penilai kinerja dan masih dapat berubah."}
	if !got.GetReached() || len(got.GetWays()) != 0 || !slices.Equal(got.GetNotes(), reached) {
		t.Fatalf("got %v", got)
	}
	_, err = s.admin().explanations.ReachScore(t.Context(), &scoringv1.ReachScoreRequest{Name: scoreName("ani")})
	refused(t, err, fault.ReasonInvalidArgument)
	_, err = s.employee("ani").explanations.ReachScore(t.Context(), &scoringv1.ReachScoreRequest{
		Name: scoreName("ani"), Predicate: scoringv1.Predicate_PREDICATE_GOOD,
	})
	refused(t, err, fault.ReasonPermissionDenied)
}
