package e2e

import (
	"net/http"
	"strings"
	"testing"
	"unicode"

	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

func as(token string) grpc.CallOption {
	return grpc.PerRPCCredentials(auth.Credentials(auth.StaticToken(token)))
}

// badInputGRPC and badInputHTTP refuse the same things for the same reasons, each with the field where there is one.
func badInputGRPC(t *testing.T, s *suite) {
	t.Helper()
	organization := planningv1.NewOrganizationServiceClient(s.Conns.Planning)
	plans := planningv1.NewPlanServiceClient(s.Conns.Planning)
	ratings := assessmentv1.NewRatingServiceClient(s.Conns.Assessment)
	admin := as(s.admin(t))
	parent, periodName := "tenants/3402", "tenants/3402/periods/2026"
	person := func(nip string) *planningv1.CreatePersonRequest {
		return &planningv1.CreatePersonRequest{Parent: parent, Person: &planningv1.Person{
			DisplayName: "Contoh", Employment: planningv1.Person_EMPLOYMENT_PNS, Nip: nip,
		}}
	}
	unknown := person("198503152010011002")
	unknown.ProtoReflect().SetUnknown(protowire.AppendVarint(protowire.AppendTag(nil, 9000, protowire.VarintType), 1))
	cases := []struct {
		name   string
		call   func() error
		reason fault.Reason
		field  string
	}{
		{"invalid_nip", func() error {
			_, err := organization.CreatePerson(t.Context(), person("198502302010011002"), admin)
			return err
		}, fault.ReasonInvalidNIP, "person.nip"},
		{"unknown_field", func() error {
			_, err := organization.CreatePerson(t.Context(), unknown, admin)
			return err
		}, fault.ReasonUnknownField, ""},
		{"indicator_without_unit", func() error {
			_, err := plans.CreatePlan(t.Context(), &planningv1.CreatePlanRequest{Parent: periodName, Plan: unitless(t, s)}, admin)
			return err
		}, fault.ReasonIndicatorUnitRequired, "plan.results[0].indicators[0].unit_of_measure"},
		{"approved_by_another", func() error {
			_, err := plans.ApprovePlan(t.Context(), &planningv1.ApprovePlanRequest{Name: periodName + "/plans/" + nurse}, as(s.person(t, "kepala-kenanga")))
			return err
		}, fault.ReasonNotSuperior, ""},
		{"stale_etag", func() error {
			_, err := ratings.UpdateRating(t.Context(), &assessmentv1.UpdateRatingRequest{Rating: &assessmentv1.Rating{
				Name: periodName + "/ratings/" + nurse, Etag: `"stale"`,
				ResultRating: assessmentv1.Expectation_EXPECTATION_MEETS, BehaviorRating: assessmentv1.Expectation_EXPECTATION_MEETS,
			}}, as(s.person(t, nurseHead)))
			return err
		}, fault.ReasonETagMismatch, ""},
		{"below_without_feedback", func() error {
			_, err := ratings.UpdateRating(t.Context(), &assessmentv1.UpdateRatingRequest{Rating: &assessmentv1.Rating{
				Name: periodName + "/ratings/" + nurse, FeedbackDate: &date.Date{Year: 2026, Month: 7, Day: 6},
				ResultRating: assessmentv1.Expectation_EXPECTATION_BELOW, BehaviorRating: assessmentv1.Expectation_EXPECTATION_MEETS,
			}}, as(s.person(t, nurseHead)))
			return err
		}, fault.ReasonFeedbackRequired, "rating.feedback"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f, ok := fault.As(c.call())
			if !ok || f.Reason != c.reason {
				t.Fatalf("got %v, want the reason %s", f, c.reason)
			}
			if c.field != "" && (len(f.Violations) == 0 || f.Violations[0].Field != c.field) {
				t.Errorf("the violations are %+v, want one of %s", f.Violations, c.field)
			}
			spoken(t, f.Local())
		})
	}
}

func badInputHTTP(t *testing.T, s *suite) {
	t.Helper()
	admin := s.admin(t)
	rating := `{"resultRating":"EXPECTATION_MEETS","behaviorRating":"EXPECTATION_MEETS"`
	cases := []struct {
		name, token, method, path, body string
		status                          int
		reason, field                   string
	}{
		{
			"invalid_nip", admin, http.MethodPost, "/v1/tenants/3402/people",
			`{"displayName":"Contoh","employment":"EMPLOYMENT_PNS","nip":"198503152010131002"}`, http.StatusBadRequest, "INVALID_NIP", "person.nip",
		},
		{
			"unknown_field", admin, http.MethodPost, "/v1/tenants/3402/people",
			`{"displayName":"Contoh","employment":"EMPLOYMENT_PNS","nipp":"198503152010011002"}`, http.StatusBadRequest, "UNKNOWN_FIELD", "nipp",
		},
		{
			"malformed_json", admin, http.MethodPost, "/v1/tenants/3402/people", `{"displayName":`, http.StatusBadRequest, "MALFORMED_JSON", "",
		},
		{
			"indicator_without_unit", admin, http.MethodPost, period + "/plans",
			`{"person":"tenants/3402/people/perawat-melati-2","results":[{"id":"r1","kind":"KIND_MAIN","title":"Pelayanan terlaksana","indicators":[
				{"id":"i1","aspect":"ASPECT_QUANTITY","formula":"FORMULA_NORMAL","description":"Jumlah","target":"10"}]}]}`,
			http.StatusBadRequest, "INDICATOR_UNIT_REQUIRED", "plan.results[0].indicators[0].unit_of_measure",
		},
		{
			"approved_by_another", s.person(t, "kepala-kenanga"), http.MethodPost, period + "/plans/" + nurse + ":approve", `{}`,
			http.StatusForbidden, "NOT_SUPERIOR", "",
		},
		{
			"stale_etag", s.person(t, nurseHead), http.MethodPatch, period + "/ratings/" + nurse, rating + `,"etag":"\"stale\""}`,
			http.StatusConflict, "ETAG_MISMATCH", "",
		},
		{"nobody", "", http.MethodGet, period + "/scores/" + nurse, "", http.StatusUnauthorized, "UNAUTHENTICATED", ""},
		{"unknown_path", admin, http.MethodGet, "/v1/tenants/3402/nothing/here", "", http.StatusNotFound, "UNKNOWN_METHOD", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer := s.Do(t, c.token, c.method, c.path, c.body)
			var problem struct {
				Status         int
				Reason, Detail string
				Errors         []struct{ Field, Description string }
			}
			answer.Decode(t, &problem)
			if answer.Status != c.status || problem.Reason != c.reason {
				t.Fatalf("got %d %s, want %d %s:\n%s", answer.Status, problem.Reason, c.status, c.reason, answer.Body)
			}
			if !strings.HasPrefix(answer.Header.Get("Content-Type"), "application/problem+json") {
				t.Errorf("the content type is %q", answer.Header.Get("Content-Type"))
			}
			if c.field != "" && (len(problem.Errors) == 0 || problem.Errors[0].Field != c.field) {
				t.Errorf("the errors are %+v, want one of %s", problem.Errors, c.field)
			}
			spoken(t, problem.Detail)
		})
	}
}

// unitless is a plan that is right but for the unit of measure of its indicator.
func unitless(t *testing.T, s *suite) *planningv1.Plan {
	t.Helper()
	plan, err := planningv1.NewPlanServiceClient(s.Conns.Planning).GetPlan(t.Context(),
		&planningv1.GetPlanRequest{Name: "tenants/3402/periods/2026/plans/" + nurse}, as(s.admin(t)))
	if err != nil {
		t.Fatal(err)
	}
	result, _ := proto.Clone(plan.GetResults()[0]).(*planningv1.Result)
	result.GetIndicators()[0].UnitOfMeasure = ""
	result.SuperiorResult, result.Objective = "", ""
	return &planningv1.Plan{Person: "tenants/3402/people/perawat-melati-2", Results: []*planningv1.Result{result}}
}

// spoken checks that a message for people is a sentence: the catalogue's own tests read the words.
func spoken(t *testing.T, text string) {
	t.Helper()
	if len(text) < 20 || !unicode.IsUpper([]rune(text)[0]) || !strings.HasSuffix(text, ".") {
		t.Errorf("the message for people is %q", text)
	}
}
