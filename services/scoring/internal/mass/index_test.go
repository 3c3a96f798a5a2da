package mass_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/mass"
)

var of2026 = period{Tenant: "3402", ID: "2026"}

// surveyed returns the checker of a bundle with a score and the satisfaction indexes of two units.
func surveyed(t *testing.T, b *bundle) *mass.Checker {
	t.Helper()
	b.peers.set(func() { b.peers.answers = map[string]int64{"puskesmas": 328, "rsud": 301} })
	checker := scored(t, b, 3)
	if n := b.count("SELECT COUNT(*) FROM survey_indexes"); n != 2 {
		t.Fatalf("there are %d indexes", n)
	}
	for range 2 {
		must(t, checker.Turn(t.Context()))
	}
	if len(b.mismatches()) != 0 {
		t.Fatalf("found %+v before anything was changed", b.mismatches())
	}
	return checker
}

func TestChecker_finds_an_index_that_somebody_changed(t *testing.T) {
	t.Parallel()
	for sentence, set := range map[string]string{
		"in_its_value":                  "value = '99.99', grade = 'A'",
		"in_its_printed_value":          "printed_value = '99.99'",
		"in_its_number_of_responses":    "responses = 400",
		"in_the_mean_of_an_element":     "elements = REPLACE(elements, '3.280', '3.990')",
		"in_its_lowest_elements":        "lowest = '[]'",
		"in_its_digest":                 "digest = 'spoiled'",
		"so_that_nobody_reads_elements": "elements = '{'",
	} {
		t.Run(sentence, func(t *testing.T) {
			each(t, func(t *testing.T, b *bundle) {
				checker := surveyed(t, b)
				before, err := b.store.SurveyScore(t.Context(), of2026, "puskesmas")
				must(t, err)
				b.statement("UPDATE survey_index_revisions SET " + set + " WHERE unit = 'puskesmas'")
				for range 3 {
					must(t, checker.Turn(t.Context()))
				}
				found := b.mismatches()
				if len(found) != 1 || found[0].StoredDigest == found[0].ComputedDigest || b.metric("kinerja_scoring_recompute_mismatch_total") != 1 {
					t.Fatalf("found %+v", found)
				}
				want := app.Mismatch{
					ID: found[0].ID, Period: of2026, Unit: "puskesmas", Revision: 1, CurrentRevision: 1,
					StoredDigest: found[0].StoredDigest, ComputedDigest: before.Digest(), FindTime: noon,
				}
				if diff := cmp.Diff(want, found[0]); diff != "" {
					t.Fatalf("mismatch (-want +got):\n%s", diff)
				}
				outcome, err := b.app.Execute(t.Context(), app.Work{Period: of2026, Units: app.Causes{"puskesmas": nil, "rsud": nil}})
				if err != nil || outcome != (app.Outcome{Indexes: 1}) {
					t.Fatalf("the recompute ended with %+v, %v", outcome, err)
				}
				after, err := b.store.SurveyScore(t.Context(), of2026, "puskesmas")
				must(t, err)
				if diff := cmp.Diff(before.Index, after.Index); diff != "" || after.Revision != 2 {
					t.Fatalf("revision %d, index before and after (-want +got):\n%s", after.Revision, diff)
				}
				must(t, checker.Turn(t.Context()))
				must(t, checker.Turn(t.Context()))
				if found := b.mismatches(); len(found) != 1 || found[0].CurrentRevision != 2 {
					t.Fatalf("found %+v after the recompute", found)
				}
			})
		})
	}
}

func TestChecker_finds_an_index_that_is_not_there_or_stayed_behind(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change   func(b *bundle)
		revision int64
	}{
		"because_its_row_is_gone":    {func(b *bundle) { b.statement("DELETE FROM survey_indexes WHERE unit = 'rsud'") }, 0},
		"because_its_event_was_lost": {func(b *bundle) { b.peers.set(func() { b.peers.answers["rsud"] = 302 }) }, 1},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			each(t, func(t *testing.T, b *bundle) {
				checker := surveyed(t, b)
				c.change(b)
				for range 3 {
					must(t, checker.Turn(t.Context()))
				}
				if len(b.mismatches()) != 0 {
					t.Fatalf("found %+v while an event may be on its way", b.mismatches())
				}
				b.clock.Advance(15 * time.Minute)
				must(t, checker.Turn(t.Context()))
				if found := b.mismatches(); len(found) != 1 || found[0].Unit != "rsud" || found[0].Revision != c.revision {
					t.Fatalf("found %+v", found)
				}
			})
		})
	}
}

func TestChecker_finds_an_index_that_no_survey_gives_any_more(t *testing.T) {
	t.Parallel()
	for sentence, answers := range map[string]int64{"because_nobody_has_answered": noResponses, "because_there_is_none": noSurvey} {
		t.Run(sentence, func(t *testing.T) {
			each(t, func(t *testing.T, b *bundle) {
				checker := surveyed(t, b)
				before, err := b.store.SurveyScore(t.Context(), of2026, "rsud")
				must(t, err)
				b.peers.set(func() { b.peers.answers["rsud"], b.peers.answers["dinas"] = answers, answers })
				for range 3 {
					must(t, checker.Turn(t.Context()))
				}
				if len(b.mismatches()) != 0 {
					t.Fatalf("found %+v while an event may be on its way", b.mismatches())
				}
				b.clock.Advance(15 * time.Minute)
				must(t, checker.Turn(t.Context()))
				found := b.mismatches()
				if len(found) != 1 {
					t.Fatalf("found %+v", found)
				}
				want := app.Mismatch{
					ID: found[0].ID, Period: of2026, Unit: "rsud", Revision: 1, CurrentRevision: 1, StoredDigest: before.Digest(),
					FindTime: noon.Add(15 * time.Minute),
				}
				if diff := cmp.Diff(want, found[0]); diff != "" {
					t.Fatalf("mismatch (-want +got):\n%s", diff)
				}
				for _, indexes := range []int{0, 1} { // nothing takes its place until there is a survey again
					outcome, err := b.app.Execute(t.Context(), app.Work{Period: of2026, Units: app.Causes{"puskesmas": nil, "rsud": nil, "dinas": nil}})
					if err != nil || outcome != (app.Outcome{Indexes: indexes}) {
						t.Fatalf("the recompute ended with %+v, %v", outcome, err)
					}
					b.peers.set(func() { b.peers.answers["rsud"] = 301 })
				}
			})
		})
	}
}

func TestChecker_leaves_out_indexes_that_cannot_be_computed(t *testing.T) {
	b := one(t)
	checker := surveyed(t, b)
	b.peers.set(func() { b.peers.answers["rsud"] = 100000 }) // more than so many responses can give
	for range 2 {
		must(t, checker.Turn(t.Context()))
	}
	b.clock.Advance(15 * time.Minute)
	must(t, checker.Turn(t.Context()))
	b.peers.set(func() { b.peers.rulePack = "rulePacks/nobody/versions/1" })
	for range 2 {
		must(t, checker.Turn(t.Context()))
	}
	b.clock.Advance(15 * time.Minute)
	must(t, checker.Turn(t.Context()))
	if found := b.mismatches(); len(found) != 0 {
		t.Fatalf("found %+v", found)
	}
}

func TestChecker_looks_at_indexes_where_nobody_has_a_score(t *testing.T) {
	b := one(t)
	checker := surveyed(t, b)
	b.statement("DELETE FROM scores")
	b.peers.set(func() { b.peers.people["3402"] = 0 })
	b.statement("UPDATE survey_index_revisions SET value = '99.99', grade = 'A' WHERE unit = 'puskesmas'")
	for range 2 {
		must(t, checker.Turn(t.Context()))
	}
	if found := b.mismatches(); len(found) != 1 || found[0].Unit != "puskesmas" {
		t.Fatalf("found %+v", found)
	}
}
