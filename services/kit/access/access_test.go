package access_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/protobuf/proto"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/internal/testrpc"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
)

func table(t *testing.T) *access.Table {
	t.Helper()
	tab, err := access.NewTable(testrpc.Service(testrpc.WidgetService))
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestTable(t *testing.T) {
	t.Parallel()
	t.Run("it_has_the_rule_of_every_method", func(t *testing.T) {
		t.Parallel()
		tab := table(t)
		rule, ok := tab.Lookup(testrpc.Method("GetWidget"))
		if !ok || rule.Permission != "kittest.widget.get" || len(rule.Roles) != 3 || !rule.Relations.Has(commonv1.Relation_RELATION_SELF) {
			t.Fatalf("rule %+v", rule)
		}
		if len(tab.Methods()) != 8 {
			t.Fatalf("methods %v", tab.Methods())
		}
		_, ok = tab.Lookup("/x/Y")
		if ok {
			t.Fatal("a method that is not there has a rule")
		}
	})
	t.Run("methods_without_the_option_are_all_listed", func(t *testing.T) {
		t.Parallel()
		_, err := access.NewTable(testrpc.Service(testrpc.WidgetService), testrpc.Service(testrpc.BareService))
		if err == nil || !strings.Contains(err.Error(), "BareService/GetBare") || !strings.Contains(err.Error(), "BareService/ListBare") {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("options_that_make_no_sense_are_all_listed", func(t *testing.T) {
		t.Parallel()
		_, err := access.NewTable(testrpc.Service(testrpc.SenselessService))
		if err == nil {
			t.Fatal("no error")
		}
		for _, method := range []string{"NoPermission", "Nobody", "NoTenant", "HiddenCitizen", "Unspecified", "Second"} {
			if !strings.Contains(err.Error(), "/"+method+":") {
				t.Errorf("%s is not listed in: %v", method, err)
			}
		}
		if strings.Contains(err.Error(), "/First:") {
			t.Errorf("First is listed in: %v", err)
		}
	})
	t.Run("a_server_with_an_unlinked_service_has_no_table", func(t *testing.T) {
		t.Parallel()
		s := grpc.NewServer()
		testrpc.Handlers{}.Register(s, testrpc.WidgetService)
		healthpb.RegisterHealthServer(s, healthpb.UnimplementedHealthServer{})
		tab, err := access.TableOf(s)
		if err != nil || len(tab.Methods()) != 8 {
			t.Fatalf("got %v", err)
		}
		s.RegisterService(&grpc.ServiceDesc{ServiceName: "no.such.Service", HandlerType: (*any)(nil)}, struct{}{})
		_, err = access.TableOf(s)
		if err == nil || !strings.Contains(err.Error(), "no.such.Service") {
			t.Fatalf("got %v", err)
		}
	})
}

func person(tenant string, roles ...commonv1.Role) auth.Principal {
	return auth.Principal{Subject: "p1", Person: "p1", Tenant: tenant, Roles: roles}
}

const (
	employee = commonv1.Role_ROLE_EMPLOYEE
	admin    = commonv1.Role_ROLE_TENANT_ADMIN
	province = commonv1.Role_ROLE_PROVINCE_ADMIN
	service  = commonv1.Role_ROLE_SERVICE
)

func get(name string) proto.Message {
	return testrpc.Message("GetWidgetRequest", `name: "`+name+`"`)
}

func TestRequest(t *testing.T) {
	t.Parallel()
	const (
		granted = "granted"
		pending = "pending"
		denied  = "PERMISSION_DENIED"
		badName = "INVALID_NAME"
		unknown = "UNAUTHENTICATED"
	)
	everywhere := auth.Principal{Subject: "scoring", Tenant: "*", Roles: []commonv1.Role{service, admin}}
	update := func(text string) proto.Message { return testrpc.Message("UpdateWidgetRequest", text) }
	create := func(text string) proto.Message { return testrpc.Message("CreateWidgetRequest", text) }
	pack := testrpc.Message("PackRequest", `pack: "p"`)
	list := testrpc.New("ListWidgetsRequest")
	cases := map[string]struct {
		method  string
		who     auth.Principal
		request proto.Message
		want    string
	}{
		"a_role_in_its_tenant":                     {"GetWidget", person("3374", admin), get("tenants/3374/widgets/w1"), granted},
		"a_role_in_another_tenant":                 {"GetWidget", person("3374", admin), get("tenants/3375/widgets/w1"), denied},
		"a_tenant_that_begins_the_same":            {"GetWidget", person("33", admin), get("tenants/3374/widgets/w1"), denied},
		"the_admin_of_the_province":                {"GetWidget", person("33", province), get("tenants/3374/widgets/w1"), granted},
		"the_admin_of_the_province_at_home":        {"GetWidget", person("33", province), get("tenants/33/widgets/w1"), granted},
		"the_admin_of_another_province":            {"GetWidget", person("34", province), get("tenants/3374/widgets/w1"), denied},
		"a_kabupaten_that_claims_to_be_a_province": {"GetWidget", person("3374", province), get("tenants/3375/widgets/w1"), denied},
		"a_province_as_a_whole":                    {"GetWidget", person("33", province), get("provinces/33/widgets/w1"), granted},
		"another_province_as_a_whole":              {"GetWidget", person("34", province), get("provinces/33/widgets/w1"), denied},
		"a_province_for_its_own_tenants_admin":     {"GetWidget", person("33", admin), get("provinces/33/widgets/w1"), denied},
		"a_province_for_its_own_tenants_employee":  {"GetWidget", person("33", employee), get("provinces/33/widgets/w1"), denied},
		"a_province_for_a_service_of_all_tenants":  {"GetWidget", everywhere, get("provinces/33/widgets/w1"), granted},
		"a_province_with_another_kind_of_code":     {"GetWidget", person("33", province), get("provinces/3374/widgets/w1"), badName},
		"only_the_province_role_reaches_over":      {"UpdateWidget", person("33", province, admin), update(`widget{name:"tenants/3374/widgets/w1"}`), denied},
		"a_service_of_all_tenants":                 {"GetWidget", everywhere, get("tenants/3374/widgets/w1"), granted},
		"a_service_over_the_wildcard":              {"GetWidget", everywhere, get("tenants/-/widgets/w1"), granted},
		"only_the_service_role_is_everywhere":      {"UpdateWidget", everywhere, update(`widget{name:"tenants/3374/widgets/w1"}`), denied},
		"the_wildcard_for_people":                  {"GetWidget", person("3374", admin), get("tenants/-/widgets/w1"), denied},
		"a_person_with_a_possible_relation":        {"GetWidget", person("3374", employee), get("tenants/3374/widgets/w1"), pending},
		"a_relation_in_another_tenant":             {"GetWidget", person("3374", employee), get("tenants/3375/widgets/w1"), denied},
		"a_client_has_no_relations":                {"GetWidget", auth.Principal{Subject: "c1", Tenant: "3374", Roles: []commonv1.Role{employee}}, get("tenants/3374/widgets/w1"), denied},
		"a_role_that_is_not_listed":                {"UpdateWidget", person("3374", employee), update(`widget{name:"tenants/3374/widgets/w1"}`), denied},
		"the_name_of_the_resource":                 {"UpdateWidget", person("3374", admin), update(`widget{name:"tenants/3374/widgets/w1"}`), granted},
		"two_fields_of_one_tenant":                 {"CreateWidget", person("3374", admin), create(`parent:"tenants/3374" widget{name:"tenants/3374/widgets/w1"}`), granted},
		"a_second_field_of_another_tenant":         {"CreateWidget", person("3374", admin), create(`parent:"tenants/3374" widget{name:"tenants/3375/widgets/w1"}`), denied},
		"a_first_field_of_another_tenant":          {"CreateWidget", person("3374", admin), create(`parent:"tenants/3375" widget{name:"tenants/3374/widgets/w1"}`), denied},
		"no_name":                                  {"GetWidget", person("3374", admin), get(""), badName},
		"a_name_of_no_tenant":                      {"GetWidget", person("3374", admin), get("widgets/w1"), badName},
		"a_message_without_a_name":                 {"UpdateWidget", person("3374", admin), update(`widget{}`), badName},
		"a_citizen_on_a_public_method":             {"ListWidgets", auth.Anonymous(), list, granted},
		"a_person_on_a_public_method":              {"ListWidgets", person("3374", employee), list, granted},
		"a_citizen_elsewhere":                      {"GetWidget", auth.Anonymous(), get("tenants/3374/widgets/w1"), unknown},
		"a_role_on_a_global_method":                {"GetPack", person("3374", employee), pack, granted},
		"no_role_on_a_global_method":               {"GetPack", person("3374", admin), pack, denied},
		"a_method_that_is_not_there":               {"NoSuchMethod", everywhere, pack, denied},
	}
	tab := table(t)
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, call, err := tab.Begin(auth.With(t.Context(), c.who), testrpc.Method(c.method))
			if err == nil {
				err = call.Request(c.request)
			}
			got := pending
			f, refused := fault.As(err)
			switch {
			case refused:
				got = string(f.Reason)
			case access.Granted(ctx):
				got = granted
			}
			if got != c.want {
				t.Fatalf("got %s (%v), want %s", got, err, c.want)
			}
			if refused && f.Kind == fault.KindDenied && len(f.Meta) != 0 {
				t.Fatalf("the refusal tells %v", f.Meta)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	tab := table(t)
	begin := func(t *testing.T, who auth.Principal) (context.Context, *access.Call) {
		t.Helper()
		ctx, call, err := tab.Begin(auth.With(t.Context(), who), testrpc.Method("GetWidget"))
		if err != nil {
			t.Fatal(err)
		}
		err = call.Request(get("tenants/3374/widgets/w1"))
		if err != nil {
			t.Fatal(err)
		}
		return ctx, call
	}
	answer := func(r ...commonv1.Relation) func(context.Context) (relation.Set, error) {
		return func(context.Context) (relation.Set, error) { return relation.Of(r...), nil }
	}
	fail := func(err error) func(context.Context) (relation.Set, error) {
		return func(context.Context) (relation.Set, error) { return 0, err }
	}
	t.Run("a_role_needs_no_relation", func(t *testing.T) {
		t.Parallel()
		ctx, call := begin(t, person("3374", admin))
		err := access.Check(ctx, fail(errors.New("must not be asked")))
		if err != nil || !access.ByRole(ctx) || call.Settled() != nil || !access.Via(ctx).Empty() {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("an_allowed_relation_settles_the_grant", func(t *testing.T) {
		t.Parallel()
		ctx, call := begin(t, person("3374", employee))
		if access.Granted(ctx) || !fault.Is(call.Settled(), fault.ReasonInternal) {
			t.Fatal("granted before the relation was settled")
		}
		err := access.Check(ctx, answer(commonv1.Relation_RELATION_SUPERIOR, commonv1.Relation_RELATION_PEER))
		if err != nil || !access.Granted(ctx) || access.ByRole(ctx) || call.Settled() != nil {
			t.Fatalf("got %v", err)
		}
		if got := access.Via(ctx).String(); got != "SUPERIOR" {
			t.Fatalf("via %s", got)
		}
		err = access.Check(ctx, answer())
		if !fault.Is(err, fault.ReasonPermissionDenied) {
			t.Fatalf("the grant for one person holds for another: %v", err)
		}
	})
	t.Run("another_relation_is_refused_and_the_grant_stays_open", func(t *testing.T) {
		t.Parallel()
		ctx, call := begin(t, person("3374", employee))
		err := access.Check(ctx, answer(commonv1.Relation_RELATION_PEER))
		if !fault.Is(err, fault.ReasonPermissionDenied) || access.Granted(ctx) || call.Settled() == nil {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("an_outage_is_no_refusal_and_a_missing_person_is", func(t *testing.T) {
		t.Parallel()
		ctx, _ := begin(t, person("3374", employee))
		err := access.Check(ctx, fail(fault.New(fault.ReasonUnavailable)))
		if !fault.Is(err, fault.ReasonUnavailable) {
			t.Fatalf("got %v", err)
		}
		err = access.Check(ctx, fail(fault.New(fault.ReasonNotFound, "resource", "tenants/3374/people/x1")))
		if !fault.Is(err, fault.ReasonPermissionDenied) || strings.Contains(err.Error(), "x1") {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("a_context_of_no_call_fails_closed", func(t *testing.T) {
		t.Parallel()
		err := access.Check(t.Context(), answer(commonv1.Relation_RELATION_SELF))
		if !fault.Is(err, fault.ReasonInternal) || access.Granted(t.Context()) || access.ByRole(t.Context()) {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("on_a_public_method_everybody_is_granted_and_a_role_is_told_apart", func(t *testing.T) {
		t.Parallel()
		for name, c := range map[string]struct {
			who    auth.Principal
			parent string
			byRole bool
		}{
			"citizen": {auth.Anonymous(), "tenants/3374", false},
			"home":    {person("3374", admin), "tenants/3374", true},
			"away":    {person("3375", admin), "tenants/3374", false},
			"nowhere": {person("3374", admin), "", false},
		} {
			ctx, call, err := tab.Begin(auth.With(t.Context(), c.who), testrpc.Method("ListWidgets"))
			if err != nil {
				t.Fatal(err)
			}
			err = call.Request(testrpc.Message("ListWidgetsRequest", `parent: "`+c.parent+`"`))
			if err != nil || call.Settled() != nil || !access.Granted(ctx) || access.Check(ctx, fail(errors.New("x"))) != nil {
				t.Errorf("%s is refused: %v", name, err)
			}
			if access.ByRole(ctx) != c.byRole || access.Tenant(ctx) != strings.TrimPrefix(c.parent, "tenants/") {
				t.Errorf("%s: by role %v, tenant %q", name, access.ByRole(ctx), access.Tenant(ctx))
			}
		}
	})
	t.Run("trusted_work_is_granted_and_pending_work_needs_its_relation", func(t *testing.T) {
		t.Parallel()
		if ctx := access.Trusted(t.Context()); access.Check(ctx, fail(errors.New("x"))) != nil || !access.ByRole(ctx) {
			t.Fatal("trusted work was refused")
		}
		ctx := access.Pending(t.Context(), commonv1.Relation_RELATION_SELF)
		if access.Check(ctx, answer()) == nil || access.Check(ctx, answer(commonv1.Relation_RELATION_SELF)) != nil {
			t.Fatal("pending work does not follow its relation")
		}
	})
}

func TestStreamOfRequests(t *testing.T) {
	t.Parallel()
	_, call, err := table(t).Begin(auth.With(t.Context(), person("3374", admin)), testrpc.Method("PushWidgets"))
	if err != nil {
		t.Fatal(err)
	}
	push := func(tenant string) error {
		return call.Request(testrpc.Message("UpdateWidgetRequest", `widget{name:"tenants/`+tenant+`/widgets/w1"}`))
	}
	for range 2 {
		err = push("3374")
		if err != nil || call.Settled() != nil {
			t.Fatalf("a message of the tenant was refused: %v", err)
		}
	}
	err = push("3375")
	if !fault.Is(err, fault.ReasonPermissionDenied) {
		t.Fatalf("a later message of another tenant: %v", err)
	}
}
