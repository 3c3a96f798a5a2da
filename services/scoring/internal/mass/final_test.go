package mass_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// decided has somebody's score made final by a decision about its current revision.
func (b *bundle) decided(person string, number int64) {
	b.t.Helper()
	of := period{Tenant: "3402", ID: "2026"}
	score, err := b.store.Score(b.t.Context(), of, person)
	must(b.t, err)
	d := decision.Decision{
		Number: number, State: decision.StateAdopted, Author: "dewi", Approver: "wali", ProposeTime: noon, AnswerTime: noon,
		Content: decision.Content{Kind: decision.KindOverride, Predicate: domain.PredicatePoor, Reason: "Putusan.", Revision: score.Revision},
	}
	final := d.Final(decision.BasisOf(&score.Result, ""))
	score.Revision, score.Final, score.Causes = score.Revision+1, &final, []string{decision.Cause}
	must(b.t, b.store.AddDecision(b.t.Context(), app.Ruling{Period: of, Person: person, Decision: d, Adopted: &score, At: noon}))
}

func TestChecker_finds_what_is_final_and_was_not_decided(t *testing.T) {
	t.Parallel()
	const final, of = "UPDATE score_revisions SET final = ", " WHERE person = 'p00001' AND revision = "
	cases := map[string]struct {
		statement string
		// stored is whether something is final that can be read. disputed is whether the decision and the revision that it has made
		// differ, damaged whether what was decided on is itself changed.
		stored, disputed, damaged bool
	}{
		"in_its_predicate":            {final + `REPLACE(final, '"poor"', '"very_good"')` + of + "3", true, false, false},
		"in_its_angka_kredit":         {final + `REPLACE(final, '"decision":1', '"credit":"99.99","decision":1')` + of + "3", true, false, false},
		"in_its_author":               {final + `REPLACE(final, '"dewi"', '"budi"')` + of + "3", true, false, false},
		"in_the_number_of_a_decision": {final + `REPLACE(final, '"decision":1', '"decision":7')` + of + "3", true, false, false},
		"so_that_it_is_none":          {final + "''" + of + "3", false, false, false},
		"so_that_it_cannot_be_read":   {final + "'{'" + of + "3", false, false, false},
		"in_the_predicate_of_all_its_revisions": {
			final + `REPLACE(final, '"poor"', '"very_good"') WHERE person = 'p00001'`, true, true, false,
		},
		"so_that_all_its_revisions_have_none": {final + "'' WHERE person = 'p00001'", false, true, false},
		"in_the_predicate_of_the_decision":    {"UPDATE score_decisions SET predicate = 'good'", true, true, false},
		"in_the_state_of_the_decision":        {"UPDATE score_decisions SET state = 'rejected'", true, true, false},
		"in_the_revision_of_the_decision":     {"UPDATE score_decisions SET revision = 2", true, true, false},
		"so_that_the_decision_is_gone":        {"DELETE FROM score_decisions", true, true, false},
		"in_what_was_decided_on":              {"UPDATE score_revisions SET achievement = '1.00'" + of + "1", true, false, true},
		"so_that_its_basis_is_gone":           {"DELETE FROM score_revisions" + of + "1", true, false, true},
		"so_that_nobody_reads_its_basis":      {"UPDATE score_revisions SET record = '{'" + of + "1", true, false, true},
		"so_that_its_basis_and_its_making_are_gone": {
			"DELETE FROM score_revisions WHERE person = 'p00001' AND revision < 3", true, false, true,
		},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			each(t, func(t *testing.T, b *bundle) {
				checker := surveyed(t, b)
				b.decided(name(1), 1)
				b.change("80", 310)
				_, err := b.app.Execute(t.Context(), all())
				must(t, err)
				want, err := b.store.Score(t.Context(), of2026, name(1))
				must(t, err)
				for range 2 {
					must(t, checker.Turn(t.Context()))
				}
				if len(b.mismatches()) != 0 {
					t.Fatalf("found %+v before anything was changed", b.mismatches())
				}
				b.statement(c.statement)
				for range 3 {
					must(t, checker.Turn(t.Context()))
				}
				found := b.mismatches()
				if len(found) != 1 || found[0].Person != name(1) || found[0].Revision != 3 || found[0].StoredDigest == found[0].ComputedDigest ||
					(found[0].StoredDigest != "") != c.stored || b.metric("kinerja_scoring_recompute_mismatch_total") != 1 {
					t.Fatalf("found %+v", found)
				}
				alarms := 1
				if c.damaged || c.disputed { // the alarm comes again until the decision is corrected
					alarms = 2
				}
				if c.disputed { // all stays as it is
					want, err = b.store.Score(t.Context(), of2026, name(1))
					must(t, err)
				}
				outcome, err := b.app.Execute(t.Context(), all())
				if err != nil || outcome != (app.Outcome{Written: 1, Unchanged: 2}) {
					t.Fatalf("the recompute ended with %+v, %v", outcome, err)
				}
				after, err := b.store.Score(t.Context(), of2026, name(1))
				must(t, err)
				if diff := cmp.Diff(want.Final, after.Final); diff != "" || after.Revision != 4 {
					t.Fatalf("revision %d; final before and after (-want +got):\n%s", after.Revision, diff)
				}
				for number := range int64(2) {
					must(t, checker.Turn(t.Context()))
					must(t, checker.Turn(t.Context()))
					if len(b.mismatches()) != alarms {
						t.Fatalf("found %+v after the recompute", b.mismatches())
					}
					b.decided(name(1), number+2)
				}
			})
		})
	}
}
