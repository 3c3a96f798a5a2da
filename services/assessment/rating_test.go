package assessment_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

const (
	above = assessmentv1.Expectation_EXPECTATION_ABOVE
	meets = assessmentv1.Expectation_EXPECTATION_MEETS
	below = assessmentv1.Expectation_EXPECTATION_BELOW
)

// rate asks for ratings of a person in 2026, changed by the functions.
func rate(person string, change ...func(*assessmentv1.Rating)) *assessmentv1.UpdateRatingRequest {
	r := &assessmentv1.Rating{Name: period + "/ratings/" + person, ResultRating: meets, BehaviorRating: above}
	for _, c := range change {
		c(r)
	}
	return &assessmentv1.UpdateRatingRequest{Rating: r}
}

func TestRating_of_the_superior_is_a_revision_each_time(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		ani := s.person("ani")
		got, err := ani.rating.UpdateRating(t.Context(), rate("budi", func(r *assessmentv1.Rating) {
			r.BehaviorRating, r.Feedback, r.FeedbackDate = below, "Sering terlambat menyerahkan laporan.", day(2026, 7, 1)
		}))
		must(t, err)
		want := &assessmentv1.Rating{
			Name: period + "/ratings/budi", ResultRating: meets, BehaviorRating: below,
			Feedback: "Sering terlambat menyerahkan laporan.", FeedbackDate: day(2026, 7, 1), Rater: name("people", "ani"),
			Revision: 1, UpdateTime: timestamppb.New(s.clock.Now()),
		}
		ignoreEtag := protocmp.IgnoreFields(&assessmentv1.Rating{}, "etag")
		if diff := cmp.Diff(want, got, protocmp.Transform(), ignoreEtag); diff != "" {
			t.Errorf("set (-want +got):\n%s", diff)
		}
		again, err := ani.rating.UpdateRating(t.Context(), rate("budi", func(r *assessmentv1.Rating) { r.Etag = got.GetEtag() }))
		must(t, err)
		same, err := ani.rating.UpdateRating(t.Context(), rate("budi"))
		must(t, err)
		if again.GetRevision() != 2 || same.GetRevision() != 3 || same.GetEtag() == again.GetEtag() {
			t.Errorf("revisions %d and %d", again.GetRevision(), same.GetRevision())
		}
		for _, reader := range []caller{s.person("budi"), ani, s.person("wali"), s.admin("3374")} {
			read, err := reader.rating.GetRating(t.Context(), &assessmentv1.GetRatingRequest{Name: period + "/ratings/budi"})
			must(t, err)
			if diff := cmp.Diff(same, read, protocmp.Transform()); diff != "" {
				t.Errorf("read (-want +got):\n%s", diff)
			}
		}
	})
}

func TestRating_asks_planning_at_once_and_for_the_day_in_western_indonesia(t *testing.T) {
	s := one(t)
	// It is already 16 July in Jakarta.
	s.clock.Set(time.Date(2026, 7, 15, 17, 30, 0, 0, time.UTC))
	ani := s.person("ani")
	for _, want := range [][]string{{"BatchGetPlanInputs", "GetPeriod", "ResolveRelations"}, {"BatchGetPlanInputs", "ResolveRelations"}} {
		_, err := ani.rating.UpdateRating(t.Context(), rate("budi"))
		must(t, err)
		calls := s.planning.called()
		slices.Sort(calls)
		if !slices.Equal(calls, want) {
			t.Errorf("planning was asked %v, want %v", calls, want)
		}
	}
	if !s.planning.dates["2026-7-16"] || len(s.planning.dates) != 1 {
		t.Errorf("relations were asked for %v", s.planning.dates)
	}
}

func TestRating_is_refused_to_all_but_the_superior(t *testing.T) {
	s := one(t)
	cases := map[string]struct {
		as     caller
		person string
		reason fault.Reason
	}{
		"a_peer":                           {s.person("siti"), "budi", fault.ReasonNotSuperior},
		"oneself":                          {s.person("budi"), "budi", fault.ReasonNotSuperior},
		"a_subordinate":                    {s.person("budi"), "ani", fault.ReasonNotSuperior},
		"the_superior_of_the_superior":     {s.person("wali"), "budi", fault.ReasonNotSuperior},
		"somebody_about_nobody":            {s.person("siti"), "nobody", fault.ReasonNotSuperior},
		"the_superior_about_somebody_else": {s.person("ani"), "nobody", fault.ReasonNotSuperior},
		"an_admin":                         {s.admin("3374"), "budi", fault.ReasonPermissionDenied},
		"a_service":                        {s.scoring(), "budi", fault.ReasonPermissionDenied},
		"a_citizen":                        {s.citizen(), "budi", fault.ReasonUnauthenticated},
		"a_namesake_of_another_tenant": {
			s.with(s.token("ani", "ani", "3402", commonv1.Role_ROLE_EMPLOYEE)), "budi", fault.ReasonPermissionDenied,
		},
	}
	var texts []string
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			_, err := c.as.rating.UpdateRating(t.Context(), rate(c.person))
			f := refused(t, err, c.reason)
			if c.reason == fault.ReasonNotSuperior {
				texts = append(texts, f.Error()+f.Local())
			}
		})
	}
	slices.Sort(texts)
	if len(slices.Compact(texts)) != 1 {
		t.Errorf("the texts differ: %v", texts)
	}
}

func TestRating_error_matrix(t *testing.T) {
	s := one(t)
	ani := s.person("ani")
	cases := map[string]struct {
		give   *assessmentv1.UpdateRatingRequest
		reason fault.Reason
		fields []string
	}{
		"below_without_feedback_and_date": {
			rate("budi", func(r *assessmentv1.Rating) { r.ResultRating = below }),
			fault.ReasonFeedbackRequired,
			[]string{"rating.feedback", "rating.feedback_date"},
		},
		"below_without_date": {
			rate("budi", func(r *assessmentv1.Rating) { r.BehaviorRating, r.Feedback = below, "Perlu pembinaan." }),
			fault.ReasonFeedbackRequired,
			[]string{"rating.feedback_date"},
		},
		"below_with_feedback_tomorrow": {
			rate("budi", func(r *assessmentv1.Rating) {
				r.ResultRating, r.Feedback, r.FeedbackDate = below, "Perlu pembinaan.", day(2026, 7, 16)
			}),
			fault.ReasonFeedbackRequired,
			[]string{"rating.feedback_date"},
		},
		"below_with_feedback_before_the_period": {
			rate("budi", func(r *assessmentv1.Rating) {
				r.ResultRating, r.Feedback, r.FeedbackDate = below, "Perlu pembinaan.", day(2025, 12, 31)
			}),
			fault.ReasonFeedbackRequired,
			[]string{"rating.feedback_date"},
		},
		"meets_with_no_day_of_the_calendar": {
			rate("budi", func(r *assessmentv1.Rating) { r.FeedbackDate = day(2026, 2, 30) }),
			fault.ReasonInvalidDate,
			[]string{"rating.feedback_date"},
		},
		"no_rating": {
			rate("budi", func(r *assessmentv1.Rating) { r.ResultRating = 0 }),
			fault.ReasonInvalidArgument,
			[]string{"rating.result_rating"},
		},
		"another_pattern": {
			rate("budi", func(r *assessmentv1.Rating) { r.Name = name("people", "budi") }),
			fault.ReasonInvalidName,
			[]string{"rating.name"},
		},
		"an_unknown_period": {
			rate("budi", func(r *assessmentv1.Rating) { r.Name = "tenants/3374/periods/2031/ratings/budi" }),
			fault.ReasonReferenceNotFound,
			[]string{"rating.name"},
		},
		"no_approved_plan":            {rate("dewi"), fault.ReasonPlanNotApproved, nil},
		"an_etag_before_any_rating":   {rate("budi", func(r *assessmentv1.Rating) { r.Etag = `"x"` }), fault.ReasonETagMismatch, nil},
		"no_rating_to_have_this_etag": {rate("siti", func(r *assessmentv1.Rating) { r.Etag = "kosong" }), fault.ReasonETagMismatch, nil},
	}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			_, err := ani.rating.UpdateRating(t.Context(), c.give)
			refused(t, err, c.reason, c.fields...)
		})
	}
	person, _ := s.facts()
	if person != nil {
		t.Errorf("refusals left facts: %v", person)
	}
	s.planning.set(func(p *planning) { p.closed = true })
	s.clock.Advance(time.Minute)
	_, err := ani.rating.UpdateRating(t.Context(), rate("budi"))
	refused(t, err, fault.ReasonPeriodClosed)
	s.planning.set(func(p *planning) { p.down = true })
	_, err = ani.rating.UpdateRating(t.Context(), rate("budi"))
	refused(t, err, fault.ReasonUnavailable)
}

func TestRating_of_a_stale_reader_is_refused(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		ani := s.person("ani")
		first, err := ani.rating.UpdateRating(t.Context(), rate("budi"))
		must(t, err)
		// Several tabs of the same superior, all on the first revision.
		var mu sync.Mutex
		var wg sync.WaitGroup
		won := 0
		for range 5 {
			wg.Go(func() {
				_, err := ani.rating.UpdateRating(t.Context(), rate("budi", func(r *assessmentv1.Rating) { r.Etag = first.GetEtag() }))
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				} else if !fault.Is(err, fault.ReasonETagMismatch) {
					t.Errorf("stale etag: %v", err)
				}
			})
		}
		wg.Wait()
		if won != 1 {
			t.Errorf("%d of the writers on one revision won", won)
		}
	})
}

func TestRating_of_a_repeated_request_is_one_revision(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		ani := s.person("ani")
		req := rate("budi")
		req.RequestId = uuid.NewString()
		first, err := ani.rating.UpdateRating(t.Context(), req)
		must(t, err)
		again, err := ani.rating.UpdateRating(t.Context(), req)
		must(t, err)
		if diff := cmp.Diff(first, again, protocmp.Transform()); diff != "" {
			t.Errorf("the repeat (-first +again):\n%s", diff)
		}
		req.Rating.ResultRating = above
		_, err = ani.rating.UpdateRating(t.Context(), req)
		refused(t, err, fault.ReasonRequestIDReused, "request_id")
	})
}

func TestRating_is_read_only_by_those_who_may(t *testing.T) {
	s := one(t)
	req := &assessmentv1.GetRatingRequest{Name: period + "/ratings/budi"}
	_, err := s.person("ani").rating.UpdateRating(t.Context(), rate("budi"))
	must(t, err)
	for what, as := range map[string]caller{
		"a_peer": s.person("siti"), "another_tenants_admin": s.admin("3402"), "a_service": s.scoring(),
		"a_province": s.with(s.token("prov", "", "33", commonv1.Role_ROLE_PROVINCE_ADMIN)),
	} {
		_, err := as.rating.GetRating(t.Context(), req)
		refusedAs(t, what, err, fault.ReasonPermissionDenied)
		_, err = as.rating.GetRating(t.Context(), &assessmentv1.GetRatingRequest{Name: period + "/ratings/nobody"})
		refusedAs(t, what+" about nobody", err, fault.ReasonPermissionDenied)
	}
	_, err = s.citizen().rating.GetRating(t.Context(), req)
	refused(t, err, fault.ReasonUnauthenticated)
	_, err = s.admin("3374").rating.GetRating(t.Context(), &assessmentv1.GetRatingRequest{Name: period + "/ratings/siti"})
	refused(t, err, fault.ReasonNotFound)
}

func refusedAs(t *testing.T, what string, err error, reason fault.Reason) {
	t.Helper()
	if !fault.Is(err, reason) {
		t.Errorf("%s: %v, want %s", what, err, reason)
	}
}
