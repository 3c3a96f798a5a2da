package allowance

import (
	"fmt"
	"strconv"
	"time"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Month is a calendar month.
type Month struct {
	Year  int `json:"year"`
	Month int `json:"month"`
}

// Years that a month may be in.
const (
	firstYear = 2000
	lastYear  = 2999
)

// monthDigits is the length of a month as YYYYMM.
const monthDigits = 6

// ParseMonth reads a month as YYYYMM, and returns false for any other text.
func ParseMonth(text string) (Month, bool) {
	if len(text) != monthDigits {
		return Month{}, false
	}
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return Month{}, false
		}
	}
	year, _ := strconv.Atoi(text[:4])
	month, _ := strconv.Atoi(text[4:])
	m := Month{Year: year, Month: month}
	return m, m.valid()
}

func (m Month) valid() bool {
	return m.Year >= firstYear && m.Year <= lastYear && m.Month >= 1 && m.Month <= 12
}

// String returns the month as YYYYMM.
func (m Month) String() string { return fmt.Sprintf("%04d%02d", m.Year, m.Month) }

// Start returns midnight UTC of the first day.
func (m Month) Start() time.Time {
	return time.Date(m.Year, time.Month(m.Month), 1, 0, 0, 0, 0, time.UTC)
}

// FirstDay returns the first day of the month, YYYY-MM-01.
func (m Month) FirstDay() string { return fmt.Sprintf("%04d-%02d-01", m.Year, m.Month) }

// Facts are what is known about one person in one month. What is nil or empty is not known.
type Facts struct {
	Month         Month       `json:"month"`
	PositionClass string      `json:"position_class,omitempty"`
	Attendance    *Attendance `json:"attendance,omitempty"`
	// Productivity is in percent, 0 to MaxProductivity with at most 2 digits after the point.
	Productivity *decimal.Decimal `json:"productivity,omitempty"`
	// Predicate is that of the year that the table asks for.
	Predicate domain.Predicate `json:"predicate,omitempty"`
	// PredicateWord is the predicate as the rules that gave it call it; empty is its common word.
	PredicateWord string `json:"predicate_word,omitempty"`
	// PredicateProvisional says that nobody has fixed the predicate.
	PredicateProvisional bool `json:"predicate_provisional,omitempty"`
	// YearUnexcusedDays are those from 1 January to the end of the month.
	YearUnexcusedDays *int64 `json:"year_unexcused_days,omitempty"`
	// ConsecutiveUnexcusedDays is the longest row of them that reaches into the month, from its first day.
	ConsecutiveUnexcusedDays *int64 `json:"consecutive_unexcused_days,omitempty"`
	// Sanction is a decision in force in the month.
	Sanction *Sanction `json:"sanction,omitempty"`
}

// Attendance is that of the whole month.
type Attendance struct {
	// WorkingDays is 1 to 31.
	WorkingDays int64 `json:"working_days"`
	// Counts are in any order, each code once; a code that is left out did not occur.
	Counts []Count `json:"counts,omitempty"`
}

// Count is how often a code occurred, 1 to MaxCount.
type Count struct {
	Code  string `json:"code"`
	Count int64  `json:"count"`
}

// Sanction is a disciplinary decision for absence.
type Sanction struct {
	// UnexcusedDays are those that it rests on.
	UnexcusedDays int64 `json:"unexcused_days" yaml:"unexcused_days"`
	// Month counts the months of the decision, from 1.
	Month int64 `json:"month" yaml:"month"`
}

// Bounds of facts.
const (
	MaxCount       = 100
	maxWorkingDays = 31
	maxYearDays    = 366
)

// maxProductivity is in percent.
const maxProductivity = 999

// check returns ErrInvalidFacts for facts that assessment would not have recorded.
func (f *Facts) check() error {
	refuse := func(path string) error { return fmt.Errorf("%w: %s", ErrInvalidFacts, path) }
	if !f.Month.valid() {
		return refuse("month")
	}
	if p := f.Productivity; p != nil && (p.IsNeg() || p.Trunc(0).Cmp(decimal.MustNew(maxProductivity, 0)) > 0 || p.Trim(0).Scale() > percentPlaces) {
		return refuse("productivity")
	}
	if a := f.Attendance; a != nil {
		if a.WorkingDays < 1 || a.WorkingDays > maxWorkingDays {
			return refuse("attendance.working_days")
		}
		seen := map[string]bool{}
		for i, c := range a.Counts {
			if c.Code == "" || seen[c.Code] || c.Count < 1 || c.Count > MaxCount {
				return refuse("attendance.counts[" + strconv.Itoa(i) + "]")
			}
			seen[c.Code] = true
		}
	}
	if d := f.YearUnexcusedDays; d != nil && (*d < 0 || *d > maxYearDays) {
		return refuse("year_unexcused_days")
	}
	if d := f.ConsecutiveUnexcusedDays; d != nil && (*d < 0 || *d > maxYearDays) {
		return refuse("consecutive_unexcused_days")
	}
	if s := f.Sanction; s != nil && (s.UnexcusedDays < 1 || s.UnexcusedDays > maxYearDays || s.Month < 1) {
		return refuse("sanction")
	}
	return nil
}
