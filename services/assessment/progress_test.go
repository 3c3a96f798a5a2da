package assessment_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

const indicatorA = "results/r1/indicators/a"

// report is a report of a person on an indicator of their plan, changed by the functions.
func report(person string, change ...func(*assessmentv1.ProgressReport)) *assessmentv1.CreateProgressReportRequest {
	p := &assessmentv1.ProgressReport{
		Person: name("people", person), Indicator: indicatorA, Realisation: "12.5", EvidenceNote: "Laporan bulan Juni, arsip 12",
	}
	for _, c := range change {
		c(p)
	}
	return &assessmentv1.CreateProgressReportRequest{Parent: period, ProgressReport: p}
}

func TestProgress_is_reported_listed_and_counted(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		budi := s.person("budi")
		var newest []*assessmentv1.ProgressReport
		for i := range 5 {
			made, err := budi.progress.CreateProgressReport(t.Context(), report("budi", func(p *assessmentv1.ProgressReport) {
				p.Realisation = fmt.Sprintf("%d.25", i)
			}))
			must(t, err)
			want := report("budi").GetProgressReport()
			want.Realisation, want.CreateTime = fmt.Sprintf("%d.25", i), timestamppb.New(s.clock.Now())
			if diff := cmp.Diff(want, made, protocmp.Transform(), protocmp.IgnoreFields(want, "name")); diff != "" {
				t.Errorf("made (-want +got):\n%s", diff)
			}
			if !strings.HasPrefix(made.GetName(), period+"/progressReports/") {
				t.Errorf("name %s", made.GetName())
			}
			newest = append([]*assessmentv1.ProgressReport{made}, newest...)
			if i == 2 {
				s.clock.Advance(time.Hour)
			}
		}
		for _, reader := range []caller{budi, s.person("ani"), s.person("wali"), s.admin("3374")} {
			req := &assessmentv1.ListProgressReportsRequest{Parent: period, Person: name("people", "budi"), PageSize: 2}
			var got []*assessmentv1.ProgressReport
			for {
				page, err := reader.progress.ListProgressReports(t.Context(), req)
				must(t, err)
				got = append(got, page.GetProgressReports()...)
				req.PageToken = page.GetNextPageToken()
				if req.GetPageToken() == "" {
					break
				}
			}
			if diff := cmp.Diff(newest, got, protocmp.Transform()); diff != "" {
				t.Errorf("listed (-want +got):\n%s", diff)
			}
		}
		person, _ := s.facts()
		want := &assessmentv1.PersonInput{
			Person: name("people", "budi"), Plan: period + "/plans/first-budi", LatestTime: timestamppb.New(s.clock.Now()),
			Realisations: []*assessmentv1.Realisation{{
				Indicator: indicatorA, Value: "4.25", ProgressReport: newest[0].GetName(), ReportTime: timestamppb.New(s.clock.Now()),
			}},
		}
		if diff := cmp.Diff(want, person, protocmp.Transform()); diff != "" {
			t.Errorf("facts (-want +got):\n%s", diff)
		}
	})
}

func TestProgress_error_matrix(t *testing.T) {
	s := one(t)
	budi := s.person("budi")
	const (
		realisation = "progress_report.realisation"
		indicator   = "progress_report.indicator"
	)
	set := func(realisation, indicator string) func(*assessmentv1.ProgressReport) {
		return func(p *assessmentv1.ProgressReport) { p.Realisation, p.Indicator = realisation, indicator }
	}
	cases := map[string]struct {
		as     caller
		give   *assessmentv1.CreateProgressReportRequest
		reason fault.Reason
		fields []string
	}{
		"comma":           {budi, report("budi", set("12,5", indicatorA)), fault.ReasonInvalidDecimal, []string{realisation}},
		"negative":        {budi, report("budi", set("-1", indicatorA)), fault.ReasonInvalidDecimal, []string{realisation}},
		"too_many_digits": {budi, report("budi", set("1.00001", indicatorA)), fault.ReasonInvalidDecimal, []string{realisation}},
		"unknown_indicator": {
			budi, report("budi", set("1", "results/r1/indicators/zz")), fault.ReasonReferenceNotFound, []string{indicator},
		},
		"survey_indicator": {
			budi, report("budi", set("1", "results/r1/indicators/ikm")), fault.ReasonInvalidArgument, []string{indicator},
		},
		"both": {
			budi, report("budi", set("x", "results/r1/indicators/zz")), fault.ReasonInvalidArgument, []string{indicator, realisation},
		},
		"malformed_indicator": {budi, report("budi", set("1", "r1/a")), fault.ReasonInvalidArgument, []string{indicator}},
		"no_evidence": {
			budi, report("budi", func(p *assessmentv1.ProgressReport) { p.EvidenceNote = "" }),
			fault.ReasonInvalidArgument,
			[]string{"progress_report.evidence_note"},
		},
		"blank_evidence": {
			budi, report("budi", func(p *assessmentv1.ProgressReport) { p.EvidenceNote = "     " }),
			fault.ReasonInvalidArgument,
			[]string{"progress_report.evidence_note"},
		},
		"no_approved_plan":          {s.person("dewi"), report("dewi"), fault.ReasonPlanNotApproved, nil},
		"wrong_decimal_and_no_plan": {s.person("dewi"), report("dewi", set("x", indicatorA)), fault.ReasonInvalidDecimal, []string{realisation}},
		"for_somebody_else":         {s.person("siti"), report("budi"), fault.ReasonPermissionDenied, nil},
		"by_the_superior":           {s.person("ani"), report("budi"), fault.ReasonPermissionDenied, nil},
		"by_an_admin":               {s.admin("3374"), report("budi"), fault.ReasonPermissionDenied, nil},
		"by_a_citizen":              {s.citizen(), report("budi"), fault.ReasonUnauthenticated, nil},
		"person_of_another_tenant": {
			budi, report("budi", func(p *assessmentv1.ProgressReport) { p.Person = "tenants/3402/people/budi" }),
			fault.ReasonInvalidName,
			[]string{"progress_report.person"},
		},
		"unknown_period": {
			budi, &assessmentv1.CreateProgressReportRequest{Parent: "tenants/3374/periods/2031", ProgressReport: report("budi").GetProgressReport()},
			fault.ReasonReferenceNotFound,
			[]string{"parent"},
		},
	}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			_, err := c.as.progress.CreateProgressReport(t.Context(), c.give)
			f := refused(t, err, c.reason, c.fields...)
			if what == "survey_indicator" && !strings.Contains(f.Local(), "survei kepuasan masyarakat") {
				t.Errorf("text: %s", f.Local())
			}
		})
	}
	s.planning.set(func(p *planning) { p.closed = true })
	s.clock.Advance(time.Minute)
	_, err := budi.progress.CreateProgressReport(t.Context(), report("budi"))
	refused(t, err, fault.ReasonPeriodClosed)
}

func TestProgress_of_a_repeated_request_is_one_report(t *testing.T) {
	s := one(t)
	budi := s.person("budi")
	req := report("budi")
	req.RequestId = uuid.NewString()
	first, err := budi.progress.CreateProgressReport(t.Context(), req)
	must(t, err)
	again, err := budi.progress.CreateProgressReport(t.Context(), req)
	must(t, err)
	if first.GetName() != again.GetName() {
		t.Errorf("%s and %s", first.GetName(), again.GetName())
	}
}

func TestProgress_list_is_refused_to_others_and_to_other_pages(t *testing.T) {
	s := one(t)
	req := &assessmentv1.ListProgressReportsRequest{Parent: period, Person: name("people", "budi"), PageSize: 1}
	_, err := s.person("siti").progress.ListProgressReports(t.Context(), req)
	refused(t, err, fault.ReasonPermissionDenied)
	_, err = s.admin("3402").progress.ListProgressReports(t.Context(), req)
	refused(t, err, fault.ReasonPermissionDenied)
	budi := s.person("budi")
	for range 2 {
		_, err = budi.progress.CreateProgressReport(t.Context(), report("budi"))
		must(t, err)
	}
	page, err := budi.progress.ListProgressReports(t.Context(), req)
	must(t, err)
	other := &assessmentv1.ListProgressReportsRequest{Parent: period, Person: name("people", "siti"), PageToken: page.GetNextPageToken()}
	_, err = s.admin("3374").progress.ListProgressReports(t.Context(), other)
	refused(t, err, fault.ReasonInvalidPageToken, "page_token")
	_, err = budi.progress.ListProgressReports(t.Context(), &assessmentv1.ListProgressReportsRequest{
		Parent: period, Person: name("people", "budi"), PageSize: -1,
	})
	refused(t, err, fault.ReasonInvalidArgument, "page_size")
}
