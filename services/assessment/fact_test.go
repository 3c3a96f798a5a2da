package assessment_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

// attend sets the attendance of a person, changed by the functions.
func attend(person string, change ...func(*assessmentv1.Attendance)) *assessmentv1.UpdateAttendanceRequest {
	a := &assessmentv1.Attendance{
		Name: period + "/attendances/" + person, WorkingDays: 120, PresentDays: 110, UnexcusedDays: 3, LateMinutes: 45,
	}
	for _, c := range change {
		c(a)
	}
	return &assessmentv1.UpdateAttendanceRequest{Attendance: a}
}

// level sets the rating of a unit, changed by the functions.
func level(unit string, change ...func(*assessmentv1.OrganizationRating)) *assessmentv1.UpdateOrganizationRatingRequest {
	r := &assessmentv1.OrganizationRating{
		Name: period + "/organizationRatings/" + unit, Level: assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_GOOD, Basis: "SK 061/2026",
	}
	for _, c := range change {
		c(r)
	}
	return &assessmentv1.UpdateOrganizationRatingRequest{OrganizationRating: r}
}

func TestAttendance_is_a_revision_each_time(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		first, err := s.scoring().attendance.UpdateAttendance(t.Context(), attend("budi"))
		must(t, err)
		if first.GetRecorder() != "scoring" {
			t.Errorf("the recorder of the first is %s", first.GetRecorder())
		}
		second, err := s.admin("3374").attendance.UpdateAttendance(t.Context(), attend("budi", func(a *assessmentv1.Attendance) {
			a.Etag, a.PresentDays = first.GetEtag(), 111
		}))
		must(t, err)
		want := attend("budi").GetAttendance()
		want.PresentDays, want.Revision, want.UpdateTime, want.Etag = 111, 2, timestamppb.New(s.clock.Now()), second.GetEtag()
		want.Recorder = "admin-3374"
		if diff := cmp.Diff(want, second, protocmp.Transform()); diff != "" {
			t.Errorf("set (-want +got):\n%s", diff)
		}
		_, err = s.admin("3374").attendance.UpdateAttendance(t.Context(), attend("budi", func(a *assessmentv1.Attendance) { a.Etag = first.GetEtag() }))
		refused(t, err, fault.ReasonETagMismatch)
		person, _ := s.facts()
		input := &assessmentv1.PersonInput{Person: name("people", "budi"), Attendance: want, LatestTime: want.GetUpdateTime()}
		if diff := cmp.Diff(input, person, protocmp.Transform()); diff != "" {
			t.Errorf("facts (-want +got):\n%s", diff)
		}
	})
}

func TestAttendance_error_matrix(t *testing.T) {
	s := one(t)
	admin := s.admin("3374")
	const present, unexcused = "attendance.present_days", "attendance.unexcused_days"
	cases := map[string]struct {
		as     caller
		give   *assessmentv1.UpdateAttendanceRequest
		reason fault.Reason
		fields []string
	}{
		"present_on_more_days_than_worked": {
			admin, attend("budi", func(a *assessmentv1.Attendance) { a.PresentDays = 121 }),
			fault.ReasonInvalidArgument,
			[]string{present, unexcused},
		},
		"absent_on_days_present": {
			admin, attend("budi", func(a *assessmentv1.Attendance) { a.UnexcusedDays = 11 }),
			fault.ReasonInvalidArgument,
			[]string{unexcused},
		},
		"more_than_a_year": {
			admin, attend("budi", func(a *assessmentv1.Attendance) { a.WorkingDays = 367 }),
			fault.ReasonInvalidArgument,
			[]string{"attendance.working_days"},
		},
		"unknown_person":  {admin, attend("nobody"), fault.ReasonReferenceNotFound, []string{"attendance.name"}},
		"by_the_person":   {s.person("budi"), attend("budi"), fault.ReasonPermissionDenied, nil},
		"by_the_superior": {s.person("ani"), attend("budi"), fault.ReasonPermissionDenied, nil},
		"another_tenant":  {s.admin("3402"), attend("budi"), fault.ReasonPermissionDenied, nil},
		"by_a_citizen":    {s.citizen(), attend("budi"), fault.ReasonUnauthenticated, nil},
	}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			_, err := c.as.attendance.UpdateAttendance(t.Context(), c.give)
			refused(t, err, c.reason, c.fields...)
		})
	}
	s.planning.set(func(p *planning) { p.closed = true })
	s.clock.Advance(time.Minute)
	_, err := admin.attendance.UpdateAttendance(t.Context(), attend("budi"))
	refused(t, err, fault.ReasonPeriodClosed)
}

func TestOrganizationRating_is_a_revision_each_time(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		admin := s.admin("3374")
		person := s.with(s.token("siti", "siti", "3374", commonv1.Role_ROLE_TENANT_ADMIN))
		first, err := person.rating.UpdateOrganizationRating(t.Context(), level("puskesmas", func(r *assessmentv1.OrganizationRating) {
			r.Rater = name("people", "budi") // it is who calls, not whom they name
		}))
		must(t, err)
		if first.GetRater() != name("people", "siti") {
			t.Errorf("the rater of the first is %s", first.GetRater())
		}
		second, err := admin.rating.UpdateOrganizationRating(t.Context(), level("puskesmas", func(r *assessmentv1.OrganizationRating) {
			r.Etag, r.Level = first.GetEtag(), assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_EXCELLENT
		}))
		must(t, err)
		want := level("puskesmas").GetOrganizationRating()
		want.Level, want.Revision = assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_EXCELLENT, 2
		want.UpdateTime, want.Etag, want.Rater = timestamppb.New(s.clock.Now()), second.GetEtag(), "admin-3374"
		if diff := cmp.Diff(want, second, protocmp.Transform()); diff != "" {
			t.Errorf("set (-want +got):\n%s", diff)
		}
		_, unit := s.facts()
		input := &assessmentv1.UnitInput{
			Unit: name("units", "puskesmas"), OrganizationRating: want, LatestTime: want.GetUpdateTime(),
		}
		if diff := cmp.Diff(input, unit, protocmp.Transform()); diff != "" {
			t.Errorf("facts (-want +got):\n%s", diff)
		}
	})
}

func TestOrganizationRating_error_matrix(t *testing.T) {
	s := one(t)
	admin := s.admin("3374")
	first, err := admin.rating.UpdateOrganizationRating(t.Context(), level("puskesmas"))
	must(t, err)
	_, err = admin.rating.UpdateOrganizationRating(t.Context(), level("puskesmas"))
	must(t, err)
	const field = "organization_rating.name"
	cases := map[string]struct {
		as     caller
		give   *assessmentv1.UpdateOrganizationRatingRequest
		reason fault.Reason
		fields []string
	}{
		"unknown_unit": {admin, level("nowhere"), fault.ReasonReferenceNotFound, []string{field}},
		"stale": {
			admin, level("puskesmas", func(r *assessmentv1.OrganizationRating) { r.Etag = first.GetEtag() }), fault.ReasonETagMismatch, nil,
		},
		"no_basis": {
			admin, level("puskesmas", func(r *assessmentv1.OrganizationRating) { r.Basis = "   " }),
			fault.ReasonInvalidArgument,
			[]string{"organization_rating.basis"},
		},
		"no_level": {
			admin, level("puskesmas", func(r *assessmentv1.OrganizationRating) { r.Level = 0 }),
			fault.ReasonInvalidArgument,
			[]string{"organization_rating.level"},
		},
		"unknown_period_and_unit": {
			admin, level("nowhere", func(r *assessmentv1.OrganizationRating) {
				r.Name = "tenants/3374/periods/2031/organizationRatings/nowhere"
			}),
			fault.ReasonReferenceNotFound,
			[]string{field, field},
		},
		"by_its_head":       {s.person("ani"), level("puskesmas"), fault.ReasonPermissionDenied, nil},
		"by_another_tenant": {s.admin("3402"), level("puskesmas"), fault.ReasonPermissionDenied, nil},
	}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			_, err := c.as.rating.UpdateOrganizationRating(t.Context(), c.give)
			refused(t, err, c.reason, c.fields...)
		})
	}
}

func TestInputs_hold_ratings_without_feedback(t *testing.T) {
	s := one(t)
	set, err := s.person("ani").rating.UpdateRating(t.Context(), rate("budi", func(r *assessmentv1.Rating) {
		r.ResultRating, r.Feedback, r.FeedbackDate = below, "Target triwulan belum tercapai.", day(2026, 7, 1)
	}))
	must(t, err)
	person, unit := s.facts()
	set.Feedback = ""
	want := &assessmentv1.PersonInput{Person: name("people", "budi"), Plan: period + "/plans/first-budi", Rating: set, LatestTime: set.GetUpdateTime()}
	if diff := cmp.Diff(want, person, protocmp.Transform()); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	if unit != nil {
		t.Errorf("facts of a unit without any: %v", unit)
	}
}

// TestInputs_belong_to_the_plan_that_they_were_told_of has budi get a second plan with the same indicators, by which an indicator is
// reported before the new superior has rated.
func TestInputs_belong_to_the_plan_that_they_were_told_of(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		tell := func(indicator, value string) *assessmentv1.Realisation {
			got, err := s.person("budi").progress.CreateProgressReport(t.Context(), report("budi", func(p *assessmentv1.ProgressReport) {
				p.Indicator, p.Realisation = indicator, value
			}))
			must(t, err)
			return &assessmentv1.Realisation{Indicator: indicator, Value: value, ProgressReport: got.GetName(), ReportTime: got.GetCreateTime()}
		}
		const first, second = period + "/plans/first-budi", period + "/plans/second-budi"
		a, b := tell(indicatorA, "1"), tell("results/r1/indicators/b", "2")
		rating, err := s.person("ani").rating.UpdateRating(t.Context(), rate("budi"))
		must(t, err)
		rating.Feedback = ""
		want := &assessmentv1.PersonInput{Person: name("people", "budi"), Plan: first, Realisations: []*assessmentv1.Realisation{a, b}, Rating: rating}
		s.input(want)

		// Nobody has told anything of the second plan yet.
		s.planning.set(func(p *planning) { p.second = true })
		s.input(want)

		s.clock.Advance(time.Hour)
		a = tell(indicatorA, "3")
		want.Plan, want.Realisations, want.Rating = second, []*assessmentv1.Realisation{a}, nil
		want.EarlierPlans = []*assessmentv1.PlanFacts{{Plan: first, Realisations: []*assessmentv1.Realisation{b}, Rating: rating}}
		s.input(want)
	})
}

// input fails the test unless scoring reads this of budi.
func (s *suite) input(want *assessmentv1.PersonInput) {
	s.t.Helper()
	got, _ := s.facts()
	diff := cmp.Diff(want, got, protocmp.Transform(), protocmp.IgnoreFields(want, "latest_time"),
		protocmp.SortRepeated(func(a, b *assessmentv1.Realisation) bool { return a.GetIndicator() < b.GetIndicator() }))
	if diff != "" {
		s.t.Fatalf("facts (-want +got):\n%s", diff)
	}
}

func TestInputs_are_for_services_and_of_one_tenant(t *testing.T) {
	s := one(t)
	_, err := s.person("ani").rating.UpdateRating(t.Context(), rate("budi"))
	must(t, err)
	ask := func(parent string, people, units []string) *assessmentv1.BatchGetAssessmentInputsRequest {
		return &assessmentv1.BatchGetAssessmentInputsRequest{Parent: parent, People: people, Units: units}
	}
	mine := []string{name("people", "budi")}
	for what, as := range map[string]caller{"a_person": s.person("budi"), "an_admin": s.admin("3374")} {
		_, err := as.input.BatchGetAssessmentInputs(t.Context(), ask(period, mine, nil))
		refusedAs(t, what, err, fault.ReasonPermissionDenied)
	}
	scoring := s.scoring()
	_, err = scoring.input.BatchGetAssessmentInputs(t.Context(), ask(period, []string{mine[0], "tenants/3402/people/budi"}, nil))
	refused(t, err, fault.ReasonInvalidName, "people[1]")
	_, err = scoring.input.BatchGetAssessmentInputs(t.Context(), ask(period, nil, []string{name("people", "budi")}))
	refused(t, err, fault.ReasonInvalidName, "units[0]")
	for what, req := range map[string]*assessmentv1.BatchGetAssessmentInputsRequest{
		"another_tenant": ask("tenants/3402/periods/2026", []string{"tenants/3402/people/budi"}, []string{"tenants/3402/units/puskesmas"}),
		"another_period": ask("tenants/3374/periods/2025", mine, nil),
		"nobody":         ask(period, nil, nil),
	} {
		resp, err := scoring.input.BatchGetAssessmentInputs(t.Context(), req)
		must(t, err)
		if len(resp.GetPeople())+len(resp.GetUnits()) != 0 {
			t.Errorf("%s: %v", what, resp)
		}
	}
}
