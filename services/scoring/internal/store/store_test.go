package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/outbox"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store/migrations"
)

var (
	period = domain.Period{Tenant: "3402", ID: "2026"}
	noon   = time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
)

// each runs a sentence of the contract on every engine.
func each(t *testing.T, sentence string, check func(t *testing.T, s *store.Store, db *sqlkit.DB)) {
	t.Helper()
	t.Run(sentence, func(t *testing.T) {
		t.Parallel()
		kittest.Each(t, migrations.FS, func(t *testing.T, db *sqlkit.DB) {
			out, err := outbox.New(db, ids.Sequence("event"), clock.NewFake(noon), outbox.Options{Service: "scoring", Stream: "KINERJA_SCORING"})
			if err != nil {
				t.Fatal(err)
			}
			check(t, store.New(db, out), db)
		})
	})
}

// score returns a revision with every field set.
func score(person string, revision int64) app.Revision {
	return app.Revision{
		Score:  computed(person, revision),
		Causes: []string{"kinerja.assessment.v1.progress.reported", "kinerja.assessment.v1.rating.changed"},

		Authors: app.Authors{Rater: "dewi", AttendanceRecorder: "simpeg"},
		Earlier: []app.Authors{{Rater: "wali"}, {}, {AttendanceRecorder: "tenants/3402/people/siti"}},
		OrganizationRatings: []app.OrganizationRating{
			{Unit: "u0", Level: domain.OrganizationExcellent, Rater: "tenants/3402/people/siti"}, {Unit: "u1", Level: domain.OrganizationGood},
		},
		Final: &decision.Final{
			Predicate: domain.PredicateVeryGood, Decision: 2, Revision: 1, Basis: decision.Basis{Credit: "18.75", Digest: "d", Outcome: "o"}, AdoptTime: noon.Add(-time.Hour),
			Author: "dewi", Approver: "wali", Outdated: true,
		},
	}
}

// computed returns a score with every field set.
func computed(person string, revision int64) domain.Score {
	return domain.Score{
		Period: period, Person: person, Revision: revision, ComputeTime: noon, InputTime: noon.Add(-time.Minute),
		Result: domain.Result{
			RulePack: "rulePacks/x/versions/1", RulePackHash: "abc", Unit: "u1",
			State: domain.StateProvisional, Predicate: domain.PredicateGood,
			ResultRating: domain.ExpectationAbove, BehaviorRating: domain.ExpectationMeets,
			Achievement: fmt.Sprintf("%d.00", 90+revision), SurveyIndex: "81.94", Credit: "12.50",
			Suggestion: domain.ExpectationMeets, Value: "104.96", Segments: 1,
			Missing: []domain.Missing{{Input: "peers", Description: "Rekan kerja", Policy: domain.PolicyExclude}},
			Record: domain.Record{
				Facts: domain.Input{Segments: []domain.Segment{{
					Plan:   domain.Plan{Source: "plans/p", Unit: "u1", Months: 12},
					Rating: &domain.Rating{Result: domain.ExpectationAbove, Behavior: domain.ExpectationMeets, Source: "ratings/p"},
				}}},
				Results: []byte("good"),
			},
		},
	}
}

func index(unit string, revision int64) domain.SurveyScore {
	return domain.SurveyScore{
		Period: period, Unit: unit, Revision: revision, ComputeTime: noon,
		Index: domain.Index{
			RulePack: "rulePacks/x/versions/1", RulePackHash: "abc", Source: "surveys/s", Responses: 10 * revision,
			Elements: []domain.ElementMean{{Element: domain.ElementTime, Sum: 28, Mean: "2.800"}},
			Lowest:   []domain.SurveyElement{domain.ElementTime},
			Value:    "81.94", Grade: "B", PrintedValue: "81.13", PrintedGrade: "B",
		},
	}
}

func apply(t *testing.T, s *store.Store, w app.Write) {
	t.Helper()
	err := s.Apply(t.Context(), w)
	if err != nil {
		t.Fatal(err)
	}
}

func withoutRecord(s app.Revision) app.Revision {
	s.Record = domain.Record{}
	return s
}

func TestApply_keeps(t *testing.T) {
	t.Parallel()
	each(t, "every_field_of_a_score", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		want := score("ani", 1)
		apply(t, s, app.Write{Scores: []app.Revision{want}})
		got, err := s.Score(t.Context(), period, "ani")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("score (-want +got):\n%s", diff)
		}
	})
	each(t, "every_field_of_an_index", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		want := index("puskesmas", 1)
		apply(t, s, app.Write{Indexes: []domain.SurveyScore{want}})
		got, err := s.SurveyScore(t.Context(), period, "puskesmas")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("index (-want +got):\n%s", diff)
		}
	})
	each(t, "the_revisions_before", func(t *testing.T, s *store.Store, db *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1)}, Indexes: []domain.SurveyScore{index("u1", 1)}})
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 2)}, Indexes: []domain.SurveyScore{index("u1", 2)}})
		got, err := s.Revisions(t.Context(), period, "ani", app.RevisionPage{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		want := []app.Revision{withoutRecord(score("ani", 2)), withoutRecord(score("ani", 1))}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("revisions (-want +got):\n%s", diff)
		}
		change(t, db, "UPDATE score_revisions SET record = '{' WHERE revision = 1")
		got, err = s.Revisions(t.Context(), period, "ani", app.RevisionPage{Limit: 10, Records: true})
		if err != nil {
			t.Fatal(err)
		}
		want[0] = score("ani", 2)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("revisions with the records that can be read (-want +got):\n%s", diff)
		}
		newest, err := s.SurveyScore(t.Context(), period, "u1")
		if err != nil || newest.Revision != 2 {
			t.Fatalf("index has revision %d, %v", newest.Revision, err)
		}
	})
}

func TestApply_refuses_what_does_not_follow_the_current_revision(t *testing.T) {
	t.Parallel()
	stale := []struct {
		name  string
		write app.Write
	}{
		{"a_revision_that_is_there", app.Write{Scores: []app.Revision{score("budi", 1), score("ani", 1)}}},
		{"an_index_that_is_there", app.Write{Scores: []app.Revision{score("budi", 1)}, Indexes: []domain.SurveyScore{index("u1", 1)}}},
	}
	for _, c := range stale {
		each(t, c.name, func(t *testing.T, s *store.Store, db *sqlkit.DB) {
			apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1)}, Indexes: []domain.SurveyScore{index("u1", 1)}})
			write := c.write
			write.Consumer, write.Events, write.At = "consumer", []string{"e1"}, noon
			write.Publish = []event.Event{told(1)}
			err := s.Apply(t.Context(), write)
			if !errors.Is(err, app.ErrStale) {
				t.Fatalf("error is %v, want ErrStale", err)
			}
			_, err = s.Score(t.Context(), period, "budi")
			if !errors.Is(err, app.ErrNotFound) {
				t.Fatalf("the other score of the write is there: %v", err)
			}
			if n := count(t, db, "inbox") + count(t, db, "outbox"); n != 0 {
				t.Fatalf("%d rows of inbox and outbox are there", n)
			}
		})
	}
	each(t, "all_but_one_of_several_writers", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1)}})
		const writers = 8
		errs := make([]error, writers)
		var wg sync.WaitGroup
		for i := range writers {
			wg.Go(func() {
				errs[i] = s.Apply(context.WithoutCancel(t.Context()), app.Write{Scores: []app.Revision{score("ani", 2)}})
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
		if through != 1 {
			t.Fatalf("%d writers got through", through)
		}
	})
}

func TestApply_is_one_transaction(t *testing.T) {
	t.Parallel()
	each(t, "with_the_claims_and_the_events", func(t *testing.T, s *store.Store, db *sqlkit.DB) {
		w := app.Write{
			Consumer: "consumer", Events: []string{"e1", "e2"}, At: noon,
			Scores: []app.Revision{score("ani", 1)}, Publish: []event.Event{told(1)},
		}
		apply(t, s, w)
		if count(t, db, "inbox") != 2 || count(t, db, "outbox") != 1 {
			t.Fatalf("inbox has %d rows, outbox %d", count(t, db, "inbox"), count(t, db, "outbox"))
		}
	})
	each(t, "that_does_nothing_when_every_event_was_claimed_before", func(t *testing.T, s *store.Store, db *sqlkit.DB) {
		w := app.Write{Consumer: "consumer", Events: []string{"e1"}, At: noon, Scores: []app.Revision{score("ani", 1)}}
		apply(t, s, w)
		w.Scores, w.Publish = []app.Revision{score("ani", 2)}, []event.Event{told(2)}
		apply(t, s, w)
		got, err := s.Score(t.Context(), period, "ani")
		if err != nil || got.Revision != 1 || count(t, db, "outbox") != 0 {
			t.Fatalf("revision %d, %v", got.Revision, err)
		}
		w.Events = []string{"e1", "e2"} // one of them is new
		apply(t, s, w)
		got, err = s.Score(t.Context(), period, "ani")
		if err != nil || got.Revision != 2 {
			t.Fatalf("revision %d, %v", got.Revision, err)
		}
	})
	each(t, "for_as_many_people_as_are_written_together", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		var scores []app.Revision
		var people []string
		for i := range app.MaxPeople {
			people = append(people, fmt.Sprintf("p%03d", i))
			scores = append(scores, score(people[i], 1))
		}
		apply(t, s, app.Write{Scores: scores})
		heads, err := s.Heads(t.Context(), period, people)
		if err != nil || len(heads) != app.MaxPeople {
			t.Fatalf("%d heads, %v", len(heads), err)
		}
	})
}

func TestHeads(t *testing.T) {
	t.Parallel()
	each(t, "are_those_of_current_revisions_that_exist", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1), score("budi", 1)}, Indexes: []domain.SurveyScore{index("u1", 1)}})
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 2)}})
		heads, err := s.Heads(t.Context(), period, []string{"ani", "budi", "citra"})
		if err != nil {
			t.Fatal(err)
		}
		head := func(sc app.Revision) app.Head {
			return app.Head{
				Revision: sc.Revision, Digest: sc.Digest(), Unit: sc.Unit, Predicate: sc.Predicate, Value: sc.Value,
				Achievement: sc.Achievement, Credit: sc.Credit, Final: sc.Final,
			}
		}
		want := map[string]app.Head{"ani": head(score("ani", 2)), "budi": head(score("budi", 1))}
		if diff := cmp.Diff(want, heads); diff != "" {
			t.Fatalf("heads (-want +got):\n%s", diff)
		}
		delete(want, "ani")
		between, err := s.HeadsBetween(t.Context(), period, "aoi", "budi")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, between); diff != "" {
			t.Fatalf("heads of a range (-want +got):\n%s", diff)
		}
		indexes, err := s.IndexHeads(t.Context(), period, []string{"u1", "u2"})
		if err != nil {
			t.Fatal(err)
		}
		first := index("u1", 1)
		wantIndexes := map[string]app.Head{"u1": {Revision: 1, Digest: first.Digest()}}
		if diff := cmp.Diff(wantIndexes, indexes); diff != "" {
			t.Fatalf("index heads (-want +got):\n%s", diff)
		}
	})
}

func TestReads_stay_within_their_period(t *testing.T) {
	t.Parallel()
	each(t, "of_their_tenant", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 1)}, Indexes: []domain.SurveyScore{index("u1", 1)}})
		for _, other := range []domain.Period{{Tenant: "3402", ID: "2025"}, {Tenant: "3374", ID: "2026"}} {
			_, err := s.Score(t.Context(), other, "ani")
			if !errors.Is(err, app.ErrNotFound) {
				t.Errorf("score of %v: %v", other, err)
			}
			_, err = s.SurveyScore(t.Context(), other, "u1")
			if !errors.Is(err, app.ErrNotFound) {
				t.Errorf("index of %v: %v", other, err)
			}
			list, err := s.Scores(t.Context(), other, "", 10)
			if err != nil || len(list) != 0 {
				t.Errorf("scores of %v: %d, %v", other, len(list), err)
			}
		}
	})
}

func TestReads_in_pages(t *testing.T) {
	t.Parallel()
	each(t, "list_scores_by_person", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		people := []string{"a-b", "a1", "ab", "b", "c"}
		for _, person := range people {
			apply(t, s, app.Write{Scores: []app.Revision{score(person, 1)}})
		}
		apply(t, s, app.Write{Scores: []app.Revision{score("ab", 2)}})
		var got []string
		after := ""
		for {
			page, err := s.Scores(t.Context(), period, after, 2)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, sc := range page {
				got = append(got, sc.Person)
				if want := withoutRecord(score(sc.Person, sc.Revision)); !cmp.Equal(want, sc) {
					t.Fatalf("score (-want +got):\n%s", cmp.Diff(want, sc))
				}
			}
			after = got[len(got)-1]
		}
		slices.Sort(people)
		if diff := cmp.Diff(people, got); diff != "" {
			t.Fatalf("people (-want +got):\n%s", diff)
		}
	})
	each(t, "list_revisions_newest_first", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		for revision := range int64(5) {
			apply(t, s, app.Write{Scores: []app.Revision{score("ani", revision+1)}})
		}
		var got []int64
		below := int64(0)
		for {
			page, err := s.Revisions(t.Context(), period, "ani", app.RevisionPage{Below: below, Limit: 2})
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			for _, sc := range page {
				got = append(got, sc.Revision)
			}
			below = got[len(got)-1]
		}
		if diff := cmp.Diff([]int64{5, 4, 3, 2, 1}, got); diff != "" {
			t.Fatalf("revisions (-want +got):\n%s", diff)
		}
	})
}

// told is an event of a write.
func told(revision int64) event.Event {
	return event.Event{
		Subject: event.Subject("scoring", period.Tenant, "score", "changed"), Resource: "tenants/3402/periods/2026",
		Revision: revision, Payload: &scoringv1.ScoresChanged{Period: "tenants/3402/periods/2026"},
	}
}

func count(t *testing.T, db *sqlkit.DB, table string) int {
	t.Helper()
	var n int
	err := db.Read().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
