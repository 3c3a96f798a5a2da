package scoring_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
)

func TestAllowanceSlip_is_exact_explained_and_kept(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		table := s.published(kepahiang(t))
		s.peers.month("ani")
		get := func(revision int64) *scoringv1.AllowanceSlip {
			slip, err := s.payroll().GetAllowanceSlip(t.Context(), &scoringv1.GetAllowanceSlipRequest{Name: slipName("ani"), Revision: revision})
			must(t, err)
			return slip
		}
		first := get(0)
		if first.GetTotal() != "2447500.00" || first.GetRevision() != 1 || first.GetState() != scoringv1.AllowanceSlip_STATE_COMPLETE ||
			first.GetAllowanceTable() != table.GetName() || first.GetAllowanceTableHash() != table.GetContentHash() || first.GetFactsRevision() != 1 {
			t.Errorf("slip %v", first)
		}
		var amounts []string
		for _, line := range first.GetLines() {
			amounts = append(amounts, line.GetId()+" "+line.GetAmount())
		}
		want := []string{
			"base 2500000.00", "parts/productivity 1500000.00", "parts/discipline 1000000.00",
			"deductions/TL1 -10000.00", "deductions/TL3 -12500.00", "deductions/ABSENT -30000.00",
		}
		if diff := cmp.Diff(want, amounts); diff != "" {
			t.Errorf("lines (-want +got):\n%s", diff)
		}
		if !slices.Contains(first.GetExplanation(), "Potongan TL1 (Terlambat 1 sampai kurang dari 31 menit): 2 kali × 0,5% × Rp1.000.000 = −Rp10.000,00.") {
			t.Errorf("explanation %q", first.GetExplanation())
		}
		s.clock.Advance(time.Minute)
		if diff := cmp.Diff(first, get(0), protocmp.Transform()); diff != "" {
			t.Errorf("computed again (-first +second):\n%s", diff)
		}
		s.peers.month("ani", func(f *assessmentv1.MonthFacts) { f.Productivity = "0" })
		if second := get(0); second.GetTotal() != "947500.00" || second.GetRevision() != 2 || second.GetFactsRevision() != 2 {
			t.Errorf("second %v", second)
		}
		s.peers.month("ani", func(f *assessmentv1.MonthFacts) { f.Productivity, f.Attendance.Counts = "0", nil })
		if third := get(0); third.GetTotal() != "1000000.00" || third.GetRevision() != 3 {
			t.Errorf("third %v", third)
		}
		if diff := cmp.Diff(first, get(1), protocmp.Transform()); diff != "" {
			t.Errorf("the first revision (-then +now):\n%s", diff)
		}
		s.published(kepahiang(t, "2026-01-01", "2026-07-01"))
		if fourth := get(0); fourth.GetTotal() != "1000000.00" || fourth.GetRevision() != 4 || !strings.HasSuffix(fourth.GetAllowanceTable(), "/versions/2") {
			t.Errorf("by the newer table %v", fourth)
		}
		s.published(kepahiang(t, "2026-01-01", "2026-08-01"))
		if same := get(0); same.GetRevision() != 4 {
			t.Errorf("a table of the next month changed it: %v", same)
		}
		s.peers.month("ani", func(f *assessmentv1.MonthFacts) {
			f.YearUnexcusedDays, f.ConsecutiveUnexcusedDays = proto.Int32(10), proto.Int32(10)
		})
		const dismissed = "Tidak masuk kerja tanpa alasan yang sah terus-menerus selama 10 hari kerja; menurut PP 94/2021 hal itu dapat berakibat: Pemberhentian "
		if said := get(0).GetExplanation(); !strings.HasPrefix(said[len(said)-1], dismissed) {
			t.Errorf("ten days in a row: %q", said)
		}
	})
}

func TestAllowanceSlip_verifies_and_finds_what_was_spoiled(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.published(kepahiang(t))
		s.peers.month("ani")
		_, err := s.payroll().GetAllowanceSlip(t.Context(), &scoringv1.GetAllowanceSlipRequest{Name: slipName("ani")})
		must(t, err)
		verify := func() *scoringv1.VerifyAllowanceSlipResponse {
			v, err := s.payroll().VerifyAllowanceSlip(t.Context(), &scoringv1.VerifyAllowanceSlipRequest{Name: slipName("ani")})
			must(t, err)
			return v
		}
		if v := verify(); !v.GetVerified() || v.GetRevision() != 1 || v.GetStoredDigest() != v.GetComputedDigest() || len(v.GetStoredDigest()) != 64 {
			t.Errorf("verified %v", v)
		}
		for _, spoil := range []string{
			"UPDATE allowance_slip_revisions SET slip = REPLACE(slip, '2447500.00', '2547500.00')",
			"UPDATE allowance_slip_revisions SET slip = REPLACE(slip, '2547500.00', '2447500.00'), facts = REPLACE(facts, '\"TL3\",\"count\":1', '\"TL3\",\"count\":9')",
		} {
			must(t, s.db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
				_, err := tx.ExecContext(ctx, spoil)
				return err
			}))
			if v := verify(); v.GetVerified() || v.GetStoredDigest() == v.GetComputedDigest() {
				t.Errorf("after %s: %v", spoil, v)
			}
		}
		_, err = s.payroll().GetAllowanceSlip(t.Context(), &scoringv1.GetAllowanceSlipRequest{Name: personName("ani") + "/allowanceSlips/2026-09"})
		f := refused(t, err, fault.ReasonInvalidDate)
		if !strings.Contains(f.Local(), "Tulis bulan sebagai YYYYMM, misalnya 202609.") {
			t.Errorf("the refusal says %q", f.Local())
		}
		_, err = s.payroll().VerifyAllowanceSlip(t.Context(), &scoringv1.VerifyAllowanceSlipRequest{Name: slipName("ani"), Revision: 7})
		violated(t, refused(t, err, fault.ReasonNotFound), "revision")
		_, err = s.payroll().GetAllowanceSlip(t.Context(), &scoringv1.GetAllowanceSlipRequest{Name: slipName("ani"), Revision: 9})
		f = refused(t, err, fault.ReasonNotFound)
		violated(t, f, "revision")
		if !strings.HasPrefix(f.Local(), "Revisi 9 dari "+slipName("ani")+" tidak ditemukan.") {
			t.Errorf("the refusal says %q", f.Local())
		}
	})
}

func TestAllowanceSlip_of_several_readers_at_once_is_one_revision(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.published(kepahiang(t))
		s.peers.month("ani")
		client := s.payroll()
		revisions, errs := make([]int64, 8), make([]error, 8)
		var wg sync.WaitGroup
		for i := range revisions {
			wg.Go(func() {
				slip, err := client.GetAllowanceSlip(context.WithoutCancel(t.Context()), &scoringv1.GetAllowanceSlipRequest{Name: slipName("ani")})
				revisions[i], errs[i] = slip.GetRevision(), err
			})
		}
		wg.Wait()
		must(t, errors.Join(errs...))
		if diff := cmp.Diff(slices.Repeat([]int64{1}, 8), revisions); diff != "" {
			t.Errorf("revisions (-want +got):\n%s", diff)
		}
	})
}

func TestAllowanceSlip_names_what_is_missing(t *testing.T) {
	s := one(t)
	s.published(kepahiang(t))
	s.peers.month("ani", func(f *assessmentv1.MonthFacts) { f.Attendance, f.Productivity = nil, "" })
	slip, err := s.payroll().GetAllowanceSlip(t.Context(), &scoringv1.GetAllowanceSlipRequest{Name: slipName("ani")})
	must(t, err)
	want := []*scoringv1.AllowanceMissing{
		{Fact: "attendance", Description: "Kehadiran bulan ini", Policy: scoringv1.AllowanceMissing_POLICY_BLOCK},
		{Fact: "productivity", Description: "Produktivitas bulan ini", Policy: scoringv1.AllowanceMissing_POLICY_BLOCK},
	}
	if diff := cmp.Diff(want, slip.GetMissing(), protocmp.Transform()); diff != "" || slip.GetTotal() != "" || slip.GetState() != scoringv1.AllowanceSlip_STATE_BLOCKED {
		t.Errorf("slip %v", slip)
	}
}

// factored returns the table of kepahiang with a factor for the predicate of the year, paid in full without one.
func factored(t *testing.T) string {
	t.Helper()
	return kepahiang(t, "sanctions:", `predicate:
  year: same
  factors:
    - {predicate: very_good, percent: 110}
    - {predicate: good, percent: 90}
    - {predicate: needs_improvement, percent: 75}
    - {predicate: poor, percent: 50}
    - {predicate: very_poor, percent: 25}
sanctions:`, "productivity: block,", "productivity: block, predicate: full,", "{missing: [attendance]}", "{missing: [attendance, predicate]}",
		`"947500.00"}`, `"947500.00", missing: [predicate]}`, `total: "2200000.00", `, `total: "2200000.00", missing: [predicate], `, `"1000000.00"}`, `"1000000.00", missing: [predicate]}`,
		`total: "2447500.00"`, `missing: [predicate]
      total: "2447500.00"`)
}

// TestAllowanceSlip_multiplies_by_the_predicate_of_the_year has a slip by what the rules give, Baik, and then by what people
// have put in its place, Kurang.
func TestAllowanceSlip_multiplies_by_the_predicate_of_the_year(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		c := sit(t, s)
		s.published(factored(t))
		slip := func(person string) *scoringv1.AllowanceSlip {
			t.Helper()
			got, err := s.payroll().GetAllowanceSlip(t.Context(), &scoringv1.GetAllowanceSlipRequest{Name: slipName(person)})
			must(t, err)
			verified, err := s.payroll().VerifyAllowanceSlip(t.Context(), &scoringv1.VerifyAllowanceSlipRequest{Name: slipName(person)})
			must(t, err)
			if !verified.GetVerified() || verified.GetRevision() != got.GetRevision() {
				t.Errorf("verified %v", verified)
			}
			return got
		}
		holds := func(got *scoringv1.AllowanceSlip, state scoringv1.AllowanceSlip_State, total string) {
			t.Helper()
			if got.GetState() != state || got.GetTotal() != total {
				t.Errorf("%v %s, want %v %s: %q", got.GetState(), got.GetTotal(), state, total, got.GetExplanation())
			}
		}
		s.peers.month("ani")
		s.peers.month("dewi")
		holds(slip("dewi"), scoringv1.AllowanceSlip_STATE_COMPLETE, "2447500.00")

		const until = "Jumlah ini bersifat sementara sampai predikat kinerja ditetapkan oleh pejabat penilai kinerja."
		first := slip("ani")
		holds(first, scoringv1.AllowanceSlip_STATE_PROVISIONAL, "2202750.00")
		factor := first.GetLines()[len(first.GetLines())-1]
		if factor.GetNote() != "Predikat ini belum ditetapkan oleh pejabat penilai kinerja, sehingga faktornya bersifat sementara." ||
			!slices.Contains(first.GetExplanation(), until) {
			t.Errorf("it does not say that the predicate is not fixed: %v", first)
		}

		_, err := c.above.decisions.ApproveDecision(t.Context(), approve(c.proposed(c.superior, propose(override, 1))))
		must(t, err)
		second := slip("ani")
		holds(second, scoringv1.AllowanceSlip_STATE_COMPLETE, "1223750.00")
		if second.GetRevision() != first.GetRevision()+1 || slices.Contains(second.GetExplanation(), until) {
			t.Errorf("fixed: %v", second)
		}
	})
}

// TestAllowanceSlip_calls_the_predicate_as_its_rules_do has a predicate by rules of older law, and by rules that are not carried.
func TestAllowanceSlip_calls_the_predicate_as_its_rules_do(t *testing.T) {
	s := one(t)
	sit(t, s)
	s.published(factored(t))
	s.peers.month("ani")
	for _, c := range []struct{ rules, predicate, want string }{
		{"permenpanrb-6-2022", "needs_improvement", "Butuh Perbaikan"},
		{"permenpanrb-8-2021", "needs_improvement", "Cukup"},
		{"pp-46-2011", "very_poor", "Buruk"},
		{"another", "very_poor", "Sangat Kurang"},
	} {
		must(t, s.db.Write(t.Context(), func(ctx context.Context, tx *sqlkit.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE score_revisions SET rule_pack = $1, predicate = $2", "rulePacks/"+c.rules+"/versions/1", c.predicate)
			return err
		}))
		slip, err := s.payroll().GetAllowanceSlip(t.Context(), &scoringv1.GetAllowanceSlipRequest{Name: slipName("ani")})
		must(t, err)
		factor := slip.GetLines()[len(slip.GetLines())-1]
		if got := factor.GetOperands()[0].GetValue(); got != c.want {
			t.Errorf("%s calls %s %q, want %q", c.rules, c.predicate, got, c.want)
		}
		verified, err := s.payroll().VerifyAllowanceSlip(t.Context(), &scoringv1.VerifyAllowanceSlipRequest{Name: slipName("ani")})
		must(t, err)
		if !verified.GetVerified() || verified.GetRevision() != slip.GetRevision() {
			t.Errorf("by %s verified %v", c.rules, verified)
		}
	}
}

func TestAllowanceSlip_who_may_see_it(t *testing.T) {
	s := one(t)
	s.published(kepahiang(t))
	s.peers.month("ani")
	s.peers.change(func() {
		s.peers.relations[personName("ani")+" "+personName("ani")] = commonv1.Relation_RELATION_SELF
		s.peers.relations[personName("eko")+" "+personName("eko")] = commonv1.Relation_RELATION_SELF
		s.peers.relations[personName("dewi")+" "+personName("ani")] = commonv1.Relation_RELATION_SUPERIOR
		s.peers.relations[personName("wali")+" "+personName("ani")] = commonv1.Relation_RELATION_SUPERIORS_SUPERIOR
	})
	employee := func(person string) auth.Claims {
		return auth.Claims{Subject: person, Person: person, Roles: []commonv1.Role{commonv1.Role_ROLE_EMPLOYEE, commonv1.Role_ROLE_SUPERIOR}}
	}
	role := func(role commonv1.Role, in string) auth.Claims {
		return auth.Claims{Subject: "client", Tenant: in, Roles: []commonv1.Role{role}}
	}
	none := fault.Reason("")
	cases := []struct {
		name   string
		claims auth.Claims
		person string
		want   fault.Reason
	}{
		{"themselves", employee("ani"), "ani", none},
		{"an_administrator", role(commonv1.Role_ROLE_TENANT_ADMIN, tenant), "ani", none},
		{"payroll", role(commonv1.Role_ROLE_SERVICE, tenant), "ani", none},
		{"their_superior", employee("dewi"), "ani", fault.ReasonPermissionDenied},
		{"the_superiors_superior", employee("wali"), "ani", fault.ReasonPermissionDenied},
		{"a_stranger_about_nobody", employee("dewi"), "nobody", fault.ReasonPermissionDenied},
		{"an_inspector", role(commonv1.Role_ROLE_INSPECTOR, tenant), "ani", fault.ReasonPermissionDenied},
		{"a_unit_administrator", role(commonv1.Role_ROLE_UNIT_ADMIN, tenant), "ani", fault.ReasonPermissionDenied},
		{"an_administrator_of_another_tenant", role(commonv1.Role_ROLE_TENANT_ADMIN, "3374"), "ani", fault.ReasonPermissionDenied},
		{"the_province", role(commonv1.Role_ROLE_PROVINCE_ADMIN, "34"), "ani", fault.ReasonPermissionDenied},
		{"themselves_without_facts", employee("eko"), "eko", fault.ReasonMonthFactsMissing},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			client := s.allowances(c.claims)
			_, err := client.GetAllowanceSlip(t.Context(), &scoringv1.GetAllowanceSlipRequest{Name: slipName(c.person)})
			if c.want == none {
				must(t, err)
				_, err = client.VerifyAllowanceSlip(t.Context(), &scoringv1.VerifyAllowanceSlipRequest{Name: slipName(c.person)})
				must(t, err)
				return
			}
			refused(t, err, c.want)
			_, err = client.VerifyAllowanceSlip(t.Context(), &scoringv1.VerifyAllowanceSlipRequest{Name: slipName(c.person)})
			if err == nil {
				t.Error("it is verified")
			}
		})
	}
}

func TestAllowanceSlip_error_matrix(t *testing.T) {
	s := one(t)
	s.draft(kepahiang(t))
	s.peers.month("ani")
	get := func(name string) error {
		_, err := s.payroll().GetAllowanceSlip(t.Context(), &scoringv1.GetAllowanceSlipRequest{Name: name})
		return err
	}
	list := func(c scoringv1.AllowanceServiceClient, month string) error {
		_, err := c.ListAllowanceSlips(t.Context(), &scoringv1.ListAllowanceSlipsRequest{Parent: tenantName, Month: month})
		return err
	}
	refused(t, get(slipName("ani")), fault.ReasonAllowanceTableNotInForce)
	refused(t, list(s.payroll(), "202607"), fault.ReasonAllowanceTableNotInForce)
	refused(t, get(personName("ani")+"/allowanceSlips/202613"), fault.ReasonInvalidDate)
	refused(t, get(personName("ani")), fault.ReasonInvalidName)
	refused(t, list(s.payroll(), "202613"), fault.ReasonInvalidDate)
	refused(t, list(s.payroll(), "juli"), fault.ReasonInvalidArgument)
	refused(t, list(s.keeper("siti"), "202607"), fault.ReasonPermissionDenied)
	s.published(kepahiang(t))
	refused(t, get(slipName("nobody")), fault.ReasonMonthFactsMissing)
	s.peers.change(func() { s.peers.down = true })
	refused(t, get(slipName("ani")), fault.ReasonUnavailable)
}

func TestListAllowanceSlips_pages_everybody_of_the_month(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.published(kepahiang(t))
		for _, person := range []string{"ani", "budi", "citra"} {
			s.peers.month(person)
		}
		s.peers.month("budi", func(f *assessmentv1.MonthFacts) { f.PositionClass = "" })
		var got []string
		request := &scoringv1.ListAllowanceSlipsRequest{Parent: tenantName, Month: "202607", PageSize: 2}
		for range 2 {
			page, err := s.payroll().ListAllowanceSlips(t.Context(), request)
			must(t, err)
			for _, slip := range page.GetAllowanceSlips() {
				got = append(got, slip.GetName()+" "+slip.GetTotal())
			}
			request.PageToken = page.GetNextPageToken()
		}
		want := []string{slipName("ani") + " 2447500.00", slipName("budi") + " ", slipName("citra") + " 2447500.00"}
		if diff := cmp.Diff(want, got); diff != "" || request.GetPageToken() != "" {
			t.Errorf("slips (-want +got):\n%s", diff)
		}
		one, err := s.payroll().GetAllowanceSlip(t.Context(), &scoringv1.GetAllowanceSlipRequest{Name: slipName("ani"), Revision: 1})
		must(t, err)
		if one.GetTotal() != "2447500.00" {
			t.Errorf("what was listed was not stored: %v", one)
		}
	})
}
