package domain

import (
	"fmt"
	"time"
)

const (
	// wib is how far civil time in Jakarta is ahead of UTC; Indonesia has no daylight saving time.
	wib = 7 * time.Hour

	minYear = 1900
	maxYear = 9998
)

// Date is a civil date. The zero Date is no date.
type Date struct {
	Year  int
	Month int
	Day   int
}

// Today returns the civil date in Jakarta at the instant.
func Today(now time.Time) Date { return dateOf(now.UTC().Add(wib)) }

// ParseDate reads a date in the form 2026-01-31.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("parse date: %w", err)
	}
	return dateOf(t), nil
}

func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, int(m), d}
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Exists reports whether the date is in the calendar, between the years 1900 and 9998.
func (d Date) Exists() bool {
	return d.Year >= minYear && d.Year <= maxYear && dateOf(d.time()) == d
}

// Before reports whether d comes before o.
func (d Date) Before(o Date) bool {
	if d.Year != o.Year {
		return d.Year < o.Year
	}
	if d.Month != o.Month {
		return d.Month < o.Month
	}
	return d.Day < o.Day
}

// String returns the date in the form 2026-01-31, and "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// previous returns the day before d.
func (d Date) previous() Date { return dateOf(d.time().AddDate(0, 0, -1)) }

// addYears returns the same day n years later. The 29th of February becomes the 1st of March in other years.
func (d Date) addYears(n int) Date { return dateOf(d.time().AddDate(n, 0, 0)) }

func (d Date) time() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
}

// Interval is a half-open interval of days: Start is in it, End is not. Without an End it lasts.
type Interval struct {
	Start Date
	End   Date
}

// Contains reports whether the day is in the interval.
func (i Interval) Contains(d Date) bool {
	return !d.Before(i.Start) && (i.End.IsZero() || d.Before(i.End))
}

// Overlaps reports whether a day is in both intervals.
func (i Interval) Overlaps(o Interval) bool {
	return (o.End.IsZero() || i.Start.Before(o.End)) && (i.End.IsZero() || o.Start.Before(i.End))
}

// Clamp returns the day of the interval that is nearest to d. The interval must have an end.
func (i Interval) Clamp(d Date) Date {
	if d.Before(i.Start) {
		return i.Start
	}
	if d.Before(i.End) {
		return d
	}
	return i.End.previous()
}

// months returns the calendar months of the interval, each cut to it. The interval must have an end.
func (i Interval) months() []Interval {
	var out []Interval
	for start := i.Start; start.Before(i.End); {
		next := dateOf(time.Date(start.Year, time.Month(start.Month)+1, 1, 0, 0, 0, 0, time.UTC))
		if i.End.Before(next) {
			next = i.End
		}
		out = append(out, Interval{start, next})
		start = next
	}
	return out
}

// check appends what is wrong with the interval, whose days are the fields named.
func (i Interval) check(v *RuleErrors, start, end string) {
	if !i.Start.Exists() {
		add(v, start, RuleDate, "problem", dateProblem(i.Start))
		return
	}
	if i.End.IsZero() {
		return
	}
	if !i.End.Exists() {
		add(v, end, RuleDate, "problem", dateProblem(i.End))
		return
	}
	if !i.Start.Before(i.End) {
		add(v, end, RuleDate, "problem", DateNotAfterStart)
	}
}

// The problems of RuleDate.
const (
	DateMissing       = "missing"
	DateUnreal        = "unreal"
	DateNotAfterStart = "not_after_start"
	DateTooLong       = "longer_than_a_year"
	DateAfterEnd      = "after_present_end"
)

func dateProblem(d Date) string {
	if d.IsZero() {
		return DateMissing
	}
	return DateUnreal
}
