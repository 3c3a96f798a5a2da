package e2e

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
)

const (
	tenant      = "/v1/tenants/3402"
	nurseFacts  = tenant + "/people/" + nurse + "/monthFacts/202601"
	nurseSlip   = tenant + "/people/" + nurse + "/allowanceSlips/202601"
	januaryFile = "../../services/scoring/tables/kepahiang-60-40.yaml"
)

// client returns a token of a client of the tenant.
func (s *suite) client(t *testing.T, subject string, role commonv1.Role) string {
	t.Helper()
	token, err := s.Signer.Sign(auth.Claims{Subject: subject, Tenant: "3402", Roles: []commonv1.Role{role}, TTL: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// call makes a call that must succeed, and decodes the answer.
func (s *suite) call(t *testing.T, token, method, path, body string, into any) {
	t.Helper()
	answer := s.Do(t, token, method, path, body)
	if answer.Status != http.StatusOK {
		t.Fatalf("%s %s: %d %s", method, path, answer.Status, answer.Body)
	}
	answer.Decode(t, into)
}

// allowance: a table is written by one administrator and published by another, the attendance system delivers a month, and
// the nurse reads the slip of the worked example, exact to the rupiah.
func allowance(t *testing.T, s *suite) {
	t.Helper()
	publishTable(t, s)
	attendance, payroll := s.client(t, "attendance", commonv1.Role_ROLE_SERVICE), s.client(t, "payroll", commonv1.Role_ROLE_SERVICE)
	deliver := func(productivity, counts string) {
		var facts struct{ Etag string }
		s.call(t, attendance, http.MethodPatch, nurseFacts,
			`{"positionClass":"pelaksana","productivity":"`+productivity+`","attendance":{"workingDays":21,"counts":[`+counts+`]}}`, &facts)
	}
	type slip struct {
		Name, State, Total, AllowanceTable, Revision string
		Explanation                                  []string
	}
	read := func() slip {
		var got slip
		s.call(t, s.person(t, nurse), http.MethodGet, nurseSlip, "", &got)
		return got
	}
	const late = `{"code":"TL1","count":2},{"code":"TL3","count":1},{"code":"ABSENT","count":1}`
	deliver("100", late)
	first := read()
	if first.State != "STATE_COMPLETE" || first.Total != "2447500.00" || first.Revision != "1" || !strings.HasSuffix(first.AllowanceTable, "/versions/1") {
		t.Errorf("the slip is %+v", first)
	}
	if !slices.Contains(first.Explanation, "TPP bulan Januari 2026 sebelum pajak dan iuran: Rp2.447.500,00.") {
		t.Errorf("the explanation is %q", first.Explanation)
	}
	if diff := cmp.Diff(first, read()); diff != "" {
		t.Errorf("read again (-first +second):\n%s", diff)
	}
	deliver("0", late)
	if got := read(); got.Total != "947500.00" || got.Revision != "2" {
		t.Errorf("without productivity: %+v", got)
	}
	deliver("0", "")
	if got := read(); got.Total != "1000000.00" || got.Revision != "3" {
		t.Errorf("without productivity and always present: %+v", got)
	}
	var page struct{ AllowanceSlips []slip }
	s.call(t, payroll, http.MethodGet, tenant+"/allowanceSlips?month=202601", "", &page)
	if len(page.AllowanceSlips) != 1 || page.AllowanceSlips[0].Total != "1000000.00" {
		t.Errorf("payroll sees %+v", page)
	}
	var verified struct {
		Verified bool
		Revision string
	}
	s.call(t, s.person(t, nurse), http.MethodGet, nurseSlip+":verify?revision=1", "", &verified)
	if !verified.Verified || verified.Revision != "1" {
		t.Errorf("verified: %+v", verified)
	}
	for name, token := range map[string]string{"her superior": s.person(t, nurseHead), "a peer": s.person(t, "perawat-melati-2")} {
		if answer := s.Do(t, token, http.MethodGet, nurseSlip, ""); answer.Status != http.StatusForbidden {
			t.Errorf("%s reads the slip: %d", name, answer.Status)
		}
	}
}

// publishTable writes a table with a mistake, then without, and has another administrator publish it.
func publishTable(t *testing.T, s *suite) {
	t.Helper()
	content, err := os.ReadFile(januaryFile)
	if err != nil {
		t.Fatal(err)
	}
	body := func(content string) string {
		raw, err := json.Marshal(map[string]string{"allowanceTableId": "tpp", "content": content})
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	author, other := s.registrar(t, "kadis-dinkes"), s.registrar(t, "sekretaris-dinkes")
	var problem struct {
		Reason string
		Errors []struct{ Field, Description string }
	}
	s.Do(t, author, http.MethodPost, tenant+"/allowanceTables", body(strings.Replace(string(content), "percent: 40", "percent: 41", 1))).Decode(t, &problem)
	if problem.Reason != "ALLOWANCE_TABLE_INVALID" || len(problem.Errors) != 1 || !strings.Contains(problem.Errors[0].Description, "Baris 11, kolom 1: Isian parts berjumlah 101%") {
		t.Errorf("shares of 101 percent: %+v", problem)
	}
	var table struct{ Name, State string }
	s.call(t, author, http.MethodPost, tenant+"/allowanceTables", body(string(content)), &table)
	s.Do(t, author, http.MethodPost, "/v1/"+table.Name+":publish", "{}").Decode(t, &problem)
	if problem.Reason != "ALLOWANCE_TABLE_AUTHOR" {
		t.Errorf("the author publishes: %+v", problem)
	}
	s.Do(t, s.client(t, "author", commonv1.Role_ROLE_TENANT_ADMIN), http.MethodPost, "/v1/"+table.Name+":publish", "{}").Decode(t, &problem)
	if problem.Reason != "PERSON_REQUIRED" {
		t.Errorf("a client publishes: %+v", problem)
	}
	s.Do(t, s.person(t, nurse), http.MethodGet, nurseSlip, "").Decode(t, &problem)
	if problem.Reason != "ALLOWANCE_TABLE_NOT_IN_FORCE" {
		t.Errorf("a slip by a draft: %+v", problem)
	}
	s.call(t, other, http.MethodPost, "/v1/"+table.Name+":publish", "{}", &table)
	if table.State != "STATE_PUBLISHED" {
		t.Errorf("published: %+v", table)
	}
	s.Do(t, s.person(t, nurse), http.MethodGet, nurseSlip, "").Decode(t, &problem)
	if problem.Reason != "MONTH_FACTS_MISSING" {
		t.Errorf("a slip without facts: %+v", problem)
	}
}

// creditStatement: the nurse's year shows what her score says, and counts nothing while nobody has fixed her predicate.
func creditStatement(t *testing.T, s *suite) {
	t.Helper()
	var got struct {
		Cumulative  string
		Lines       []struct{ Period, State, Credit string }
		Rank, Level struct{ Needed, Lacking string }
	}
	s.call(t, s.person(t, nurse), http.MethodGet, tenant+"/people/"+nurse+"/creditStatement", "", &got)
	if got.Cumulative != "0.00" || len(got.Lines) != 1 || got.Lines[0].State != "STATE_PROVISIONAL" || got.Lines[0].Credit != "12.50" ||
		got.Rank.Lacking != "50.00" || got.Level.Needed != "100.00" {
		t.Errorf("the statement is %+v", got)
	}
}
