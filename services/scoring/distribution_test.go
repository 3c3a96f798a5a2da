package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/type/date"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

const below = assessmentv1.Expectation_EXPECTATION_BELOW

// ratingsOf gives the two ratings of each predicate, in the order of the regulation.
var ratingsOf = [5][2]assessmentv1.Expectation{{above, above}, {meets, meets}, {below, meets}, {meets, below}, {below, below}}

// populate gives a unit people with the five predicates, and waits for their scores. The ids of a predicate's people are
// unit, its number and a counter; those with an even counter end with a, so they are women.
func (s *suite) populate(unit string, counts ...int) {
	s.t.Helper()
	for predicate, n := range counts {
		for i := range n {
			person := fmt.Sprintf("%s-%d-%d%s", unit, predicate, i, []string{"a", "b"}[i%2])
			s.peers.plan(person, unit)
			s.peers.rate(person, "1200", ratingsOf[predicate][0], ratingsOf[predicate][1])
			s.fact("e-"+person, "rating.changed", person)
		}
	}
	s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
}

func checkRequest(subtree bool, units ...string) *scoringv1.CheckDistributionRequest {
	request := &scoringv1.CheckDistributionRequest{Parent: periodName, Subtree: subtree}
	for _, unit := range units {
		request.Units = append(request.Units, unitName(unit))
	}
	return request
}

// counts are the five numbers of a message.
func counts(of []*scoringv1.PredicateCount) [5]int32 {
	var numbers [5]int32
	for i, c := range of {
		if c.GetPredicate() != scoringv1.Predicate(i+1) {
			panic("the predicates are not in the order of the regulation")
		}
		numbers[i] = c.GetCount()
	}
	return numbers
}

// warnings are the violations as "rule", with what is said of each.
func warnings(of []*scoringv1.DistributionViolation) []string {
	var texts []string
	for _, v := range of {
		text := v.GetRule()
		if v.GetExplainedBySize() {
			text += " by size"
		}
		if v.GetJustified() {
			text += " justified"
		}
		texts = append(texts, text)
	}
	return texts
}

func TestCheckDistribution(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.run()
		s.peers.judge("dinas", 10, 3, good)
		s.populate("bidang", 1, 3, 0, 0, 0)
		s.populate("seksi", 0, 2, 1, 0, 0)
		s.populate("puskesmas", 5, 14, 1, 0, 0)
		s.peers.plan("belum", "puskesmas")
		s.fact("e-belum", "progress.reported", "belum")
		s.handled("KINERJA_ASSESSMENT", "scoring-assessment")

		t.Run("units_alone_and_small_ones_together", func(t *testing.T) {
			got, err := s.admin().distributions.CheckDistribution(t.Context(), checkRequest(false, "bidang", "seksi", "puskesmas", "lain"))
			must(t, err)
			type row struct {
				Level    assessmentv1.OrganizationLevel
				From     string
				Counts   [5]int32
				Small    bool
				Warnings []string
			}
			rows := map[string]row{}
			for _, c := range got.GetChecks() {
				rows[strings.TrimPrefix(c.GetUnit(), "tenants/3402/units/")] = row{
					c.GetLevel(), strings.TrimPrefix(c.GetLevelUnit(), "tenants/3402/units/"), counts(c.GetCounts()), c.GetSmall(), warnings(c.GetViolations()),
				}
			}
			want := map[string]row{
				"bidang":    {good, "dinas", [5]int32{1, 3, 0, 0, 0}, true, []string{"good.good.most", "good.lower.exists by size"}},
				"seksi":     {good, "dinas", [5]int32{0, 2, 1, 0, 0}, true, nil},
				"puskesmas": {good, "dinas", [5]int32{5, 14, 1, 0, 0}, false, nil},
				"lain":      {0, "", [5]int32{}, false, nil},
			}
			if diff := cmp.Diff(want, rows); diff != "" {
				t.Fatalf("checks (-want +got):\n%s", diff)
			}
			if got.GetSource() != "SE MenPANRB 3/2023" || len(got.GetPools()) != 1 || counts(got.GetPools()[0].GetCounts()) != [5]int32{1, 5, 1, 0, 0} {
				t.Fatalf("pools %v", got.GetPools())
			}
			puskesmas := got.GetChecks()[2]
			if puskesmas.GetWithoutPredicate() != 1 || puskesmas.GetCounts()[1].GetPercent() != "70.00" ||
				puskesmas.GetBounds()[0].GetAtMost() != 14 || puskesmas.GetBounds()[0].AtLeast != nil || puskesmas.GetBounds()[1].GetAtLeast() != 1 {
				t.Fatalf("check %v", puskesmas)
			}
			want0 := "Pada organisasi berpredikat Baik, predikat Baik paling banyak 70% dari jumlah pegawai. " +
				"Surat edaran menghendaki sebagian besar pegawai tanpa menyebut angkanya; hanya batas atas 70% yang diperiksa (kebijakan). " +
				"Saat ini 3 dari 4 pegawai; untuk jumlah pegawai ini paling banyak 2 pegawai."
			if message := got.GetChecks()[0].GetViolations()[0].GetMessage(); message != want0 {
				t.Fatalf("message %q", message)
			}
		})
		t.Run("a_unit_with_all_below_it", func(t *testing.T) {
			got, err := s.admin().distributions.CheckDistribution(t.Context(), checkRequest(true, "dinas"))
			must(t, err)
			check := got.GetChecks()[0]
			if counts(check.GetCounts()) != [5]int32{6, 19, 2, 0, 0} || !check.GetSubtree() || len(check.GetViolations()) != 1 {
				t.Fatalf("check %v", check)
			}
		})
		t.Run("a_unit_whose_organisation_is_not_rated", func(t *testing.T) {
			s.populate("lain", 0, 2, 0, 0, 0)
			got, err := s.admin().distributions.CheckDistribution(t.Context(), checkRequest(false, "lain", "seksi", "u2"))
			must(t, err)
			var reasons []string
			for _, check := range got.GetChecks() {
				reasons = append(reasons, check.GetUncheckedReason())
			}
			want := []string{
				"Belum diperiksa: predikat kinerja organisasi belum ditetapkan, baik untuk unit kerja ini maupun untuk unit kerja di atasnya. " +
					"Tetapkan terlebih dahulu.", "", "",
			}
			if diff := cmp.Diff(want, reasons); diff != "" || len(got.GetChecks()[0].GetViolations()) != 0 {
				t.Fatalf("reasons (-want +got):\n%s", diff)
			}
		})
		t.Run("nothing_is_changed", func(t *testing.T) {
			var rows int
			must(t, s.db.Read().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM distribution_justifications").Scan(&rows))
			if rows != 0 {
				t.Fatalf("%d rows", rows)
			}
		})
	})
}

func TestJustifyDistribution(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		s.run()
		s.peers.judge("puskesmas", 10, 3, good)
		s.populate("puskesmas", 5, 15, 0, 0, 0)
		s.peers.heads("dewi", "puskesmas")
		request := &scoringv1.JustifyDistributionRequest{
			Parent: periodName, Unit: unitName("puskesmas"), Rules: []string{"good.good.most"},
			Text: "  Akreditasi paripurna dicapai oleh seluruh tim pelayanan.  ",
		}
		check := func() *scoringv1.DistributionCheck {
			t.Helper()
			got, err := s.admin().distributions.CheckDistribution(t.Context(), checkRequest(false, "puskesmas"))
			must(t, err)
			return got.GetChecks()[0]
		}
		first, err := s.employee("dewi").distributions.JustifyDistribution(t.Context(), request)
		must(t, err)
		if first.GetAuthor() != personName("dewi") || first.GetText() != strings.TrimSpace(request.GetText()) || !first.GetCurrent() ||
			!first.GetCreateTime().AsTime().Equal(noon) || counts(first.GetCounts()) != [5]int32{5, 15, 0, 0, 0} {
			t.Fatalf("justification %v", first)
		}
		if diff := cmp.Diff([]string{"good.good.most justified", "good.lower.exists"}, warnings(check().GetViolations())); diff != "" {
			t.Fatalf("after the first (-want +got):\n%s", diff)
		}
		request.Rules = nil
		_, err = s.admin().distributions.JustifyDistribution(t.Context(), request)
		must(t, err)
		now := check()
		if diff := cmp.Diff([]string{"good.good.most justified", "good.lower.exists justified"}, warnings(now.GetViolations())); diff != "" {
			t.Fatalf("after the second (-want +got):\n%s", diff)
		}
		if len(now.GetJustifications()) != 2 || now.GetJustifications()[1].GetId() != first.GetId() {
			t.Fatalf("justifications %v", now.GetJustifications())
		}

		s.populate("puskesmas", 0, 0, 0, 0, 1)
		now = check()
		if diff := cmp.Diff([]string{"good.good.most", "good.lower.exists"}, warnings(now.GetViolations())); diff != "" {
			t.Fatalf("after the counts have changed (-want +got):\n%s", diff)
		}
		if len(now.GetJustifications()) != 2 || now.GetJustifications()[0].GetCurrent() {
			t.Fatalf("justifications %v", now.GetJustifications())
		}
		request.Rules = []string{"good.good.most", "excellent.very_good.most"}
		_, err = s.admin().distributions.JustifyDistribution(t.Context(), request)
		f := refused(t, err, fault.ReasonNoDistributionViolation)
		violated(t, f, "rules[1]")
		if !strings.Contains(f.Violations[0].Local(), "excellent.very_good.most") {
			t.Fatalf("the violation says %q", f.Violations[0].Local())
		}
	})
}

func TestDistribution_who_may(t *testing.T) {
	s := one(t)
	s.run()
	s.peers.judge("puskesmas", 10, 3, good)
	s.populate("puskesmas", 0, 2, 0, 0, 0)
	s.peers.heads("dewi", "puskesmas")
	none := fault.Reason("")
	cases := []struct {
		name           string
		caller         caller
		units          []string
		check, justify fault.Reason
	}{
		{"an_administrator", s.admin(), []string{"puskesmas"}, none, none},
		{"an_inspector_reads", s.as(tenant, "ira", commonv1.Role_ROLE_INSPECTOR), []string{"puskesmas"}, none, fault.ReasonPermissionDenied},
		{"the_head_of_the_unit", s.employee("dewi"), []string{"puskesmas"}, none, none},
		{"the_head_about_another_unit_too", s.employee("dewi"), []string{"lain", "puskesmas"}, fault.ReasonPermissionDenied, fault.ReasonPermissionDenied},
		{"the_head_about_no_unit", s.employee("dewi"), []string{"nowhere"}, fault.ReasonPermissionDenied, fault.ReasonPermissionDenied},
		{"a_colleague", s.employee("eko"), []string{"puskesmas"}, fault.ReasonPermissionDenied, fault.ReasonPermissionDenied},
		{"an_administrator_of_another_tenant", s.as("3374", "", commonv1.Role_ROLE_TENANT_ADMIN), []string{"puskesmas"}, fault.ReasonPermissionDenied, fault.ReasonPermissionDenied},
		{"anybody", s.anonymous(), []string{"puskesmas"}, fault.ReasonUnauthenticated, fault.ReasonUnauthenticated},
		{"an_administrator_about_no_unit", s.admin(), []string{"nowhere"}, fault.ReasonReferenceNotFound, fault.ReasonReferenceNotFound},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, checkErr := c.caller.distributions.CheckDistribution(t.Context(), checkRequest(false, c.units...))
			_, justifyErr := c.caller.distributions.JustifyDistribution(t.Context(), &scoringv1.JustifyDistributionRequest{
				Parent: periodName, Unit: unitName(c.units[0]), Text: "Seluruh target layanan tercapai.",
			})
			for _, got := range []struct {
				err  error
				want fault.Reason
			}{{checkErr, c.check}, {justifyErr, c.justify}} {
				if got.want == none {
					must(t, got.err)
					continue
				}
				refused(t, got.err, got.want)
			}
		})
	}
}

func TestDistribution_refuses_bad_input(t *testing.T) {
	s := one(t)
	s.run()
	a := s.admin().distributions
	_, err := a.CheckDistribution(t.Context(), checkRequest(true, "dinas", "seksi", "nowhere", "dinas"))
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "units[1]", "units[2]", "units[3]")
	request := checkRequest(false, "dinas")
	request.Units = append(request.Units, "dinas", "tenants/3374/units/dinas")
	_, err = a.CheckDistribution(t.Context(), request)
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "units[1]", "units[2]")
	_, err = a.CheckDistribution(t.Context(), checkRequest(false))
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "units")
	request = checkRequest(false, "dinas")
	request.Parent = "tenants/3402/periods/2030"
	_, err = a.CheckDistribution(t.Context(), request)
	refused(t, err, fault.ReasonNotFound)
	request.Parent = periodName
	s.peers.change(func() {
		s.peers.rulePack, s.peers.start = "rulePacks/pp-46-2011/versions/1", &date.Date{Year: 2020, Month: 1, Day: 1}
	})
	_, err = a.CheckDistribution(t.Context(), request)
	without := refused(t, err, fault.ReasonNotFound)
	if !strings.HasPrefix(without.Local(), "Paket aturan periode ini tidak memuat pola distribusi predikat") {
		t.Fatalf("refused with %q", without.Local())
	}
	s.peers.change(func() {
		s.peers.rulePack, s.peers.start = "rulePacks/none/versions/1", &date.Date{Year: 2026, Month: 1, Day: 1}
	})
	_, err = a.CheckDistribution(t.Context(), request)
	unknown := refused(t, err, fault.ReasonRulePackUnknown)
	s.peers.change(func() { s.peers.rulePack = "rulePacks/pp-46-2011/versions/1" })
	_, err = a.CheckDistribution(t.Context(), request)
	ended := refused(t, err, fault.ReasonRulePackNotInForce)
	if unknown.Meta["resource"] != "rulePacks/none/versions/1" || ended.Meta["resource"] != "rulePacks/pp-46-2011/versions/1" {
		t.Fatalf("refused about %v and %v", unknown.Meta, ended.Meta)
	}
	s.peers.change(func() { s.peers.rulePack = rulePack })
	request.Parent = "tenants/3402"
	_, err = a.CheckDistribution(t.Context(), request)
	refused(t, err, fault.ReasonInvalidName)

	justify := &scoringv1.JustifyDistributionRequest{Parent: periodName, Unit: "dinas", Text: "Seluruh target layanan tercapai."}
	_, err = a.JustifyDistribution(t.Context(), justify)
	violated(t, refused(t, err, fault.ReasonInvalidName), "unit")
	justify.Text = "terlalu singkat" + strings.Repeat(" ", 20)
	_, err = a.JustifyDistribution(t.Context(), justify)
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "unit", "text")
	justify.Unit = unitName("nowhere")
	_, err = a.JustifyDistribution(t.Context(), justify)
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "text", "unit")
	justify.Unit = unitName("dinas")
	_, err = a.JustifyDistribution(t.Context(), justify)
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "text")
	justify.Text = "Seluruh target layanan tercapai."
	_, err = a.JustifyDistribution(t.Context(), justify)
	violated(t, refused(t, err, fault.ReasonNoDistributionViolation), "unit")
	s.peers.change(func() { s.peers.down = true })
	_, err = a.CheckDistribution(t.Context(), checkRequest(false, "dinas"))
	refused(t, err, fault.ReasonUnavailable)
}

// violated fails the test unless the fault lists exactly these fields.
func violated(t *testing.T, f *fault.Fault, fields ...string) {
	t.Helper()
	var got []string
	for _, v := range f.Violations {
		got = append(got, v.Field)
		if v.Local() == "" {
			t.Errorf("%s has no Indonesian text", v.Field)
		}
	}
	if diff := cmp.Diff(fields, got); diff != "" {
		t.Fatalf("fields (-want +got):\n%s", diff)
	}
}
