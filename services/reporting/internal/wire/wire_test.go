package wire_test

import (
	"errors"
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/timestamppb"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/wire"
)

var (
	at  = time.Date(2026, 3, 1, 8, 0, 0, 123456000, time.UTC)
	ani = domain.PersonKey{Tenant: "3374", Period: "2026", Person: "01ani"}
)

var _ app.Documents = wire.Documents{}

// received is an event of the bus with the payload; subject is such as planning plan changed.
func received(t *testing.T, subject string, payload proto.Message) event.Received {
	t.Helper()
	part := strings.Fields(subject)
	e, err := event.Seal(t.Context(), event.Source(part[0]), event.Event{
		ID: "01event", Subject: event.Subject(part[0], "3374", part[1], part[2]),
		Resource: "tenants/3374", Revision: 5, Time: at, Payload: payload,
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := event.Open(e.Subject, e.Header(), e.Data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func fullScore() *scoringv1.Score {
	return &scoringv1.Score{
		Name: "tenants/3374/periods/2026/scores/01ani", Unit: "tenants/3374/units/dinkes",
		State: scoringv1.Score_STATE_PROVISIONAL, Predicate: scoringv1.Predicate_PREDICATE_NEEDS_IMPROVEMENT,
		ResultRating: 3, BehaviorRating: 1, Achievement: "92.35", SurveyIndex: "81.94", Credit: "9.38", Revision: 7,
		Value: "88.10", SuggestedRating: 2,
		Missing:     []*scoringv1.MissingInput{{Input: "rating.organization", Description: "Predikat organisasi", Policy: 3}},
		ComputeTime: timestamppb.New(at), InputTime: timestamppb.New(at.Add(-time.Second)),
	}
}

type factsCase struct {
	subject string
	payload proto.Message
	want    app.Facts
}

func planningCases() map[string]factsCase {
	ref := func(id string) app.Ref { return app.Ref{Tenant: "3374", ID: id} }
	return map[string]factsCase{
		"tenant": {
			"planning tenant created",
			&planningv1.TenantCreated{Tenant: &planningv1.Tenant{Name: "tenants/3374", DisplayName: "Kota Semarang"}},
			app.Facts{Tenants: []app.Named{{Ref: ref(""), DisplayName: "Kota Semarang", Revision: 5}}},
		},
		"unit": {
			"planning unit changed",
			&planningv1.UnitChanged{Unit: &planningv1.Unit{Name: "tenants/3374/units/dinkes", DisplayName: "Dinas Kesehatan"}, Revision: 2},
			app.Facts{Units: []app.Named{{Ref: ref("dinkes"), DisplayName: "Dinas Kesehatan", Revision: 2}}},
		},
		"person": {
			"planning person changed",
			&planningv1.PersonChanged{Person: "tenants/3374/people/01ani", DisplayName: "Ani", Revision: 3},
			app.Facts{People: []app.Named{{Ref: ref("01ani"), DisplayName: "Ani", Revision: 3}}},
		},
		"plan": {
			"planning plan changed",
			&planningv1.PlanChanged{
				Plan: "tenants/3374/periods/2026/plans/01plan", Person: "tenants/3374/people/01ani",
				Unit: "tenants/3374/units/dinkes", PositionTitle: "Perawat", State: planningv1.Plan_STATE_RETURNED, Revision: 4,
			},
			app.Facts{Plans: []domain.PlanChange{{
				Key: ani, Unit: "dinkes", Plan: domain.Plan{Revision: 4, State: "RETURNED", PositionTitle: "Perawat"},
			}}},
		},
		"what is not read here": {"planning period changed", &planningv1.PeriodChanged{}, app.Facts{}},
	}
}

func scoringCases() map[string]factsCase {
	return map[string]factsCase{
		"scores": {
			"scoring score changed",
			&scoringv1.ScoresChanged{Changes: []*scoringv1.ScoreChange{
				{Score: fullScore()}, {Score: &scoringv1.Score{Name: "tenants/3374/periods/2026/scores/01budi", Revision: 1}},
			}},
			app.Facts{Scores: []domain.ScoreChange{
				{Key: ani, Unit: "dinkes", Score: domain.Score{
					Revision: 7, State: "PROVISIONAL", Predicate: domain.NeedsImprovement, ResultRating: "BELOW",
					BehaviorRating: "ABOVE", Achievement: "92.35", SurveyIndex: "81.94", Credit: "9.38", Value: "88.10", Suggestion: "MEETS",
					Missing:   []domain.Missing{{Input: "rating.organization", Description: "Predikat organisasi", Policy: "PROVISIONAL"}},
					InputTime: at.Add(-time.Second), ComputeTime: at,
				}},
				{Key: domain.PersonKey{Tenant: "3374", Period: "2026", Person: "01budi"}, Score: domain.Score{Revision: 1}},
			}},
		},
		"survey indexes": {
			"scoring survey-index changed",
			&scoringv1.SurveyIndexesChanged{SurveyIndexes: []*scoringv1.SurveyIndex{
				{Name: "tenants/3374/periods/2026/surveyIndexes/dinkes", Value: "81.94", Grade: "B", Revision: 2},
			}},
			app.Facts{Surveys: []domain.SurveyChange{{
				Key:    domain.UnitKey{Tenant: "3374", Period: "2026", Unit: "dinkes"},
				Survey: domain.Survey{Revision: 2, Index: "81.94", Grade: "B"},
			}}},
		},
	}
}

func TestFactsOfEvents(t *testing.T) {
	t.Parallel()
	cases := planningCases()
	maps.Copy(cases, scoringCases())
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := wire.Event(received(t, c.subject, c.payload))
			if err != nil {
				t.Fatal(err)
			}
			want := app.Event{ID: "01event", Tenant: "3374", Time: at, Facts: c.want}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEventsThatAreRefused(t *testing.T) {
	t.Parallel()
	plan := func(change func(*planningv1.PlanChanged)) *planningv1.PlanChanged {
		m := &planningv1.PlanChanged{
			Plan: "tenants/3374/periods/2026/plans/01plan", Person: "tenants/3374/people/01ani",
			Unit: "tenants/3374/units/dinkes", Revision: 1,
		}
		change(m)
		return m
	}
	score := func(change func(*scoringv1.Score)) *scoringv1.ScoresChanged {
		s := fullScore()
		change(s)
		return &scoringv1.ScoresChanged{Changes: []*scoringv1.ScoreChange{{Score: s}}}
	}
	cases := map[string]event.Received{
		"another message":           received(t, "planning plan changed", &planningv1.UnitChanged{}),
		"a plan without a name":     received(t, "planning plan changed", plan(func(m *planningv1.PlanChanged) { m.Plan = "" })),
		"a person of another place": received(t, "planning plan changed", plan(func(m *planningv1.PlanChanged) { m.Person = "tenants/3402/people/01ani" })),
		"a plan without a unit":     received(t, "planning plan changed", plan(func(m *planningv1.PlanChanged) { m.Unit = "" })),
		"a revision of 0":           received(t, "planning plan changed", plan(func(m *planningv1.PlanChanged) { m.Revision = 0 })),
		"a score of another tenant": received(t, "scoring score changed", score(func(s *scoringv1.Score) { s.Name = "tenants/3402/periods/2026/scores/01ani" })),
		"a score's unit elsewhere":  received(t, "scoring score changed", score(func(s *scoringv1.Score) { s.Unit = "tenants/3402/units/dinkes" })),
		"a change without a score":  received(t, "scoring score changed", &scoringv1.ScoresChanged{Changes: []*scoringv1.ScoreChange{{}}}),
		"an index of no unit":       received(t, "scoring survey-index changed", &scoringv1.SurveyIndexesChanged{SurveyIndexes: []*scoringv1.SurveyIndex{{Revision: 1}}}),
		"a tenant of another name":  received(t, "planning tenant created", &planningv1.TenantCreated{Tenant: &planningv1.Tenant{Name: "tenants/3402"}}),
		"a unit without a name":     received(t, "planning unit changed", &planningv1.UnitChanged{Revision: 1}),
		"a person without a name":   received(t, "planning person changed", &planningv1.PersonChanged{Revision: 1}),
	}
	for name, e := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := wire.Event(e)
			if !errors.Is(err, event.ErrUndecodable) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func fullReport(t *testing.T) *domain.Report {
	t.Helper()
	r := &domain.Report{
		Key: ani, DisplayName: "Ani", UnitDisplayName: "Dinas Kesehatan", Revision: 1, VisibleTime: at,
	}
	score := fullScore()
	score.Final = &scoringv1.Score_Final{Predicate: score.GetPredicate(), Credit: score.GetCredit()}
	got, err := wire.Event(received(t, "scoring score changed", &scoringv1.ScoresChanged{Changes: []*scoringv1.ScoreChange{{Score: score, PredicateLabel: "Cukup"}}}))
	if err != nil {
		t.Fatal(err)
	}
	r.ApplyScore(got.Facts.Scores[0])
	r.ApplyPlan(domain.PlanChange{Key: r.Key, Unit: "dinkes", Plan: domain.Plan{Revision: 1, State: "APPROVED", PositionTitle: "Perawat"}})
	return r
}

// TestNothingIsForgotten makes messages of rows that have every field set, and looks for fields that are not.
func TestNothingIsForgotten(t *testing.T) {
	t.Parallel()
	report := fullReport(t)
	v := reflect.ValueOf(report.Score)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("the score's %s is not read from the event", v.Type().Field(i).Name)
		}
	}
	tally := domain.Tally{
		Key: domain.UnitKey{Tenant: "3374", Period: "2026", Unit: "dinkes"}, DisplayName: "Dinas Kesehatan",
		Counts: domain.Counts{People: 9, Approved: 8, Predicates: [5]int{1, 2, 1, 2, 1}},
		Survey: domain.Survey{Revision: 1, Index: "81.94", Grade: "B"}, Revision: 1, VisibleTime: at,
	}
	whole := tally
	whole.Key.Unit = domain.WholeTenant
	person, personErr := wire.Documents{}.Person(report)
	unit, unitErr := wire.Documents{}.Unit(&tally)
	summary, summaryErr := wire.Documents{}.Summary(&domain.Summary{Whole: whole, Units: []domain.Tally{tally}})
	err := errors.Join(personErr, unitErr, summaryErr)
	if err != nil {
		t.Fatal(err)
	}
	documents := map[proto.Message][]byte{
		&reportingv1.PersonReport{}: person, &reportingv1.UnitReport{}: unit, &reportingv1.TenantSummary{}: summary,
	}
	for m, document := range documents {
		err := proto.Unmarshal(document, m)
		if err != nil {
			t.Fatal(err)
		}
		fields := m.ProtoReflect().Descriptor().Fields()
		for i := range fields.Len() {
			if !m.ProtoReflect().Has(fields.Get(i)) {
				t.Errorf("%s is not set", fields.Get(i).FullName())
			}
		}
	}
}

// TestFinalHolds reads a score whose rules give another predicate than people have fixed.
func TestFinalHolds(t *testing.T) {
	t.Parallel()
	score := fullScore()
	score.Final = &scoringv1.Score_Final{Predicate: scoringv1.Predicate_PREDICATE_VERY_POOR, Credit: "3.13"}
	got, err := wire.Event(received(t, "scoring score changed", &scoringv1.ScoresChanged{Changes: []*scoringv1.ScoreChange{{Score: score}}}))
	if err != nil {
		t.Fatal(err)
	}
	if s := got.Facts.Scores[0].Score; s.Predicate != domain.VeryPoor || s.Credit != "3.13" || !s.Final || score.GetPredicate() == score.GetFinal().GetPredicate() {
		t.Fatalf("predicate %s with %s", s.Predicate, s.Credit)
	}
}

// TestValuesOfLaterVersions reads enum values that this build does not know and shows them as they are.
func TestValuesOfLaterVersions(t *testing.T) {
	t.Parallel()
	score := fullScore()
	score.Predicate, score.State, score.ResultRating, score.BehaviorRating = 99, 98, 97, 96
	score.Missing[0].Policy = 95
	got, err := wire.Event(received(t, "scoring score changed", &scoringv1.ScoresChanged{Changes: []*scoringv1.ScoreChange{{Score: score}}}))
	if err != nil {
		t.Fatal(err)
	}
	r := &domain.Report{}
	r.ApplyScore(got.Facts.Scores[0])
	m := wire.PersonReport(r)
	numbers := []protoreflect.EnumNumber{
		m.GetPredicate().Number(), m.GetScoreState().Number(), m.GetResultRating().Number(),
		m.GetBehaviorRating().Number(), m.GetMissing()[0].GetPolicy().Number(),
	}
	if diff := cmp.Diff([]protoreflect.EnumNumber{99, 98, 97, 96, 95}, numbers); diff != "" {
		t.Error(diff)
	}
	if m.GetPredicateLabel() != "" {
		t.Errorf("a predicate that nobody knows is labelled %q", m.GetPredicateLabel())
	}
}

func TestPersonReport_says_the_predicate_in_the_words_of_its_rules(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{"Cukup": "Cukup", "": "Butuh Perbaikan"} {
		report := &domain.Report{Key: ani, Score: domain.Score{Predicate: domain.NeedsImprovement, PredicateWord: word}}
		if got := wire.PersonReport(report).GetPredicateLabel(); got != want {
			t.Errorf("with the word %q the label is %q, want %q", word, got, want)
		}
	}
}
