package domain

import (
	"fmt"
	"time"
)

// westernTime is WIB. It has had no daylight saving since 1964, so a fixed zone needs no time zone database.
var westernTime = time.FixedZone("WIB", 7*60*60)

// dateLayout is the stored and printed form of a date.
const dateLayout = "2006-01-02"

// Date is a civil date. The zero value is no date.
type Date struct {
	Year  int
	Month int
	Day   int
}

// DateOf returns the civil date of the instant in Western Indonesia Time.
func DateOf(t time.Time) Date {
	year, month, day := t.In(westernTime).Date()
	return Date{Year: year, Month: int(month), Day: day}
}

// Western returns the instant with the date and hour of Western Indonesia Time, for those who take the date of an instant.
func Western(t time.Time) time.Time { return t.In(westernTime) }

// ParseDate is the inverse of String. It returns an error for a text that is no date of the calendar.
func ParseDate(text string) (Date, error) {
	if text == "" {
		return Date{}, nil
	}
	t, err := time.Parse(dateLayout, text)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: %w", text, err)
	}
	return Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}, nil
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Valid reports whether the date is in the calendar, in the years 1900 to 9999.
func (d Date) Valid() bool {
	if d.Year < 1900 || d.Year > 9999 {
		return false
	}
	t := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	return t.Year() == d.Year && int(t.Month()) == d.Month && t.Day() == d.Day
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool {
	if d.Year != other.Year {
		return d.Year < other.Year
	}
	if d.Month != other.Month {
		return d.Month < other.Month
	}
	return d.Day < other.Day
}

// Start returns the first instant of the day in Western Indonesia Time, in UTC; the zero time for no date.
func (d Date) Start() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, westernTime).UTC()
}

// String returns the date as YYYY-MM-DD, and the empty text for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}
