package assessment_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// month sets the facts of a person in July 2026, changed by the functions.
func month(person string, change ...func(*assessmentv1.MonthFacts)) *assessmentv1.UpdateMonthFactsRequest {
	days, row := int32(12), int32(10)
	f := &assessmentv1.MonthFacts{
		Name: name("people", person) + "/monthFacts/202607", PositionClass: "kelas-7", Productivity: "98.75", YearUnexcusedDays: &days,
		ConsecutiveUnexcusedDays: &row,
		Attendance:               &assessmentv1.MonthAttendance{WorkingDays: 23, Counts: []*assessmentv1.AttendanceCount{{Code: "TL1", Count: 2}, {Code: "PSW4", Count: 1}}},
		Sanction:                 &assessmentv1.AllowanceSanction{UnexcusedDays: 11, Month: 2},
	}
	for _, c := range change {
		c(f)
	}
	return &assessmentv1.UpdateMonthFactsRequest{MonthFacts: f}
}

func TestMonthFacts_are_a_revision_each_time_and_reach_scoring(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		first, err := s.scoring().month.UpdateMonthFacts(t.Context(), month("budi"))
		must(t, err)
		second, err := s.admin("3374").month.UpdateMonthFacts(t.Context(), month("budi", func(f *assessmentv1.MonthFacts) { f.Etag = first.GetEtag() }))
		must(t, err)
		want := month("budi").GetMonthFacts()
		want.Revision, want.UpdateTime, want.Etag = 2, timestamppb.New(s.clock.Now()), second.GetEtag()
		if diff := cmp.Diff(want, second, protocmp.Transform()); diff != "" {
			t.Errorf("set (-want +got):\n%s", diff)
		}
		bare := &assessmentv1.MonthFacts{Name: name("people", "siti") + "/monthFacts/202607"}
		bare, err = s.admin("3374").month.UpdateMonthFacts(t.Context(), &assessmentv1.UpdateMonthFactsRequest{MonthFacts: bare})
		must(t, err)
		if bare.GetAttendance() != nil || bare.YearUnexcusedDays != nil || bare.ConsecutiveUnexcusedDays != nil || bare.GetSanction() != nil {
			t.Errorf("what is not known became known: %v", bare)
		}
		batch, err := s.scoring().input.BatchGetMonthFacts(t.Context(), &assessmentv1.BatchGetMonthFactsRequest{
			Parent: "tenants/3374", Month: "202607", People: []string{name("people", "budi"), name("people", "sari")},
		})
		must(t, err)
		if diff := cmp.Diff([]*assessmentv1.MonthFacts{want}, batch.GetMonthFacts(), protocmp.Transform()); diff != "" {
			t.Errorf("batch (-want +got):\n%s", diff)
		}
		var listed []*assessmentv1.MonthFacts
		request := &assessmentv1.ListMonthFactsRequest{Parent: "tenants/3374", Month: "202607", PageSize: 1}
		for range 2 {
			page, err := s.scoring().input.ListMonthFacts(t.Context(), request)
			must(t, err)
			listed = append(listed, page.GetMonthFacts()...)
			request.PageToken = page.GetNextPageToken()
		}
		if diff := cmp.Diff([]*assessmentv1.MonthFacts{want, bare}, listed, protocmp.Transform()); diff != "" || request.GetPageToken() != "" {
			t.Errorf("list (-want +got):\n%s", diff)
		}
		_, err = s.admin("3374").month.UpdateMonthFacts(t.Context(), month("budi", func(f *assessmentv1.MonthFacts) { f.Etag = first.GetEtag() }))
		refused(t, err, fault.ReasonETagMismatch)
	})
}

func TestMonthFacts_error_matrix(t *testing.T) {
	s := one(t)
	admin := s.admin("3374")
	const field = "month_facts.name"
	in := func(month string) func(*assessmentv1.MonthFacts) {
		return func(f *assessmentv1.MonthFacts) { f.Name = name("people", "budi") + "/monthFacts/" + month }
	}
	cases := map[string]struct {
		as     caller
		give   *assessmentv1.UpdateMonthFactsRequest
		reason fault.Reason
		fields []string
	}{
		"no_such_month":       {admin, month("budi", in("202613")), fault.ReasonInvalidDate, []string{field}},
		"no_month":            {admin, month("budi", in("juli")), fault.ReasonInvalidDate, []string{field}},
		"a_month_not_begun":   {admin, month("budi", in("202608")), fault.ReasonInvalidDate, []string{field}},
		"another_name":        {admin, month("budi", func(f *assessmentv1.MonthFacts) { f.Name = name("people", "budi") }), fault.ReasonInvalidName, []string{field}},
		"unknown_person":      {admin, month("nobody"), fault.ReasonReferenceNotFound, []string{field}},
		"a_negative_percent":  {admin, month("budi", func(f *assessmentv1.MonthFacts) { f.Productivity = "-1" }), fault.ReasonInvalidDecimal, []string{"month_facts.productivity"}},
		"no_working_days":     {admin, month("budi", func(f *assessmentv1.MonthFacts) { f.Attendance.WorkingDays = 0 }), fault.ReasonInvalidArgument, []string{"month_facts.attendance.working_days"}},
		"a_class_with_blanks": {admin, month("budi", func(f *assessmentv1.MonthFacts) { f.PositionClass = "kelas 7" }), fault.ReasonInvalidArgument, []string{"month_facts.position_class"}},
		"everything": {
			admin, month("nobody", func(f *assessmentv1.MonthFacts) {
				f.Name = name("people", "nobody") + "/monthFacts/202612"
				f.Productivity = "98,75"
				f.Attendance.Counts = append(f.Attendance.Counts, &assessmentv1.AttendanceCount{Code: "TL1", Count: 1})
			}),
			fault.ReasonInvalidArgument,
			[]string{field, field, "month_facts.productivity", "month_facts.attendance.counts[2].code"},
		},
		"by_the_person":   {s.person("budi"), month("budi"), fault.ReasonPermissionDenied, nil},
		"by_the_superior": {s.person("ani"), month("budi"), fault.ReasonPermissionDenied, nil},
		"another_tenant":  {s.admin("3402"), month("budi"), fault.ReasonPermissionDenied, nil},
		"by_a_citizen":    {s.citizen(), month("budi"), fault.ReasonUnauthenticated, nil},
	}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			_, err := c.as.month.UpdateMonthFacts(t.Context(), c.give)
			refused(t, err, c.reason, c.fields...)
		})
	}
}

func TestMonthFacts_name_what_is_wrong_with_the_month(t *testing.T) {
	s := one(t)
	for text, want := range map[string]string{
		"202613": "“202613” pada isian month_facts.name bukan bulan. Tulis bulan sebagai YYYYMM, misalnya 202607.",
		"juli":   "“juli” pada isian month_facts.name bukan bulan. Tulis bulan sebagai YYYYMM, misalnya 202607.",
		"202612": "Bulan 202612 belum berjalan. Data kehadiran dan produktivitas dicatat sejak hari pertama bulan itu.",
	} {
		_, err := s.admin("3374").month.UpdateMonthFacts(t.Context(), month("budi", func(f *assessmentv1.MonthFacts) {
			f.Name = name("people", "budi") + "/monthFacts/" + text
		}))
		f := refused(t, err, fault.ReasonInvalidDate, "month_facts.name")
		if got := f.Violations[0].Local(); got != want {
			t.Errorf("%s: said %q", text, got)
		}
	}
	_, err := s.scoring().input.ListMonthFacts(t.Context(), &assessmentv1.ListMonthFactsRequest{Parent: "tenants/3374", Month: "202613"})
	f := refused(t, err, fault.ReasonInvalidDate, "month")
	if got := f.Violations[0].Local(); got != "“202613” pada isian month bukan bulan. Tulis bulan sebagai YYYYMM, misalnya 202607." {
		t.Errorf("said %q", got)
	}
}

func TestMonthFacts_are_read_by_services_only(t *testing.T) {
	s := one(t)
	batch := &assessmentv1.BatchGetMonthFactsRequest{Parent: "tenants/3374", Month: "202607", People: []string{name("people", "budi")}}
	list := &assessmentv1.ListMonthFactsRequest{Parent: "tenants/3374", Month: "202607"}
	for what, as := range map[string]caller{"the_person": s.person("budi"), "the_superior": s.person("ani"), "an_admin": s.admin("3374")} {
		_, err := as.input.BatchGetMonthFacts(t.Context(), batch)
		refusedAs(t, what, err, fault.ReasonPermissionDenied)
		_, err = as.input.ListMonthFacts(t.Context(), list)
		refusedAs(t, what, err, fault.ReasonPermissionDenied)
	}
	scoring := s.scoring()
	batch.People = []string{"tenants/3402/people/budi"}
	_, err := scoring.input.BatchGetMonthFacts(t.Context(), batch)
	refused(t, err, fault.ReasonInvalidName, "people[0]")
	batch.People, batch.Month = nil, "202600"
	_, err = scoring.input.BatchGetMonthFacts(t.Context(), batch)
	refused(t, err, fault.ReasonInvalidDate, "month")
	list.PageSize = -1
	_, err = scoring.input.ListMonthFacts(t.Context(), list)
	refused(t, err, fault.ReasonInvalidArgument, "page_size")
}
