package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/disparity"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/store"
)

var elsewhere = domain.Period{Tenant: "3374", ID: "2026"}

func sessionRef(id string) app.CalibrationRef { return app.CalibrationRef{Period: period, ID: id} }

// session returns an open session with every field set that an open one has.
func session(id string) calibration.Session {
	return calibration.Open(calibration.Session{
		Period: period, ID: id, Units: []string{"u1", "u2"}, Subtree: true, Purpose: "Menyamakan ukuran", Participants: []string{"ani", "budi"},
		Before: distribution.Counts{"good": 2, "poor": 1},
	}, "tenants/3402/people/dewi", noon)
}

func standing(person string, predicate domain.Predicate, revision int64) app.Standing {
	return app.Standing{Person: person, Unit: "u1", Predicate: predicate, Achievement: "91.00", Revision: revision}
}

func create(t *testing.T, s *store.Store, c calibration.Session, before ...app.Standing) {
	t.Helper()
	err := s.CreateCalibration(t.Context(), c, before)
	if err != nil {
		t.Fatal(err)
	}
}

// step returns the session after a step that cannot fail.
func step(t *testing.T) func(calibration.Session, error) calibration.Session {
	return func(c calibration.Session, err error) calibration.Session {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
}

func TestStandings(t *testing.T) {
	t.Parallel()
	of := func(person, unit string) app.Revision {
		sc := score(person, 1)
		sc.Unit = unit
		return sc
	}
	each(t, "are_the_current_scores_by_person", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		other := score("zul", 1)
		other.Period = elsewhere
		apply(t, s, app.Write{Scores: []app.Revision{score("citra", 1), score("ani", 1), other}})
		apply(t, s, app.Write{Scores: []app.Revision{score("ani", 2)}})
		var got []app.Standing
		apply(t, s, app.Write{Scores: []app.Revision{of("dewi", "u2"), of("eko", "u3")}})
		err := s.Standings(t.Context(), period, []string{"u1", "u2"}, func(x app.Standing) { got = append(got, x) })
		if err != nil {
			t.Fatal(err)
		}
		want := []app.Standing{
			{Person: "ani", Unit: "u1", Predicate: domain.PredicateVeryGood, Achievement: "92.00", Revision: 2},
			{Person: "citra", Unit: "u1", Predicate: domain.PredicateVeryGood, Achievement: "91.00", Revision: 1},
			{Person: "dewi", Unit: "u2", Predicate: domain.PredicateVeryGood, Achievement: "91.00", Revision: 1},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("standings (-want +got):\n%s", diff)
		}
		many := []string{"u1", "u3"}
		for i := range 600 {
			many = append(many, fmt.Sprintf("x%d", i))
		}
		people := map[string]bool{}
		err = s.Standings(t.Context(), period, many, func(x app.Standing) { people[x.Person] = true })
		if err != nil || !people["ani"] || !people["citra"] || !people["eko"] || people["zul"] {
			t.Fatalf("of many units: %v, %v", people, err)
		}
		fixed := score("ani", 3)
		fixed.Final = &decision.Final{Predicate: domain.PredicatePoor, Decision: 1, Revision: 2}
		apply(t, s, app.Write{Scores: []app.Revision{fixed}})
		want[0].Predicate, want[0].Revision, want[0].Achievement = domain.PredicatePoor, 3, fixed.Achievement
		one, err := s.StandingOf(t.Context(), period, "ani")
		if err != nil || one != want[0] {
			t.Fatalf("standing %v, %v", one, err)
		}
		_, err = s.StandingOf(t.Context(), period, "zul")
		if !errors.Is(err, app.ErrNotFound) {
			t.Fatalf("error is %v, want ErrNotFound", err)
		}
	})
}

func TestJustifications(t *testing.T) {
	t.Parallel()
	each(t, "are_kept_by_unit_and_kind_newest_first", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		justification := func(id, unit string, subtree bool) distribution.Justification {
			return distribution.Justification{
				ID: id, Unit: unit, Subtree: subtree, Rules: []string{"r1", "r2"}, Text: "Alasan " + id, Author: "tenants/3402/people/dewi",
				Time: noon, Level: "good", Counts: distribution.Counts{"good": 3, "poor": 0},
			}
		}
		all := []distribution.Justification{
			justification("j1", "u1", false), justification("j2", "u1", false), justification("j3", "u1", false),
			justification("j4", "u1", true), justification("j5", "u2", false), justification("j6", "u3", false),
		}
		for _, j := range all {
			err := s.Justify(t.Context(), period, j)
			if err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Justifications(t.Context(), period, app.JustificationQuery{Units: []string{"u1", "u2", "u9"}, Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string][]distribution.Justification{"u1": {all[2], all[1]}, "u2": {all[4]}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("justifications (-want +got):\n%s", diff)
		}
		got, err = s.Justifications(t.Context(), period, app.JustificationQuery{Units: []string{"u1"}, Subtree: true, Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[string][]distribution.Justification{"u1": {all[3]}}, got); diff != "" {
			t.Fatalf("of the subtree (-want +got):\n%s", diff)
		}
		got, err = s.Justifications(t.Context(), elsewhere, app.JustificationQuery{Units: []string{"u1"}, Limit: 2})
		if err != nil || len(got) != 0 {
			t.Fatalf("of another tenant: %v, %v", got, err)
		}
	})
}

func TestCalibration_keeps(t *testing.T) {
	t.Parallel()
	each(t, "every_field_of_an_open_session", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		create(t, s, session("s1"), standing("ani", domain.PredicateGood, 1))
		got, err := s.Calibration(t.Context(), sessionRef("s1"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(session("s1"), got); diff != "" {
			t.Fatalf("session (-want +got):\n%s", diff)
		}
		err = s.CreateCalibration(t.Context(), session("s1"), nil)
		if !errors.Is(err, app.ErrCalibrationExists) {
			t.Fatalf("error is %v, want ErrCalibrationExists", err)
		}
		for _, r := range []app.CalibrationRef{sessionRef("s2"), {Period: elsewhere, ID: "s1"}} {
			_, err = s.Calibration(t.Context(), r)
			if !errors.Is(err, app.ErrNotFound) {
				t.Fatalf("error is %v, want ErrNotFound", err)
			}
		}
	})
	each(t, "every_field_of_a_closed_session_with_people_and_view", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		create(t, s, session("s1"), standing("ani", domain.PredicateGood, 1), standing("budi", "", 2), standing("citra", domain.PredicatePoor, 3))
		joined := step(t)(session("s1").Join([]string{"citra"}))
		err := s.Update(t.Context(), joined)
		if err != nil {
			t.Fatal(err)
		}
		closed := step(t)(joined.Close("tenants/3402/people/eko", distribution.Counts{"good": 1}, noon.Add(time.Hour)))
		view := app.StoredDisparity{Time: noon.Add(time.Hour), View: disparity.View{
			Figures: disparity.Figures{People: 3, Counts: distribution.Counts{"good": 1}, GoodPercent: "33.33", MeanAchievement: "91.00"},
			Dimensions: []disparity.Dimension{
				{Trait: disparity.Sex, Groups: []disparity.Group{{
					Keys: []string{"female", "male"}, Ratio: "0.5000", Flag: disparity.FlagBelow,
					Figures: disparity.Figures{People: 3, Counts: distribution.Counts{"good": 1}, GoodPercent: "33.33"},
				}}},
				{Trait: disparity.Age, Hidden: disparity.HiddenSmall},
			},
		}}
		moved := standing("ani", domain.PredicateVeryGood, 4)
		moved.Unit = "u2"
		err = s.Close(t.Context(), closed, []app.Standing{moved, standing("dewi", domain.PredicateGood, 1)}, view)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Calibration(t.Context(), sessionRef("s1"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(closed, got); diff != "" {
			t.Fatalf("session (-want +got):\n%s", diff)
		}
		stored, err := s.Disparity(t.Context(), sessionRef("s1"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(view, stored); diff != "" {
			t.Fatalf("view (-want +got):\n%s", diff)
		}
		var people []calibration.Snapshot
		for after := ""; ; after = people[len(people)-1].Person {
			page, err := s.Snapshots(t.Context(), sessionRef("s1"), app.PersonPage{After: after, Limit: 3})
			if err != nil {
				t.Fatal(err)
			}
			people = append(people, page...)
			if len(page) < 3 {
				break
			}
		}
		want := []calibration.Snapshot{
			{Person: "ani", Unit: "u2", Before: domain.PredicateGood, BeforeRevision: 1, After: domain.PredicateVeryGood, AfterRevision: 4},
			{Person: "budi", Unit: "u1", BeforeRevision: 2},
			{Person: "citra", Unit: "u1", Before: domain.PredicatePoor, BeforeRevision: 3},
			{Person: "dewi", Unit: "u1", After: domain.PredicateGood, AfterRevision: 1},
		}
		if diff := cmp.Diff(want, people); diff != "" {
			t.Fatalf("people (-want +got):\n%s", diff)
		}
		for person, want := range map[string]bool{"ani": true, "budi": true, "dewi": false, "eko": false} {
			is, err := s.Member(t.Context(), sessionRef("s1"), person)
			if err != nil || is != want {
				t.Fatalf("%s is a member: %v, %v", person, is, err)
			}
		}
	})
	each(t, "adjustments_with_their_decisions", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		create(t, s, session("s1"), standing("ani", domain.PredicateGood, 1))
		current := session("s1")
		var want []calibration.Adjustment
		for i := range 2 {
			a := calibration.Adjustment{
				ID: fmt.Sprintf("a%d", i), Person: "ani", Current: domain.PredicateGood, Revision: 1, Proposed: domain.PredicateVeryGood,
				Reason: "Karena", Speakers: []string{"ani", "budi"}, Author: "tenants/3402/people/dewi", Time: noon,
				Decision: fmt.Sprintf("decisions/%d", i+1), Pending: true,
			}
			current = step(t)(current.Adjusted())
			err := s.Adjust(t.Context(), current, a, ruling("ani", proposed(int64(i+1))))
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, a)
		}
		got, err := s.Adjustments(t.Context(), sessionRef("s1"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("adjustments (-want +got):\n%s", diff)
		}
		kept, err := s.Decisions(t.Context(), period, "ani", app.DecisionPage{Limit: 5})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]decision.Decision{proposed(2), proposed(1)}, kept); diff != "" {
			t.Fatalf("decisions (-want +got):\n%s", diff)
		}
		err = s.AnswerDecision(t.Context(), ruling("ani", answered(1, decision.StateRejected, "wali")))
		if err != nil {
			t.Fatal(err)
		}
		want[0].Pending = false
		got, err = s.Adjustments(t.Context(), sessionRef("s1"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("adjustments of which one is decided (-want +got):\n%s", diff)
		}
		err = s.Adjust(t.Context(), step(t)(current.Adjusted()), calibration.Adjustment{ID: "a2"}, ruling("ani", proposed(2)))
		if !errors.Is(err, app.ErrStale) {
			t.Fatalf("error is %v, want ErrStale", err)
		}
		got, err = s.Adjustments(t.Context(), sessionRef("s1"))
		if err != nil || len(got) != 2 {
			t.Fatalf("%d adjustments, %v", len(got), err)
		}
		session, err := s.Calibration(t.Context(), sessionRef("s1"))
		if err != nil || session.Revision != current.Revision {
			t.Fatalf("the session is at %d, %v", session.Revision, err)
		}
	})
	each(t, "as_many_people_as_a_session_may_have", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		var people []app.Standing
		for i := range calibration.MaxPeople {
			people = append(people, standing(fmt.Sprintf("p%05d", i), domain.PredicateGood, 1))
		}
		create(t, s, session("s1"), people...)
		last, err := s.Snapshots(t.Context(), sessionRef("s1"), app.PersonPage{After: "p04998", Limit: 10})
		if err != nil || len(last) != 1 {
			t.Fatalf("%d people, %v", len(last), err)
		}
	})
}

func TestCalibrations_are_listed_by_id(t *testing.T) {
	t.Parallel()
	each(t, "after_the_one_given_and_within_the_period", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		other := session("s1")
		other.Period = elsewhere
		for _, c := range []calibration.Session{session("s3"), session("s1"), session("s2"), other} {
			create(t, s, c)
		}
		got, err := s.Calibrations(t.Context(), period, "s1", 5)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]calibration.Session{session("s2"), session("s3")}, got); diff != "" {
			t.Fatalf("sessions (-want +got):\n%s", diff)
		}
		got, err = s.Calibrations(t.Context(), period, "", 1)
		if err != nil || len(got) != 1 || got[0].ID != "s1" {
			t.Fatalf("first page %v, %v", got, err)
		}
	})
}

func TestCalibration_refuses_what_does_not_follow_the_current_revision(t *testing.T) {
	t.Parallel()
	each(t, "and_writes_nothing_of_it", func(t *testing.T, s *store.Store, db *sqlkit.DB) {
		create(t, s, session("s1"), standing("ani", domain.PredicateGood, 1))
		adjusted := step(t)(session("s1").Adjusted())
		err := s.Update(t.Context(), adjusted)
		if err != nil {
			t.Fatal(err)
		}
		closed := step(t)(session("s1").Close("eko", nil, noon))
		joined := step(t)(session("s1").Join([]string{"zul"}))
		for name, err := range map[string]error{
			"update": s.Update(t.Context(), joined),
			"adjust": s.Adjust(t.Context(), adjusted, calibration.Adjustment{ID: "a1"}, ruling("ani", proposed(1))),
			"close":  s.Close(t.Context(), closed, []app.Standing{standing("ani", domain.PredicateGood, 1)}, app.StoredDisparity{}),
		} {
			if !errors.Is(err, app.ErrStale) {
				t.Errorf("%s: error is %v, want ErrStale", name, err)
			}
		}
		if n := count(t, db, "calibration_adjustments") + count(t, db, "score_decisions") + count(t, db, "calibration_disparities"); n != 0 {
			t.Errorf("%d rows were written", n)
		}
		if n := count(t, db, "calibration_people") + count(t, db, "calibration_participants"); n != 3 {
			t.Errorf("%d people and participants, want 3", n)
		}
	})
	each(t, "so_that_one_of_several_writers_gets_through", func(t *testing.T, s *store.Store, _ *sqlkit.DB) {
		create(t, s, session("s1"))
		next := step(t)(session("s1").Adjusted())
		const writers = 6
		errs := make([]error, writers)
		var wg sync.WaitGroup
		for i := range writers {
			wg.Go(func() {
				a, r := calibration.Adjustment{ID: fmt.Sprintf("a%d", i)}, ruling(fmt.Sprintf("p%d", i), proposed(1))
				errs[i] = s.Adjust(context.WithoutCancel(t.Context()), next, a, r)
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
		adjustments, err := s.Adjustments(t.Context(), sessionRef("s1"))
		if err != nil || through != 1 || len(adjustments) != 1 {
			t.Fatalf("%d writers got through, %d adjustments, %v", through, len(adjustments), err)
		}
	})
}
