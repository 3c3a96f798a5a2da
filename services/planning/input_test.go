package planning_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

func TestPlanInputs(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		ctx := t.Context()
		plan := s.approved("p1", "budi", "citra")
		_, err := s.employee("dewi").plan.CreatePlan(ctx, planOf("p2", "dewi"))
		must(t, err)
		// fitri comes as nurse3 in May.
		a := s.admin("3374")
		_, err = a.org.CreatePosition(ctx, positionOf("nurse3", "clinic", "chief"))
		must(t, err)
		_, err = a.org.CreatePerson(ctx, personOf("fitri", "198503152010012003"))
		must(t, err)
		s.assign("fitri", "nurse3", planningv1.Assignment_KIND_DEFINITIVE, day(2026, 3, 10), day(2026, 10, 1))
		s.approved("p3", "fitri", "citra")

		people := []string{name("people", "budi"), name("people", "dewi"), name("people", "eko"), name("people", "fitri")}
		got, err := s.scoring().input.BatchGetPlanInputs(ctx, &planningv1.BatchGetPlanInputsRequest{Parent: "tenants/3374/periods/2026", People: people})
		must(t, err)
		want := &planningv1.BatchGetPlanInputsResponse{
			RulePack: "rulePacks/permenpanrb-6-2022/versions/1", StartDate: day(2026, 1, 1), EndDate: day(2027, 1, 1),
			Inputs: []*planningv1.PlanInput{
				{
					Person: name("people", "budi"), Unit: name("units", "clinic"), Plan: plan.GetName(), PlanRevision: 3,
					PositionKind: planningv1.Position_KIND_FUNCTIONAL, FunctionalLevel: planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MUDA,
					UnitKind: planningv1.Unit_KIND_AGENCY, JobFamily: planningv1.Position_JOB_FAMILY_HEALTH,
					Months: 12, Results: plan.GetResults(), ApproveTime: plan.GetApproveTime(),
				},
				{
					Person: name("people", "fitri"), Unit: name("units", "clinic"), Plan: planName("p3"), PlanRevision: 3,
					PositionKind: planningv1.Position_KIND_FUNCTIONAL, FunctionalLevel: planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MUDA,
					UnitKind: planningv1.Unit_KIND_AGENCY, JobFamily: planningv1.Position_JOB_FAMILY_HEALTH,
					Months: 7, Results: plan.GetResults(), ApproveTime: plan.GetApproveTime(),
				},
			},
		}
		diff := cmp.Diff(want, got, protocmp.Transform(), protocmp.SortRepeated(func(a, b *planningv1.PlanInput) bool { return a.GetPerson() < b.GetPerson() }))
		if diff != "" {
			t.Fatal(diff)
		}
		req := &planningv1.ListPlannedPeopleRequest{Parent: "tenants/3374/periods/2026", Unit: name("units", "clinic"), PageSize: 1}
		var planned []string
		for range 3 {
			page, err := s.scoring().input.ListPlannedPeople(ctx, req)
			must(t, err)
			planned = append(planned, page.GetPeople()...)
			req.PageToken = page.GetNextPageToken()
			if req.GetPageToken() == "" {
				break
			}
		}
		diff = cmp.Diff([]string{name("people", "budi"), name("people", "fitri")}, planned)
		if diff != "" {
			t.Fatal(diff)
		}
		all, err := s.scoring().input.ListPlannedPeople(ctx, &planningv1.ListPlannedPeopleRequest{
			Parent: "tenants/3374/periods/2026", PageSize: 1, After: planned[0], WithTotalSize: true,
		})
		must(t, err)
		if len(all.GetPeople()) != 1 || all.GetPeople()[0] != planned[1] || all.GetTotalSize() != 2 || all.GetNextPageToken() != "" {
			t.Fatalf("the page of the tenant after %s is %v", planned[0], all)
		}
		province, err := s.scoring().input.ListProvincePeriods(ctx, &planningv1.ListProvincePeriodsRequest{Parent: "provinces/33", Period: "2026"})
		must(t, err)
		if !slices.Contains(province.GetPeriods(), "tenants/3374/periods/2026") {
			t.Fatalf("the periods of the province are %v", province.GetPeriods())
		}
		for _, other := range []*planningv1.ListProvincePeriodsRequest{
			{Parent: "provinces/34", Period: "2026"}, {Parent: "provinces/33", Period: "2025"},
		} {
			none, err := s.scoring().input.ListProvincePeriods(ctx, other)
			must(t, err)
			if len(none.GetPeriods()) != 0 {
				t.Fatalf("the periods of %v are %v", other, none.GetPeriods())
			}
		}
	})
}

func TestInputsAreForServices(t *testing.T) {
	s := one(t)
	s.seed()
	ctx := t.Context()
	batch := &planningv1.BatchGetPlanInputsRequest{Parent: "tenants/3374/periods/2026", People: []string{name("people", "budi")}}
	_, err := s.admin("3374").input.BatchGetPlanInputs(ctx, batch)
	refused(t, err, fault.ReasonPermissionDenied)
	batch.People = []string{name("people", "budi"), "budi", "tenants/3402/people/budi"}
	_, err = s.scoring().input.BatchGetPlanInputs(ctx, batch)
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "people[1]", "people[2]")
	batch.Parent, batch.People = "tenants/3374/periods/2030", []string{name("people", "budi")}
	_, err = s.scoring().input.BatchGetPlanInputs(ctx, batch)
	refused(t, err, fault.ReasonNotFound)
	_, err = s.scoring().input.ListPlannedPeople(ctx, &planningv1.ListPlannedPeopleRequest{Parent: "tenants/3374/periods/2030", Unit: name("units", "clinic")})
	refused(t, err, fault.ReasonNotFound)
	_, err = s.scoring().input.ListPlannedPeople(ctx, &planningv1.ListPlannedPeopleRequest{Parent: "tenants/3374/periods/2026", Unit: "clinic", PageSize: -1})
	refused(t, err, fault.ReasonInvalidArgument)
	_, err = s.scoring().input.ListProvincePeriods(ctx, &planningv1.ListProvincePeriodsRequest{Parent: "provinces/33/x", Period: "/"})
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "parent", "period")
	_, err = s.admin("3374").input.ListProvincePeriods(ctx, &planningv1.ListProvincePeriodsRequest{Parent: "provinces/33", Period: "2026"})
	refused(t, err, fault.ReasonPermissionDenied)
}
