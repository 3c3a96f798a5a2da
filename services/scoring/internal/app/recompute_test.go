package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

func TestExecute_writes_and_tells_what_changed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plan("ani", "u1")
	b.report("ani", "90")
	if got := b.execute(t, work("e1", "ani")); got != (app.Outcome{Written: 1}) {
		t.Fatalf("outcome %+v", got)
	}
	score := b.score(t, "ani")
	if score.Revision != 1 || score.Achievement != "90.00" || score.Predicate != domain.PredicateGood || score.Unit != "u1" ||
		score.State != domain.StateProvisional || !score.ComputeTime.Equal(noon) || !score.InputTime.Equal(noon.Add(-time.Minute)) {
		t.Fatalf("score %+v", score)
	}
	b.report("ani", "95")
	w := work("e2", "ani")
	w.People.Add("ani", "kinerja.assessment.v1.progress.reported")
	w.People.Add("ani", "kinerja.assessment.v1.progress.reported")
	b.execute(t, w)
	got := b.announcer.changes[1]
	want := app.ScoreChange{Score: b.score(t, "ani"), OldPredicate: domain.PredicateGood, OldAchievement: "90.00", OldCredit: "12.50", Word: "Baik"}
	want.Score.Causes = []string{"kinerja.assessment.v1.progress.reported", "kinerja.assessment.v1.rating.changed"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("change (-want +got):\n%s", diff)
	}
}

func TestExecute_leaves_alone_what_is_the_same(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plan("ani", "u1")
	b.report("ani", "90")
	b.execute(t, work("e1", "ani"))
	if got := b.execute(t, work("e2", "ani")); got != (app.Outcome{Unchanged: 1}) {
		t.Fatalf("outcome %+v", got)
	}
	if len(b.announcer.changes) != 1 || b.score(t, "ani").Revision != 1 {
		t.Fatal("something was written or told")
	}
}

func TestExecute_skips_people_without_an_approved_plan(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.report("ani", "90")
	if got := b.execute(t, work("e1", "ani")); got != (app.Outcome{Skipped: 1}) {
		t.Fatalf("outcome %+v", got)
	}
}

func TestExecute_fetches_the_last_unit_at_once_and_another_only_when_it_was_wrong(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plan("ani", "u1")
	b.report("ani", "90")
	b.survey("u1", 1, 4)
	b.survey("u2", 1, 1)
	b.execute(t, work("e1", "ani"))
	b.report("ani", "91")
	b.execute(t, work("e2", "ani"))
	if got := b.score(t, "ani").SurveyIndex; got != "100.00" {
		t.Fatalf("index of the first unit is %s", got)
	}
	b.plan("ani", "u2")
	b.execute(t, work("e3", "ani"))
	score := b.score(t, "ani")
	if score.SurveyIndex != "25.00" || score.Unit != "u2" {
		t.Fatalf("index of the second unit is %s of %s", score.SurveyIndex, score.Unit)
	}
	var facts []string
	for _, call := range b.peers.asked {
		if call[0] == 'f' {
			facts = append(facts, call)
		}
	}
	want := []string{
		"facts of 1 and []", "facts of 0 and [u1]", // nothing is known yet
		"facts of 1 and [u1]",                        // the guess is right
		"facts of 1 and [u1]", "facts of 0 and [u2]", // it was wrong
	}
	if diff := cmp.Diff(want, facts); diff != "" {
		t.Fatalf("calls (-want +got):\n%s", diff)
	}
}

func TestExecute_a_fact_about_a_unit_reaches_its_index_and_its_people(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plan("ani", "u1")
	b.plan("budi", "u1")
	b.plan("citra", "u2")
	b.survey("u1", 2, 3)
	w := work("e1")
	w.Units.Add("u1", "kinerja.assessment.v1.survey.answered")
	if got := b.execute(t, w); got != (app.Outcome{Written: 2, Indexes: 1}) {
		t.Fatalf("outcome %+v", got)
	}
	index, err := b.store.SurveyScore(t.Context(), period, "u1")
	if err != nil || index.Value != "75.00" || index.Grade != "C" || index.Revision != 1 {
		t.Fatalf("index %+v, %v", index, err)
	}
	if got := b.score(t, "budi").SurveyIndex; got != "75.00" {
		t.Fatalf("index in the score is %s", got)
	}
	if diff := cmp.Diff([]string{"kinerja.assessment.v1.survey.answered"}, b.announcer.changes[0].Score.Causes); diff != "" {
		t.Fatalf("causes (-want +got):\n%s", diff)
	}
	if got := b.execute(t, w); got != (app.Outcome{Unchanged: 2}) {
		t.Fatalf("outcome of the repetition %+v", got)
	}
}

func TestExecute_indexes_a_unit_without_people(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.survey("u9", 1, 4)
	w := work("e1")
	w.Units.Add("u9", "kinerja.assessment.v1.survey.answered")
	if got := b.execute(t, w); got != (app.Outcome{Indexes: 1}) {
		t.Fatalf("outcome %+v", got)
	}
}

func TestExecute_waits_for_the_first_response(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.peers.units["u1"] = app.UnitFacts{Survey: &domain.Survey{Source: "surveys/u1"}}
	w := work("e1")
	w.Units.Add("u1", "kinerja.assessment.v1.survey.opened")
	if got := b.execute(t, w); got != (app.Outcome{}) {
		t.Fatalf("outcome %+v", got)
	}
}

func TestExecute_many_people_are_several_writes_and_the_last_claims_the_events(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for i := range 2*app.MaxPeople + 1 {
		b.plan(fmt.Sprintf("p%04d", i), "u1")
	}
	b.survey("u1", 1, 4)
	w := work("e1")
	w.Units.Add("u1", "kinerja.assessment.v1.survey.answered")
	b.peers.during = func() { // within the first part
		if b.claims(t) != 0 {
			t.Error("the event was claimed before its effect")
		}
	}
	if got := b.execute(t, w); got != (app.Outcome{Written: 2*app.MaxPeople + 1, Indexes: 1}) {
		t.Fatalf("outcome %+v", got)
	}
	if b.claims(t) != 1 {
		t.Fatal("the event was not claimed")
	}
}

// TestExecute_never_replaces_a_score_by_one_of_older_facts lets another recompute finish while one holds facts that are
// old by then.
func TestExecute_never_replaces_a_score_by_one_of_older_facts(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plan("ani", "u1")
	b.report("ani", "80")
	b.execute(t, work("e1", "ani"))
	b.report("ani", "90") // what the slow one reads
	b.peers.during = func() {
		b.report("ani", "100")
		b.execute(t, work("e2", "ani"))
	}
	got := b.execute(t, work("e3", "ani"))
	if got != (app.Outcome{Unchanged: 1, Conflicts: 1}) {
		t.Fatalf("outcome %+v", got)
	}
	score := b.score(t, "ani")
	if score.Achievement != "100.00" || score.Revision != 2 {
		t.Fatalf("the score is %s at revision %d", score.Achievement, score.Revision)
	}
}

func TestExecute_what_cannot_be_computed_holds_up_nobody_else(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plan("ani", "u1")
	b.plan("budi", "u1")
	b.report("ani", "-1")
	b.report("budi", "90")
	outcome, err := b.Execute(t.Context(), work("e1", "ani", "budi"))
	if !errors.Is(err, app.ErrUncomputable) || !errors.Is(err, domain.ErrInvalidInput) {
		t.Fatalf("error is %v, want ErrUncomputable", err)
	}
	if outcome != (app.Outcome{Written: 1, Failed: 1}) || b.score(t, "budi").Revision != 1 {
		t.Fatalf("outcome %+v", outcome)
	}
	if b.claims(t) != 0 {
		t.Fatal("the event was claimed although its effect is not complete")
	}
	t.Run("and_is_written_when_the_same_event_is_told_again_later", func(t *testing.T) {
		b.report("ani", "50")
		b.execute(t, work("e1", "ani", "budi"))
		if got := b.score(t, "ani").Achievement; got != "50.00" || b.claims(t) != 1 {
			t.Fatalf("achievement %s", got)
		}
		b.report("ani", "-1")
	})
	t.Run("and_is_only_counted_when_the_event_is_about_their_unit", func(t *testing.T) {
		b.survey("u1", 1, 4)
		w := work("e2")
		w.Units.Add("u1", "kinerja.assessment.v1.survey.answered")
		if got := b.execute(t, w); got != (app.Outcome{Written: 1, Failed: 1, Indexes: 1}) {
			t.Fatalf("outcome %+v", got)
		}
	})
}

func TestExecute_refuses_rule_packs_that_are_not_there(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		terms app.Terms
		want  error
	}{
		{"an_unknown_one", app.Terms{RulePack: "rulePacks/other/versions/1", Start: noon}, pack.ErrUnknown},
		{"one_of_later_years", app.Terms{RulePack: rulePack, Start: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}, pack.ErrNotEffective},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.plan("ani", "u1")
			b.peers.terms = c.terms
			_, err := b.Execute(t.Context(), work("e1", "ani"))
			if !errors.Is(err, app.ErrUncomputable) || !errors.Is(err, c.want) {
				t.Fatalf("error is %v, want ErrUncomputable and %v", err, c.want)
			}
		})
	}
}

func TestExecute_an_outage_is_an_error_that_may_pass(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plan("ani", "u1")
	b.peers.err = errors.New("planning does not answer")
	for _, w := range []app.Work{work("e1", "ani"), {Period: period, Units: app.Causes{"u1": {"x"}}}} {
		_, err := b.Execute(t.Context(), w)
		if !errors.Is(err, b.peers.err) || errors.Is(err, app.ErrUncomputable) {
			t.Fatalf("error is %v", err)
		}
	}
}

// BenchmarkExecute recomputes a unit of 100 people, all of whom change.
func BenchmarkExecute(b *testing.B) {
	s := setup(b)
	const people = 100
	w := app.Work{Period: period, People: app.Causes{}, Units: app.Causes{}}
	for i := range people {
		person := fmt.Sprintf("p%03d", i)
		s.plan(person, "u1")
		w.People.Add(person, "kinerja.assessment.v1.progress.reported")
	}
	s.survey("u1", 100, 3)
	turn := 0
	b.ReportAllocs()
	for b.Loop() {
		turn++
		for person := range w.People {
			s.report(person, strconv.Itoa(turn))
		}
		outcome := s.execute(b, w)
		if outcome.Written != people {
			b.Fatalf("outcome %+v", outcome)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*people), "µs/person")
}

// TestExecute_makes_one_score_of_several_plans gives each plan the facts of its own and of its unit.
func TestExecute_makes_one_score_of_several_plans(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plan("ani", "u1")
	b.plan("ani-before", "u2")
	b.report("ani", "90")
	b.report("ani-before", "60")
	b.survey("u1", 1, 4)
	b.survey("u2", 1, 1)
	first, last := b.peers.plans["ani-before"][0], b.peers.plans["ani"][0]
	first.Plan.Months, last.Plan.Months = 4, 8
	b.peers.plans["ani"] = []app.PlanFacts{first, last}
	delete(b.peers.plans, "ani-before")
	facts := b.peers.people["ani"]
	facts.Earlier = map[string]app.PlanResults{"plans/ani-before": b.peers.people["ani-before"].PlanResults}
	b.peers.people["ani"] = facts
	if got := b.execute(t, work("e1", "ani")); got != (app.Outcome{Written: 1}) {
		t.Fatalf("outcome %+v", got)
	}
	score := b.score(t, "ani")
	if score.Segments != 2 || score.Achievement != "80.00" || score.Unit != "u1" || score.SurveyIndex != "100.00" || score.Credit != "12.50" {
		t.Fatalf("score %+v", score)
	}
	segments := score.Record.Facts.Segments
	if segments[0].Plan.Unit != "u2" || segments[0].Survey.Sums[0].Sum != 1 || segments[1].Survey.Sums[0].Sum != 4 {
		t.Fatalf("segments %+v", segments)
	}
}

// TestExecute_computes_no_plan_with_the_facts_of_another has a second plan of the same indicators approved before anybody has told a
// fact of it: what is known is of the first one, and who rated and counted the days there did not of the second.
func TestExecute_computes_no_plan_with_the_facts_of_another(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.plan("ani", "u1")
	b.plan("ani-new", "u2")
	b.report("ani", "90")
	first, last := b.peers.plans["ani"][0], b.peers.plans["ani-new"][0]
	first.Plan.Months, last.Plan.Months = 4, 8
	b.peers.plans["ani"] = []app.PlanFacts{first, last}
	delete(b.peers.plans, "ani-new")
	known := b.peers.people["ani"]
	known.AttendanceRecorder = "simpeg"
	by, nobody := app.Authors{Rater: "dewi", AttendanceRecorder: "simpeg"}, app.Authors{}
	cases := []struct {
		plan           string
		earlier, later app.Authors
		rated          []bool
	}{
		{"plans/ani", by, nobody, []bool{true, false}},
		{"plans/ani-new", nobody, by, []bool{false, true}},
		{"plans/neither", nobody, nobody, []bool{false, false}},
	}
	for i, c := range cases {
		facts := known
		facts.Plan = c.plan
		b.peers.people["ani"] = facts
		b.execute(t, work(fmt.Sprintf("e%d", i), "ani"))
		score := b.score(t, "ani")
		var rated []bool
		for _, s := range score.Record.Facts.Segments {
			if (s.Rating != nil) != (len(s.Realisations) > 0) {
				t.Errorf("facts of %q: segment %+v", c.plan, s)
			}
			rated = append(rated, s.Rating != nil)
		}
		if !slices.Equal(rated, c.rated) || !slices.Equal(score.Earlier, []app.Authors{c.earlier}) || score.Authors != c.later {
			t.Errorf("facts of %q: rated %v, by %+v and %+v", c.plan, rated, score.Earlier, score.Authors)
		}
	}
}
