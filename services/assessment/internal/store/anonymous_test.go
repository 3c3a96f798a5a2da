package store_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

func TestPeerReview_is_taken_once_from_each_rater(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		review := domain.PeerReview{
			Tenant: tenant, Period: period, Person: "budi", Rater: domain.RaterMark{1}, Answers: [domain.Values]int{1, 2, 3, 4, 1, 2, 3},
			Day: today,
		}
		ok(t, b.store.AddPeerReview(t.Context(), review))
		err := b.store.AddPeerReview(t.Context(), review)
		if !errors.Is(err, domain.ErrPeerReviewExists) {
			t.Errorf("second review: %v", err)
		}
		second := review
		second.Rater, second.Answers, second.Day = domain.RaterMark{2}, [domain.Values]int{4, 4, 4, 4, 4, 4, 4}, domain.Date{Year: 2026, Month: 8, Day: 1}
		ok(t, b.store.AddPeerReview(t.Context(), second))
		about := review
		about.Person = "ani"
		ok(t, b.store.AddPeerReview(t.Context(), about))
		third := review
		third.Rater = domain.RaterMark{3}
		ok(t, b.store.AddPeerReview(t.Context(), third))
		facts := must[[]domain.PersonFacts](t)(b.store.PersonFacts(t.Context(), query("budi", "ani")))
		want := []domain.PersonFacts{{Person: "budi", Peers: &domain.PeerTally{
			Count: 3, Sums: [domain.Values]int{6, 8, 10, 12, 6, 8, 10}, Day: second.Day,
		}}}
		if diff := cmp.Diff(want, facts); diff != "" {
			t.Errorf("facts (-want +got):\n%s", diff)
		}
	})
}

func TestPeerReviews_are_released_and_told_three_at_a_time(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		var shown []domain.PeerTally
		for i := range 8 {
			ok(t, b.store.AddPeerReview(t.Context(), answersOf(i)))
			facts := must[[]domain.PersonFacts](t)(b.store.PersonFacts(t.Context(), query("budi")))
			tally := domain.PeerTally{}
			if len(facts) > 0 {
				tally = *facts[0].Peers
			}
			shown = append(shown, tally)
			if released := (i + 1) / 3; len(b.told()) != released {
				t.Errorf("told %d times after %d answers, want %d", len(b.told()), i+1, released)
			}
		}
		// Every peer answers the first value differently, so that each of them would be seen in the sum.
		three := domain.PeerTally{Count: 3, Sums: [domain.Values]int{1 + 2 + 3, 3, 3, 3, 3, 3, 3}, Day: today}
		six := domain.PeerTally{Count: 6, Sums: [domain.Values]int{1 + 2 + 3 + 4 + 5 + 6, 6, 6, 6, 6, 6, 6}, Day: today}
		want := []domain.PeerTally{{}, {}, three, three, three, six, six, six}
		if diff := cmp.Diff(want, shown); diff != "" {
			t.Errorf("shown after each answer (-want +got):\n%s", diff)
		}
	})
}

func TestPeerReviews_at_the_same_time_are_released_together(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		var answers sync.WaitGroup
		errs := make([]error, 9)
		for i := range errs {
			answers.Go(func() { errs[i] = b.store.AddPeerReview(t.Context(), answersOf(i)) })
		}
		answers.Wait()
		ok(t, errors.Join(errs...))
		facts := must[[]domain.PersonFacts](t)(b.store.PersonFacts(t.Context(), query("budi")))
		if len(facts) != 1 || facts[0].Peers.Count != len(errs) || facts[0].Peers.Sums[0] != 45 || len(b.told()) != 3 {
			t.Errorf("facts %+v, told %d times", facts, len(b.told()))
		}
	})
}

// answersOf are what the peer of this number says of budi.
func answersOf(peer int) domain.PeerReview {
	return domain.PeerReview{
		Tenant: tenant, Period: period, Person: "budi", Rater: domain.RaterMark{byte(peer)},
		Answers: [domain.Values]int{peer + 1, 1, 1, 1, 1, 1, 1}, Day: today,
	}
}

func TestPeerReview_and_response_of_a_repeated_request_are_added_once(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		mark := domain.RequestMark{9}
		review := domain.PeerReview{
			Tenant: tenant, Period: period, Person: "budi", Rater: domain.RaterMark{1}, Answers: [domain.Values]int{1, 2, 3, 4, 1, 2, 3},
			Day: today, Request: mark,
		}
		sent := domain.Submission{
			Survey:   domain.Survey{Tenant: tenant, Period: period, ID: "skm", Unit: "puskesmas", CreateTime: noon},
			Response: domain.Response{1, 2, 3, 4, 1, 2, 3, 4, 1}, Day: today, Request: mark,
		}
		for range 2 {
			ok(t, b.store.AddPeerReview(t.Context(), review))
			ok(t, b.store.AddResponse(t.Context(), sent))
		}
		if told := b.told(); len(told) != 1 || told[0].Kind != domain.FactSurveyAnswered {
			t.Errorf("told: %+v", told)
		}
		aboutAnother, otherAnswers, otherRequest := review, review, review
		aboutAnother.Person = "ani"
		otherAnswers.Answers[0] = 4
		otherRequest.Request = domain.RequestMark{8}
		otherResponse := sent
		otherResponse.Response[0] = 4
		cases := map[string]struct{ got, want error }{
			"about another person": {b.store.AddPeerReview(t.Context(), aboutAnother), domain.ErrRequestReused},
			"with other answers":   {b.store.AddPeerReview(t.Context(), otherAnswers), domain.ErrRequestReused},
			"in another request":   {b.store.AddPeerReview(t.Context(), otherRequest), domain.ErrPeerReviewExists},
			"with other response":  {b.store.AddResponse(t.Context(), otherResponse), domain.ErrRequestReused},
		}
		for what, c := range cases {
			if !errors.Is(c.got, c.want) {
				t.Errorf("%s: %v, want %v", what, c.got, c.want)
			}
		}
		elsewhere := review
		elsewhere.Tenant = "3402"
		ok(t, b.store.AddPeerReview(t.Context(), elsewhere))
	})
}

func TestSurvey_is_one_of_a_unit_in_a_period(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		s := domain.Survey{
			Tenant: tenant, Period: period, ID: "skm", Unit: "puskesmas", Title: "SKM Puskesmas",
			Start: today, End: domain.Date{Year: 2026, Month: 8, Day: 1}, CreateTime: noon,
		}
		ok(t, b.store.AddSurvey(t.Context(), s))
		sameID, sameUnit, otherPeriod := s, s, s
		sameID.Unit, sameUnit.ID, otherPeriod.Period = "dinkes", "skm-2", "2027"
		for what, taken := range map[string]domain.Survey{"id": sameID, "unit": sameUnit} {
			err := b.store.AddSurvey(t.Context(), taken)
			if !errors.Is(err, domain.ErrExists) {
				t.Errorf("same %s: %v", what, err)
			}
		}
		ok(t, b.store.AddSurvey(t.Context(), otherPeriod))
		got := must[domain.Survey](t)(b.store.Survey(t.Context(), tenant, period, "skm"))
		if diff := cmp.Diff(s, got); diff != "" {
			t.Errorf("survey (-want +got):\n%s", diff)
		}
		_, err := b.store.Survey(t.Context(), "3402", period, "skm")
		if !errors.Is(err, domain.ErrNotFound) {
			t.Errorf("survey of another tenant: %v", err)
		}
		want := []domain.Fact{s.Opened(), otherPeriod.Opened()}
		if diff := cmp.Diff(want, b.told()); diff != "" {
			t.Errorf("told (-want +got):\n%s", diff)
		}
	})
}

func TestSurvey_sums_its_responses_by_element(t *testing.T) {
	each(t, func(t *testing.T, b *bench) {
		s := domain.Survey{Tenant: tenant, Period: period, ID: "skm", Unit: "puskesmas", Title: "SKM", Start: today, End: today, CreateTime: noon}
		ok(t, b.store.AddSurvey(t.Context(), s))
		before := must[[]domain.UnitFacts](t)(b.store.UnitFacts(t.Context(), query("puskesmas")))
		if len(before) != 1 || before[0].Survey.Survey.Responses != 0 || before[0].Survey.Sums != [domain.Elements]int64{} {
			t.Errorf("before the first response: %+v", before)
		}
		rows := []string{
			"433434433", "333433433", "443444434", "332433323", "444444444",
			"322433232", "333433333", "433434434", "232433333", "333443433",
		}
		for _, row := range rows {
			var r domain.Response
			for i, digit := range row {
				r[i] = int(digit - '0')
			}
			ok(t, b.store.AddResponse(t.Context(), domain.Submission{Survey: s, Response: r, Day: today}))
		}
		n := must[int](t)(b.store.CountResponses(t.Context(), tenant, period, "skm"))
		if n != len(rows) {
			t.Errorf("count = %d", n)
		}
		facts := must[[]domain.UnitFacts](t)(b.store.UnitFacts(t.Context(), query("puskesmas")))
		want := []domain.UnitFacts{{Unit: "puskesmas", Survey: &domain.SurveyTally{
			Survey: domain.Survey{
				Tenant: tenant, Period: period, ID: "skm", Unit: "puskesmas", Responses: 10, CreateTime: noon,
			},
			Sums: [domain.Elements]int64{33, 31, 28, 40, 33, 34, 35, 30, 32},
			Day:  today,
		}}}
		if diff := cmp.Diff(want, facts); diff != "" {
			t.Errorf("facts (-want +got):\n%s", diff)
		}
	})
}
