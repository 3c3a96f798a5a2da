package allowance

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Table is the numbers of one regulation about the allowance. Check says whether it is one.
type Table struct {
	// Name is the title of the table, Regulation that of the regulation, in Indonesian.
	Name       string `yaml:"name"`
	Regulation string `yaml:"regulation"`
	// EffectiveFrom is the first day of the first month that it applies to, YYYY-MM-01.
	EffectiveFrom string `yaml:"effective_from"`
	// RulePack names the rule pack whose parts the table has, rulePacks/{id}/versions/{version}; empty for a table of its
	// own. Follow says whether it has them; the computation reads the table alone.
	RulePack string `yaml:"rule_pack"`
	// Amounts are those of a full month by position or position class.
	Amounts []Amount `yaml:"amounts"`
	// Parts divide the amount; their percentages add up to 100.
	Parts []Part `yaml:"parts"`
	// Deductions are those of attendance codes.
	Deductions []Deduction `yaml:"deductions"`
	// LimitPercent is the most that deductions take of the part that they are taken from, or of the whole amount; 100
	// without it.
	LimitPercent *decimal.Decimal `yaml:"limit_percent"`
	// FullAbsencePaysNothing takes the whole amount of who was absent on every working day.
	FullAbsencePaysNothing bool `yaml:"full_absence_pays_nothing"`
	// Predicate multiplies by the predicate of a year; nil when the regulation does not.
	Predicate *PredicateFactor `yaml:"predicate"`
	// Sanctions are what follows from absence without a valid reason; nil when the table does not state it.
	Sanctions *Sanctions `yaml:"sanctions"`
	// Missing is what is done without a fact.
	Missing Policies `yaml:"missing"`
	// Rounding says how and where values are rounded.
	Rounding Rounding `yaml:"rounding"`
}

// Amount is the amount of a position or a position class.
type Amount struct {
	// Class is the code that the facts name.
	Class string `yaml:"class"`
	Label string `yaml:"label"`
	// Rupiah is whole, 1 to MaxRupiah.
	Rupiah int64 `yaml:"rupiah"`
}

// Part is a named share of the amount.
type Part struct {
	ID    string `yaml:"id"`
	Label string `yaml:"label"`
	// Percent is above 0.
	Percent decimal.Decimal         `yaml:"percent"`
	Measure domain.AllowanceMeasure `yaml:"measure"`
	// Productivity says how productivity is paid; for domain.MeasureProductivity only.
	Productivity *Productivity `yaml:"productivity"`
}

// Productivity says which percentage of its part a productivity is paid.
type Productivity struct {
	// Below is a gate: under this percentage nothing is paid. nil is no gate.
	Below *decimal.Decimal `yaml:"nothing_below"`
	// Cap is the most that is paid, in percent; 100 without it.
	Cap *decimal.Decimal `yaml:"cap"`
	// Bands pay a percentage from a productivity on, rising in both; without bands the productivity itself is paid.
	Bands []Band `yaml:"bands"`
}

// Band pays Paid percent from a productivity of From percent on.
type Band struct {
	From decimal.Decimal `yaml:"from"`
	Paid decimal.Decimal `yaml:"paid"`
}

// Base is what the percentage of a deduction is taken of.
type Base string

// The three bases.
const (
	// BasePart takes a percentage of the month's part.
	BasePart Base = "part"
	// BaseMonth takes a percentage of the whole month's allowance.
	BaseMonth Base = "month"
	// BaseDay takes a percentage of one day's allowance: the whole amount over the working days of the month.
	BaseDay Base = "day"
)

// Deduction is what one occurrence of an attendance code costs.
type Deduction struct {
	// Code is that of the attendance system: TL1, PSW4, ABSENT and so on.
	Code  string `yaml:"code"`
	Label string `yaml:"label"`
	// Percent of the base for each occurrence or day; 0 for what is allowed without deduction.
	Percent *decimal.Decimal `yaml:"percent"`
	Of      Base             `yaml:"of"`
	// Part is the id of the part that it is taken from. It may be empty but with BasePart: the whole amount.
	Part string `yaml:"part"`
	// WholeDay marks codes of days on which the person was absent all day.
	WholeDay bool `yaml:"whole_day"`
}

// Year says which year's predicate counts.
type Year string

// The two years.
const (
	YearSame     Year = "same"
	YearPrevious Year = "previous"
)

// PredicateFactor multiplies what is left after deductions.
type PredicateFactor struct {
	// Year is that of the predicate, which is the one of the period whose id is the year: 2026.
	Year Year `yaml:"year"`
	// Factors has each of the five predicates once.
	Factors []Factor `yaml:"factors"`
}

// Factor is the percentage of a predicate.
type Factor struct {
	Predicate domain.Predicate `yaml:"predicate"`
	Percent   decimal.Decimal  `yaml:"percent"`
}

// Cut is what the percentage of a sanction is taken of.
type Cut string

// The two amounts that a sanction may cut.
const (
	// CutAmount cuts the whole amount of the position.
	CutAmount Cut = "amount"
	// CutRemaining cuts what is left after everything else.
	CutRemaining Cut = "remaining"
)

// Sanctions are what follows from days absent without a valid reason within a calendar year.
type Sanctions struct {
	// Source is the regulation.
	Source string `yaml:"source"`
	Of     Cut    `yaml:"of"`
	// Bands rise in From; days below the first have no consequence.
	Bands []SanctionBand `yaml:"bands"`
	// Consecutive is what follows from days in a row, whatever their sum leads to; nil when the table does not state it.
	Consecutive *Consecutive `yaml:"consecutive"`
}

// Consecutive is the consequence from a number of days in a row on. It cuts nothing by itself.
type Consecutive struct {
	// From is 1 to 366.
	From  int64  `yaml:"from"`
	Label string `yaml:"label"`
}

// SanctionBand is the consequence from a number of days on.
type SanctionBand struct {
	From  int64  `yaml:"from"`
	Label string `yaml:"label"`
	// CutPercent is cut for Months months; both are 0 for a consequence without a cut.
	CutPercent decimal.Decimal `yaml:"cut_percent"`
	Months     int64           `yaml:"months"`
}

// Policy is what a table does without a fact.
type Policy string

// The three policies.
const (
	// PolicyBlock gives no total.
	PolicyBlock Policy = "block"
	// PolicyZero does not pay what depends on the fact.
	PolicyZero Policy = "zero"
	// PolicyFull pays what depends on the fact in full.
	PolicyFull Policy = "full"
)

// Policies are one for each fact that may be missing. Without a position class, or with a decision that the table does
// not know, there is never a total.
type Policies struct {
	Attendance   Policy `yaml:"attendance"`
	Productivity Policy `yaml:"productivity"`
	// UnknownCode is for an attendance code that the table does not state: PolicyBlock, or PolicyFull for no deduction.
	UnknownCode Policy `yaml:"unknown_code"`
	// Predicate is empty without PredicateFactor.
	Predicate Policy `yaml:"predicate"`
}

// Point is where values are rounded.
type Point string

// The two points.
const (
	// PointLine rounds each line, so that the printed lines add up to the printed total.
	PointLine Point = "line"
	// PointTotal rounds the total alone.
	PointTotal Point = "total"
)

// Rounding is half up to Places digits: 2, or 0 for whole rupiah.
type Rounding struct {
	Places int   `yaml:"places"`
	At     Point `yaml:"at"`
}

// amount returns the amount of a class.
func (t *Table) amount(class string) (Amount, bool) {
	for _, a := range t.Amounts {
		if a.Class == class {
			return a, true
		}
	}
	return Amount{}, false
}

// deduction returns the deduction of a code.
func (t *Table) deduction(code string) (Deduction, bool) {
	for _, d := range t.Deductions {
		if d.Code == code {
			return d, true
		}
	}
	return Deduction{}, false
}

// limit returns the most that deductions take, in percent.
func (t *Table) limit() decimal.Decimal {
	if t.LimitPercent == nil {
		return decimal.Hundred
	}
	return *t.LimitPercent
}

// Band returns the consequence of a number of days, and false when there is none.
func (s *Sanctions) Band(days int64) (SanctionBand, bool) {
	found, ok := SanctionBand{}, false
	for _, band := range s.Bands {
		if days >= band.From {
			found, ok = band, true
		}
	}
	return found, ok
}
