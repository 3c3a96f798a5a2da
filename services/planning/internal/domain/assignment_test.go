package domain

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEndOn(t *testing.T) {
	t.Parallel()
	day := func(text string) Date {
		if text == "" {
			return Date{}
		}
		d, err := ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	cases := map[string]struct {
		end, on string
		lost    Interval
		problem string
	}{
		"one_that_lasts":          {"", "2026-07-01", Interval{Start: day("2026-07-01")}, ""},
		"one_that_ends_later":     {"2026-10-01", "2026-07-01", Interval{day("2026-07-01"), day("2026-10-01")}, ""},
		"after_its_first_day":     {"", "2026-03-02", Interval{Start: day("2026-03-02")}, ""},
		"on_the_end_that_it_has":  {"2026-10-01", "2026-10-01", Interval{day("2026-10-01"), day("2026-10-01")}, ""},
		"on_its_first_day":        {"", "2026-03-01", Interval{}, DateNotAfterStart},
		"before_it_begins":        {"", "2026-02-28", Interval{}, DateNotAfterStart},
		"a_day_later_than_it_has": {"2026-10-01", "2026-10-02", Interval{}, DateAfterEnd},
		"on_no_day":               {"", "", Interval{}, DateMissing},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := Assignment{ID: "a1", Interval: Interval{day("2026-03-01"), day(c.end)}, Revision: 4}
			ended, lost, problems := a.EndOn(day(c.on))
			if c.problem != "" {
				diff := cmp.Diff(RuleErrors{At("end_date", RuleDate, "problem", c.problem)}, problems)
				if diff != "" {
					t.Fatal(diff)
				}
				return
			}
			want := a
			want.Interval.End = day(c.on)
			if c.end != c.on {
				want.Revision = 5
			}
			diff := cmp.Diff(want, ended) + cmp.Diff(c.lost, lost)
			if diff != "" || problems != nil {
				t.Fatal(diff, problems)
			}
		})
	}
	t.Run("on_a_day_that_does_not_exist", func(t *testing.T) {
		t.Parallel()
		a := Assignment{Interval: Interval{Start: day("2026-01-01")}}
		_, _, problems := a.EndOn(Date{Year: 2026, Month: 2, Day: 30})
		diff := cmp.Diff(RuleErrors{At("end_date", RuleDate, "problem", DateUnreal)}, problems)
		if diff != "" {
			t.Fatal(diff)
		}
	})
}
