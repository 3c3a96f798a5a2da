package domain_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

func TestCheckPeerReview_wants_seven_answers_from_1_to_4(t *testing.T) {
	t.Parallel()
	got := domain.CheckPeerReview(domain.PeerReview{Answers: [domain.Values]int{1, 2, 3, 4, 1, 2, 3}})
	if len(got) != 0 {
		t.Errorf("good answers: %v", got)
	}
	wrong := broken(domain.CheckPeerReview(domain.PeerReview{Answers: [domain.Values]int{0, 2, 3, 4, 1, 5, -1}}))
	want := []string{"peer_review.service_oriented range", "peer_review.adaptive range", "peer_review.collaborative range"}
	if !slices.Equal(wrong, want) {
		t.Errorf("violations: %v, want %v", wrong, want)
	}
}

func TestMarkRater_tells_raters_apart_and_links_nothing(t *testing.T) {
	t.Parallel()
	key := bytes.Repeat([]byte{7}, 32)
	about := domain.PeerReview{Tenant: "3374", Period: "2026", Person: "budi"}
	mark := domain.MarkRater(key, about, "siti")
	if mark != domain.MarkRater(key, about, "siti") {
		t.Error("the mark of the same rater about the same person differs")
	}
	others := map[string]domain.RaterMark{
		"another rater":  domain.MarkRater(key, about, "sari"),
		"another person": domain.MarkRater(key, domain.PeerReview{Tenant: "3374", Period: "2026", Person: "ani"}, "siti"),
		"another period": domain.MarkRater(key, domain.PeerReview{Tenant: "3374", Period: "2027", Person: "budi"}, "siti"),
		"another tenant": domain.MarkRater(key, domain.PeerReview{Tenant: "3402", Period: "2026", Person: "budi"}, "siti"),
		"another key":    domain.MarkRater(bytes.Repeat([]byte{8}, 32), about, "siti"),
	}
	for what, other := range others {
		if other == mark {
			t.Errorf("%s has the same mark", what)
		}
	}
	if bytes.Contains(mark[:], []byte("siti")) {
		t.Error("the mark holds the rater")
	}
}

func TestMarkRequest_tells_request_ids_and_callers_apart(t *testing.T) {
	t.Parallel()
	key := bytes.Repeat([]byte{7}, 32)
	none := domain.MarkRequest(key, "3374", "siti", "")
	if !none.IsZero() {
		t.Error("no request id has a mark")
	}
	marks := map[domain.RequestMark]bool{}
	for _, parts := range [][3]string{
		{"3374", "siti", "r1"}, {"3374", "siti", "r2"}, {"3374", "sari", "r1"}, {"3402", "siti", "r1"}, {"3374", "", "r1"},
	} {
		mark := domain.MarkRequest(key, parts[0], parts[1], parts[2])
		if mark.IsZero() || marks[mark] {
			t.Errorf("the mark of %v is zero or that of another", parts)
		}
		marks[mark] = true
	}
}

func TestCheckSurvey(t *testing.T) {
	t.Parallel()
	good := domain.Survey{Title: "SKM Puskesmas", Start: start, End: today}
	cases := []struct {
		name   string
		change func(s *domain.Survey)
		want   []string
	}{
		{"good", func(*domain.Survey) {}, nil},
		{"one_day", func(s *domain.Survey) { s.End = domain.Date{Year: 2026, Month: 1, Day: 2} }, nil},
		{"ends_on_its_first_day", func(s *domain.Survey) { s.End = s.Start }, []string{"survey.end_date date"}},
		{"ends_before_it_starts", func(s *domain.Survey) { s.Start, s.End = s.End, s.Start }, []string{"survey.end_date date"}},
		{
			"no_dates", func(s *domain.Survey) { s.Start, s.End = domain.Date{}, domain.Date{} },
			[]string{"survey.start_date date", "survey.end_date date"},
		},
		{"no_day_of_the_calendar", func(s *domain.Survey) { s.Start.Month, s.Start.Day = 2, 30 }, []string{"survey.start_date date"}},
		{"no_title", func(s *domain.Survey) { s.Title = "  " }, []string{"survey.display_name length"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := good
			c.change(&s)
			got := broken(domain.CheckSurvey(s))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSurvey_takes_responses_from_its_start_until_before_its_end(t *testing.T) {
	t.Parallel()
	s := domain.Survey{Start: start, End: today}
	cases := map[domain.Date]bool{
		{Year: 2025, Month: 12, Day: 31}: false,
		start:                            true,
		{Year: 2026, Month: 7, Day: 14}:  true,
		today:                            false,
	}
	for day, want := range cases {
		err := s.Taking(day)
		if (err == nil) != want || (err != nil && !errors.Is(err, domain.ErrSurveyClosed)) {
			t.Errorf("taking on %v: %v", day, err)
		}
	}
}

func TestNewResponse_wants_each_element_once(t *testing.T) {
	t.Parallel()
	full := func() []domain.Answer {
		var all []domain.Answer
		for i := range domain.Elements {
			all = append(all, domain.Answer{Element: domain.Elements - i, Value: i%4 + 1})
		}
		return all
	}
	cases := []struct {
		name   string
		change func(a []domain.Answer) []domain.Answer
		want   string
	}{
		{"nine_in_any_order", func(a []domain.Answer) []domain.Answer { return a }, ""},
		{"eight", func(a []domain.Answer) []domain.Answer { return a[1:] }, "U9"},
		{"none", func([]domain.Answer) []domain.Answer { return nil }, "U1, U2, U3, U4, U5, U6, U7, U8, U9"},
		{"one_twice", func(a []domain.Answer) []domain.Answer { return append(a, domain.Answer{Element: 3, Value: 2}) }, "U3"},
		{"one_twice_instead_of_another", func(a []domain.Answer) []domain.Answer { a[0].Element = 8; return a }, "U8, U9"},
		{"an_unknown_one", func(a []domain.Answer) []domain.Answer { return append(a, domain.Answer{Element: 10, Value: 2}) }, "U10"},
		{"a_value_of_5", func(a []domain.Answer) []domain.Answer { a[0].Value = 5; return a }, "U9"},
		{"a_value_of_0", func(a []domain.Answer) []domain.Answer { a[8].Value = 0; return a }, "U1"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			response, violations := domain.NewResponse(c.change(full()))
			if c.want == "" {
				if len(violations) != 0 || response != (domain.Response{1, 4, 3, 2, 1, 4, 3, 2, 1}) {
					t.Errorf("response %v, violations %v", response, violations)
				}
				return
			}
			want := []domain.Violation{{Field: "survey_response.answers", Rule: domain.RuleAnswers, Detail: c.want}}
			if diff := cmp.Diff(want, violations); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFacts_about_the_anonymous_tell_the_day_only(t *testing.T) {
	t.Parallel()
	review := domain.PeerReview{Tenant: "3374", Period: "2026", Person: "budi", Rater: domain.RaterMark{1}, Day: today}
	survey := domain.Survey{Tenant: "3374", Period: "2026", ID: "skm", Unit: "puskesmas"}
	want := []domain.Fact{
		{Kind: domain.FactPeer, Tenant: "3374", Period: "2026", Person: "budi", Revision: 1, Time: today.Start()},
		{Kind: domain.FactSurveyAnswered, Tenant: "3374", Period: "2026", Unit: "puskesmas", ID: "skm", Revision: 1, Time: today.Start()},
	}
	got := []domain.Fact{review.Fact(), domain.Submission{Survey: survey, Day: today}.Fact()}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
}
