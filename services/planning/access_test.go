package planning_test

import (
	"context"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/grpckit"
)

// Nobody who is not signed in may call anything.
func TestEveryMethodNeedsACaller(t *testing.T) {
	s := one(t)
	conn, err := grpckit.Dial(grpckit.ClientOptions{Dialer: s.dial})
	must(t, err)
	t.Cleanup(func() { _ = conn.Close() })
	methods := s.server.Table().Methods()
	if len(methods) != 27 {
		t.Errorf("%d methods, want the 27 of the contract", len(methods))
	}
	for _, full := range methods {
		d, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName(strings.ReplaceAll(full[1:], "/", ".")))
		must(t, err)
		method, _ := d.(protoreflect.MethodDescriptor)
		in, err := protoregistry.GlobalTypes.FindMessageByName(method.Input().FullName())
		must(t, err)
		out, err := protoregistry.GlobalTypes.FindMessageByName(method.Output().FullName())
		must(t, err)
		err = conn.Invoke(t.Context(), full, in.New().Interface(), out.New().Interface())
		refused(t, err, fault.ReasonUnauthenticated)
	}
}

func TestTenants(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		ctx := t.Context()
		create := func(c caller, id string) (*planningv1.Tenant, error) {
			return c.org.CreateTenant(ctx, &planningv1.CreateTenantRequest{TenantId: id, Tenant: &planningv1.Tenant{DisplayName: "Lain", Population: 7}})
		}
		province := s.as("34", "", commonv1.Role_ROLE_PROVINCE_ADMIN)
		got, err := create(province, "3402")
		must(t, err)
		if got.GetName() != "tenants/3402" || got.GetDisplayName() != "Kabupaten Bantul" || got.GetPopulation() != 980269 {
			t.Fatalf("got %v", got)
		}
		_, err = create(province, "34")
		must(t, err)
		_, err = create(province, "3402")
		f := refused(t, err, fault.ReasonAlreadyExists)
		if f.Meta["resource"] != "tenants/3402" {
			t.Errorf("metadata %v", f.Meta)
		}
		_, err = create(province, "3499")
		f = refused(t, err, fault.ReasonUnknownRegion)
		if f.Meta["code"] != "3499" || f.Violations[0].Field != "tenant_id" {
			t.Errorf("got %+v", f)
		}
		_, err = create(province, "3374")
		refused(t, err, fault.ReasonPermissionDenied)
		_, err = create(s.admin("3402"), "3402")
		refused(t, err, fault.ReasonPermissionDenied)
		_, err = create(province, "34.02")
		refused(t, err, fault.ReasonInvalidName)
		_, err = create(province, "340")
		refused(t, err, fault.ReasonPermissionDenied)

		read, err := province.org.GetTenant(ctx, &planningv1.GetTenantRequest{Name: "tenants/3402"})
		must(t, err)
		if !proto.Equal(read, got) {
			t.Fatalf("read %v, created %v", read, got)
		}
		_, err = province.org.GetTenant(ctx, &planningv1.GetTenantRequest{Name: "tenants/3404"})
		refused(t, err, fault.ReasonNotFound)
	})
}

// A token of one tenant says nothing of another, whether or not what is asked for exists.
func TestTenantsAreIsolated(t *testing.T) {
	s := one(t)
	s.seed()
	ctx := t.Context()
	s.approved("p1", "budi", "citra")
	refusal := ""
	for role, number := range commonv1.Role_value {
		if number == 0 || number == int32(commonv1.Role_ROLE_CITIZEN) {
			continue
		}
		// The person has an id that is also one of 3374.
		for _, person := range []string{"", "budi", "citra"} {
			other := s.as("3402", person, commonv1.Role(number))
			for what, call := range reads(ctx, other, "") {
				f := refused(t, call(), fault.ReasonPermissionDenied)
				if refusal == "" {
					refusal = f.Local() + f.Error()
				}
				if f.Local()+f.Error() != refusal || len(f.Meta) > 0 {
					t.Errorf("%s as %s: the refusal tells more: %v %v", what, role, f, f.Meta)
				}
			}
			for what, call := range reads(ctx, other, "-missing") {
				f := refused(t, call(), fault.ReasonPermissionDenied)
				if f.Local()+f.Error() != refusal {
					t.Errorf("%s as %s: the refusal tells what exists", what, role)
				}
			}
		}
	}
}

// reads are calls for things of 3374, whose ids end in suffix.
func reads(ctx context.Context, c caller, suffix string) map[string]func() error {
	return map[string]func() error{
		"GetUnit": func() error {
			_, err := c.org.GetUnit(ctx, &planningv1.GetUnitRequest{Name: name("units", "clinic"+suffix)})
			return err
		},
		"GetPerson": func() error {
			_, err := c.org.GetPerson(ctx, &planningv1.GetPersonRequest{Name: name("people", "budi"+suffix)})
			return err
		},
		"ListPeople": func() error {
			_, err := c.org.ListPeople(ctx, &planningv1.ListPeopleRequest{Parent: "tenants/3374"})
			return err
		},
		"GetPlan": func() error {
			_, err := c.plan.GetPlan(ctx, &planningv1.GetPlanRequest{Name: planName("p1" + suffix)})
			return err
		},
		"ApprovePlan": func() error {
			_, err := c.plan.ApprovePlan(ctx, &planningv1.ApprovePlanRequest{Name: planName("p1" + suffix)})
			return err
		},
		"BatchGetPlanInputs": func() error {
			_, err := c.input.BatchGetPlanInputs(ctx, &planningv1.BatchGetPlanInputsRequest{
				Parent: "tenants/3374/periods/2026", People: []string{name("people", "budi"+suffix)},
			})
			return err
		},
	}
}

// Who may read a person or a plan follows from relations today, and only roles learn what does not exist.
func TestWhoMayRead(t *testing.T) {
	s := one(t)
	s.seed()
	ctx := t.Context()
	s.approved("p1", "budi", "citra")
	inspector := s.as("3374", "", commonv1.Role_ROLE_INSPECTOR)
	granted, denied := fault.Reason(""), fault.ReasonPermissionDenied
	cases := map[string]struct {
		caller       caller
		person, plan fault.Reason
		missing      fault.Reason
	}{
		"oneself":                      {s.employee("budi"), granted, granted, denied},
		"the_superior":                 {s.employee("citra"), granted, granted, denied},
		"the_superior_of_the_superior": {s.employee("ani"), granted, granted, denied},
		"a_peer":                       {s.employee("dewi"), denied, denied, denied},
		"somebody_three_levels_above":  {s.employee("wali"), denied, denied, denied},
		"somebody_without_a_position":  {s.employee("eko"), denied, denied, denied},
		"somebody_who_does_not_exist":  {s.employee("nobody"), denied, denied, denied},
		"the_admin":                    {s.admin("3374"), granted, granted, fault.ReasonNotFound},
		"the_inspector":                {inspector, granted, granted, fault.ReasonNotFound},
		"a_service":                    {s.scoring(), granted, granted, fault.ReasonNotFound},
		"the_province":                 {s.as("33", "", commonv1.Role_ROLE_PROVINCE_ADMIN), denied, denied, denied},
		"a_unit_admin":                 {s.as("3374", "", commonv1.Role_ROLE_UNIT_ADMIN), denied, denied, denied},
	}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			person := func(id string) error {
				_, err := c.caller.org.GetPerson(ctx, &planningv1.GetPersonRequest{Name: name("people", id)})
				return err
			}
			plan := func(id string) error {
				_, err := c.caller.plan.GetPlan(ctx, &planningv1.GetPlanRequest{Name: planName(id)})
				return err
			}
			decided(t, person("budi"), c.person)
			decided(t, plan("p1"), c.plan)
			refused(t, person("missing"), c.missing)
			refused(t, plan("missing"), c.missing)
		})
	}
	t.Run("a_subordinate_reads_the_plan_of_the_superior", func(t *testing.T) {
		s.approved("p2", "citra", "ani")
		_, err := s.employee("budi").plan.GetPlan(ctx, &planningv1.GetPlanRequest{Name: planName("p2")})
		must(t, err)
		_, err = s.employee("budi").org.GetPerson(ctx, &planningv1.GetPersonRequest{Name: name("people", "citra")})
		refused(t, err, denied)
	})
}

// decided fails the test unless the call was refused with the reason, or passed when there is none.
func decided(t *testing.T, err error, want fault.Reason) {
	t.Helper()
	if want == "" {
		must(t, err)
		return
	}
	refused(t, err, want)
}
