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

// review is what a peer says of a person, changed by the functions.
func review(person string, change ...func(*assessmentv1.PeerReview)) *assessmentv1.CreatePeerReviewRequest {
	r := &assessmentv1.PeerReview{
		Person: name("people", person), ServiceOriented: 4, Accountable: 3, Competent: 2, Harmonious: 1, Loyal: 4, Adaptive: 3, Collaborative: 2,
	}
	for _, c := range change {
		c(r)
	}
	return &assessmentv1.CreatePeerReviewRequest{Parent: period, PeerReview: r}
}

// opened is a survey of a unit from 1 July to 31 August.
func opened(id, unit string, change ...func(*assessmentv1.Survey)) *assessmentv1.CreateSurveyRequest {
	v := &assessmentv1.Survey{
		Unit: name("units", unit), DisplayName: "SKM " + unit, StartDate: day(2026, 7, 1), EndDate: day(2026, 9, 1),
	}
	for _, c := range change {
		c(v)
	}
	return &assessmentv1.CreateSurveyRequest{Parent: period, SurveyId: id, Survey: v}
}

// answer gives every element of the survey skm the same value, but for what the function changes.
func answer(value int32, change ...func(*assessmentv1.SurveyResponse)) *assessmentv1.CreateSurveyResponseRequest {
	r := &assessmentv1.SurveyResponse{}
	for e := assessmentv1.SurveyElement(1); e <= 9; e++ {
		r.Answers = append(r.Answers, &assessmentv1.SurveyAnswer{Element: e, Value: value})
	}
	for _, c := range change {
		c(r)
	}
	return &assessmentv1.CreateSurveyResponseRequest{Parent: period + "/surveys/skm", SurveyResponse: r}
}

func TestPeerReviews_are_given_out_once_three_peers_have_answered(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		today := timestamppb.New(time.Date(2026, 7, 14, 17, 0, 0, 0, time.UTC))
		for i, rater := range []string{"siti", "sari", "dewi"} {
			_, err := s.person(rater).peer.CreatePeerReview(t.Context(), review("budi", func(r *assessmentv1.PeerReview) { r.Loyal = int32(i) + 1 }))
			must(t, err)
			person, _ := s.facts()
			var want *assessmentv1.PersonInput
			if i == 2 {
				want = &assessmentv1.PersonInput{Person: name("people", "budi"), LatestTime: today, Panels: []*assessmentv1.Panel{{
					Group: assessmentv1.RaterGroup_RATER_GROUP_PEERS, Count: 3, Questions: 7, Sum: 12 + 9 + 6 + 3 + 6 + 9 + 6,
				}}}
			}
			if diff := cmp.Diff(want, person, protocmp.Transform()); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
		}
	})
}

func TestPeerReview_error_matrix(t *testing.T) {
	s := one(t)
	siti := s.person("siti")
	_, err := siti.peer.CreatePeerReview(t.Context(), review("budi"))
	must(t, err)
	cases := map[string]struct {
		as     caller
		give   *assessmentv1.CreatePeerReviewRequest
		reason fault.Reason
		fields []string
	}{
		"a_second_time":   {siti, review("budi"), fault.ReasonPeerReviewExists, nil},
		"about_oneself":   {siti, review("siti"), fault.ReasonPermissionDenied, nil},
		"by_the_superior": {s.person("ani"), review("budi"), fault.ReasonPermissionDenied, nil},
		"of_the_superior": {siti, review("ani"), fault.ReasonPermissionDenied, nil},
		"about_nobody":    {siti, review("nobody"), fault.ReasonPermissionDenied, nil},
		"by_an_admin":     {s.admin("3374"), review("budi"), fault.ReasonPermissionDenied, nil},
		"by_a_citizen":    {s.citizen(), review("budi"), fault.ReasonUnauthenticated, nil},
		"an_answer_of_5": {
			siti, review("sari", func(r *assessmentv1.PeerReview) { r.Adaptive = 5 }), fault.ReasonInvalidArgument, []string{"peer_review.adaptive"},
		},
		"no_answers": {
			siti, &assessmentv1.CreatePeerReviewRequest{Parent: period, PeerReview: &assessmentv1.PeerReview{Person: name("people", "sari")}},
			fault.ReasonInvalidArgument,
			[]string{
				"peer_review.service_oriented", "peer_review.accountable", "peer_review.competent", "peer_review.harmonious",
				"peer_review.loyal", "peer_review.adaptive", "peer_review.collaborative",
			},
		},
		"an_unknown_period": {
			siti, &assessmentv1.CreatePeerReviewRequest{Parent: "tenants/3374/periods/2031", PeerReview: review("sari").GetPeerReview()},
			fault.ReasonReferenceNotFound,
			[]string{"parent"},
		},
	}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			_, err := c.as.peer.CreatePeerReview(t.Context(), c.give)
			refused(t, err, c.reason, c.fields...)
		})
	}
	s.planning.set(func(p *planning) { p.closed = true })
	s.clock.Advance(time.Minute)
	_, err = siti.peer.CreatePeerReview(t.Context(), review("sari"))
	refused(t, err, fault.ReasonPeriodClosed)
}

func TestAnonymous_answers_of_a_repeated_request_are_taken_once(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		siti := s.person("siti")
		_, err := s.admin("3374").survey.CreateSurvey(t.Context(), opened("skm", "puskesmas"))
		must(t, err)
		peer, response := review("budi"), answer(4)
		peer.RequestId, response.RequestId = uuid.NewString(), uuid.NewString()
		for range 2 {
			_, err = siti.peer.CreatePeerReview(t.Context(), peer)
			must(t, err)
			_, err = s.citizen().survey.CreateSurveyResponse(t.Context(), response)
			must(t, err)
		}
		_, unit := s.facts()
		if unit.GetResponseCount() != 1 {
			t.Errorf("counted %v", unit)
		}
		peer.PeerReview.Loyal, response.SurveyResponse.Answers[0].Value = 1, 1
		_, err = siti.peer.CreatePeerReview(t.Context(), peer)
		refused(t, err, fault.ReasonRequestIDReused, "request_id")
		_, err = s.citizen().survey.CreateSurveyResponse(t.Context(), response)
		refused(t, err, fault.ReasonRequestIDReused, "request_id")
		// The same id of another peer is another request.
		_, err = s.person("sari").peer.CreatePeerReview(t.Context(), peer)
		must(t, err)
		_, err = s.person("dewi").peer.CreatePeerReview(t.Context(), peer)
		must(t, err)
		person, _ := s.facts()
		if len(person.GetPanels()) != 1 || person.GetPanels()[0].GetCount() != 3 {
			t.Errorf("counted %v", person)
		}
	})
}

func TestAnonymity_nothing_that_is_stored_or_logged_tells_who_answered(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		_, err := s.admin("3374").survey.CreateSurvey(t.Context(), opened("skm", "puskesmas"))
		must(t, err)
		// The answers come with request ids, which are logged for other calls, and from somebody who is signed in.
		peer, response := review("budi"), answer(3)
		peer.RequestId, response.RequestId = uuid.NewString(), uuid.NewString()
		siti := s.person("siti")
		_, err = siti.peer.CreatePeerReview(t.Context(), peer)
		must(t, err)
		_, err = siti.survey.CreateSurveyResponse(t.Context(), response)
		must(t, err)
		_, err = siti.peer.CreatePeerReview(t.Context(), review("budi"))
		refused(t, err, fault.ReasonPeerReviewExists)
		for _, rater := range []string{"sari", "dewi"} {
			_, err = s.person(rater).peer.CreatePeerReview(t.Context(), review("budi"))
			must(t, err)
		}
		dump := s.dump()
		if !strings.Contains(dump, "kinerja.assessment.v1.3374.peer.answered") || !strings.Contains(dump, "survey.answered") {
			t.Fatalf("the dump lacks the events:\n%s", dump)
		}
		for _, secret := range []string{"siti", "sari", "dewi", peer.GetRequestId(), response.GetRequestId()} {
			if strings.Contains(dump, secret) {
				t.Errorf("the database holds %s:\n%s", secret, dump)
			}
			if strings.Contains(s.log.String(), secret) {
				t.Errorf("the log holds %s", secret)
			}
		}
	})
}

// dump returns every row of every table that a call may write.
func (s *suite) dump() string {
	s.t.Helper()
	var out strings.Builder
	for _, table := range []string{"peer_reviews", "peer_tallies", "surveys", "survey_responses", "outbox", "request_log"} {
		rows, err := s.db.Read().QueryContext(s.t.Context(), "SELECT * FROM "+table)
		must(s.t, err)
		columns, err := rows.Columns()
		must(s.t, err)
		for rows.Next() {
			values, dest := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				dest[i] = &values[i]
			}
			must(s.t, rows.Scan(dest...))
			for i, v := range values {
				raw, isBytes := v.([]byte)
				if isBytes {
					v = string(raw)
				}
				fmt.Fprintf(&out, "%s.%s=%v ", table, columns[i], v)
			}
			out.WriteByte('\n')
		}
		must(s.t, rows.Err())
		must(s.t, rows.Close())
	}
	return out.String()
}

func TestSurvey_is_opened_answered_and_summed(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		made, err := s.person("ani").survey.CreateSurvey(t.Context(), opened("skm", "puskesmas"))
		must(t, err)
		want := opened("skm", "puskesmas").GetSurvey()
		want.Name, want.CreateTime = period+"/surveys/skm", timestamppb.New(s.clock.Now())
		if diff := cmp.Diff(want, made, protocmp.Transform()); diff != "" {
			t.Errorf("made (-want +got):\n%s", diff)
		}
		for _, value := range []int32{4, 3, 2} {
			_, err = s.citizen().survey.CreateSurveyResponse(t.Context(), answer(value))
			must(t, err)
		}
		want.ResponseCount = 3
		got, err := s.citizen().survey.GetSurvey(t.Context(), &assessmentv1.GetSurveyRequest{Name: want.GetName()})
		must(t, err)
		if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
			t.Errorf("read (-want +got):\n%s", diff)
		}
		input := &assessmentv1.UnitInput{
			Unit: name("units", "puskesmas"), Survey: want.GetName(), ResponseCount: 3, LatestTime: timestamppb.New(s.clock.Now()),
		}
		for e := assessmentv1.SurveyElement(1); e <= 9; e++ {
			input.Elements = append(input.Elements, &assessmentv1.SurveyElementTally{Element: e, Sum: 9})
		}
		_, unit := s.facts()
		if diff := cmp.Diff(input, unit, protocmp.Transform()); diff != "" {
			t.Errorf("facts (-want +got):\n%s", diff)
		}
		chosen, err := s.admin("3374").survey.CreateSurvey(t.Context(), opened("", "dinkes"))
		must(t, err)
		if !strings.HasPrefix(chosen.GetName(), period+"/surveys/") {
			t.Errorf("name %s", chosen.GetName())
		}
	})
}

func TestSurvey_error_matrix(t *testing.T) {
	s := one(t)
	admin := s.admin("3374")
	_, err := admin.survey.CreateSurvey(t.Context(), opened("skm", "puskesmas"))
	must(t, err)
	cases := map[string]struct {
		as     caller
		give   *assessmentv1.CreateSurveyRequest
		reason fault.Reason
		fields []string
	}{
		"same_id":           {admin, opened("skm", "dinkes"), fault.ReasonAlreadyExists, nil},
		"same_unit":         {admin, opened("skm-2", "puskesmas"), fault.ReasonAlreadyExists, nil},
		"unknown_unit":      {admin, opened("skm-2", "nowhere"), fault.ReasonReferenceNotFound, []string{"survey.unit"}},
		"bad_id":            {admin, opened("SKM 2", "dinkes"), fault.ReasonInvalidArgument, []string{"survey_id"}},
		"by_a_subordinate":  {s.person("budi"), opened("skm-2", "puskesmas"), fault.ReasonPermissionDenied, nil},
		"of_another_unit":   {s.person("ani"), opened("skm-2", "dinkes"), fault.ReasonPermissionDenied, nil},
		"of_no_unit":        {s.person("ani"), opened("skm-2", "nowhere"), fault.ReasonPermissionDenied, nil},
		"of_another_tenant": {s.admin("3402"), opened("skm-2", "dinkes"), fault.ReasonPermissionDenied, nil},
		"by_a_citizen":      {s.citizen(), opened("skm-2", "dinkes"), fault.ReasonUnauthenticated, nil},
		"ends_when_it_starts": {
			admin, opened("skm-2", "dinkes", func(v *assessmentv1.Survey) { v.EndDate = v.GetStartDate() }),
			fault.ReasonInvalidDate,
			[]string{"survey.end_date"},
		},
		"unit_of_another_tenant": {
			admin, opened("skm-2", "dinkes", func(v *assessmentv1.Survey) { v.Unit = "tenants/3402/units/dinkes" }),
			fault.ReasonInvalidName,
			[]string{"survey.unit"},
		},
	}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			_, err := c.as.survey.CreateSurvey(t.Context(), c.give)
			refused(t, err, c.reason, c.fields...)
		})
	}
	_, err = s.citizen().survey.GetSurvey(t.Context(), &assessmentv1.GetSurveyRequest{Name: "tenants/3402/periods/2026/surveys/skm"})
	refused(t, err, fault.ReasonNotFound)
	s.planning.set(func(p *planning) { p.closed = true })
	s.clock.Advance(time.Minute)
	_, err = admin.survey.CreateSurvey(t.Context(), opened("skm-2", "dinkes"))
	refused(t, err, fault.ReasonPeriodClosed)
	_, err = s.citizen().survey.CreateSurveyResponse(t.Context(), answer(4))
	refused(t, err, fault.ReasonSurveyClosed)
}

func TestSurveyResponse_error_matrix(t *testing.T) {
	s := one(t)
	const answers = "survey_response.answers"
	_, err := s.admin("3374").survey.CreateSurvey(t.Context(), opened("skm", "puskesmas"))
	must(t, err)
	elsewhere := answer(4)
	elsewhere.Parent = "tenants/3402/periods/2026/surveys/skm"
	cases := map[string]struct {
		give   *assessmentv1.CreateSurveyResponseRequest
		reason fault.Reason
		fields []string
		text   string
	}{
		"eight_of_nine": {
			answer(4, func(r *assessmentv1.SurveyResponse) { r.Answers = r.GetAnswers()[:8] }),
			fault.ReasonSurveyAnswersInvalid,
			[]string{answers},
			"U9",
		},
		"one_twice": {
			answer(4, func(r *assessmentv1.SurveyResponse) { r.Answers[8].Element = 1 }),
			fault.ReasonSurveyAnswersInvalid,
			[]string{answers},
			"U1, U9",
		},
		"none": {
			answer(4, func(r *assessmentv1.SurveyResponse) { r.Answers = nil }),
			fault.ReasonSurveyAnswersInvalid,
			[]string{answers},
			"U5",
		},
		"a_value_of_5": {answer(5, func(r *assessmentv1.SurveyResponse) {
			for _, a := range r.GetAnswers()[1:] {
				a.Value = 4
			}
		}), fault.ReasonInvalidArgument, []string{"survey_response.answers[0].value"}, ""},
		"no_such_survey": {elsewhere, fault.ReasonNotFound, nil, ""},
	}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			_, err := s.citizen().survey.CreateSurveyResponse(t.Context(), c.give)
			f := refused(t, err, c.reason, c.fields...)
			if !strings.Contains(f.Local(), c.text) {
				t.Errorf("%q is not in %q", c.text, f.Local())
			}
		})
	}
	days := map[time.Time]bool{
		time.Date(2026, 6, 30, 16, 59, 0, 0, time.UTC): false,
		time.Date(2026, 6, 30, 17, 0, 0, 0, time.UTC):  true,
		time.Date(2026, 8, 31, 16, 59, 0, 0, time.UTC): true,
		time.Date(2026, 8, 31, 17, 0, 0, 0, time.UTC):  false,
	}
	for at, taken := range days {
		s.clock.Set(at)
		_, err := s.citizen().survey.CreateSurveyResponse(t.Context(), answer(4))
		if taken {
			must(t, err)
		} else {
			refused(t, err, fault.ReasonSurveyClosed)
		}
	}
}
