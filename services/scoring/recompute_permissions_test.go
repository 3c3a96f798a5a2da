package scoring_test

import (
	"context"
	"strings"
	"testing"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// TestRecompute_permissions is who may do what, for a tenant and for its province. Nobody is told whether there is
// anything: the operation that they name does not exist.
func TestRecompute_permissions(t *testing.T) {
	s := one(t)
	const allowed, denied = fault.ReasonNotFound, fault.ReasonPermissionDenied
	calls := map[string]func(ctx context.Context, c caller, owner string) error{
		"recompute": func(ctx context.Context, c caller, owner string) error {
			request := &scoringv1.RecomputeRequest{Parent: owner, Period: "2019"}
			if strings.HasPrefix(owner, "tenants/") {
				request = &scoringv1.RecomputeRequest{Parent: owner + "/periods/2019"}
			}
			_, err := c.recomputes.Recompute(ctx, request)
			return err
		},
		"get": func(ctx context.Context, c caller, owner string) error {
			_, err := c.operations.GetOperation(ctx, &scoringv1.GetOperationRequest{Name: owner + "/operations/none"})
			return err
		},
		"cancel": func(ctx context.Context, c caller, owner string) error {
			_, err := c.operations.CancelOperation(ctx, &scoringv1.CancelOperationRequest{Name: owner + "/operations/none"})
			return err
		},
		"resume": func(ctx context.Context, c caller, owner string) error {
			_, err := c.operations.ResumeOperation(ctx, &scoringv1.ResumeOperationRequest{Name: owner + "/operations/none"})
			return err
		},
	}
	role := func(r commonv1.Role) []commonv1.Role { return []commonv1.Role{r} }
	inspector := role(commonv1.Role_ROLE_INSPECTOR)
	cases := map[string]struct {
		tenant string
		roles  []commonv1.Role
		// tenantWant and provinceWant are about tenants/3402 and provinces/34.
		tenantWant, provinceWant fault.Reason
	}{
		"its_administrator":                        {"3402", role(commonv1.Role_ROLE_TENANT_ADMIN), allowed, denied},
		"an_administrator_elsewhere":               {"3401", role(commonv1.Role_ROLE_TENANT_ADMIN), denied, denied},
		"the_administrator_of_the_provinces_staff": {"34", role(commonv1.Role_ROLE_TENANT_ADMIN), denied, denied},
		"the_provinces_administrator":              {"34", role(commonv1.Role_ROLE_PROVINCE_ADMIN), allowed, allowed},
		"another_provinces_administrator":          {"33", role(commonv1.Role_ROLE_PROVINCE_ADMIN), denied, denied},
		"a_service":                                {auth.AnyTenant, role(commonv1.Role_ROLE_SERVICE), allowed, allowed},
		"an_employee":                              {"3402", role(commonv1.Role_ROLE_EMPLOYEE), denied, denied},
		"an_inspector":                             {"3402", inspector, denied, denied},
	}
	for name, c := range cases {
		by := s.as(c.tenant, "", c.roles...)
		for call, do := range calls {
			if call == "get" && c.roles[0] == inspector[0] {
				continue // may read, see below
			}
			refused(t, do(t.Context(), by, "tenants/3402"), c.tenantWant)
			err := do(t.Context(), by, "provinces/34")
			f, ok := fault.As(err)
			if !ok || f.Reason != c.provinceWant {
				t.Errorf("%s: %s of a province: %v", name, call, err)
			}
		}
	}
	reader := s.as("3402", "", inspector...)
	refused(t, calls["get"](t.Context(), reader, "tenants/3402"), allowed)
	refused(t, calls["get"](t.Context(), reader, "provinces/34"), denied)
	for call, do := range calls {
		f, ok := fault.As(do(t.Context(), s.anonymous(), "tenants/3402"))
		if !ok || f.Reason != fault.ReasonUnauthenticated {
			t.Errorf("%s by nobody: %v", call, f)
		}
	}
}
