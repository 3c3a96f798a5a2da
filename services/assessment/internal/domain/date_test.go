package domain_test

import (
	"testing"
	"time"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

func TestDateOf_is_the_day_in_western_indonesia(t *testing.T) {
	t.Parallel()
	cases := map[string]domain.Date{
		"2026-07-14T16:59:59Z": {Year: 2026, Month: 7, Day: 14},
		"2026-07-14T17:00:00Z": {Year: 2026, Month: 7, Day: 15},
		"2025-12-31T17:00:00Z": {Year: 2026, Month: 1, Day: 1},
	}
	for text, want := range cases {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		got := domain.DateOf(at)
		if got != want {
			t.Errorf("DateOf(%s) = %v, want %v", text, got, want)
		}
		if want.Start().After(at) || domain.DateOf(want.Start()) != want {
			t.Errorf("Start of %v is %v, which is not its first instant", want, want.Start())
		}
	}
}

func TestDate_text_round_trips(t *testing.T) {
	t.Parallel()
	for _, d := range []domain.Date{{}, today, {Year: 2024, Month: 2, Day: 29}} {
		got, err := domain.ParseDate(d.String())
		if err != nil || got != d {
			t.Errorf("ParseDate(%q) = %v, %v; want %v", d.String(), got, err, d)
		}
	}
	for _, text := range []string{"2026-02-29", "2026-13-01", "15-07-2026", "hari ini"} {
		_, err := domain.ParseDate(text)
		if err == nil {
			t.Errorf("ParseDate(%q) took what is no date", text)
		}
	}
}

func TestDate_knows_the_calendar_and_the_order(t *testing.T) {
	t.Parallel()
	valid := map[domain.Date]bool{
		{}:                              false,
		{Year: 2026, Month: 2, Day: 28}: true,
		{Year: 2026, Month: 2, Day: 29}: false,
		{Year: 2028, Month: 2, Day: 29}: true,
		{Year: 2026, Month: 0, Day: 1}:  false,
		{Year: 2026, Month: 1, Day: 0}:  false,
		{Year: 0, Month: 1, Day: 1}:     false,
		{Year: 10000, Month: 1, Day: 1}: false,
	}
	for d, want := range valid {
		if d.Valid() != want {
			t.Errorf("Valid of %+v = %v", d, d.Valid())
		}
	}
	order := []domain.Date{
		{Year: 2025, Month: 12, Day: 31}, {Year: 2026, Month: 1, Day: 1}, {Year: 2026, Month: 1, Day: 2}, {Year: 2026, Month: 2, Day: 1},
	}
	for i, a := range order {
		for j, b := range order {
			if a.Before(b) != (i < j) {
				t.Errorf("%v before %v = %v", a, b, a.Before(b))
			}
		}
	}
}
