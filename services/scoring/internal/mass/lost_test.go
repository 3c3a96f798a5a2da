package mass_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// losses take from what is written in two revisions, with the number of the next revision. HEADS, REVISIONS and ID stand for
// the tables and the condition of a score or of an index.
var losses = map[string]struct {
	statements []string
	next       int64
}{
	"the_head":                          {[]string{"DELETE FROM HEADS WHERE ID"}, 3},
	"the_current_revision":              {[]string{"DELETE FROM REVISIONS WHERE ID AND revision = 2"}, 3},
	"the_last_move_of_the_head":         {[]string{"UPDATE HEADS SET revision = 1 WHERE ID"}, 3},
	"the_last_write":                    {[]string{"UPDATE HEADS SET revision = 1 WHERE ID", "DELETE FROM REVISIONS WHERE ID AND revision = 2"}, 2},
	"the_head_and_the_current_revision": {[]string{"DELETE FROM HEADS WHERE ID", "DELETE FROM REVISIONS WHERE ID AND revision = 2"}, 2},
	"everything":                        {[]string{"DELETE FROM HEADS WHERE ID", "DELETE FROM REVISIONS WHERE ID"}, 1},
}

// lose takes from the score of a person.
func (b *bundle) lose(statements []string, person string) {
	b.t.Helper()
	b.take(statements, "HEADS", "scores", "REVISIONS", "score_revisions", "ID", "person = '"+person+"'")
}

// loseIndex takes from the index of a unit.
func (b *bundle) loseIndex(statements []string, unit string) {
	b.t.Helper()
	b.take(statements, "HEADS", "survey_indexes", "REVISIONS", "survey_index_revisions", "ID", "unit = '"+unit+"'")
}

func (b *bundle) take(statements []string, names ...string) {
	b.t.Helper()
	for _, statement := range statements {
		b.statement(strings.NewReplacer(names...).Replace(statement))
	}
}

// all is a live change of all the people and units of surveyed.
func all() app.Work {
	return app.Work{
		Period: of2026, People: app.Causes{name(0): {"x"}, name(1): {"x"}, name(2): {"x"}}, Units: app.Causes{"puskesmas": {"x"}, "rsud": {"x"}},
	}
}

// facts are changed for everybody.
func (b *bundle) change(realisation string, answers int64) {
	b.peers.set(func() {
		b.peers.realisation = realisation
		b.peers.answers["puskesmas"], b.peers.answers["rsud"] = answers, answers
	})
}

// numbers are those of the current revisions of all.
func (b *bundle) numbers() map[string]int64 {
	b.t.Helper()
	found := map[string]int64{}
	for person := range all().People {
		score, err := b.store.Score(b.t.Context(), of2026, person)
		must(b.t, err)
		found[person] = score.Revision
	}
	for unit := range all().Units {
		index, err := b.store.SurveyScore(b.t.Context(), of2026, unit)
		must(b.t, err)
		found[unit] = index.Revision
	}
	return found
}

func TestRecompute_writes_everybody_when_something_of_a_score_and_of_an_index_is_lost(t *testing.T) {
	t.Parallel()
	ways := map[string]func(t *testing.T, b *bundle){
		"by_a_live_change": func(t *testing.T, b *bundle) {
			t.Helper()
			outcome, err := b.app.Execute(t.Context(), all())
			outcome.Conflicts = 0
			if err != nil || outcome != (app.Outcome{Written: 3, Indexes: 2}) {
				t.Fatalf("the change ended with %+v, %v", outcome, err)
			}
		},
		"by_a_mass_recompute": func(t *testing.T, b *bundle) {
			t.Helper()
			o := b.start("3402", 3)
			kittest.Run(t, b.worker("w2", b.app).Run)
			if o = b.ended(o); o.State() != app.OperationSucceeded || o.Parts[0].Written != 3 {
				t.Fatalf("the operation is %+v", o)
			}
		},
	}
	for sentence, loss := range losses {
		for way, recompute := range ways {
			t.Run(sentence+"_"+way, func(t *testing.T) {
				each(t, func(t *testing.T, b *bundle) {
					checker := surveyed(t, b)
					b.change("80", 310)
					_, err := b.app.Execute(t.Context(), all())
					must(t, err)
					b.lose(loss.statements, name(1))
					b.loseIndex(loss.statements, "rsud")
					must(t, checker.Turn(t.Context()))
					b.clock.Advance(15 * time.Minute)
					must(t, checker.Turn(t.Context()))
					found := b.mismatches()
					if len(found) != 2 || found[0].Person+found[1].Person != name(1) || found[0].Unit+found[1].Unit != "rsud" {
						t.Fatalf("found %+v", found)
					}
					b.change("70", 320)
					recompute(t, b)
					want := map[string]int64{name(0): 3, name(1): loss.next, name(2): 3, "puskesmas": 3, "rsud": loss.next}
					if diff := cmp.Diff(want, b.numbers()); diff != "" {
						t.Fatalf("revisions (-want +got):\n%s", diff)
					}
					for range 2 {
						must(t, checker.Turn(t.Context()))
					}
					b.clock.Advance(15 * time.Minute)
					must(t, checker.Turn(t.Context()))
					if again := b.mismatches(); len(again) != 2 {
						t.Fatalf("found %+v after the recompute", again)
					}
				})
			})
		}
	}
}

func TestRecompute_writes_everybody_when_a_head_that_nobody_looked_at_is_behind(t *testing.T) {
	each(t, func(t *testing.T, b *bundle) {
		surveyed(t, b)
		b.change("80", 310)
		_, err := b.app.Execute(t.Context(), all())
		must(t, err)
		b.change("90", 328)
		b.lose(losses["the_last_move_of_the_head"].statements, name(1)) // to what comes out again
		outcome, err := b.app.Execute(t.Context(), all())
		if err != nil || outcome != (app.Outcome{Written: 2, Unchanged: 1, Indexes: 2}) {
			t.Fatalf("the change ended with %+v, %v", outcome, err)
		}
		b.change("70", 320)
		outcome, err = b.app.Execute(t.Context(), all())
		if err != nil || outcome != (app.Outcome{Written: 3, Indexes: 2, Conflicts: 1}) {
			t.Fatalf("the change ended with %+v, %v", outcome, err)
		}
		if diff := cmp.Diff(map[string]int64{name(0): 4, name(1): 3, name(2): 4, "puskesmas": 4, "rsud": 4}, b.numbers()); diff != "" {
			t.Fatalf("revisions (-want +got):\n%s", diff)
		}
	})
}

func TestRecompute_drops_nothing_that_was_decided_about_a_score_that_is_lost(t *testing.T) {
	t.Parallel()
	for sentence, loss := range losses {
		t.Run(sentence, func(t *testing.T) {
			each(t, func(t *testing.T, b *bundle) {
				checker := surveyed(t, b)
				b.decided(name(1), 1)
				before, err := b.store.Score(t.Context(), of2026, name(1))
				must(t, err)
				b.lose(loss.statements, name(1))
				must(t, checker.Turn(t.Context()))
				b.clock.Advance(15 * time.Minute)
				must(t, checker.Turn(t.Context()))
				if found := b.mismatches(); len(found) != 1 || found[0].Person != name(1) {
					t.Fatalf("found %+v", found)
				}
				b.change("70", 320)
				outcome, err := b.app.Execute(t.Context(), all())
				outcome.Conflicts = 0
				if err != nil || outcome != (app.Outcome{Written: 3, Indexes: 2}) {
					t.Fatalf("the change ended with %+v, %v", outcome, err)
				}
				after, err := b.store.Score(t.Context(), of2026, name(1))
				must(t, err)
				want := *before.Final
				want.Outdated = true
				alarms := 1
				if sentence == "everything" { // also what was decided on, so that the alarm comes again
					want.Basis, alarms = decision.Basis{}, 2
				}
				if diff := cmp.Diff(&want, after.Final); diff != "" || after.Revision != 3 {
					t.Fatalf("revision %d; final (-want +got):\n%s", after.Revision, diff)
				}
				for range 2 {
					must(t, checker.Turn(t.Context()))
				}
				if again := b.mismatches(); len(again) != alarms {
					t.Fatalf("found %+v after the recompute", again)
				}
			})
		})
	}
}
