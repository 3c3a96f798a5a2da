package store_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store"
)

// proposed returns a decision that waits, with every field set that it then has.
func proposed(number int64) decision.Decision {
	return decision.Decision{
		Number: number, State: decision.StateProposed, Author: "dewi", ProposeTime: noon,
		Content: decision.Content{
			Kind: decision.KindCorrection, Predicate: domain.PredicatePoor, Reason: "Putusan keberatan.", Ground: decision.GroundObjection,
			Reference: "KEB-7", Revision: 1,
		},
	}
}

// answered returns it with an answer.
func answered(number int64, state decision.State, approver string) decision.Decision {
	d := proposed(number)
	d.State, d.Approver, d.AnswerReason, d.AnswerTime = state, approver, "Bukti belum cukup.", noon.Add(time.Hour)
	return d
}

func ruling(person string, d decision.Decision) app.Ruling {
	return app.Ruling{Period: period, Person: person, Decision: d, At: noon}
}

// adopting returns the ruling with a new revision and an event.
func adopting(person string, d decision.Decision, revision int64) app.Ruling {
	r, next := ruling(person, d), score(person, revision)
	r.Adopted, r.Publish = &next, []event.Event{told(revision)}
	return r
}

func ref(person string, number int64) app.DecisionRef {
	return app.DecisionRef{Period: period, Person: person, Number: number}
}

func rule(t *testing.T, write func(context.Context, app.Ruling) error, r app.Ruling) {
	t.Helper()
	err := write(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
}

func TestDecisions_keep(t *testing.T) {
	t.Parallel()
	each(t, "every_field_from_proposal_to_answer", func(t *testing.T, s *store.Store, db *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1)}})
		want := proposed(1)
		rule(t, s.AddDecision, ruling("ani", want))
		for range 2 {
			got, err := s.Decision(t.Context(), ref("ani", 1))
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Fatalf("decision: %v (-want +got):\n%s", err, diff)
			}
			want = answered(1, decision.StateAdopted, "wali")
			if got.State == decision.StateProposed {
				rule(t, s.AnswerDecision, adopting("ani", want, 2))
			}
		}
		got, err := s.Score(t.Context(), period, "ani")
		if diff := cmp.Diff(score("ani", 2), got); err != nil || diff != "" || count(t, db, "outbox") != 1 {
			t.Fatalf("score: %v (-want +got):\n%s", err, diff)
		}
	})
	each(t, "a_decision_that_is_adopted_at_once", func(t *testing.T, s *store.Store, db *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1)}})
		rule(t, s.AddDecision, adopting("ani", answered(1, decision.StateAdopted, ""), 2))
		got, err := s.Score(t.Context(), period, "ani")
		if err != nil || got.Revision != 2 || count(t, db, "outbox") != 1 {
			t.Fatalf("revision %d, %v", got.Revision, err)
		}
	})
}

func TestDecisions_refuse_what_another_writer_did_first(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		write func(s *store.Store) func(context.Context, app.Ruling) error
		r     app.Ruling
	}{
		{"a_number_that_is_taken", func(s *store.Store) func(context.Context, app.Ruling) error { return s.AddDecision }, adopting("ani", answered(1, decision.StateAdopted, ""), 2)},
		{"a_new_decision_on_a_score_that_has_moved", func(s *store.Store) func(context.Context, app.Ruling) error { return s.AddDecision }, adopting("ani", answered(3, decision.StateAdopted, ""), 1)},
		{"an_answer_to_what_was_answered", func(s *store.Store) func(context.Context, app.Ruling) error { return s.AnswerDecision }, adopting("ani", answered(2, decision.StateAdopted, "x"), 2)},
		{"an_answer_on_a_score_that_has_moved", func(s *store.Store) func(context.Context, app.Ruling) error { return s.AnswerDecision }, adopting("ani", answered(1, decision.StateAdopted, "x"), 1)},
		{"an_answer_to_nothing", func(s *store.Store) func(context.Context, app.Ruling) error { return s.AnswerDecision }, adopting("ani", answered(9, decision.StateAdopted, "x"), 2)},
	}
	for _, c := range cases {
		each(t, c.name, func(t *testing.T, s *store.Store, db *sqlkit.DB) {
			apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1)}})
			rule(t, s.AddDecision, ruling("ani", proposed(1)))
			rule(t, s.AddDecision, ruling("ani", proposed(2)))
			rule(t, s.AnswerDecision, ruling("ani", answered(2, decision.StateRejected, "wali")))
			err := c.write(s)(t.Context(), c.r)
			if !errors.Is(err, app.ErrStale) {
				t.Fatalf("error is %v, want ErrStale", err)
			}
			all, err := s.Decisions(t.Context(), period, "ani", app.DecisionPage{Limit: 10})
			if diff := cmp.Diff([]decision.Decision{answered(2, decision.StateRejected, "wali"), proposed(1)}, all); err != nil || diff != "" {
				t.Fatalf("decisions: %v (-want +got):\n%s", err, diff)
			}
			got, err := s.Score(t.Context(), period, "ani")
			if err != nil || got.Revision != 1 || count(t, db, "outbox") != 0 {
				t.Fatalf("revision %d, %v", got.Revision, err)
			}
		})
	}
	each(t, "all_but_one_of_several_answers", func(t *testing.T, s *store.Store, db *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1)}})
		rule(t, s.AddDecision, ruling("ani", proposed(1)))
		const writers = 8
		errs := make([]error, writers)
		var wg sync.WaitGroup
		for i := range writers {
			wg.Go(func() {
				errs[i] = s.AnswerDecision(context.WithoutCancel(t.Context()), adopting("ani", answered(1, decision.StateAdopted, "wali"), 2))
			})
		}
		wg.Wait()
		through := 0
		for _, err := range errs {
			if err == nil {
				through++
			} else if !errors.Is(err, app.ErrStale) {
				t.Errorf("error is %v, want ErrStale", err)
			}
		}
		if through != 1 || count(t, db, "outbox") != 1 {
			t.Fatalf("%d answers got through", through)
		}
	})
}

func TestDecisions_in_pages(t *testing.T) {
	t.Parallel()
	each(t, "list_those_of_one_score_newest_first", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		for number := range int64(12) { // two digits, to tell numbers from texts
			rule(t, s.AddDecision, ruling("ani", proposed(number+1)))
		}
		rule(t, s.AddDecision, ruling("budi", proposed(1)))
		var got []int64
		page := app.DecisionPage{Limit: 5}
		for {
			all, err := s.Decisions(t.Context(), period, "ani", page)
			if err != nil {
				t.Fatal(err)
			}
			if len(all) == 0 {
				break
			}
			for _, d := range all {
				got = append(got, d.Number)
			}
			page.Below = got[len(got)-1]
		}
		if want := []int64{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}; !slices.Equal(got, want) {
			t.Fatalf("numbers %v", got)
		}
	})
	each(t, "stay_within_their_period_and_tenant", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		rule(t, s.AddDecision, ruling("ani", proposed(1)))
		for _, other := range []domain.Period{{Tenant: "3402", ID: "2025"}, {Tenant: "3374", ID: "2026"}} {
			_, err := s.Decision(t.Context(), app.DecisionRef{Period: other, Person: "ani", Number: 1})
			if !errors.Is(err, app.ErrNotFound) {
				t.Errorf("decision of %v: %v", other, err)
			}
			all, err := s.Decisions(t.Context(), other, "ani", app.DecisionPage{Limit: 10})
			if err != nil || len(all) != 0 {
				t.Errorf("decisions of %v: %d, %v", other, len(all), err)
			}
		}
	})
}

func TestCorrections(t *testing.T) {
	t.Parallel()
	each(t, "are_those_of_one_score_that_wait_or_were_adopted", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		number := map[string]int64{}
		add := func(person string, kind decision.Kind, state decision.State) decision.Decision {
			t.Helper()
			number[person]++
			d := answered(number[person], state, "wali")
			d.Kind = kind
			rule(t, s.AddDecision, ruling(person, d))
			return d
		}
		want := []decision.Decision{add("ani", decision.KindCorrection, decision.StateAdopted)}
		add("ani", decision.KindCorrection, decision.StateRejected)
		add("ani", decision.KindCorrection, decision.StateWithdrawn)
		add("ani", decision.KindOverride, decision.StateAdopted)
		want = append(want, add("ani", decision.KindCorrection, decision.StateProposed))
		add("budi", decision.KindCorrection, decision.StateAdopted)
		got, err := s.Corrections(t.Context(), period, "ani")
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatalf("corrections: %v (-want +got):\n%s", err, diff)
		}
		got, err = s.Corrections(t.Context(), elsewhere, "ani")
		if err != nil || len(got) != 0 {
			t.Fatalf("corrections of another tenant %v, %v", got, err)
		}
	})
}

func TestRevisions_of_the_past(t *testing.T) {
	t.Parallel()
	// at returns a revision that was computed at noon and so many microseconds.
	at := func(revision, micros int64) app.Revision {
		r := score("ani", revision)
		r.ComputeTime = noon.Add(time.Duration(micros) * time.Microsecond)
		return r
	}
	each(t, "are_found_by_their_number", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{at(1, 0)}})
		apply(t, s, app.Write{Scores: []app.Revision{at(2, 10)}})
		for _, want := range []app.Revision{at(1, 0), at(2, 10)} {
			got, err := s.Revision(t.Context(), period, "ani", want.Revision)
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Fatalf("revision: %v (-want +got):\n%s", err, diff)
			}
		}
		_, err := s.Revision(t.Context(), period, "ani", 3)
		if !errors.Is(err, app.ErrNotFound) {
			t.Fatalf("error is %v, want ErrNotFound", err)
		}
	})
	each(t, "are_found_by_the_time_at_which_they_held", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{at(1, 0)}})
		apply(t, s, app.Write{Scores: []app.Revision{at(2, 10)}})
		apply(t, s, app.Write{Scores: []app.Revision{at(3, 10)}}) // within the same microsecond
		apply(t, s, app.Write{Scores: []app.Revision{score("budi", 1)}})
		for micros, want := range map[int64]app.Revision{0: at(1, 0), 9: at(1, 0), 10: at(3, 10), 1000: at(3, 10)} {
			got, err := s.ScoreAt(t.Context(), period, "ani", noon.Add(time.Duration(micros)*time.Microsecond))
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Fatalf("after %d µs: %v (-want +got):\n%s", micros, err, diff)
			}
		}
		_, err := s.ScoreAt(t.Context(), period, "ani", noon.Add(-time.Microsecond))
		if !errors.Is(err, app.ErrNotFound) {
			t.Fatalf("error is %v, want ErrNotFound", err)
		}
	})
	each(t, "are_neither_final_nor_caused_when_they_are_older_than_decisions", func(t *testing.T, s *store.Store, db *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{at(1, 0)}})
		const before = `unit, state, predicate, result_rating, behavior_rating, achievement, survey_index, credit, missing,
rule_pack, rule_pack_hash, digest, compute_time, input_time, record`
		err := db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error { // as the release before writes
			_, err := tx.ExecContext(ctx, "INSERT INTO score_revisions (tenant, period, person, revision, "+before+
				") SELECT tenant, period, 'budi', revision, "+before+" FROM score_revisions")
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, "INSERT INTO scores SELECT tenant, period, 'budi', revision FROM scores")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Score(t.Context(), period, "budi")
		if err != nil || got.Final != nil || got.Causes != nil || got.Revision != 1 {
			t.Fatalf("final %v, causes %v, %v", got.Final, got.Causes, err)
		}
	})
}

func TestAdoptedDecisions_are_those_of_the_people_in_the_order_of_what_they_made(t *testing.T) {
	t.Parallel()
	each(t, "without_what_was_not_adopted", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1), score("budi", 1), score("citra", 1)}})
		// Numbers are given to proposals, so that a later one may have been adopted sooner.
		later, sooner := answered(2, decision.StateAdopted, "wali"), answered(3, decision.StateAdopted, "wali")
		later.Revision, sooner.Revision = 2, 1
		rule(t, s.AddDecision, ruling("ani", proposed(1)))
		rule(t, s.AddDecision, adopting("ani", sooner, 2))
		rule(t, s.AddDecision, adopting("ani", later, 3))
		rule(t, s.AddDecision, ruling("ani", answered(4, decision.StateRejected, "wali")))
		rule(t, s.AddDecision, adopting("budi", answered(1, decision.StateAdopted, "wali"), 2))
		rule(t, s.AddDecision, ruling("citra", proposed(1)))
		got, err := s.AdoptedDecisions(t.Context(), period, []string{"ani", "citra", "nobody"})
		if diff := cmp.Diff(map[string][]decision.Decision{"ani": {sooner, later}}, got); err != nil || diff != "" {
			t.Fatalf("adopted: %v (-want +got):\n%s", err, diff)
		}
		other := domain.Period{Tenant: "3402", ID: "2025"}
		got, err = s.AdoptedDecisions(t.Context(), other, []string{"ani"})
		if err != nil || len(got) != 0 {
			t.Fatalf("adopted in another period: %v, %v", got, err)
		}
	})
}
