package domain

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// Paths of the fields of the facts of a month.
const (
	FieldMonthFacts   = "month_facts.name"
	FieldProductivity = "month_facts.productivity"
	FieldCounts       = "month_facts.attendance.counts"
)

// percentage is a plain decimal of 0 to 999.99 with at most 2 digits after the point.
var percentage = regexp.MustCompile(`^[0-9]{1,3}(\.[0-9]{1,2})?$`)

// Years that a month may be in.
const (
	firstYear = 2000
	lastYear  = 2999
)

// Month is a calendar month.
type Month struct {
	Year  int
	Month int
}

// ParseMonth reads a month as YYYYMM, and returns false for any other text.
func ParseMonth(text string) (Month, bool) {
	n, err := strconv.ParseUint(text, 10, 32)
	m := Month{Year: int(n / 100), Month: int(n % 100)}
	return m, err == nil && m.String() == text && m.Year >= firstYear && m.Year <= lastYear && m.Month >= 1 && m.Month <= 12
}

// String returns the month as YYYYMM.
func (m Month) String() string { return fmt.Sprintf("%04d%02d", m.Year, m.Month) }

// begun reports whether the month has begun on the day.
func (m Month) begun(today Date) bool {
	return !today.Before(Date{Year: m.Year, Month: m.Month, Day: 1})
}

// MonthFacts is one revision of what is known about one person in one month. What is nil or empty is not known.
type MonthFacts struct {
	Tenant string
	Person string
	Month  Month
	// PositionClass is a code of the tenant's allowance table.
	PositionClass string
	Attendance    *MonthAttendance
	// Productivity is a percentage as text.
	Productivity string
	// YearUnexcusedDays are those from 1 January to the end of the month.
	YearUnexcusedDays *int
	// ConsecutiveUnexcusedDays is the longest row of them that reaches into the month, from its first day.
	ConsecutiveUnexcusedDays *int
	Sanction                 *AllowanceSanction
	// Revision counts from 1.
	Revision   int64
	UpdateTime time.Time
}

// MonthAttendance counts what happened in a month.
type MonthAttendance struct {
	WorkingDays int
	Counts      []AttendanceCount
}

// AttendanceCount is how often a code occurred.
type AttendanceCount struct {
	Code  string
	Count int
}

// AllowanceSanction is a disciplinary decision in force in the month.
type AllowanceSanction struct {
	UnexcusedDays int
	// Month counts the months of the decision, from 1.
	Month int
}

// CheckMonthFacts returns what is wrong with the facts on the day: the month must have begun, a productivity must be a
// percentage, and each attendance code may be there once.
func CheckMonthFacts(f MonthFacts, today Date) []Violation {
	var violations []Violation
	if !f.Month.begun(today) {
		violations = append(violations, Violation{Field: FieldMonthFacts, Rule: RuleMonthBegun, Detail: f.Month.String()})
	}
	if f.Productivity != "" && !percentage.MatchString(f.Productivity) {
		violations = append(violations, Violation{Field: FieldProductivity, Rule: RulePercentage})
	}
	if f.Attendance == nil {
		return violations
	}
	seen := map[string]bool{}
	for i, c := range f.Attendance.Counts {
		if seen[c.Code] {
			violations = append(violations, Violation{
				Field: FieldCounts + "[" + strconv.Itoa(i) + "].code", Rule: RuleRepeated, Detail: c.Code,
			})
		}
		seen[c.Code] = true
	}
	return violations
}
