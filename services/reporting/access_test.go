package reporting_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/protobuf/testing/protocmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

const (
	employee = commonv1.Role_ROLE_EMPLOYEE
	superior = commonv1.Role_ROLE_SUPERIOR
)

// asks are the ways to ask: each is open to roles, and some to a relation.
var asks = map[string]func(ctx context.Context, c reportingv1.ReportServiceClient, person, unit string) error{
	"person": func(ctx context.Context, c reportingv1.ReportServiceClient, person, _ string) error {
		_, err := c.GetPersonReport(ctx, &reportingv1.GetPersonReportRequest{Name: personName(person)})
		return err
	},
	"unit": func(ctx context.Context, c reportingv1.ReportServiceClient, _, unit string) error {
		_, err := c.GetUnitReport(ctx, &reportingv1.GetUnitReportRequest{Name: unitName(unit)})
		return err
	},
	"list of unit": func(ctx context.Context, c reportingv1.ReportServiceClient, _, unit string) error {
		_, err := c.ListPersonReports(ctx, &reportingv1.ListPersonReportsRequest{
			Parent: "tenants/3374/periods/2026", Unit: "tenants/3374/units/" + unit,
		})
		return err
	},
	"list": func(ctx context.Context, c reportingv1.ReportServiceClient, _, _ string) error {
		_, err := c.ListPersonReports(ctx, &reportingv1.ListPersonReportsRequest{Parent: "tenants/3374/periods/2026"})
		return err
	},
	"summary": func(ctx context.Context, c reportingv1.ReportServiceClient, _, _ string) error {
		_, err := c.GetTenantSummary(ctx, &reportingv1.GetTenantSummaryRequest{Name: "tenants/3374/periods/2026/summary"})
		return err
	},
}

func (s *suite) organisation() {
	s.t.Helper()
	s.planning.tell("01ani", "people/01ani", commonv1.Relation_RELATION_SELF)
	s.planning.tell("01none", "people/01none", commonv1.Relation_RELATION_SELF)
	s.planning.tell("01budi", "people/01ani", commonv1.Relation_RELATION_SUPERIOR)
	s.planning.tell("01cici", "people/01ani", commonv1.Relation_RELATION_SUPERIORS_SUPERIOR)
	s.planning.tell("01dodi", "people/01ani", commonv1.Relation_RELATION_PEER)
	s.planning.tell("01eka", "people/01ani", commonv1.Relation_RELATION_SUBORDINATE)
	s.planning.tell("01budi", "units/dinkes", commonv1.Relation_RELATION_UNIT_HEAD)
	s.publish("planning", "plan.changed", planOf("01ani", "dinkes", planningv1.Plan_STATE_APPROVED, 1))
	s.await("the plan is shown", "01ani", func(*reportingv1.PersonReport) bool { return true })
}

// TestWhoMaySeeWhat asks in every way as every kind of caller.
func TestWhoMaySeeWhat(t *testing.T) {
	s := one(t)
	s.organisation()
	all := []string{"person", "unit", "list of unit", "list", "summary"}
	callers := []struct {
		name   string
		client reportingv1.ReportServiceClient
		may    []string
	}{
		{"a tenant admin", s.admin(), all},
		{"an inspector", s.as("3374", "01ins", commonv1.Role_ROLE_INSPECTOR), all},
		{"the province of the tenant", s.as("33", "", commonv1.Role_ROLE_PROVINCE_ADMIN), []string{"summary"}},
		{"another province", s.as("34", "", commonv1.Role_ROLE_PROVINCE_ADMIN), nil},
		{"an admin of another tenant", s.as("3402", "", commonv1.Role_ROLE_TENANT_ADMIN), nil},
		{"a unit admin", s.as("3374", "01adm", commonv1.Role_ROLE_UNIT_ADMIN), nil},
		{"a service", s.as(auth.AnyTenant, "", commonv1.Role_ROLE_SERVICE), nil},
		{"the person", s.as("3374", "01ani", employee), []string{"person"}},
		{"the superior, who heads the unit", s.as("3374", "01budi", superior), []string{"person", "unit", "list of unit"}},
		{"the superior's superior", s.as("3374", "01cici", superior), []string{"person"}},
		{"a peer", s.as("3374", "01dodi", employee), nil},
		{"a subordinate", s.as("3374", "01eka", employee), nil},
		{"somebody else", s.as("3374", "01fajar", employee), nil},
		{"the same person's id in another tenant", s.as("3402", "01ani", employee), nil},
	}
	for _, c := range callers {
		for how, ask := range asks {
			err := ask(t.Context(), c.client, "01ani", "dinkes")
			may := slices.Contains(c.may, how)
			if may && err != nil {
				t.Errorf("%s asks for the %s: %v", c.name, how, err)
			}
			if !may {
				refused(t, c.name+" asks for the "+how, err, fault.ReasonPermissionDenied)
			}
		}
	}
	anonymous := reportingv1.NewReportServiceClient(s.conn(s.dial, nil))
	for how, ask := range asks {
		refused(t, "anybody asks for the "+how, ask(t.Context(), anonymous, "01ani", "dinkes"), fault.ReasonUnauthenticated)
	}
	if diff := cmp.Diff(&date.Date{Year: 2026, Month: 3, Day: 15}, s.planning.last, protocmp.Transform()); diff != "" {
		t.Errorf("relations are asked for another day: %s", diff)
	}
}

// TestPermissionGoesBeforeExistence compares what is said of what exists and of what does not.
func TestPermissionGoesBeforeExistence(t *testing.T) {
	s := one(t)
	s.organisation()
	stranger := s.as("3374", "01fajar", employee)
	for how, ask := range asks {
		there := refused(t, how+" that exists", ask(t.Context(), stranger, "01ani", "dinkes"), fault.ReasonPermissionDenied)
		gone := refused(t, how+" that does not exist", ask(t.Context(), stranger, "01gone", "gone"), fault.ReasonPermissionDenied)
		if there.Error() != gone.Error() || there.Local() != gone.Local() {
			t.Errorf("%s: the texts differ: %q, %q", how, there.Error(), gone.Error())
		}
	}
	refused(t, "an admin asks for a person", asks["person"](t.Context(), s.admin(), "01gone", ""), fault.ReasonNotFound)
	refused(t, "an admin asks for a unit", asks["unit"](t.Context(), s.admin(), "", "gone"), fault.ReasonNotFound)
	refused(t, "one's own report", asks["person"](t.Context(), s.as("3374", "01none", employee), "01none", ""), fault.ReasonNotFound)
}

func TestWithoutPlanningOnlyRolesAreLetIn(t *testing.T) {
	s := one(t)
	s.organisation()
	s.planning.mu.Lock()
	s.planning.fails = true
	s.planning.mu.Unlock()
	refused(t, "the person", asks["person"](t.Context(), s.as("3374", "01ani", employee), "01ani", ""), fault.ReasonUnavailable)
	must(t, asks["person"](t.Context(), s.admin(), "01ani", ""))
}
