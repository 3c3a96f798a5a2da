package scoring_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
)

// full returns the score of a person as a tenant's administrator sees it, with trace.
func (s *suite) full(person string) *scoringv1.Score {
	s.t.Helper()
	score, err := s.admin().scores.GetScore(s.t.Context(), &scoringv1.GetScoreRequest{Name: scoreName(person), View: scoringv1.View_VIEW_FULL})
	must(s.t, err)
	return score
}

func TestConsumers_a_change_becomes_a_score_and_is_told(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.peers.plan("ani", "u1")
		s.peers.rate("ani", "1320", above, meets)
		s.peers.judge("u1", 10, 3, good)
		s.run()
		s.publish("e1", "kinerja.planning.v1.3402.plan.changed", &planningv1.PlanChanged{
			Plan: periodName + "/plans/ani", Person: personName("ani"), Unit: unitName("u1"), State: planningv1.Plan_STATE_APPROVED,
		})
		told, ok := s.told(1)[0].(*scoringv1.ScoresChanged)
		if !ok || told.GetPeriod() != periodName || len(told.GetChanges()) != 1 {
			t.Fatalf("told %v", told)
		}
		change := told.GetChanges()[0]
		score := change.GetScore()
		if score.GetName() != scoreName("ani") || score.GetState() != scoringv1.Score_STATE_COMPLETE ||
			score.GetPredicate() != scoringv1.Predicate_PREDICATE_GOOD || score.GetAchievement() != "110.00" ||
			score.GetCredit() != "12.50" || score.GetSurveyIndex() != "75.00" || score.GetRevision() != 1 || score.GetTrace() != nil {
			t.Fatalf("told score %v", score)
		}
		if !slices.Equal(change.GetCauses(), []string{"kinerja.planning.v1.plan.changed"}) || change.GetOldAchievement() != "" {
			t.Fatalf("told change %v", change)
		}
		if got := s.full("ani"); len(got.GetTrace().GetSteps()) == 0 || len(got.GetExplanation()) == 0 {
			t.Fatalf("score %v has no trace or no explanation", got)
		}
	})
}

func TestConsumers_an_assignment_that_ended_shortens_the_plan_and_lowers_the_credit(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.peers.plan("ani", "u1")
		s.peers.rate("ani", "1200", meets, meets)
		s.run()
		s.fact("e1", "rating.changed", "ani")
		s.told(1)
		s.peers.change(func() { s.peers.plans[personName("ani")][0].Months = 3 })
		s.publish("e2", "kinerja.planning.v1.3402.assignment.changed", &planningv1.AssignmentChanged{
			Assignment: "tenants/3402/assignments/ani", Revision: 2, Person: personName("ani"), Plan: periodName + "/plans/ani",
		})
		told, _ := s.told(2)[1].(*scoringv1.ScoresChanged)
		change := told.GetChanges()[0]
		if change.GetScore().GetCredit() != "3.13" || change.GetOldCredit() != "12.50" ||
			!slices.Equal(change.GetCauses(), []string{"kinerja.planning.v1.assignment.changed"}) {
			t.Fatalf("told change %v", change)
		}
	})
}

// Between the approval of a second plan and the first fact of it, all that is known is of the first one.
func TestConsumers_a_plan_of_which_nothing_is_told_has_no_facts_of_the_one_before(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.promote()
		s.run()
		for i, c := range []struct{ plan, unrated string }{
			{periodName + "/plans/ani-1", "segments/2/"}, {periodName + "/plans/ani", "segments/1/"},
		} {
			s.peers.change(func() {
				facts := s.peers.people[personName("ani")]
				facts.Plan, facts.EarlierPlans = c.plan, nil
			})
			s.fact(fmt.Sprintf("e%d", i), "rating.changed", "ani")
			s.told(uint64(i + 1))
			var missing []string
			for _, m := range s.full("ani").GetMissing() {
				if strings.HasSuffix(m.GetInput(), "/rating.result") || strings.HasSuffix(m.GetInput(), "/indicators/i1") {
					missing = append(missing, m.GetInput())
				}
			}
			if !slices.Equal(missing, []string{c.unrated + "results/r1/indicators/i1", c.unrated + "rating.result"}) {
				t.Errorf("with facts of %s: missing %v", c.plan, missing)
			}
		}
	})
}

func TestConsumers_coalesce_what_waits_into_one_recompute(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.peers.plan("ani", "u1")
		s.peers.rate("ani", "600", meets, meets)
		for i := range 40 {
			s.fact(fmt.Sprintf("e%d", i), "progress.reported", "ani")
		}
		s.run()
		s.told(1)
		s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
		s.peers.change(func() {
			if s.peers.planCalls >= 40 {
				t.Errorf("40 events cost %d calls", s.peers.planCalls)
			}
		})
		if got := s.full("ani").GetRevision(); got != 1 {
			t.Fatalf("revision %d", got)
		}
	})
}

// TestConsumers_a_burst_about_one_person_is_a_handful_of_computations tells a thousand changes of one person as fast as
// the bus takes them, to a consumer that works meanwhile. What they may cost follows from the design and from how long the
// telling takes on this machine: six computations, of which the distances grow from 50 ms to 800 ms, one for each further
// 800 ms, and two for changes that come alone, before the burst can be told from them.
func TestConsumers_a_burst_about_one_person_is_a_handful_of_computations(t *testing.T) {
	const burst, handful = 1000, 8
	s := one(t)
	s.peers.plan("ani", "u1")
	s.peers.rate("ani", "600", meets, meets)
	s.run()
	s.fact("first", "progress.reported", "ani")
	s.told(1)
	s.peers.change(func() { s.peers.planCalls = 0 })
	elapsed := clock.Stopwatch()
	for i := range burst {
		s.later(fmt.Sprintf("e%d", i), "progress.reported", "ani")
		if i%250 == 249 {
			<-s.bus.JetStream.PublishAsyncComplete() // what is under way has a bound
		}
	}
	s.peers.rate("ani", "900", meets, meets)
	s.fact("last", "progress.reported", "ani")
	took := elapsed()
	s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
	s.told(2)
	s.peers.change(func() {
		atMost := handful + int(took/(800*time.Millisecond))
		t.Logf("%d changes within %s cost %d computations", burst+1, took, s.peers.planCalls)
		if s.peers.planCalls > atMost {
			t.Errorf("%d changes within %s cost %d computations, more than %d", burst+1, took, s.peers.planCalls, atMost)
		}
	})
	if got := s.full("ani").GetRevision(); got != 2 {
		t.Errorf("revision %d", got)
	}
}

func TestConsumers_a_second_delivery_adds_no_revision_and_tells_nothing(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.peers.plan("ani", "u1")
		s.peers.rate("ani", "600", meets, meets)
		s.run()
		s.fact("e1", "progress.reported", "ani")
		s.told(1)
		s.fact("e1", "progress.reported", "ani")
		s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
		s.peers.rate("ani", "900", meets, meets)
		s.fact("e2", "progress.reported", "ani")
		told := s.told(2)
		if len(told) != 2 {
			t.Fatalf("%d events were told", len(told))
		}
		second, _ := told[1].(*scoringv1.ScoresChanged)
		if change := second.GetChanges()[0]; change.GetScore().GetRevision() != 2 || change.GetOldAchievement() != "50.00" {
			t.Fatalf("told change %v", change)
		}
	})
}

func TestConsumers_facts_that_change_nothing_are_not_told(t *testing.T) {
	s := one(t)
	s.peers.plan("ani", "u1")
	s.peers.rate("ani", "600", meets, meets)
	s.run()
	s.fact("e1", "rating.changed", "ani")
	s.told(1)
	s.fact("e2", "rating.changed", "ani")
	s.fact("e3", "rating.changed", "nobody")
	s.publish("e4", "kinerja.planning.v1.3402.plan.changed", &planningv1.PlanChanged{
		Plan: periodName + "/plans/budi", Person: personName("budi"), State: planningv1.Plan_STATE_SUBMITTED,
	})
	s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
	s.handled("KINERJA_PLANNING", "scoring-planning")
	s.peers.rate("ani", "900", meets, meets)
	s.fact("e5", "rating.changed", "ani")
	if got := len(s.told(2)); got != 2 {
		t.Fatalf("%d events were told", got)
	}
}

func TestConsumers_a_fact_about_a_unit_reaches_its_index_and_all_its_people(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		for _, person := range []string{"ani", "budi", "citra"} {
			s.peers.plan(person, "u1")
		}
		s.peers.plan("dewi", "u2")
		s.peers.judge("u1", 20, 4, good)
		s.run()
		s.unitFact("e1", "survey.answered", "u1")
		told := s.told(2)
		var people []string
		for _, payload := range told {
			switch m := payload.(type) {
			case *scoringv1.ScoresChanged:
				for _, change := range m.GetChanges() {
					people = append(people, change.GetScore().GetName())
				}
			case *scoringv1.SurveyIndexesChanged:
				index := m.GetSurveyIndexes()[0]
				if index.GetName() != periodName+"/surveyIndexes/u1" || index.GetValue() != "100.00" || index.GetGrade() != "A" ||
					index.GetPrintedWeightValue() != "99.00" || len(index.GetElements()) != 9 {
					t.Errorf("told index %v", index)
				}
			}
		}
		if !slices.Equal(people, []string{scoreName("ani"), scoreName("budi"), scoreName("citra")}) {
			t.Fatalf("told people %v", people)
		}
		index, err := s.anonymous().scores.GetSurveyIndex(t.Context(), &scoringv1.GetSurveyIndexRequest{Name: periodName + "/surveyIndexes/u1"})
		must(t, err)
		if index.GetValue() != "100.00" || index.GetResponseCount() != 20 {
			t.Fatalf("index %v", index)
		}
	})
}

func TestConsumers_an_outage_of_a_peer_passes(t *testing.T) {
	s := one(t)
	s.peers.plan("ani", "u1")
	s.peers.rate("ani", "600", meets, meets)
	s.peers.change(func() { s.peers.down = true })
	s.run()
	s.fact("e1", "progress.reported", "ani")
	kittest.Await(t, "scoring to have asked", func() bool {
		s.peers.mu.Lock()
		defer s.peers.mu.Unlock()
		return s.peers.planCalls > 0
	})
	s.peers.change(func() { s.peers.down = false })
	s.told(1)
}

func TestConsumers_what_can_never_be_scored_becomes_a_dead_letter(t *testing.T) {
	s := one(t)
	s.peers.plan("ani", "u1")
	s.peers.plan("budi", "u1")
	s.peers.rate("ani", "600", meets, meets)
	s.peers.rate("budi", "not a number", meets, meets)
	s.fact("e1", "progress.reported", "budi")
	s.fact("e2", "progress.reported", "ani")
	s.run()
	s.told(1)
	letters := natskit.NewDeadLetterTable(s.db, clock.System())
	kittest.Await(t, "the dead letter", func() bool {
		list, err := letters.List(t.Context(), "scoring-assessment", 10)
		must(t, err)
		return len(list) == 1 && list[0].EventID == "e1"
	})
	_, err := s.admin().scores.GetScore(t.Context(), &scoringv1.GetScoreRequest{Name: scoreName("budi")})
	refused(t, err, fault.ReasonNotFound)
	s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
}
