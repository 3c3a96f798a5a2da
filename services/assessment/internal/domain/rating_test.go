package domain_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

func TestCheckRating(t *testing.T) {
	t.Parallel()
	const (
		feedback = "rating.feedback feedback"
		dated    = "rating.feedback_date feedback"
	)
	above, meets, below := domain.ExpectationAbove, domain.ExpectationMeets, domain.ExpectationBelow
	told := "Perlu meningkatkan ketepatan waktu."
	cases := []struct {
		name string
		give domain.Rating
		want []string
	}{
		{"both_meet", domain.Rating{Result: meets, Behavior: meets}, nil},
		{"above_with_feedback", domain.Rating{Result: above, Behavior: above, Feedback: "Baik", FeedbackDate: today}, nil},
		{"result_below_without_anything", domain.Rating{Result: below, Behavior: meets}, []string{feedback, dated}},
		{"behaviour_below_without_anything", domain.Rating{Result: above, Behavior: below}, []string{feedback, dated}},
		{"below_without_date", domain.Rating{Result: below, Behavior: below, Feedback: told}, []string{dated}},
		{"below_without_text", domain.Rating{Result: below, Behavior: below, FeedbackDate: today}, []string{feedback}},
		{
			"below_with_nine_characters_and_blanks",
			domain.Rating{Result: below, Behavior: meets, Feedback: "  kurang ok   ", FeedbackDate: today},
			[]string{feedback},
		},
		{
			"below_with_ten_characters",
			domain.Rating{Result: below, Behavior: meets, Feedback: "kurang oke", FeedbackDate: today},
			nil,
		},
		{
			"below_fed_back_tomorrow",
			domain.Rating{Result: below, Behavior: meets, Feedback: told, FeedbackDate: domain.Date{Year: 2026, Month: 7, Day: 16}},
			[]string{dated},
		},
		{
			"below_fed_back_before_the_period",
			domain.Rating{Result: below, Behavior: meets, Feedback: told, FeedbackDate: domain.Date{Year: 2025, Month: 12, Day: 31}},
			[]string{dated},
		},
		{
			"below_fed_back_on_the_first_day",
			domain.Rating{Result: below, Behavior: meets, Feedback: told, FeedbackDate: start},
			nil,
		},
		{
			"below_fed_back_on_no_day_of_the_calendar",
			domain.Rating{Result: below, Behavior: meets, Feedback: told, FeedbackDate: domain.Date{Year: 2026, Month: 2, Day: 30}},
			[]string{dated},
		},
		{
			"meets_with_a_future_date",
			domain.Rating{Result: meets, Behavior: meets, FeedbackDate: domain.Date{Year: 2026, Month: 7, Day: 16}},
			[]string{"rating.feedback_date date"},
		},
		{
			"meets_with_no_day_of_the_calendar",
			domain.Rating{Result: meets, Behavior: meets, FeedbackDate: domain.Date{Year: 2026, Month: 2, Day: 30}},
			[]string{"rating.feedback_date date"},
		},
		{
			"too_much_feedback",
			domain.Rating{Result: meets, Behavior: meets, Feedback: strings.Repeat("a", 4001)},
			[]string{"rating.feedback length"},
		},
		{
			"too_much_feedback_below",
			domain.Rating{Result: below, Behavior: meets, Feedback: strings.Repeat("a", 4001), FeedbackDate: today},
			[]string{"rating.feedback length"},
		},
		{"nothing_chosen", domain.Rating{}, []string{"rating.result_rating choice", "rating.behavior_rating choice"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := broken(domain.CheckRating(c.give, start, today))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("violations (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckRating_of_an_unknown_period_compares_nothing_with_its_start(t *testing.T) {
	t.Parallel()
	r := domain.Rating{
		Result: domain.ExpectationBelow, Behavior: domain.ExpectationMeets, Feedback: "Sudah disampaikan.",
		FeedbackDate: domain.Date{Year: 2020, Month: 1, Day: 1},
	}
	got := domain.CheckRating(r, domain.Date{}, today)
	if len(got) != 0 {
		t.Errorf("violations: %v", got)
	}
}

func TestCheckOrganizationRating(t *testing.T) {
	t.Parallel()
	for _, level := range domain.OrganizationLevels() {
		got := domain.CheckOrganizationRating(domain.OrganizationRating{Level: level, Basis: "SK 12/2026"})
		if len(got) != 0 {
			t.Errorf("level %s: %v", level, got)
		}
	}
	got := broken(domain.CheckOrganizationRating(domain.OrganizationRating{Level: "SEDANG", Basis: " a "}))
	want := []string{"organization_rating.level choice", "organization_rating.basis length"}
	if !slices.Equal(got, want) {
		t.Errorf("violations: %v, want %v", got, want)
	}
}
