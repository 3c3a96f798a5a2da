package e2e

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ownPack is a rule pack of Kota Semarang: attendance weighs 10 and results weigh 90. Its first draft misspells a
// component.
const (
	ownPack = `id: 3374-kehadiran
version: 1
base: rulePacks/semarang/versions/1
display_name: Bukti pendukung Kota Semarang, kehadiran 10% (contoh)
effective_from: "2026-01-01"
components:
  - id: core
    label: Kehadiran dan hasil kerja
    text: 10% kehadiran + 90% hasil kerja (contoh)
    basis: evidence
    missing: exclude
    places: 2
    weighted:
      of:
        - {component: attendance, weight: 10}
        - {component: results, weight: 90}
examples:
  # 10 × 50 + 90 × 100, divided by 100
  - name: setengah hadir
    source: contoh hitungan
    given: {indicators: [{aspect: quality, formula: normal, target: 100, realisation: 100}], attendance: {working_days: 20, present_days: 10}}
    expected: {value: "95.00"}
`
	ownPackName = "rulePacks/3374-kehadiran/versions/1"
	draftPath   = "rulePackDrafts/kehadiran"
)

// draftOf is what a client sees of a draft.
type draftOf struct {
	State, Etag string
	Problems    []struct {
		Severity, Message string
		Line              int
	}
}

// packJourney writes a rule pack in the tenant of Kota Semarang, whose worker has a score of 102.62 by the rules so far:
// drafted with an error, mended, tried, published by a second person, used by a new period, compared with its base.
func packJourney(t *testing.T, r *region) {
	t.Helper()
	author, second := r.admin(t, "penyusun"), r.admin(t, "pemeriksa")
	var draft draftOf
	r.send(t, author, http.MethodPost, "rulePackDrafts?rulePackDraftId=kehadiran", object{
		"content": strings.Replace(ownPack, "component: results", "component: hasil", 1),
	}).Decode(t, &draft)
	if len(draft.Problems) != 1 || draft.Problems[0].Line != 16 || !strings.Contains(draft.Problems[0].Message, "hasil") {
		t.Fatalf("problems %+v", draft.Problems)
	}
	refusedPublish(t, r, second, draft, "RULE_PACK_INVALID")
	draft = draftOf{}
	r.send(t, author, http.MethodPatch, draftPath, object{"content": ownPack, "etag": draft.Etag}).Decode(t, &draft)
	if len(draft.Problems) != 1 || draft.Problems[0].Severity != "SEVERITY_WARNING" {
		t.Fatalf("problems of the mended draft: %+v", draft.Problems)
	}
	refusedPublish(t, r, second, draft, "RULE_PACK_UNTRIED")
	triesDraft(t, r, author)
	refusedPublish(t, r, author, draft, "SECOND_PERSON_REQUIRED")
	var published struct{ Name, Tenant, State string }
	r.send(t, second, http.MethodPost, draftPath+":publish", object{"etag": draft.Etag}).Decode(t, &published)
	if published.Name != ownPackName || published.Tenant != "tenants/3374" || published.State != "STATE_EFFECTIVE" {
		t.Fatalf("published %+v", published)
	}
	usesPack(t, r)
	comparesPack(t, r)
}

// refusedPublish demands that the draft is not published, for the reason.
func refusedPublish(t *testing.T, r *region, token string, draft draftOf, reason string) {
	t.Helper()
	var problem struct{ Reason string }
	r.Do(t, token, http.MethodPost, "/v1/tenants/3374/"+draftPath+":publish", `{"etag":`+jsonText(t, draft.Etag)+`}`).Decode(t, &problem)
	if problem.Reason != reason {
		t.Fatalf("publish is refused for %q, want %q", problem.Reason, reason)
	}
}

// triesDraft holds what the draft would change to what is worked out by hand: (10 × 95 + 90 × 104.53) / 100 = 103.58.
func triesDraft(t *testing.T, r *region, author string) {
	t.Helper()
	type change struct {
		Score, Before, After, ValueBefore, ValueAfter string
		Reasons                                       []string
	}
	var trial struct {
		PersonCount, UpCount, DownCount, OtherCount, FailedCount int
		Changes                                                  []change
	}
	r.send(t, author, http.MethodPost, draftPath+":try", object{"period": r.ref("periods", periodOfYear)}).Decode(t, &trial)
	want := []change{{
		Score: r.ref("periods", periodOfYear) + "/scores/" + worker, Before: "PREDICATE_GOOD", After: "PREDICATE_GOOD",
		ValueBefore: "102.62", ValueAfter: "103.58",
		Reasons: []string{
			"“Nilai bukti pendukung” menjadi 103,58; menurut aturan yang berlaku 102,62.",
			"“Kehadiran dan hasil kerja” menjadi 103,58; menurut aturan yang berlaku 102,62.",
		},
	}}
	if diff := cmp.Diff(want, trial.Changes); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	if trial.PersonCount != 1 || trial.UpCount+trial.DownCount+trial.OtherCount+trial.FailedCount != 0 {
		t.Errorf("counts %+v", trial)
	}
}

// usesPack opens a period of half a year by the new rules, with the facts of the year: the credit is half of 25.
func usesPack(t *testing.T, r *region) {
	t.Helper()
	const period = "2027-2"
	r.open(t, opened{period, ownPackName, 2027, 7})
	r.agree(t, period, semarangIndicators)
	r.report(t, period, semarangIndicators)
	r.assess(t, period, "ABOVE", "MEETS")
	r.shows(t, period, regionScore{
		State: "STATE_COMPLETE", Predicate: "PREDICATE_GOOD", SuggestedRating: "EXPECTATION_ABOVE", Value: "103.58", Achievement: "104.07",
		Credit: "12.50", Missing: missingInputs("components/survey", "components/contribution", "components/innovation"),
	})
}

// comparesPack reads, without signing in, which rules of the base the pack changes.
func comparesPack(t *testing.T, r *region) {
	t.Helper()
	var got struct {
		Changes []struct{ Path, Sentence string }
	}
	r.get(t, "", "/v1/rulePacks/semarang/versions/1:compare?other="+ownPackName, &got)
	var rules []string
	for _, change := range got.Changes {
		if strings.HasPrefix(change.Path, "components") {
			rules = append(rules, change.Sentence)
		}
	}
	want := []string{
		"Bunyi komponen “Kehadiran dan hasil kerja” berubah dari “20% kehadiran + 80% hasil kerja (contoh)” menjadi “10% kehadiran + 90% hasil kerja (contoh)”.",
		"Bobot komponen “Kehadiran” dalam komponen “Kehadiran dan hasil kerja” berubah dari 20 menjadi 10.",
		"Bobot komponen “Hasil kerja” dalam komponen “Kehadiran dan hasil kerja” berubah dari 80 menjadi 90.",
	}
	if diff := cmp.Diff(want, rules); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
}

func jsonText(t *testing.T, text string) string {
	t.Helper()
	raw, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
