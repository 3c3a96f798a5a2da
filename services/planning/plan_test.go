package planning_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/fieldmaskpb"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

func TestPlanFromDraftToApproval(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		ctx := t.Context()
		owner, superior := s.employee("budi").plan, s.employee("citra").plan
		s.approved("chief-plan", "citra", "ani")
		refer := func(r *planningv1.Result) {
			r.SuperiorResult, r.Objective = planName("chief-plan")+"/results/r1", "tenants/3374/periods/2026/objectives/o1"
		}
		p, err := owner.CreatePlan(ctx, planOf("p1", "budi", refer))
		must(t, err)
		if p.GetState() != planningv1.Plan_STATE_DRAFT || p.GetPosition() != name("positions", "nurse") || p.GetUnit() != name("units", "clinic") {
			t.Fatalf("drafted %v", p)
		}
		if got := p.GetResults()[0].GetIndicators()[0]; got.GetTarget() != "1200" || got.GetSource() != planningv1.Indicator_SOURCE_REPORTED {
			t.Errorf("the indicator is %v", got)
		}
		p, err = owner.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{Name: p.GetName(), Etag: p.GetEtag()})
		must(t, err)
		p, err = superior.ReturnPlan(ctx, &planningv1.ReturnPlanRequest{Name: p.GetName(), Etag: p.GetEtag(), Reason: "Lengkapi target"})
		must(t, err)
		if p.GetState() != planningv1.Plan_STATE_RETURNED || p.GetReturnReason() != "Lengkapi target" {
			t.Fatalf("returned %v", p)
		}
		p.Results = results(refer, func(r *planningv1.Result) { r.Indicators[0].Target = "1300" })
		p, err = owner.UpdatePlan(ctx, &planningv1.UpdatePlanRequest{Plan: p, UpdateMask: &fieldmaskpb.FieldMask{Paths: []string{"results"}}})
		must(t, err)
		p, err = owner.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{Name: p.GetName()})
		must(t, err)
		s.clock.Advance(3600e9)
		p, err = superior.ApprovePlan(ctx, &planningv1.ApprovePlanRequest{Name: p.GetName(), Etag: p.GetEtag()})
		must(t, err)
		if p.GetState() != planningv1.Plan_STATE_APPROVED || p.GetApprover() != name("people", "citra") || !p.GetApproveTime().AsTime().Equal(s.clock.Now()) {
			t.Fatalf("approved %v", p)
		}
		read, err := owner.GetPlan(ctx, &planningv1.GetPlanRequest{Name: p.GetName()})
		must(t, err)
		diff := cmp.Diff(p, read, protocmp.Transform())
		if diff != "" || read.GetResults()[0].GetIndicators()[0].GetTarget() != "1300" {
			t.Fatal(diff)
		}
		list, err := s.admin("3374").plan.ListPlans(ctx, &planningv1.ListPlansRequest{Parent: "tenants/3374/periods/2026", PageSize: 1})
		must(t, err)
		if len(list.GetPlans()) != 1 || list.GetPlans()[0].GetName() != planName("chief-plan") || list.GetNextPageToken() == "" {
			t.Fatalf("listed %v", list)
		}
	})
}

func TestPlansAreRefusedWithAllThatIsWrong(t *testing.T) {
	s := one(t)
	s.seed()
	s.approved("chief-plan", "citra", "ani")
	s.approved("peer-plan", "dewi", "citra")
	budi, admin := s.employee("budi").plan, s.admin("3374").plan
	indicator := func(change func(*planningv1.Indicator)) func(*planningv1.Result) {
		return func(r *planningv1.Result) { change(r.GetIndicators()[0]) }
	}
	to := func(result string) func(*planningv1.Result) {
		return func(r *planningv1.Result) { r.SuperiorResult = result }
	}
	const at = "plan.results[0].indicators[0]"
	cases := map[string]struct {
		plan   planningv1.PlanServiceClient
		req    *planningv1.CreatePlanRequest
		reason fault.Reason
		fields []string
	}{
		"an_indicator_without_unit": {
			budi, planOf("p1", "budi", indicator(func(i *planningv1.Indicator) { i.UnitOfMeasure = "" })),
			fault.ReasonIndicatorUnitRequired,
			[]string{at + ".unit_of_measure"},
		},
		"a_target_of_0": {
			budi, planOf("p1", "budi", indicator(func(i *planningv1.Indicator) { i.Target = "0" })), fault.ReasonInvalidTarget, []string{at + ".target"},
		},
		"a_target_that_is_no_number": {
			budi, planOf("p1", "budi", indicator(func(i *planningv1.Indicator) { i.Target = "1e9" })), fault.ReasonInvalidDecimal, []string{at + ".target"},
		},
		"three_faults": {
			budi, planOf("p1", "budi", to("tenants/3374/x"), indicator(func(i *planningv1.Indicator) { i.UnitOfMeasure, i.TargetLow = " ", "1" })),
			fault.ReasonInvalidArgument,
			[]string{"plan.results[0].superior_result", at + ".unit_of_measure", at + ".target_low"},
		},
		"a_result_of_a_peer":           {budi, planOf("p1", "budi", to(planName("peer-plan")+"/results/r1")), fault.ReasonReferenceNotFound, []string{"plan.results[0].superior_result"}},
		"a_result_that_is_missing":     {budi, planOf("p1", "budi", to(planName("chief-plan")+"/results/r2")), fault.ReasonReferenceNotFound, []string{"plan.results[0].superior_result"}},
		"a_result_of_another_tenant":   {budi, planOf("p1", "budi", to("tenants/3402/periods/2026/plans/chief-plan/results/r1")), fault.ReasonReferenceNotFound, []string{"plan.results[0].superior_result"}},
		"an_objective_that_is_missing": {budi, planOf("p1", "budi", func(r *planningv1.Result) { r.Objective = "tenants/3374/periods/2026/objectives/o9" }), fault.ReasonReferenceNotFound, []string{"plan.results[0].objective"}},
		"of_somebody_else":             {budi, planOf("p1", "eko"), fault.ReasonPermissionDenied, nil},
		"of_nobody_for_oneself":        {s.employee("nobody").plan, planOf("p1", "nobody"), fault.ReasonPermissionDenied, nil},
		"of_nobody_for_the_admin":      {admin, planOf("p1", "nobody"), fault.ReasonReferenceNotFound, []string{"plan.person"}},
		"of_no_person":                 {admin, planOf("p1", ""), fault.ReasonInvalidName, []string{"plan.person"}},
		"of_a_mayor":                   {admin, planOf("p1", "wali"), fault.ReasonInvalidArgument, []string{"plan.person"}},
		"without_a_position":           {s.employee("eko").plan, planOf("p1", "eko"), fault.ReasonNoAssignment, nil},
		"a_second_one":                 {s.employee("citra").plan, planOf("p1", "citra"), fault.ReasonPlanExists, nil},
		"with_an_id_that_is_taken":     {budi, planOf("chief-plan", "budi"), fault.ReasonAlreadyExists, nil},
		"in_no_period": {
			budi, &planningv1.CreatePlanRequest{Parent: "tenants/3374/periods/2030", Plan: planOf("", "budi").GetPlan()}, fault.ReasonNotFound, nil,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := c.plan.CreatePlan(t.Context(), c.req)
			violated(t, refused(t, err, c.reason), c.fields...)
		})
	}
	t.Run("the_plan_in_the_way_is_named", func(t *testing.T) {
		_, err := s.employee("citra").plan.CreatePlan(t.Context(), planOf("p1", "citra"))
		f := refused(t, err, fault.ReasonPlanExists)
		if f.Meta["resource"] != planName("chief-plan") {
			t.Errorf("metadata %v", f.Meta)
		}
	})
}

func TestOnlyTheSuperiorOfTheDayDecides(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		ctx := t.Context()
		_, err := s.employee("budi").plan.CreatePlan(ctx, planOf("p1", "budi"))
		must(t, err)
		_, err = s.employee("budi").plan.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{Name: planName("p1")})
		must(t, err)
		approve := func(c caller, id string) error {
			_, err := c.plan.ApprovePlan(ctx, &planningv1.ApprovePlanRequest{Name: planName(id)})
			return err
		}
		said := ""
		for _, who := range []string{"budi", "dewi", "ani", "wali", "eko", "nobody"} {
			for _, id := range []string{"p1", "missing"} {
				f := refused(t, approve(s.employee(who), id), fault.ReasonNotSuperior)
				if said == "" {
					said = f.Error() + f.Local()
				}
				if f.Error()+f.Local() != said || f.Meta["date"] != "2026-03-15" {
					t.Errorf("%s: the refusal for %s differs: %q", who, id, f.Error())
				}
				_, err = s.employee(who).plan.ReturnPlan(ctx, &planningv1.ReturnPlanRequest{Name: planName(id), Reason: "Lengkapi"})
				refused(t, err, fault.ReasonNotSuperior)
			}
		}
		refused(t, approve(s.employee("citra"), "missing"), fault.ReasonNotSuperior)
		for _, c := range []caller{s.admin("3374"), s.scoring(), s.as("3374", "", commonv1.Role_ROLE_INSPECTOR)} {
			refused(t, approve(c, "p1"), fault.ReasonPermissionDenied)
		}
		// eko becomes Plt of the chief tomorrow.
		s.assign("eko", "chief", planningv1.Assignment_KIND_ACTING, day(2026, 3, 16), day(2026, 4, 1))
		refused(t, approve(s.employee("eko"), "p1"), fault.ReasonNotSuperior)
		s.clock.Advance(24 * 3600e9)
		must(t, approve(s.employee("eko"), "p1"))
	})
}

func TestNobodyDecidesOnTheirOwnPlan(t *testing.T) {
	s := one(t)
	s.seed()
	ctx := t.Context()
	s.assign("budi", "chief", planningv1.Assignment_KIND_ACTING, day(2026, 3, 1), nil)
	_, err := s.employee("budi").plan.CreatePlan(ctx, planOf("p1", "budi"))
	must(t, err)
	_, err = s.employee("budi").plan.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{Name: planName("p1")})
	must(t, err)
	_, err = s.employee("budi").plan.ApprovePlan(ctx, &planningv1.ApprovePlanRequest{Name: planName("p1")})
	refused(t, err, fault.ReasonNotSuperior)
}

func TestStatesAndRevisionsOfPlans(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		ctx := t.Context()
		owner, superior := s.employee("budi").plan, s.employee("citra").plan
		empty := planOf("p1", "budi")
		empty.Plan.Results = nil
		draft, err := owner.CreatePlan(ctx, empty)
		must(t, err)
		_, err = owner.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{Name: draft.GetName()})
		violated(t, refused(t, err, fault.ReasonPlanIncomplete), "results")
		update := &planningv1.UpdatePlanRequest{Plan: &planningv1.Plan{Name: draft.GetName(), Etag: draft.GetEtag(), Results: results()}}
		changed, err := owner.UpdatePlan(ctx, update)
		must(t, err)
		_, err = owner.UpdatePlan(ctx, update)
		f := refused(t, err, fault.ReasonETagMismatch)
		if f.Meta["resource"] != draft.GetName() {
			t.Errorf("metadata %v", f.Meta)
		}
		_, err = owner.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{Name: draft.GetName(), Etag: draft.GetEtag()})
		refused(t, err, fault.ReasonETagMismatch)
		_, err = superior.ApprovePlan(ctx, &planningv1.ApprovePlanRequest{Name: draft.GetName()})
		f = refused(t, err, fault.ReasonPlanState)
		if f.Meta["from"] != "DRAFT" || f.Meta["verb"] != "approve" || !strings.Contains(f.Local(), "konsep") {
			t.Errorf("got %v, %q", f.Meta, f.Local())
		}
		_, err = owner.UpdatePlan(ctx, &planningv1.UpdatePlanRequest{
			Plan:       &planningv1.Plan{Name: draft.GetName(), Results: results(func(r *planningv1.Result) { r.Indicators[0].UnitOfMeasure = "" })},
			UpdateMask: &fieldmaskpb.FieldMask{Paths: []string{"person"}},
		})
		violated(t, refused(t, err, fault.ReasonInvalidArgument), "update_mask", "plan.results[0].indicators[0].unit_of_measure")
		_, err = owner.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{Name: draft.GetName(), Etag: changed.GetEtag()})
		must(t, err)
		_, err = owner.UpdatePlan(ctx, &planningv1.UpdatePlanRequest{Plan: &planningv1.Plan{Name: draft.GetName(), Results: results()}})
		refused(t, err, fault.ReasonPlanState)
		_, err = s.employee("dewi").plan.UpdatePlan(ctx, &planningv1.UpdatePlanRequest{Plan: &planningv1.Plan{Name: draft.GetName()}})
		refused(t, err, fault.ReasonPermissionDenied)
		_, err = s.employee("budi").plan.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{Name: planName("missing")})
		refused(t, err, fault.ReasonPermissionDenied)
	})
}

// Two superiors decide at the same time; the plan takes one decision.
func TestConcurrentDecisions(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		ctx := t.Context()
		_, err := s.employee("budi").plan.CreatePlan(ctx, planOf("p1", "budi"))
		must(t, err)
		p, err := s.employee("budi").plan.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{Name: planName("p1")})
		must(t, err)
		superior := s.employee("citra").plan
		var group sync.WaitGroup
		outcome := make([]error, 8)
		for i := range outcome {
			group.Go(func() {
				if i%2 == 0 {
					_, outcome[i] = superior.ApprovePlan(ctx, &planningv1.ApprovePlanRequest{Name: p.GetName(), Etag: p.GetEtag()})
				} else {
					_, outcome[i] = superior.ReturnPlan(ctx, &planningv1.ReturnPlanRequest{Name: p.GetName(), Etag: p.GetEtag(), Reason: "Lengkapi"})
				}
			})
		}
		group.Wait()
		oneWins(t, outcome, fault.ReasonETagMismatch)
	})
}

func TestAClosedPeriodTakesNoFacts(t *testing.T) {
	s := one(t)
	s.seed()
	ctx := t.Context()
	_, err := s.employee("budi").plan.CreatePlan(ctx, planOf("p1", "budi"))
	must(t, err)
	must(t, s.db.Write(ctx, func(ctx context.Context, tx *sqlkit.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE periods SET state = 'CLOSED' WHERE tenant = '3374'`)
		return err
	}))
	owner := s.employee("budi").plan
	_, err = s.employee("dewi").plan.CreatePlan(ctx, planOf("p2", "dewi"))
	refused(t, err, fault.ReasonPeriodClosed)
	_, err = owner.UpdatePlan(ctx, &planningv1.UpdatePlanRequest{Plan: &planningv1.Plan{Name: planName("p1"), Results: results()}})
	refused(t, err, fault.ReasonPeriodClosed)
	_, err = owner.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{Name: planName("p1")})
	refused(t, err, fault.ReasonPeriodClosed)
	_, err = s.employee("citra").plan.ApprovePlan(ctx, &planningv1.ApprovePlanRequest{Name: planName("p1")})
	refused(t, err, fault.ReasonPeriodClosed)
	_, err = s.admin("3374").period.CreateObjective(ctx, &planningv1.CreateObjectiveRequest{
		Parent: "tenants/3374/periods/2026", Objective: &planningv1.Objective{Unit: name("units", "clinic"), Title: "Sasaran"},
	})
	refused(t, err, fault.ReasonPeriodClosed)
}

func TestHeadsOfUnitsSetObjectives(t *testing.T) {
	s := one(t)
	s.seed()
	create := func(c caller, unit string) error {
		_, err := c.period.CreateObjective(t.Context(), &planningv1.CreateObjectiveRequest{
			Parent: "tenants/3374/periods/2026", Objective: &planningv1.Objective{Unit: name("units", unit), Title: "Sasaran unit"},
		})
		return err
	}
	must(t, create(s.employee("citra"), "clinic"))
	must(t, create(s.employee("ani"), "clinic"))
	refused(t, create(s.employee("citra"), "health"), fault.ReasonPermissionDenied)
	refused(t, create(s.employee("citra"), "nowhere"), fault.ReasonPermissionDenied)
	refused(t, create(s.employee("budi"), "clinic"), fault.ReasonPermissionDenied)
}
