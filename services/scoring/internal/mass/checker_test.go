package mass_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/mass"
)

// scored returns the checker of a bundle with so many scores of one tenant; it looks at all of them.
func scored(t *testing.T, b *bundle, people int) *mass.Checker {
	t.Helper()
	b.start("3402", people)
	stop := kittest.Run(t, b.worker("w1", b.app).Run)
	kittest.Await(t, "the scores", func() bool { return b.count("SELECT COUNT(*) FROM scores") == people })
	must(t, stop())
	return mass.NewChecker(mass.CheckerDeps{
		Mismatches: b.store, Roster: b.peers, Recomputer: b.app, Live: b.live, IDs: ids.New(b.clock), Clock: b.clock, Logger: b.logger,
		Metrics: b.metrics, People: people,
	})
}

func (b *bundle) mismatches() []app.Mismatch {
	b.t.Helper()
	found, err := b.store.Mismatches(b.t.Context(), "3402", "", 100)
	must(b.t, err)
	return found
}

// spoil changes the digest of a stored revision, as a defect of an earlier version might have left it.
func (b *bundle) spoil(person string) {
	b.t.Helper()
	b.statement("UPDATE score_revisions SET digest = 'spoiled' WHERE person = '" + person + "'")
}

// statement changes the database behind the back of the service.
func (b *bundle) statement(text string) {
	b.t.Helper()
	must(b.t, b.db.Write(b.t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, text)
		return err
	}))
}

func TestChecker_finds_a_score_that_is_not_what_the_facts_give_and_repairs_nothing(t *testing.T) {
	each(t, func(t *testing.T, b *bundle) {
		c := scored(t, b, 20)
		must(t, c.Turn(t.Context()))
		if len(b.mismatches()) != 0 || b.metric("kinerja_scoring_recompute_checks_total") != 20 {
			t.Fatalf("found %v in %v checks", b.mismatches(), b.metric("kinerja_scoring_recompute_checks_total"))
		}
		b.spoil(name(7))
		b.peers.set(func() { b.peers.latest = noon }) // the same facts, recorded again
		must(t, c.Turn(t.Context()))
		if len(b.mismatches()) != 0 {
			t.Fatal("an alarm was raised at the first look")
		}
		for range 3 {
			must(t, c.Turn(t.Context()))
		}
		found := b.mismatches()
		if len(found) != 1 || found[0].Person != name(7) || found[0].Revision != 1 || found[0].StoredDigest != "spoiled" ||
			found[0].ComputedDigest == "" || found[0].CurrentRevision != 1 || !found[0].FindTime.Equal(noon) {
			t.Fatalf("found %+v", found)
		}
		if b.metric("kinerja_scoring_recompute_mismatch_total") != 1 {
			t.Fatalf("%v alarms", b.metric("kinerja_scoring_recompute_mismatch_total"))
		}
		if b.count("SELECT COUNT(*) FROM score_revisions") != 20 {
			t.Fatal("the checker has written a score")
		}
	})
}

func TestChecker_is_silent_while_newer_facts_are_on_their_way(t *testing.T) {
	b := one(t)
	c := scored(t, b, 5)
	b.peers.set(func() { b.peers.realisation, b.peers.latest = "70", noon })
	for range 4 {
		must(t, c.Turn(t.Context()))
	}
	if len(b.mismatches()) != 0 {
		t.Fatalf("found %+v", b.mismatches())
	}
	b.start("3402", 5)
	kittest.Run(t, b.worker("w2", b.app).Run)
	kittest.Await(t, "the new scores", func() bool { return b.count("SELECT COUNT(*) FROM score_revisions") == 10 })
	must(t, c.Turn(t.Context()))
	must(t, c.Turn(t.Context()))
	if len(b.mismatches()) != 0 {
		t.Fatalf("found %+v", b.mismatches())
	}
}

func TestChecker_raises_an_alarm_when_a_newer_fact_has_not_arrived_in_time(t *testing.T) {
	t.Parallel()
	cases := map[string]func(b *bundle){
		"because_its_event_was_lost":              func(b *bundle) { b.peers.realisation, b.peers.latest = "70", noon },
		"that_says_of_itself_that_it_is_no_newer": func(b *bundle) { b.peers.realisation = "70" },
	}
	for sentence, change := range cases {
		t.Run(sentence, func(t *testing.T) {
			b := one(t)
			checker := scored(t, b, 3)
			b.peers.set(func() { change(b) })
			must(t, checker.Turn(t.Context()))
			b.clock.Advance(15*time.Minute - time.Microsecond)
			for range 3 {
				must(t, checker.Turn(t.Context()))
			}
			if len(b.mismatches()) != 0 {
				t.Fatalf("found %+v while events may be on their way", b.mismatches())
			}
			b.clock.Advance(time.Microsecond)
			must(t, checker.Turn(t.Context()))
			if found := b.mismatches(); len(found) != 3 {
				t.Fatalf("found %+v", found)
			}
		})
	}
}

func TestChecker_finds_a_row_that_somebody_changed(t *testing.T) {
	t.Parallel()
	for sentence, set := range map[string]string{
		"in_its_predicate":                "predicate = 'very_good'",
		"in_its_numbers":                  "achievement = '120.00', value = '120'",
		"in_the_facts_of_its_record":      "record = REPLACE(record, 'Jumlah pasien', 'Jumlah kunjungan')",
		"so_that_its_record_is_none":      "record = '{'",
		"so_that_its_missing_inputs_fail": "missing = ''",
	} {
		t.Run(sentence, func(t *testing.T) {
			each(t, func(t *testing.T, b *bundle) {
				checker := scored(t, b, 3)
				b.statement("UPDATE score_revisions SET " + set + " WHERE person = 'p00001'")
				for range 2 {
					must(t, checker.Turn(t.Context()))
				}
				found := b.mismatches()
				if len(found) != 1 || found[0].Person != name(1) || found[0].StoredDigest == found[0].ComputedDigest {
					t.Fatalf("found %+v", found)
				}
				work := app.Work{Period: found[0].Period, People: app.Causes{name(0): nil, name(1): nil}}
				outcome, err := b.app.Execute(t.Context(), work)
				if err != nil || outcome != (app.Outcome{Written: 1, Unchanged: 1}) {
					t.Fatalf("the recompute ended with %+v, %v", outcome, err)
				}
				score, err := b.store.Score(t.Context(), found[0].Period, name(1))
				if err != nil || score.Digest() != found[0].ComputedDigest || score.Revision != 2 {
					t.Fatalf("the score after it is %+v, %v", score, err)
				}
			})
		})
	}
}

func TestChecker_finds_people_without_a_score(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		// after is how long after its first looks the check looks again, lost a statement that takes scores away.
		after time.Duration
		lost  string
		found []string
	}{
		"within_a_tenant": {time.Hour, "DELETE FROM scores WHERE tenant = '3402' AND person IN ('p00000', 'p00003', 'p00004')", []string{
			"3402 p00000", "3402 p00003", "3402 p00004",
		}},
		"of_a_tenant_that_has_none":           {time.Hour, "DELETE FROM scores WHERE tenant = '3401'", []string{"3401 p00000", "3401 p00001"}},
		"but_not_while_events_are_on_the_way": {0, "DELETE FROM scores WHERE tenant = '3401'", nil},
	}
	for sentence, c := range cases {
		t.Run(sentence, func(t *testing.T) {
			each(t, func(t *testing.T, b *bundle) {
				b.peers.set(func() { b.peers.people["3401"], b.peers.latest = 2, noon })
				checker := scored(t, b, 5)
				work := app.Work{Period: period{Tenant: "3401", ID: "2026"}, People: app.Causes{name(0): nil, name(1): nil}}
				_, err := b.app.Execute(t.Context(), work)
				must(t, err)
				b.statement(c.lost)
				for range 40 { // a tenant is drawn each time
					must(t, checker.Turn(t.Context()))
				}
				b.clock.Advance(c.after)
				must(t, checker.Turn(t.Context()))
				var found []string
				for _, tenant := range []string{"3401", "3402"} {
					of, err := b.store.Mismatches(t.Context(), tenant, "", 100)
					must(t, err)
					for _, m := range of {
						if m.Revision != 0 || m.CurrentRevision != 0 || m.StoredDigest != "" || m.ComputedDigest == "" {
							t.Fatalf("found %+v", m)
						}
						found = append(found, tenant+" "+m.Person)
					}
				}
				slices.Sort(found)
				if diff := cmp.Diff(c.found, found); diff != "" {
					t.Fatalf("found (-want +got):\n%s", diff)
				}
			})
		})
	}
}

// racing writes a new revision after the facts are read, as a live change does.
type racing struct {
	mass.Recomputer

	after func()
}

func (r *racing) Recomputed(ctx context.Context, period period, people []string) (map[string]app.Recomputed, error) {
	computed, err := r.Recomputer.Recomputed(ctx, period, people)
	if r.after != nil {
		r.after()
	}
	return computed, err
}

func TestChecker_is_silent_when_the_revision_moves_while_it_looks(t *testing.T) {
	b := one(t)
	scored(t, b, 1)
	race := &racing{Recomputer: b.app}
	c := mass.NewChecker(mass.CheckerDeps{
		Mismatches: b.store, Roster: b.peers, Recomputer: race, Live: b.live, IDs: ids.New(b.clock), Clock: b.clock, Logger: kittest.Logger(t),
		Metrics: b.metrics, People: 1,
	})
	// A fact that was recorded before the newest one, and becomes known only now.
	b.peers.set(func() { b.peers.realisation = "70" })
	must(t, c.Turn(t.Context()))
	race.after = func() {
		race.after = nil
		work := app.Work{Period: period{Tenant: "3402", ID: "2026"}, People: app.Causes{name(0): {app.CauseRecompute}}}
		_, err := b.app.Execute(t.Context(), work)
		must(t, err)
	}
	for range 3 {
		must(t, c.Turn(t.Context()))
	}
	if len(b.mismatches()) != 0 || b.count("SELECT COUNT(*) FROM score_revisions") != 2 {
		t.Fatalf("found %+v", b.mismatches())
	}
}

func TestChecker_looks_at_nobody_twice_at_a_time(t *testing.T) {
	b := one(t)
	c := scored(t, b, 1)
	b.spoil(name(0))
	must(t, c.Turn(t.Context()))
	b.peers.set(func() { b.peers.realisation = "70" }) // another result, not yet seen a minute ago
	must(t, c.Turn(t.Context()))
	if len(b.mismatches()) != 0 {
		t.Fatal("an alarm was raised at the first look at a result")
	}
	must(t, c.Turn(t.Context()))
	if len(b.mismatches()) != 1 {
		t.Fatal("no alarm was raised at the second look")
	}
}

func TestChecker_goes_on_beside_a_period_without_a_rule_pack(t *testing.T) {
	b := one(t)
	c := scored(t, b, 3)
	b.spoil(name(1))
	must(t, c.Turn(t.Context())) // the spoiled score is now looked at first
	b.peers.set(func() { b.peers.rulePack = "rulePacks/nobody/versions/1" })
	must(t, c.Turn(t.Context()))
	if n := b.metric("kinerja_scoring_recompute_checks_total"); n != 3+1+3 {
		t.Fatalf("%v scores were looked at", n)
	}
}

func TestChecker_leaves_out_whom_it_cannot_compute_and_ends_with_its_context(t *testing.T) {
	b := one(t)
	c := scored(t, b, 3)
	b.peers.set(func() { b.peers.unplanned = true })
	must(t, c.Turn(t.Context()))
	must(t, c.Turn(t.Context()))
	if len(b.mismatches()) != 0 {
		t.Fatalf("found %+v", b.mismatches())
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	must(t, c.Run(ctx))
}
