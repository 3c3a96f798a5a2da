package scoring_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

const tenantName = "tenants/3402"

func slipName(person string) string { return personName(person) + "/allowanceSlips/202607" }

// signed returns the token of somebody with a subject and a person of their own.
func (s *suite) signed(claims auth.Claims) auth.TokenSource {
	s.t.Helper()
	claims.TTL = time.Hour
	if claims.Tenant == "" {
		claims.Tenant = tenant
	}
	token, err := s.signer.Sign(claims)
	must(s.t, err)
	return auth.StaticToken(token)
}

func (s *suite) allowances(claims auth.Claims) scoringv1.AllowanceServiceClient {
	s.t.Helper()
	return scoringv1.NewAllowanceServiceClient(dial(s.t, s.dial, s.signed(claims)))
}

// keeper is an administrator of the tenant, who is a person.
func (s *suite) keeper(subject string) scoringv1.AllowanceServiceClient {
	s.t.Helper()
	return s.allowances(auth.Claims{Subject: subject, Person: subject, Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}})
}

func (s *suite) payroll() scoringv1.AllowanceServiceClient {
	s.t.Helper()
	return s.allowances(auth.Claims{Subject: "payroll", Roles: []commonv1.Role{commonv1.Role_ROLE_SERVICE}})
}

// kepahiang is the shipped table, changed by pairs of old and new text.
func kepahiang(t *testing.T, change ...string) string {
	t.Helper()
	raw, err := os.ReadFile("tables/kepahiang-60-40.yaml")
	must(t, err)
	return strings.NewReplacer(change...).Replace(string(raw))
}

// draft adds a version written by siti.
func (s *suite) draft(content string) *scoringv1.AllowanceTable {
	s.t.Helper()
	table, err := s.keeper("siti").CreateAllowanceTable(s.t.Context(), &scoringv1.CreateAllowanceTableRequest{
		Parent: tenantName, AllowanceTableId: "tpp", Content: content,
	})
	must(s.t, err)
	return table
}

// published adds a version written by siti and published by budi.
func (s *suite) published(content string) *scoringv1.AllowanceTable {
	s.t.Helper()
	table, err := s.keeper("budi").PublishAllowanceTable(s.t.Context(), &scoringv1.PublishAllowanceTableRequest{Name: s.draft(content).GetName()})
	must(s.t, err)
	return table
}

func TestAllowanceTable_from_draft_to_published(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		content := kepahiang(t)
		draft := s.draft(content)
		if draft.GetName() != tenantName+"/allowanceTables/tpp/versions/1" || draft.GetState() != scoringv1.AllowanceTable_STATE_DRAFT ||
			draft.GetContent() != content || len(draft.GetContentHash()) != 64 || draft.GetExampleCount() != 5 || draft.GetAuthor() != "siti" ||
			draft.GetEffectiveDate().GetYear() != 2026 || draft.GetEffectiveDate().GetDay() != 1 || draft.GetPublishTime() != nil {
			t.Errorf("draft %v", draft)
		}
		publish := func(subject, person, etag string) (*scoringv1.AllowanceTable, error) {
			return s.allowances(auth.Claims{Subject: subject, Person: person, Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}}).
				PublishAllowanceTable(t.Context(), &scoringv1.PublishAllowanceTableRequest{Name: draft.GetName(), Etag: etag})
		}
		_, err := publish("siti", "siti", "")
		refused(t, err, fault.ReasonAllowanceTableAuthor)
		_, err = publish("app-of-siti", "", "")
		refused(t, err, fault.ReasonPersonRequired)
		_, err = publish("budi", "budi", `"old"`)
		refused(t, err, fault.ReasonETagMismatch)
		done, err := publish("budi", "budi", draft.GetEtag())
		must(t, err)
		if done.GetState() != scoringv1.AllowanceTable_STATE_PUBLISHED || done.GetPublisher() != "budi" || !done.GetPublishTime().AsTime().Equal(noon) || done.GetEtag() == draft.GetEtag() {
			t.Errorf("published %v", done)
		}
		_, err = publish("citra", "citra", "")
		refused(t, err, fault.ReasonAllowanceTablePublished)

		second := s.draft(content)
		got, err := s.keeper("siti").GetAllowanceTable(t.Context(), &scoringv1.GetAllowanceTableRequest{Name: second.GetName()})
		must(t, err)
		if diff := cmp.Diff(second, got, protocmp.Transform()); diff != "" || !strings.HasSuffix(got.GetName(), "/versions/2") {
			t.Errorf("second version (-want +got):\n%s", diff)
		}
		var names []string
		list := &scoringv1.ListAllowanceTablesRequest{Parent: tenantName, PageSize: 1}
		for range 2 {
			page, err := s.keeper("siti").ListAllowanceTables(t.Context(), list)
			must(t, err)
			for _, table := range page.GetAllowanceTables() {
				names = append(names, table.GetName())
				if table.GetContent() != "" {
					t.Error("a list has content")
				}
			}
			list.PageToken = page.GetNextPageToken()
		}
		if diff := cmp.Diff([]string{draft.GetName(), second.GetName()}, names); diff != "" || list.GetPageToken() != "" {
			t.Errorf("tables (-want +got):\n%s", diff)
		}
	})
}

func TestAllowanceTable_is_not_published_by_the_person_who_wrote_it(t *testing.T) {
	s := one(t)
	admin := []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}
	draft, err := s.allowances(auth.Claims{Subject: "siti-office", Person: "siti", Roles: admin}).CreateAllowanceTable(t.Context(),
		&scoringv1.CreateAllowanceTableRequest{Parent: tenantName, AllowanceTableId: "tpp", Content: kepahiang(t)})
	must(t, err)
	_, err = s.allowances(auth.Claims{Subject: "siti-home", Person: "siti", Roles: admin}).PublishAllowanceTable(t.Context(),
		&scoringv1.PublishAllowanceTableRequest{Name: draft.GetName()})
	refused(t, err, fault.ReasonAllowanceTableAuthor)
	_, err = s.allowances(auth.Claims{Subject: "siti-office", Person: "budi", Roles: admin}).PublishAllowanceTable(t.Context(),
		&scoringv1.PublishAllowanceTableRequest{Name: draft.GetName()})
	refused(t, err, fault.ReasonAllowanceTableAuthor)
}

func TestAllowanceTable_error_matrix(t *testing.T) {
	s := one(t)
	s.draft(kepahiang(t))
	admin := s.keeper("siti")
	create := func(c scoringv1.AllowanceServiceClient, parent, content string) error {
		_, err := c.CreateAllowanceTable(t.Context(), &scoringv1.CreateAllowanceTableRequest{Parent: parent, AllowanceTableId: "tpp", Content: content})
		return err
	}
	get := func(name string) error {
		_, err := admin.GetAllowanceTable(t.Context(), &scoringv1.GetAllowanceTableRequest{Name: name})
		return err
	}
	publish := func(c scoringv1.AllowanceServiceClient, name string) error {
		_, err := c.PublishAllowanceTable(t.Context(), &scoringv1.PublishAllowanceTableRequest{Name: name})
		return err
	}
	employee := s.allowances(auth.Claims{Subject: "ani", Person: "ani", Roles: []commonv1.Role{commonv1.Role_ROLE_EMPLOYEE}})
	elsewhere := s.allowances(auth.Claims{Subject: "x", Tenant: "3374", Roles: []commonv1.Role{commonv1.Role_ROLE_TENANT_ADMIN}})
	first := tenantName + "/allowanceTables/tpp/versions/1"
	cases := []struct {
		name   string
		err    error
		reason fault.Reason
		fields []string
	}{
		{"an_unknown_key", create(admin, tenantName, kepahiang(t, "limit_percent", "batas")), fault.ReasonAllowanceTableInvalid, []string{"content"}},
		{"two_problems", create(admin, tenantName, kepahiang(t, "percent: 40", "percent: 41", "places: 2", "places: 3")), fault.ReasonAllowanceTableInvalid, []string{"content", "content"}},
		{"an_example_that_fails", create(admin, tenantName, kepahiang(t, `"947500.00"`, `"947500"`)), fault.ReasonAllowanceTableExample, []string{"content"}},
		{"an_unknown_rule_pack", create(admin, tenantName, kepahiang(t, "rulePacks/kepahiang/", "rulePacks/none/")), fault.ReasonAllowanceTableInvalid, []string{"content"}},
		{"other_parts_than_its_rule_pack", create(admin, tenantName, kepahiang(t, "{id: discipline,", "{id: presence,", "part: discipline", "part: presence", "parts/discipline", "parts/presence")), fault.ReasonAllowanceTableInvalid, []string{"content", "content"}},
		{"no_content", create(admin, tenantName, ""), fault.ReasonInvalidArgument, []string{"content"}},
		{"no_tenant", create(admin, tenantName+"/units/u1", kepahiang(t)), fault.ReasonInvalidName, []string{"parent"}},
		{"by_an_employee", create(employee, tenantName, kepahiang(t)), fault.ReasonPermissionDenied, nil},
		{"of_another_tenant", create(elsewhere, tenantName, kepahiang(t)), fault.ReasonPermissionDenied, nil},
		{"by_a_service", create(s.payroll(), tenantName, kepahiang(t)), fault.ReasonPermissionDenied, nil},
		{"get_what_is_not_there", get(tenantName + "/allowanceTables/tpp/versions/9"), fault.ReasonNotFound, nil},
		{"get_no_version", get(tenantName + "/allowanceTables/tpp"), fault.ReasonInvalidName, []string{"name"}},
		{"get_version_01", get(tenantName + "/allowanceTables/tpp/versions/01"), fault.ReasonInvalidName, []string{"name"}},
		{"publish_what_is_not_there", publish(admin, tenantName+"/allowanceTables/tpp/versions/9"), fault.ReasonNotFound, nil},
		{"publish_as_an_employee", publish(employee, first), fault.ReasonPermissionDenied, nil},
		{"publish_as_another_tenant", publish(elsewhere, first), fault.ReasonPermissionDenied, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := refused(t, c.err, c.reason)
			var fields []string
			for _, v := range f.Violations {
				fields = append(fields, v.Field)
			}
			if !slices.Equal(fields, c.fields) {
				t.Errorf("fields %v, want %v", fields, c.fields)
			}
		})
	}
	f, _ := fault.As(create(admin, tenantName, kepahiang(t, "percent: 40", "percent: 41")))
	if got := f.Violations[0].Local(); got != "Baris 11, kolom 1: Isian parts berjumlah 101%, seharusnya tepat 100%." {
		t.Errorf("the text is %q", got)
	}
}

func TestPublishAllowanceTable_takes_one_table_for_a_day(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		first := s.published(kepahiang(t))
		s.peers.month("ani")
		slip := func() *scoringv1.AllowanceSlip {
			t.Helper()
			got, err := s.payroll().GetAllowanceSlip(t.Context(), &scoringv1.GetAllowanceSlipRequest{Name: slipName("ani")})
			must(t, err)
			return got
		}
		before := slip()
		other, err := s.keeper("siti").CreateAllowanceTable(t.Context(), &scoringv1.CreateAllowanceTableRequest{
			Parent: tenantName, AllowanceTableId: "lain", Content: kepahiang(t),
		})
		must(t, err)
		older := s.draft(kepahiang(t))
		corrected := s.published(kepahiang(t, "name: Contoh tabel", "name: Perbaikan contoh tabel"))
		for name, table := range map[string]*scoringv1.AllowanceTable{"another_table": other, "an_older_version": older} {
			_, err = s.keeper("budi").PublishAllowanceTable(t.Context(), &scoringv1.PublishAllowanceTableRequest{Name: table.GetName()})
			f := refused(t, err, fault.ReasonAllowanceTableStart)
			violated(t, f, "effective_date")
			if !strings.Contains(f.Local(), "(2026-01-01)") {
				t.Errorf("%s: the refusal says %q", name, f.Local())
			}
		}
		after := slip()
		if before.GetAllowanceTable() != first.GetName() || after.GetAllowanceTable() != corrected.GetName() || after.GetRevision() != 2 ||
			after.GetTotal() != "2447500.00" {
			t.Fatalf("before %v, after %v", before, after)
		}
	})
}
