package resource_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
)

const planPattern = "tenants/{tenant}/periods/{period}/plans/{plan}"

func TestParse(t *testing.T) {
	t.Parallel()
	t.Run("a_name_of_the_pattern_gives_its_ids", func(t *testing.T) {
		t.Parallel()
		name := "tenants/3374/periods/2026/plans/01j0abc"
		got, err := resource.Parse(planPattern, name)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"tenant": "3374", "period": "2026", "plan": "01j0abc"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
		if back := resource.Name(planPattern, got["tenant"], got["period"], got["plan"]); back != name {
			t.Fatalf("back %q", back)
		}
	})
	refused := map[string]string{
		"empty":              "",
		"short":              "tenants/3374/periods/2026",
		"long":               "tenants/3374/periods/2026/plans/01j0abc/results/r1",
		"other_collection":   "tenants/3374/periods/2026/scores/01j0abc",
		"wildcard":           "tenants/3374/periods/-/plans/01j0abc",
		"upper_case":         "tenants/3374/periods/2026/plans/01J0ABC",
		"colon":              "tenants/3374/periods/2026/plans/01j0abc:approve",
		"empty_segment":      "tenants//periods/2026/plans/01j0abc",
		"trailing_slash":     "tenants/3374/periods/2026/plans/01j0abc/",
		"full_name":          "//planning/tenants/3374/periods/2026/plans/01j0abc",
		"a_variable_itself":  "tenants/{tenant}/periods/{period}/plans/{plan}",
		"more_than_600_byte": "tenants/3374/periods/2026/plans/" + strings.Repeat("a", 700),
	}
	for name, given := range refused {
		t.Run(name+"_is_refused", func(t *testing.T) {
			t.Parallel()
			_, err := resource.ParseField("name", planPattern, given)
			f, ok := fault.As(err)
			if !ok || f.Reason != fault.ReasonInvalidName || len(f.Violations) != 1 || f.Violations[0].Field != "name" {
				t.Fatalf("got %v", err)
			}
			_, err = resource.Parse(planPattern, given)
			if !fault.Is(err, fault.ReasonInvalidName) || resource.Matches(planPattern, given) {
				t.Fatalf("got %v", err)
			}
		})
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	name := "tenants/3374/periods/2026"
	if resource.Tenant(name) != "3374" || resource.Tenant("tenants/3374") != "3374" || resource.ID(name) != "2026" {
		t.Fatal("tenant or id of a name is wrong")
	}
	for _, none := range []string{"", "3374", "rulePacks/x1", "tenants/", "tenants/-/periods/2026", "tenantsx/3374"} {
		if resource.Tenant(none) != "" {
			t.Errorf("tenant of %q is %q", none, resource.Tenant(none))
		}
	}
	if resource.Parent(name) != "tenants/3374" || resource.Parent("tenants/3374") != "" || resource.Parent("x") != "" {
		t.Fatal("parent of a name is wrong")
	}
	if resource.TenantName("34") != "tenants/34" {
		t.Fatal("name of a tenant is wrong")
	}
}

func TestValidID(t *testing.T) {
	t.Parallel()
	cases := map[string]bool{
		"34": true, "01j0abc": true, "a-b-": true, strings.Repeat("a", 63): true,
		"": false, "a": false, "-a": false, "A1": false, "a_b": false, "a\n": false, "ab\n": false, strings.Repeat("a", 64): false,
	}
	for id, want := range cases {
		if resource.ValidID(id) != want {
			t.Errorf("ValidID(%q) is %v", id, !want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("tenants/3374/periods/2026/plans/01j0abc")
	f.Add("tenants/3374/periods/2026/plans/")
	f.Add("//x/y")
	f.Add("tenants/{tenant}/periods/-/plans/é")
	f.Fuzz(func(t *testing.T, name string) {
		vars, err := resource.Parse(planPattern, name)
		if err != nil {
			return
		}
		if back := resource.Name(planPattern, vars["tenant"], vars["period"], vars["plan"]); back != name {
			t.Fatalf("%q came back as %q", name, back)
		}
		if resource.Tenant(name) != vars["tenant"] || resource.ID(name) != vars["plan"] {
			t.Fatalf("parts of %q differ", name)
		}
	})
}

func TestProvince(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"provinces/34": "34", "provinces/34/operations/o1": "34", "provinces/3402": "", "provinces/ab": "", "provinces/": "", "tenants/34": "",
	} {
		got := resource.Province(name)
		if got != want {
			t.Errorf("Province(%q) = %q, want %q", name, got, want)
		}
	}
	if resource.ProvinceName("34") != "provinces/34" {
		t.Errorf("ProvinceName is %q", resource.ProvinceName("34"))
	}
}
