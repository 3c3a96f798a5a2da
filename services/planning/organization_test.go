package planning_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// violated fails the test unless the fault lists exactly these fields, each with an Indonesian text.
func violated(t *testing.T, f *fault.Fault, fields ...string) {
	t.Helper()
	var got []string
	for _, v := range f.Violations {
		got = append(got, v.Field)
		if v.Local() == "" || v.Local() == v.Text() {
			t.Errorf("%s has no Indonesian text", v.Field)
		}
	}
	diff := cmp.Diff(fields, got)
	if diff != "" {
		t.Fatal(diff)
	}
}

func TestInvalidNumbersAreRefused(t *testing.T) {
	s := one(t)
	s.seed()
	cases := map[string]struct {
		employment planningv1.Person_Employment
		nip        string
		reason     fault.Reason
		problem    string
		says       string
	}{
		"a_birth_date_that_does_not_exist": {planningv1.Person_EMPLOYMENT_PNS, "198502302010011002", fault.ReasonInvalidNIP, "birth_date", "tanggal lahir"},
		"a_month_of_13":                    {planningv1.Person_EMPLOYMENT_PNS, "198503152010131002", fault.ReasonInvalidNIP, "appointment_month", "bulan pengangkatan"},
		"a_sex_of_3":                       {planningv1.Person_EMPLOYMENT_PNS, "198503152010013002", fault.ReasonInvalidNIP, "sex", "jenis kelamin"},
		"an_ni_pppk_of_a_pns":              {planningv1.Person_EMPLOYMENT_PNS, "199001012025212001", fault.ReasonInvalidNIP, "appointment_month", "bulan pengangkatan"},
		"no_number":                        {planningv1.Person_EMPLOYMENT_PNS, "", fault.ReasonInvalidNIP, "length", "18 angka"},
		"a_sequence_of_0":                  {planningv1.Person_EMPLOYMENT_PPPK, "199001012025212000", fault.ReasonInvalidNIPPPK, "sequence", "nomor urut"},
		"a_year_to_come":                   {planningv1.Person_EMPLOYMENT_PPPK, "199001012027212001", fault.ReasonInvalidNIPPPK, "appointment_year", "tahun pengangkatan"},
		"a_number_of_a_mayor":              {planningv1.Person_EMPLOYMENT_NON_ASN, "198503152010011009", fault.ReasonInvalidNIP, "not_allowed", "non-ASN"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			req := personOf("baru", c.nip)
			req.Person.Employment = c.employment
			_, err := s.admin("3374").org.CreatePerson(t.Context(), req)
			f := refused(t, err, c.reason)
			violated(t, f, "person.nip")
			if f.Meta["problem"] != c.problem || !strings.Contains(f.Local(), c.says) || !strings.Contains(f.Violations[0].Local(), c.says) {
				t.Errorf("got %v, %q", f.Meta, f.Local())
			}
			for _, value := range append([]string{f.Error(), f.Local()}, f.Violations[0].Text(), f.Violations[0].Local(), f.Meta["problem"]) {
				if c.nip != "" && strings.Contains(value, c.nip) {
					t.Errorf("%q shows the number", value)
				}
			}
		})
	}
}

func TestPeople(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		ctx, a := t.Context(), s.admin("3374")
		got, err := a.org.CreatePerson(ctx, personOf("fitri", " 19850315 201001 2 003 "))
		must(t, err)
		if got.GetNip() != "198503152010012003" || got.GetName() != name("people", "fitri") || got.GetEtag() == "" {
			t.Fatalf("got %v", got)
		}
		_, err = a.org.CreatePerson(ctx, personOf("gita", "198503152010012003"))
		refused(t, err, fault.ReasonNIPInUse)
		_, err = a.org.CreatePerson(ctx, personOf("fitri", "198503152010012004"))
		refused(t, err, fault.ReasonAlreadyExists)
		chosen, err := a.org.CreatePerson(ctx, personOf("", "198503152010012005"))
		must(t, err)
		if len(chosen.GetName()) != len(name("people", ""))+26 {
			t.Errorf("the service chose %s", chosen.GetName())
		}
		// The number is unique within the tenant only.
		_, err = s.as("34", "", commonv1.Role_ROLE_PROVINCE_ADMIN).org.CreateTenant(ctx, &planningv1.CreateTenantRequest{TenantId: "3402"})
		must(t, err)
		elsewhere := personOf("fitri", "198503152010012003")
		elsewhere.Parent = "tenants/3402"
		_, err = s.admin("3402").org.CreatePerson(ctx, elsewhere)
		must(t, err)
	})
}

func TestOrganizationIsRefusedWithAllThatIsWrong(t *testing.T) {
	s := one(t)
	s.seed()
	ctx, a := t.Context(), s.admin("3374")
	cases := map[string]struct {
		call   func() error
		reason fault.Reason
		fields []string
	}{
		"a_unit_of_no_parent": {func() error {
			_, err := a.org.CreateUnit(ctx, &planningv1.CreateUnitRequest{Parent: "tenants/3374", Unit: &planningv1.Unit{
				DisplayName: "Unit", Kind: planningv1.Unit_KIND_SCHOOL, ParentUnit: name("units", "nowhere"),
			}})
			return err
		}, fault.ReasonReferenceNotFound, []string{"unit.parent_unit"}},
		"a_unit_below_another_tenant": {func() error {
			_, err := a.org.CreateUnit(ctx, &planningv1.CreateUnitRequest{Parent: "tenants/3374", Unit: &planningv1.Unit{
				DisplayName: "Unit", Kind: planningv1.Unit_KIND_SCHOOL, ParentUnit: "tenants/3402/units/city",
			}})
			return err
		}, fault.ReasonReferenceNotFound, []string{"unit.parent_unit"}},
		"a_unit_with_two_faults": {func() error {
			_, err := a.org.CreateUnit(ctx, &planningv1.CreateUnitRequest{Parent: "tenants/3374", UnitId: "-no", Unit: &planningv1.Unit{
				DisplayName: "   ", Kind: planningv1.Unit_KIND_SCHOOL,
			}})
			return err
		}, fault.ReasonInvalidArgument, []string{"unit_id", "unit.display_name"}},
		"a_unit_that_exists": {func() error {
			_, err := a.org.CreateUnit(ctx, &planningv1.CreateUnitRequest{Parent: "tenants/3374", UnitId: "city", Unit: &planningv1.Unit{
				DisplayName: "Unit", Kind: planningv1.Unit_KIND_SCHOOL,
			}})
			return err
		}, fault.ReasonAlreadyExists, nil},
		"a_position_of_nothing": {func() error {
			_, err := a.org.CreatePosition(ctx, positionOf("x1", "nowhere", "nobody"))
			return err
		}, fault.ReasonReferenceNotFound, []string{"position.unit", "position.superior_position"}},
		"a_functional_position_without_level": {func() error {
			req := positionOf("x1", "clinic", "chief")
			req.Position.FunctionalLevel = planningv1.Position_FUNCTIONAL_LEVEL_UNSPECIFIED
			_, err := a.org.CreatePosition(ctx, req)
			return err
		}, fault.ReasonInvalidArgument, []string{"position.functional_level"}},
		"an_executor_with_level": {func() error {
			req := positionOf("x1", "clinic", "chief")
			req.Position.Kind = planningv1.Position_KIND_EXECUTOR
			_, err := a.org.CreatePosition(ctx, req)
			return err
		}, fault.ReasonInvalidArgument, []string{"position.functional_level"}},
		"a_position_that_is_its_own_superior": {func() error {
			_, err := a.org.CreatePosition(ctx, positionOf("x1", "clinic", "x1"))
			return err
		}, fault.ReasonReferenceNotFound, []string{"position.superior_position"}},
		"a_person_whose_id_is_a_nip": {func() error {
			_, err := a.org.CreatePerson(ctx, personOf("198503152010011007", "198503152010011007"))
			return err
		}, fault.ReasonInvalidArgument, []string{"person_id"}},
		"an_assignment_of_nobody_to_nothing": {func() error {
			_, err := a.org.CreateAssignment(ctx, assignmentOf("nobody", "nothing", planningv1.Assignment_KIND_ACTING, day(2026, 1, 1), nil))
			return err
		}, fault.ReasonReferenceNotFound, []string{"assignment.person", "assignment.position"}},
		"an_assignment_that_ends_first": {func() error {
			_, err := a.org.CreateAssignment(ctx, assignmentOf("eko", "chief", planningv1.Assignment_KIND_ACTING, day(2026, 1, 2), day(2026, 1, 2)))
			return err
		}, fault.ReasonInvalidDate, []string{"assignment.end_date"}},
		"an_assignment_on_no_day": {func() error {
			_, err := a.org.CreateAssignment(ctx, assignmentOf("eko", "chief", planningv1.Assignment_KIND_ACTING, day(2026, 2, 30), nil))
			return err
		}, fault.ReasonInvalidDate, []string{"assignment.start_date"}},
		"a_second_holder": {func() error {
			_, err := a.org.CreateAssignment(ctx, assignmentOf("eko", "chief", planningv1.Assignment_KIND_DEFINITIVE, day(2026, 1, 1), nil))
			return err
		}, fault.ReasonAssignmentOverlap, nil},
		"a_period_that_exists": {func() error {
			_, err := a.period.CreatePeriod(ctx, periodOf("2026"))
			return err
		}, fault.ReasonAlreadyExists, nil},
		"a_period_of_two_years": {func() error {
			req := periodOf("2027")
			req.Period.EndDate = day(2028, 1, 1)
			_, err := a.period.CreatePeriod(ctx, req)
			return err
		}, fault.ReasonInvalidDate, []string{"period.end_date"}},
		"an_objective_of_no_unit": {func() error {
			_, err := a.period.CreateObjective(ctx, &planningv1.CreateObjectiveRequest{
				Parent: "tenants/3374/periods/2026", Objective: &planningv1.Objective{Unit: name("units", "nowhere"), Title: "Sasaran"},
			})
			return err
		}, fault.ReasonReferenceNotFound, []string{"objective.unit"}},
		"an_objective_of_no_period": {func() error {
			_, err := a.period.CreateObjective(ctx, &planningv1.CreateObjectiveRequest{
				Parent: "tenants/3374/periods/2030", Objective: &planningv1.Objective{Unit: name("units", "clinic"), Title: "Sasaran"},
			})
			return err
		}, fault.ReasonNotFound, nil},
		"a_page_of_negative_size": {func() error {
			_, err := a.org.ListUnits(ctx, &planningv1.ListUnitsRequest{Parent: "tenants/3374", PageSize: -1})
			return err
		}, fault.ReasonInvalidArgument, []string{"page_size"}},
		"a_page_token_of_nobody": {func() error {
			_, err := a.org.ListPeople(ctx, &planningv1.ListPeopleRequest{Parent: "tenants/3374", PageToken: "AAAA"})
			return err
		}, fault.ReasonInvalidPageToken, []string{"page_token"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			violated(t, refused(t, c.call(), c.reason), c.fields...)
		})
	}
	t.Run("a_tenant_that_was_not_opened", func(t *testing.T) {
		req := personOf("budi", "198503152010011002")
		req.Parent = "tenants/3371"
		_, err := s.admin("3371").org.CreatePerson(ctx, req)
		f := refused(t, err, fault.ReasonNotFound)
		if f.Meta["resource"] != "tenants/3371" {
			t.Errorf("metadata %v", f.Meta)
		}
	})
}

func TestARepeatedRequestHasOneEffect(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		ctx, a := t.Context(), s.admin("3374")
		req := personOf("", "198503152010011008")
		req.RequestId = "0b6e9f1c-8a2d-4c56-9d0e-5f1a7c3b2e10"
		first, err := a.org.CreatePerson(ctx, req)
		must(t, err)
		again, err := a.org.CreatePerson(ctx, req)
		must(t, err)
		if !proto.Equal(first, again) {
			t.Fatalf("first %v, then %v", first, again)
		}
		req.Person.DisplayName = "Lain"
		_, err = a.org.CreatePerson(ctx, req)
		violated(t, refused(t, err, fault.ReasonRequestIDReused), "request_id")
	})
}

func TestPages(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		ctx, a := t.Context(), s.admin("3374")
		var ids []string
		req := &planningv1.ListPeopleRequest{Parent: "tenants/3374", PageSize: 4}
		for range 3 {
			page, err := a.org.ListPeople(ctx, req)
			must(t, err)
			for _, p := range page.GetPeople() {
				ids = append(ids, strings.TrimPrefix(p.GetName(), name("people", "")))
			}
			req.PageToken = page.GetNextPageToken()
			if req.GetPageToken() == "" {
				break
			}
		}
		diff := cmp.Diff([]string{"ani", "budi", "citra", "dewi", "eko", "wali"}, ids)
		if diff != "" {
			t.Fatal(diff)
		}
		units, err := a.org.ListUnits(ctx, &planningv1.ListUnitsRequest{Parent: "tenants/3374", PageSize: 3})
		must(t, err)
		if len(units.GetUnits()) != 3 || units.GetNextPageToken() != "" {
			t.Fatalf("a page that ends the list has a token: %v", units)
		}
		got, err := a.org.GetUnit(ctx, &planningv1.GetUnitRequest{Name: name("units", "city")})
		must(t, err)
		diff = cmp.Diff(units.GetUnits()[0], got, protocmp.Transform())
		if diff != "" {
			t.Fatal(diff)
		}
		objectives, err := a.period.ListObjectives(ctx, &planningv1.ListObjectivesRequest{Parent: "tenants/3374/periods/2026"})
		must(t, err)
		if len(objectives.GetObjectives()) != 1 {
			t.Fatalf("got %v", objectives)
		}
		period, err := a.period.GetPeriod(ctx, &planningv1.GetPeriodRequest{Name: "tenants/3374/periods/2026"})
		must(t, err)
		if period.GetState() != planningv1.Period_STATE_OPEN {
			t.Fatalf("got %v", period)
		}
	})
}

func TestResolveRelations(t *testing.T) {
	each(t, func(s *suite) {
		t := s.t
		s.seed()
		// dewi acts as chief in February.
		s.assign("dewi", "chief", planningv1.Assignment_KIND_ACTING, day(2026, 2, 1), day(2026, 3, 1))
		s.assign("eko", "head", planningv1.Assignment_KIND_DAILY_ACTING, day(2026, 2, 10), day(2026, 2, 11))
		const (
			self, superior, peer = commonv1.Relation_RELATION_SELF, commonv1.Relation_RELATION_SUPERIOR, commonv1.Relation_RELATION_PEER
			subordinate, grand   = commonv1.Relation_RELATION_SUBORDINATE, commonv1.Relation_RELATION_SUPERIORS_SUPERIOR
			head                 = commonv1.Relation_RELATION_UNIT_HEAD
		)
		cases := map[string]struct {
			subject, person, unit string
			on                    *date.Date
			want                  []commonv1.Relation
		}{
			"oneself":                            {"eko", "eko", "", day(2026, 1, 1), []commonv1.Relation{self}},
			"the_superior":                       {"citra", "budi", "", day(2026, 1, 31), []commonv1.Relation{superior}},
			"the_superior_before_all_began":      {"citra", "budi", "", day(2019, 12, 31), nil},
			"the_peer_before_acting":             {"dewi", "budi", "", day(2026, 1, 31), []commonv1.Relation{peer}},
			"the_plt_on_the_first_day":           {"dewi", "budi", "", day(2026, 2, 1), []commonv1.Relation{superior, peer}},
			"the_plt_on_the_last_day":            {"dewi", "budi", "", day(2026, 2, 28), []commonv1.Relation{superior, peer}},
			"the_plt_when_it_has_ended":          {"dewi", "budi", "", day(2026, 3, 1), []commonv1.Relation{peer}},
			"the_holder_beside_the_plt":          {"citra", "budi", "", day(2026, 2, 15), []commonv1.Relation{superior}},
			"who_acts_as_own_superior":           {"dewi", "dewi", "", day(2026, 2, 15), []commonv1.Relation{self}},
			"the_plh_of_a_day":                   {"eko", "citra", "", day(2026, 2, 10), []commonv1.Relation{superior}},
			"the_plh_of_a_day_two_levels_above":  {"eko", "budi", "", day(2026, 2, 10), []commonv1.Relation{grand}},
			"the_plh_a_day_later":                {"eko", "citra", "", day(2026, 2, 11), nil},
			"the_subordinate":                    {"budi", "citra", "", day(2026, 1, 1), []commonv1.Relation{subordinate}},
			"the_superior_of_the_superior":       {"ani", "budi", "", day(2026, 1, 1), []commonv1.Relation{grand}},
			"somebody_who_does_not_exist":        {"nobody", "budi", "", day(2026, 1, 1), nil},
			"to_somebody_who_does_not_exist":     {"citra", "nobody", "", day(2026, 1, 1), nil},
			"nobody_to_nobody":                   {"nobody", "nobody", "", day(2026, 1, 1), nil},
			"the_head_of_the_unit":               {"citra", "", "clinic", day(2026, 1, 1), []commonv1.Relation{head}},
			"the_head_of_the_unit_above":         {"ani", "", "clinic", day(2026, 1, 1), []commonv1.Relation{head}},
			"the_head_of_the_unit_below":         {"citra", "", "health", day(2026, 1, 1), nil},
			"the_plt_head_of_the_unit":           {"dewi", "", "clinic", day(2026, 2, 28), []commonv1.Relation{head}},
			"a_member_of_the_unit":               {"budi", "", "clinic", day(2026, 1, 1), nil},
			"the_head_of_a_unit_that_is_missing": {"citra", "", "nowhere", day(2026, 1, 1), nil},
		}
		for what, c := range cases {
			req := &planningv1.ResolveRelationsRequest{Parent: "tenants/3374", Subject: name("people", c.subject), Date: c.on}
			if c.unit != "" {
				req.Unit = name("units", c.unit)
			} else {
				req.Person = name("people", c.person)
			}
			got, err := s.scoring().org.ResolveRelations(t.Context(), req)
			must(t, err)
			diff := cmp.Diff(c.want, got.GetRelations())
			if diff != "" {
				t.Errorf("%s: %s", what, diff)
			}
		}
	})
}

func TestResolveRelationsIsForServices(t *testing.T) {
	s := one(t)
	s.seed()
	ctx := t.Context()
	req := &planningv1.ResolveRelationsRequest{
		Parent: "tenants/3374", Subject: "tenants/3402/people/citra", Person: name("people", "budi"), Date: day(2026, 1, 1),
	}
	_, err := s.admin("3374").org.ResolveRelations(ctx, req)
	refused(t, err, fault.ReasonPermissionDenied)
	got, err := s.scoring().org.ResolveRelations(ctx, req)
	must(t, err)
	if len(got.GetRelations()) > 0 {
		t.Errorf("somebody of another tenant stands as %v", got.GetRelations())
	}
	req.Subject, req.Unit, req.Date = "citra", name("units", "clinic"), day(2026, 2, 30)
	_, err = s.scoring().org.ResolveRelations(ctx, req)
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "date", "person", "subject")
}
