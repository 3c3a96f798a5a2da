package domain_test

import (
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/planning/internal/domain"
)

func day(t *testing.T, text string) domain.Date {
	t.Helper()
	if text == "" {
		return domain.Date{}
	}
	d, err := domain.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func days(t *testing.T, start, end string) domain.Interval {
	t.Helper()
	return domain.Interval{Start: day(t, start), End: day(t, end)}
}

func TestToday(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"2026-01-01T16:59:59Z": "2026-01-01",
		"2026-01-01T17:00:00Z": "2026-01-02",
		"2025-12-31T17:00:00Z": "2026-01-01",
	} {
		at, err := time.Parse(time.RFC3339, given)
		if err != nil {
			t.Fatal(err)
		}
		if got := domain.Today(at); got.String() != want {
			t.Errorf("at %s it is %s, want %s", given, got, want)
		}
	}
}

func TestDate(t *testing.T) {
	t.Parallel()
	for d, exists := range map[domain.Date]bool{
		{2024, 2, 29}: true, {2026, 2, 29}: false, {2026, 12, 31}: true, {2026, 13, 1}: false,
		{2026, 0, 1}: false, {2026, 1, 0}: false, {}: false, {1899, 12, 31}: false, {9999, 1, 1}: false,
	} {
		if d.Exists() != exists {
			t.Errorf("%s exists: %v", d, !exists)
		}
	}
	_, err := domain.ParseDate("2026-02-30")
	if err == nil {
		t.Error("the 30th of February was read")
	}
}

func TestInterval(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		a, b     [2]string
		overlaps bool
	}{
		"one_after_the_other":       {[2]string{"2026-01-01", "2026-02-01"}, [2]string{"2026-02-01", "2026-03-01"}, false},
		"one_day_shared":            {[2]string{"2026-01-01", "2026-02-02"}, [2]string{"2026-02-01", "2026-03-01"}, true},
		"one_within_the_other":      {[2]string{"2026-01-01", ""}, [2]string{"2026-02-01", "2026-03-01"}, true},
		"one_that_lasts_begins_now": {[2]string{"2026-03-01", ""}, [2]string{"2026-02-01", "2026-03-01"}, false},
		"both_last":                 {[2]string{"2026-03-01", ""}, [2]string{"2020-02-01", ""}, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b := days(t, c.a[0], c.a[1]), days(t, c.b[0], c.b[1])
			if a.Overlaps(b) != c.overlaps || b.Overlaps(a) != c.overlaps {
				t.Fatalf("overlap is not %v on both sides", c.overlaps)
			}
		})
	}
	t.Run("the_start_is_in_it_and_the_end_is_not", func(t *testing.T) {
		t.Parallel()
		i := days(t, "2026-01-01", "2026-02-01")
		if !i.Contains(day(t, "2026-01-01")) || !i.Contains(day(t, "2026-01-31")) ||
			i.Contains(day(t, "2026-02-01")) || i.Contains(day(t, "2025-12-31")) {
			t.Fatal("the bounds are wrong")
		}
		if !days(t, "2026-01-01", "").Contains(day(t, "2090-01-01")) {
			t.Fatal("an interval that lasts ended")
		}
	})
	t.Run("the_nearest_day_of_it", func(t *testing.T) {
		t.Parallel()
		i := days(t, "2026-01-01", "2027-01-01")
		for given, want := range map[string]string{
			"2025-06-01": "2026-01-01", "2026-01-01": "2026-01-01", "2026-06-01": "2026-06-01",
			"2026-12-31": "2026-12-31", "2027-01-01": "2026-12-31", "2030-05-05": "2026-12-31",
		} {
			if got := i.Clamp(day(t, given)); got.String() != want {
				t.Errorf("nearest to %s is %s, want %s", given, got, want)
			}
		}
	})
}

func TestMonthsHeld(t *testing.T) {
	t.Parallel()
	year := domain.Period{Interval: days(t, "2026-01-01", "2027-01-01")}
	quarter := domain.Period{Interval: days(t, "2026-04-01", "2026-07-01")}
	askew := domain.Period{Interval: days(t, "2026-01-15", "2027-01-15")}
	cases := map[string]struct {
		period domain.Period
		held   [][2]string
		want   int32
	}{
		"since_before_and_lasting":     {year, [][2]string{{"2020-01-01", ""}}, 12},
		"from_the_last_of_may":         {year, [][2]string{{"2026-05-31", ""}}, 8},
		"until_the_first_of_march":     {year, [][2]string{{"2020-01-01", "2026-03-01"}}, 2},
		"until_the_second_of_march":    {year, [][2]string{{"2020-01-01", "2026-03-02"}}, 3},
		"one_day":                      {year, [][2]string{{"2026-03-10", "2026-03-11"}}, 1},
		"away_and_back_within_a_month": {year, [][2]string{{"2026-03-01", "2026-03-10"}, {"2026-03-20", "2026-05-01"}}, 2},
		"away_and_back":                {year, [][2]string{{"2026-01-01", "2026-03-01"}, {"2026-10-01", ""}}, 5},
		"a_quarter":                    {quarter, [][2]string{{"2020-01-01", ""}}, 3},
		"a_year_over_thirteen_months":  {askew, [][2]string{{"2020-01-01", ""}}, 12},
		"an_end_before_the_period":     {year, [][2]string{{"2020-01-01", "2026-01-01"}}, 1},
		"nothing_at_all":               {year, nil, 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var held []domain.Interval
			for _, h := range c.held {
				held = append(held, days(t, h[0], h[1]))
			}
			if got := c.period.MonthsHeld(held); got != c.want {
				t.Fatalf("%d months, want %d", got, c.want)
			}
		})
	}
}
