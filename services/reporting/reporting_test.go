package reporting_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/config"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
	"github.com/kinerja-suite/kinerja/services/kit/natskit"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/reporting"
)

// outOfOrder publishes what there is to know of two people: scores before plans, and names last.
func (s *suite) outOfOrder(score *scoringv1.Score) {
	s.t.Helper()
	s.publish("scoring", "score.changed", scoresOf(score, scoreOf("01budi", "dinkes", 0, 1)))
	s.publish("scoring", "survey-index.changed", &scoringv1.SurveyIndexesChanged{
		Period: "tenants/3374/periods/2026",
		SurveyIndexes: []*scoringv1.SurveyIndex{
			{Name: "tenants/3374/periods/2026/surveyIndexes/dinkes", Value: "81.94", Grade: "B", Revision: 1},
		},
	})
	s.publish("planning", "plan.changed", planOf("01ani", "dinkes", planningv1.Plan_STATE_APPROVED, 3))
	s.publish("planning", "plan.changed", planOf("01budi", "dinkes", planningv1.Plan_STATE_RETURNED, 2))
	s.publish("planning", "unit.changed", &planningv1.UnitChanged{
		Unit: &planningv1.Unit{Name: "tenants/3374/units/dinkes", DisplayName: "Dinas Kesehatan"}, Revision: 1,
	})
	s.publish("planning", "person.changed", &planningv1.PersonChanged{
		Person: "tenants/3374/people/01ani", DisplayName: "Ani, S.Kep.", Revision: 1,
	})
	s.publish("planning", "period.changed", &planningv1.PeriodChanged{Revision: 1})
	s.publish("planning", "tenant.created", &planningv1.TenantCreated{
		Tenant: &planningv1.Tenant{Name: "tenants/3374", DisplayName: "Kota Semarang"},
	})
}

// TestEventsBecomeReports follows facts from the streams of both services to every report.
func TestEventsBecomeReports(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		input, compute := lateEvening.Add(-time.Minute), lateEvening.Add(-time.Second)
		score := scoreOf("01ani", "dinkes", scoringv1.Predicate_PREDICATE_VERY_GOOD, 4)
		score.ResultRating, score.BehaviorRating = assessmentv1.Expectation_EXPECTATION_ABOVE, assessmentv1.Expectation_EXPECTATION_MEETS
		score.Achievement, score.SurveyIndex, score.Credit = "104.00", "81.94", "18.75"
		score.Value, score.SuggestedRating = "96.20", assessmentv1.Expectation_EXPECTATION_MEETS
		score.Final = &scoringv1.Score_Final{Predicate: score.GetPredicate(), Credit: score.GetCredit()}
		score.InputTime, score.ComputeTime = timestamppb.New(input), timestamppb.New(compute)
		score.Missing = []*scoringv1.MissingInput{{
			Input: "results/r1/indicators/i2", Description: "Realisasi", Policy: scoringv1.MissingInput_POLICY_EXCLUDE,
		}}
		s.outOfOrder(score)
		got := s.await("plan, score and names are shown", "01ani", func(r *reportingv1.PersonReport) bool {
			return r.GetScoreRevision() == 4 && r.GetPlanState() != 0 && r.GetDisplayName() != "" && r.GetUnitDisplayName() != ""
		})
		at := timestamppb.New(lateEvening)
		expect(t, "the person", &reportingv1.PersonReport{
			Name: personName("01ani"), DisplayName: "Ani, S.Kep.", PositionTitle: "Perawat Ahli Pertama",
			Unit: "tenants/3374/units/dinkes", UnitDisplayName: "Dinas Kesehatan",
			PlanState: planningv1.Plan_STATE_APPROVED, ScoreState: scoringv1.Score_STATE_COMPLETE,
			Predicate: scoringv1.Predicate_PREDICATE_VERY_GOOD, PredicateLabel: "Sangat Baik",
			ResultRating: score.GetResultRating(), BehaviorRating: score.GetBehaviorRating(),
			Achievement: "104.00", SurveyIndex: "81.94", Credit: "18.75", Missing: score.GetMissing(),
			Value: "96.20", SuggestedRating: score.GetSuggestedRating(), Final: true,
			Score: "tenants/3374/periods/2026/scores/01ani", ScoreRevision: 4,
			InputTime: timestamppb.New(input), ComputeTime: timestamppb.New(compute), VisibleTime: at,
		}, got)

		unit := &reportingv1.UnitReport{
			Name: unitName("dinkes"), DisplayName: "Dinas Kesehatan", PeopleCount: 2, ApprovedPlanCount: 1, ScoredCount: 1,
			SurveyIndex: "81.94", SurveyGrade: "B", VisibleTime: at,
		}
		labels := []string{"Sangat Baik", "Baik", "Butuh Perbaikan", "Kurang/Misconduct", "Sangat Kurang", "Belum ada predikat"}
		for i, label := range labels {
			n := map[int]int32{0: 1, 5: 1}[i]
			unit.Distribution = append(unit.Distribution, &reportingv1.PredicateCount{
				Predicate: scoringv1.Predicate((i + 1) % len(labels)), Label: label, Count: n,
			})
		}
		client := s.admin()
		kittest.Await(t, "the unit and the summary show all", func() bool {
			u, err := client.GetUnitReport(t.Context(), &reportingv1.GetUnitReportRequest{Name: unitName("dinkes")})
			m, summaryErr := client.GetTenantSummary(t.Context(), &reportingv1.GetTenantSummaryRequest{Name: "tenants/3374/periods/2026/summary"})
			return err == nil && summaryErr == nil && cmp.Equal(unit, u, protocmp.Transform()) &&
				cmp.Equal(&reportingv1.TenantSummary{
					Name: "tenants/3374/periods/2026/summary", DisplayName: "Kota Semarang", PeopleCount: 2, ApprovedPlanCount: 1,
					ScoredCount: 1, Distribution: unit.GetDistribution(), Units: []*reportingv1.UnitReport{unit}, VisibleTime: at,
				}, m, protocmp.Transform())
		})
	})
}

func TestRepetitionsOnTheBusChangeNothing(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		plan := s.message("planning", "plan.changed", planOf("01ani", "dinkes", planningv1.Plan_STATE_APPROVED, 1))
		old := s.message("planning", "plan.changed", planOf("01ani", "dinkes", planningv1.Plan_STATE_DRAFT, 1))
		s.send(plan)
		first := s.await("the plan is shown", "01ani", func(*reportingv1.PersonReport) bool { return true })
		s.clock.Advance(time.Hour)
		s.send(plan)
		s.send(old)
		s.send(plan)
		s.publish("planning", "plan.changed", planOf("01budi", "dinkes", planningv1.Plan_STATE_DRAFT, 1))
		s.await("what came after is shown", "01budi", func(*reportingv1.PersonReport) bool { return true })
		again := s.await("the plan is shown", "01ani", func(*reportingv1.PersonReport) bool { return true })
		expect(t, "the report", first, again)
		client := s.admin()
		kittest.Await(t, "the unit counts two people", func() bool {
			unit, err := client.GetUnitReport(t.Context(), &reportingv1.GetUnitReportRequest{Name: unitName("dinkes")})
			must(t, err)
			return unit.GetPeopleCount() == 2
		})
	})
}

func TestAnEventThatCannotBeReadStopsNothing(t *testing.T) {
	s := one(t)
	foreign := planOf("01ani", "dinkes", planningv1.Plan_STATE_DRAFT, 1)
	foreign.Person = "tenants/3402/people/01ani"
	s.publish("planning", "plan.changed", foreign)
	s.publish("planning", "plan.changed", planOf("01ani", "dinkes", planningv1.Plan_STATE_DRAFT, 0))
	s.publish("planning", "plan.changed", &planningv1.UnitChanged{Revision: 1})
	s.publish("planning", "plan.changed", planOf("01budi", "dinkes", planningv1.Plan_STATE_DRAFT, 1))
	s.await("what came after is shown", "01budi", func(*reportingv1.PersonReport) bool { return true })
	letters := natskit.NewDeadLetterTable(s.db, clock.System())
	kittest.Await(t, "three dead letters", func() bool {
		got, err := letters.List(t.Context(), "reporting-planning", 10)
		must(t, err)
		for _, l := range got {
			if strings.Contains(l.Reason, "3402") {
				t.Errorf("the reason tells what nobody has read: %s", l.Reason)
			}
		}
		return len(got) == 3
	})
	_, err := s.admin().GetPersonReport(t.Context(), &reportingv1.GetPersonReportRequest{Name: personName("01ani")})
	refused(t, "the person of the refused events", err, fault.ReasonNotFound)
}

func TestPages(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		const people = 7
		for i := range people {
			s.publish("planning", "plan.changed", planOf(numbered(i), []string{"dinkes", "rsud"}[i%2], planningv1.Plan_STATE_DRAFT, 1))
		}
		s.await("the last plan is shown", numbered(people-1), func(*reportingv1.PersonReport) bool { return true })
		client := s.admin()
		for unit, want := range map[string][]int{"": {0, 1, 2, 3, 4, 5, 6}, "tenants/3374/units/dinkes": {0, 2, 4, 6}, "tenants/3374/units/none": nil} {
			req := &reportingv1.ListPersonReportsRequest{Parent: "tenants/3374/periods/2026", Unit: unit, PageSize: 2}
			var got, expected []string
			for {
				resp, err := client.ListPersonReports(t.Context(), req)
				must(t, err)
				for _, r := range resp.GetPersonReports() {
					got = append(got, r.GetName())
				}
				req.PageToken = resp.GetNextPageToken()
				if req.GetPageToken() == "" {
					break
				}
			}
			for _, i := range want {
				expected = append(expected, personName(numbered(i)))
			}
			expect(t, "pages of unit "+unit, expected, got)
		}
		first, err := client.ListPersonReports(t.Context(), &reportingv1.ListPersonReportsRequest{Parent: "tenants/3374/periods/2026", PageSize: 2})
		must(t, err)
		_, err = client.ListPersonReports(t.Context(), &reportingv1.ListPersonReportsRequest{
			Parent: "tenants/3374/periods/2025", PageSize: 2, PageToken: first.GetNextPageToken(),
		})
		refused(t, "a token of another list", err, fault.ReasonInvalidPageToken)
		all, err := client.ListPersonReports(t.Context(), &reportingv1.ListPersonReportsRequest{Parent: "tenants/3374/periods/2026", PageSize: 7})
		must(t, err)
		expect(t, "a page that holds all has no next", "", all.GetNextPageToken())
	})
}

func TestWrongRequests(t *testing.T) {
	s := one(t)
	client, ctx := s.admin(), t.Context()
	list := func(parent, unit string, size int32) error {
		_, err := client.ListPersonReports(ctx, &reportingv1.ListPersonReportsRequest{Parent: parent, Unit: unit, PageSize: size})
		return err
	}
	_, person := client.GetPersonReport(ctx, &reportingv1.GetPersonReportRequest{Name: "tenants/3374/periods/2026/people/01ani"})
	_, unit := client.GetUnitReport(ctx, &reportingv1.GetUnitReportRequest{Name: "tenants/3374/periods/2026/unitReports/DINKES"})
	_, summary := client.GetTenantSummary(ctx, &reportingv1.GetTenantSummaryRequest{Name: "tenants/3374/periods/2026"})
	_, unknown := client.GetTenantSummary(ctx, &reportingv1.GetTenantSummaryRequest{Name: "tenants/3374/periods/1999/summary"})
	period := "tenants/3374/periods/2026"
	cases := map[string]struct {
		err    error
		reason fault.Reason
		fields []string
	}{
		"a name of another collection":   {person, fault.ReasonInvalidName, []string{"name"}},
		"an id in upper case":            {unit, fault.ReasonInvalidName, []string{"name"}},
		"a name that is too short":       {summary, fault.ReasonInvalidName, []string{"name"}},
		"a period that nothing is in":    {unknown, fault.ReasonNotFound, nil},
		"a unit of another tenant":       {list(period, "tenants/3402/units/dinkes", 0), fault.ReasonInvalidName, []string{"unit"}},
		"a unit that is none":            {list(period, "dinkes", 0), fault.ReasonInvalidName, []string{"unit"}},
		"a negative size":                {list(period, "", -1), fault.ReasonInvalidArgument, []string{"page_size"}},
		"a parent, a unit and a size":    {list("tenants/3374", "dinkes", -1), fault.ReasonInvalidArgument, []string{"parent", "unit", "page_size"}},
		"a size above the bound is less": {list(period, "", 10_000), "", nil},
	}
	for name, c := range cases {
		if c.reason == "" {
			must(t, c.err)
			continue
		}
		f := refused(t, name, c.err, c.reason)
		var fields []string
		for _, v := range f.Violations {
			fields = append(fields, v.Field)
		}
		expect(t, name+": fields", c.fields, fields)
	}
}

// TestOnRedis runs the service with the views of a split deployment.
func TestOnRedis(t *testing.T) {
	t.Parallel()
	views := kittest.Redis(t)
	s := start(t, kittest.Engine{Name: sqlkit.SQLite}.DB(t, reporting.Migrations()), views)
	s.publish("planning", "plan.changed", planOf("01ani", "dinkes", planningv1.Plan_STATE_APPROVED, 1))
	kittest.Await(t, "the views are in Redis", func() bool {
		got, err := views.Get(t.Context(), "rm:v1:{3374.2026.01ani}:person", "rm:v1:{3374.2026.u.dinkes}:unit", "rm:v1:{3374.2026}:summary")
		must(t, err)
		return got[0].Found() && got[1].Found() && got[2].Found()
	})
	m, err := s.as("33", "", commonv1.Role_ROLE_PROVINCE_ADMIN).GetTenantSummary(t.Context(),
		&reportingv1.GetTenantSummaryRequest{Name: "tenants/3374/periods/2026/summary"})
	must(t, err)
	expect(t, "people", int32(1), m.GetPeopleCount())
}

func TestNew(t *testing.T) {
	t.Parallel()
	_, err := reporting.New(reporting.Config{}, reporting.Deps{})
	for _, want := range []string{"batch", "summary_interval", "Clock, DB, Logger, NATS, Organization"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("New without anything: %v does not tell %s", err, want)
		}
	}
	must(t, config.Check(&reporting.Config{}))
	cfg := reporting.Config{}
	must(t, config.Load(&cfg, config.Sources{}))
	expect(t, "defaults", reporting.Defaults(), cfg)
	must(t, cfg.Validate())
}

func expect(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
