package gateway_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	"github.com/kinerja-suite/kinerja/gateway/internal/inspect"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
)

const allPlans = "/v1/tenants/3374/periods/2026/plans"

func TestMalformedInput(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	post := func(body string) call { return call{method: "POST", path: allPlans, body: body} }
	cases := map[string]struct {
		call   call
		reason string
		fields []string
	}{
		"an_unknown_field": {post(`{"judul": "x"}`), "UNKNOWN_FIELD", []string{"judul"}},
		"an_unknown_field_deep_down": {
			post(`{"results": [{}, {"indicators": [{"satuan": 1}]}]}`),
			"UNKNOWN_FIELD",
			[]string{"results[1].indicators[0].satuan"},
		},
		"several_unknown_fields":        {post(`{"b": 1, "a": {}}`), "UNKNOWN_FIELD", []string{"b", "a"}},
		"an_unknown_field_of_a_request": {call{method: "POST", path: plan + ":submit", body: `{"etags": ""}`}, "UNKNOWN_FIELD", []string{"etags"}},
		"no_json":                       {post("{\n\"person\": \n"), "MALFORMED_JSON", nil},
		"something_after_the_json":      {post(`{} {}`), "MALFORMED_JSON", nil},
		"a_list_for_the_body":           {call{method: "POST", path: plan + ":submit", body: `[]`}, "MALFORMED_JSON", nil},
		"a_list_for_a_named_body":       {post(`[]`), "MALFORMED_JSON", []string{"plan"}},
		"a_number_for_a_text":           {post(`{"person": 7}`), "MALFORMED_JSON", []string{"plan.person"}},
		"an_unknown_enum_value":         {post(`{"results": [{"kind": "KIND_MAIN"}, {"kind": "UTAMA"}]}`), "MALFORMED_JSON", []string{"plan.results[1].kind"}},
		"a_text_for_a_list":             {post(`{"results": "x"}`), "MALFORMED_JSON", []string{"plan.results"}},
		"a_text_for_a_message":          {post(`{"results": ["x"]}`), "MALFORMED_JSON", []string{"plan.results[0]"}},
		"a_time_that_is_none":           {post(`{"createTime": "kemarin"}`), "MALFORMED_JSON", []string{"plan.create_time"}},
		"a_field_twice":                 {post(`{"person": "a", "person": "b"}`), "MALFORMED_JSON", []string{"plan.person"}},
		"a_field_in_both_spellings":     {post(`{"returnReason": "a", "return_reason": "b"}`), "MALFORMED_JSON", []string{"plan.return_reason"}},
		"a_wrong_type_and_an_unknown":   {post(`{"person": 7, "judul": "x"}`), "INVALID_ARGUMENT", []string{"plan.person", "judul"}},
		"text_that_is_not_utf8":         {post("{\"person\": \"\xff\"}"), "MALFORMED_JSON", []string{"plan.person"}},
		"an_unknown_parameter":          {call{path: allPlans + "?page_sizes=1"}, "UNKNOWN_FIELD", []string{"page_sizes"}},
		"a_parameter_of_the_path":       {call{path: allPlans + "?parent=tenants/3375"}, "UNKNOWN_FIELD", []string{"parent"}},
		"a_parameter_of_the_body":       {call{method: "POST", path: allPlans + "?plan.person=x", body: "{}"}, "UNKNOWN_FIELD", []string{"plan.person"}},
		"a_parameter_that_is_no_number": {call{path: allPlans + "?pageSize=banyak"}, "MALFORMED_JSON", []string{"page_size"}},
		"a_parameter_given_twice":       {call{path: allPlans + "?pageSize=1&pageSize=2"}, "MALFORMED_JSON", []string{"page_size"}},
		"a_parameter_in_both_spellings": {call{path: allPlans + "?pageSize=1&page_size=2"}, "MALFORMED_JSON", []string{"page_size"}},
		"a_query_that_cannot_be_read":   {call{path: allPlans + "?pageToken=%zz"}, "INVALID_ARGUMENT", nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := b.do(t, c.call)
			doc := a.problem(t, http.StatusBadRequest, c.reason)
			var fields []string
			for _, e := range doc.Errors {
				fields = append(fields, e.Field)
				if e.Description == "" {
					t.Errorf("%s has no description", e.Field)
				}
			}
			if diff := cmp.Diff(c.fields, fields); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
			for _, leak := range []string{"strconv", "proto:", "syntax error", "line 1:", "invalid value", "unexpected", "unknown field"} {
				if strings.Contains(a.body, leak) {
					t.Errorf("the answer tells %q: %s", leak, a.body)
				}
			}
		})
	}
	t.Cleanup(func() {
		_, _, calls := b.plans.seen()
		if calls != 0 {
			t.Errorf("the service was called %d times", calls)
		}
	})
}

func TestForms(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, c := range map[string]struct {
		call call
		want string
	}{
		"the_choices_of_an_enum": {
			call{method: "POST", path: allPlans, body: `{"results": [{"kind": "UTAMA"}]}`},
			"Nilai pada isian plan.results[0].kind harus berupa salah satu dari KIND_MAIN, KIND_ADDITIONAL.",
		},
		"the_bounds_of_a_number": {
			call{path: allPlans + "?pageSize=9999999999"},
			"Nilai pada isian page_size harus berupa bilangan bulat dari -2147483648 sampai dengan 2147483647.",
		},
	} {
		doc := b.do(t, c.call).problem(t, http.StatusBadRequest, "MALFORMED_JSON")
		if len(doc.Errors) != 1 || !strings.HasPrefix(doc.Errors[0].Description, c.want) {
			t.Errorf("%s: %+v", name, doc.Errors)
		}
	}
}

func TestManyMistakes(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var fields []string
	for i := range 1000 {
		fields = append(fields, fmt.Sprintf(`"f%d": 1`, i))
	}
	a := b.do(t, call{method: "POST", path: allPlans, body: "{" + strings.Join(fields, ",") + "}"})
	doc := a.problem(t, http.StatusBadRequest, "UNKNOWN_FIELD")
	if len(doc.Errors) != inspect.MaxViolations {
		t.Errorf("%d errors", len(doc.Errors))
	}
}

func TestContentType(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for contentType, status := range map[string]int{
		"application/json":                  200,
		"application/json; charset=utf-8":   200,
		"application/merge-patch+json":      200,
		"":                                  200,
		"text/plain":                        415,
		"application/x-www-form-urlencoded": 415,
		"multipart/form-data; boundary=x":   415,
		"application/":                      415,
	} {
		a := b.do(t, call{method: "PATCH", path: plan, body: `{}`, header: map[string]string{"Content-Type": contentType}})
		if a.status != status {
			t.Errorf("%q: status %d: %s", contentType, a.status, a.body)
		}
		if status == 415 {
			a.problem(t, status, "UNSUPPORTED_MEDIA_TYPE")
		}
	}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	t.Run("path_query_and_body_fill_the_request", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		var got *planningv1.CreatePlanRequest
		b.plans.create = func(r *planningv1.CreatePlanRequest) (*planningv1.Plan, error) {
			got = r
			return r.GetPlan(), nil
		}
		a := b.do(t, call{method: "POST", path: allPlans + "?planId=p1&request_id=7f1d6b8a-3c1c-4a53-9d43-0a1f0f8c9d11", body: `{"person": "tenants/3374/people/a1"}`})
		want := &planningv1.CreatePlanRequest{
			Parent: "tenants/3374/periods/2026", PlanId: "p1", RequestId: "7f1d6b8a-3c1c-4a53-9d43-0a1f0f8c9d11",
			Plan: &planningv1.Plan{Person: "tenants/3374/people/a1"},
		}
		if a.status != http.StatusOK || !proto.Equal(want, got) {
			t.Fatalf("status %d, got %v: %s", a.status, got, a.body)
		}
	})
	t.Run("the_name_in_the_path_wins", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		a := b.do(t, call{method: "PATCH", path: plan, body: `{"name": "tenants/3375/periods/2026/plans/p2"}`})
		if a.status != http.StatusOK || !strings.Contains(a.body, `"tenants/3374/periods/2026/plans/p1"`) {
			t.Fatalf("status %d: %s", a.status, a.body)
		}
	})
	t.Run("an_empty_body_is_an_empty_request", func(t *testing.T) {
		t.Parallel()
		b := newBench(t)
		a := b.do(t, call{method: "PATCH", path: plan, body: " \n"})
		if a.status != http.StatusOK {
			t.Fatalf("status %d: %s", a.status, a.body)
		}
	})
	for query, want := range map[string]string{"": "*", "?updateMask=results": "results", "?update_mask=results,etag": "results,etag"} {
		t.Run("the_update_mask_of_"+query+"_is_"+want, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			var mask []string
			b.plans.update = func(r *planningv1.UpdatePlanRequest) (*planningv1.Plan, error) {
				mask = r.GetUpdateMask().GetPaths()
				return r.GetPlan(), nil
			}
			a := b.do(t, call{method: "PATCH", path: plan + query, body: `{"etag": "x", "person": "tenants/3374/people/a1"}`})
			if a.status != http.StatusOK || strings.Join(mask, ",") != want {
				t.Fatalf("status %d, mask %v: %s", a.status, mask, a.body)
			}
		})
	}
}
