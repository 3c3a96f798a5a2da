package app_test

import (
	"context"
	"os"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// decide has a person's score made final by a decision about its current revision, and returns what is final then.
func (b bundle) decide(t *testing.T, person string, number int64) *decision.Final {
	t.Helper()
	score := b.score(t, person)
	d := decision.Decision{
		Number: number, State: decision.StateAdopted, Author: "dewi", Approver: "wali", ProposeTime: noon, AnswerTime: noon,
		Content: decision.Content{Kind: decision.KindOverride, Predicate: domain.PredicatePoor, Reason: "Putusan.", Revision: score.Revision},
	}
	final := d.Final(decision.BasisOf(&score.Result, "6.25"))
	score.Revision, score.Final, score.Causes = score.Revision+1, &final, []string{decision.Cause}
	err := b.store.AddDecision(t.Context(), app.Ruling{Period: period, Person: person, Decision: d, Adopted: &score, At: noon})
	if err != nil {
		t.Fatal(err)
	}
	return &final
}

// suspect keeps a mismatch of the current revision of a person's score.
func (b bundle) suspect(t *testing.T, person string) {
	t.Helper()
	score := b.score(t, person)
	_, err := b.store.AddMismatch(t.Context(), app.Mismatch{ID: "m1", Period: period, Person: person, Revision: score.Revision, FindTime: noon})
	if err != nil {
		t.Fatal(err)
	}
}

// change changes the database behind the back of the service.
func (b bundle) change(t *testing.T, statement string) {
	t.Helper()
	err := b.db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, statement)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// outdated returns a score that was decided on at its first revision and has a third one, by another report, with what is final.
func outdated(t *testing.T) (bundle, *decision.Final) {
	t.Helper()
	b := setup(t)
	b.plan("ani", "u1")
	b.report("ani", "90")
	b.execute(t, work("e1", "ani"))
	decided := b.decide(t, "ani", 1)
	b.report("ani", "80")
	b.execute(t, work("e2", "ani"))
	return b, decided
}

func TestExecute_tells_what_was_stored_as_final_beside_what_was_decided(t *testing.T) {
	t.Parallel()
	b, decided := outdated(t)
	b.change(t, `UPDATE score_revisions SET final = REPLACE(final, '"poor"', '"very_good"') WHERE revision = 3`)
	b.suspect(t, "ani")
	b.execute(t, work("e3", "ani"))
	decided.Outdated = true
	got := b.announcer.changes[len(b.announcer.changes)-1]
	if diff := cmp.Diff(decided, got.Score.Final); diff != "" || got.Score.Revision != 4 {
		t.Fatalf("final in revision %d (-want +got):\n%s", got.Score.Revision, diff)
	}
	decided.Predicate = domain.PredicateVeryGood
	if diff := cmp.Diff(decided, got.OldFinal); diff != "" {
		t.Fatalf("final before (-want +got):\n%s", diff)
	}
}

func TestExecute_follows_the_revision_that_a_decision_has_made_where_decisions_differ_from_it(t *testing.T) {
	t.Parallel()
	const forge = `INSERT INTO score_decisions SELECT tenant, period, person, number + 1, 'correction', 'adopted', 'very_good', reason, reference,
revision + 1, author, propose_time, approver, answer_reason, answer_time, ground FROM score_decisions`
	cases := map[string]struct {
		statements []string
		// final is whether the score stays final as it was decided.
		final bool
	}{
		"that_is_changed":                     {[]string{"UPDATE score_decisions SET predicate = 'very_good'"}, true},
		"that_is_changed_and_the_head_lost":   {[]string{"UPDATE score_decisions SET predicate = 'very_good'", "DELETE FROM scores"}, true},
		"that_is_changed_and_no_final_stands": {[]string{"UPDATE score_decisions SET predicate = 'very_good'", "UPDATE score_revisions SET final = '' WHERE revision = 3"}, true},
		"that_is_gone":                        {[]string{"DELETE FROM score_decisions"}, true},
		"that_nobody_has_made":                {[]string{forge}, true},
		"that_only_a_final_names":             {[]string{"DELETE FROM score_decisions", "UPDATE score_revisions SET final = '' WHERE revision = 2"}, false},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			t.Parallel()
			b, want := outdated(t)
			b.suspect(t, "ani")
			for _, statement := range c.statements {
				b.change(t, statement)
			}
			b.execute(t, work("e3", "ani"))
			want.Outdated = true
			if !c.final {
				want = nil
			}
			got := b.score(t, "ani")
			if diff := cmp.Diff(want, got.Final); diff != "" || got.Revision != 4 {
				t.Fatalf("final in revision %d (-want +got):\n%s", got.Revision, diff)
			}
		})
	}
}

func TestVerify_needs_no_rules_of_what_was_decided_on(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plan("ani", "u1")
	b.report("ani", "90")
	b.execute(t, work("e1", "ani"))
	decided := b.decide(t, "ani", 1)
	const path = "packs/permenpanrb-6-2022.v1.yaml"
	text, err := os.ReadFile("../pack/" + path)
	if err != nil {
		t.Fatal(err)
	}
	packs, err := pack.Load(fstest.MapFS{path: {Data: append(text, "# Keterangan.\n"...)}})
	if err != nil {
		t.Fatal(err)
	}
	b.Packs = pack.NewLibrary(packs, nil)
	show := &app.Show{Store: b.store, Packs: b.Packs}
	b.execute(t, work("e2", "ani"))
	got, err := show.Verify(access.Trusted(t.Context()), period, "ani", 0)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(app.Verification{Revision: 3, Verified: true}, got); diff != "" {
		t.Fatalf("verification (-want +got):\n%s", diff)
	}
	b.suspect(t, "ani")
	b.execute(t, work("e3", "ani"))
	if diff := cmp.Diff(decided, b.score(t, "ani").Final); diff != "" {
		t.Fatalf("final (-want +got):\n%s", diff)
	}
	b.change(t, "UPDATE score_revisions SET achievement = '1.00' WHERE revision = 1")
	got, err = show.Verify(access.Trusted(t.Context()), period, "ani", 0)
	if err != nil || got.Verified || got.Revision != 4 {
		t.Fatalf("verification %+v, %v", got, err)
	}
}

// asked counts how often decisions are asked for.
type asked struct {
	app.Store

	times int
}

func (a *asked) AdoptedDecisions(ctx context.Context, period domain.Period, people []string) (map[string][]decision.Decision, error) {
	a.times++
	return a.Store.AdoptedDecisions(ctx, period, people)
}

func TestRecomputed_asks_once_what_was_decided(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plan("ani", "u1")
	b.report("ani", "90")
	b.execute(t, work("e1", "ani"))
	b.decide(t, "ani", 1)
	b.suspect(t, "ani")
	store := &asked{Store: b.store}
	b.Store = store
	got, err := b.Recomputed(t.Context(), period, []string{"ani"})
	if err != nil || got["ani"].Final == "" || store.times != 1 {
		t.Fatalf("asked %d times for %+v, %v", store.times, got, err)
	}
	_, err = b.RecomputedIndexes(t.Context(), period, []string{"u1"})
	if err != nil || store.times != 1 {
		t.Fatalf("asked %d times, %v", store.times, err)
	}
}
