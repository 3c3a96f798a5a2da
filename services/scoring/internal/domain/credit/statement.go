package credit

import (
	"errors"
	"fmt"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// ErrInvalidSegment reports a segment that no score states, so it is a defect. Test with errors.Is.
var ErrInvalidSegment = errors.New("the segment is not valid")

// Segment is a time in one position within one period.
type Segment struct {
	// Period is the id of the period.
	Period string
	// Level is empty for a position that is not functional, Predicate while there is none.
	Level     domain.FunctionalLevel
	Predicate domain.Predicate
	// Provisional says that nobody has fixed the predicate.
	Provisional bool
	// Months is 1 to 12.
	Months int64
	// Rules are those of the score. Percentages and coefficients are theirs. Nil where this deployment does not carry them.
	Rules *domain.Pack
	// Revision is that of the score.
	Revision int64
}

// State says whether a line counts.
type State string

// The states.
const (
	StateCounted       State = "counted"
	StateProvisional   State = "provisional"
	StateNoPredicate   State = "no_predicate"
	StateNotFunctional State = "not_functional"
	// StateNotConverted is that of rules without angka kredit, such as those before the regulation.
	StateNotConverted State = "not_converted"
	// StateRulesUnknown is that of a score whose rules this deployment does not carry.
	StateRulesUnknown State = "rules_unknown"
)

// Line is the angka kredit of a segment. Numbers are plain decimals as text, empty where there are none.
type Line struct {
	Segment
	State State
	// Percent is that of the predicate, Coefficient that of the jenjang for a year.
	Percent, Coefficient string
	// MonthsPerYear is the divisor of the rules; 0 where nothing is converted.
	MonthsPerYear int64
	// Credit is Percent × Coefficient × Months / MonthsPerYear.
	Credit string
	// Cumulative is the sum of the lines that count up to this one.
	Cumulative string
}

// Need is what a promotion takes.
type Need struct{ Needed, Lacking string }

// Statement accounts for the segments of one person.
type Statement struct {
	Lines      []Line
	Cumulative string
	// Level is the jenjang of the last line that has one, LevelCumulative the sum of its lines that count.
	Level           domain.FunctionalLevel
	LevelCumulative string
	// Rank and Next are for a promotion in rank and to the next jenjang; nil where there is none.
	Rank, Next *Need
}

// Account returns the statement of segments, in their order. It returns ErrInvalidSegment for a segment that no score has.
func Account(segments []Segment) (Statement, error) {
	var s Statement
	all := decimal.Zero
	within := map[domain.FunctionalLevel]decimal.Decimal{}
	for _, segment := range segments {
		line, credit, err := account(segment)
		if err != nil {
			return Statement{}, err
		}
		if segment.Level != "" {
			s.Level = segment.Level
		}
		if line.State == StateCounted {
			all, err = num.Add(all, credit)
			if err != nil {
				return Statement{}, err
			}
			within[segment.Level], err = num.Add(within[segment.Level], credit)
			if err != nil {
				return Statement{}, err
			}
		}
		line.Cumulative = text(all)
		s.Lines = append(s.Lines, line)
	}
	s.Cumulative = text(all)
	if s.Level == "" {
		return s, nil
	}
	s.LevelCumulative = text(within[s.Level])
	s.Rank = need(levels[s.Level].rank, within[s.Level])
	s.Next = need(levels[s.Level].next, within[s.Level])
	return s, nil
}

// account returns the line of a segment, without the sum, and its angka kredit.
func account(s Segment) (Line, decimal.Decimal, error) {
	line := Line{Segment: s, State: StateNotFunctional}
	if s.Level == "" {
		return line, decimal.Zero, nil
	}
	if s.Rules == nil {
		line.State = StateRulesUnknown
		return line, decimal.Zero, nil
	}
	terms := s.Rules.Definition().Credit
	if terms.MonthsPerYear == 0 {
		line.State = StateNotConverted
		return line, decimal.Zero, nil
	}
	coefficient, known := terms.Coefficients[s.Level]
	percent, rated := terms.Percents[s.Predicate]
	if !known || s.Predicate != "" && !rated || s.Months < 1 {
		return Line{}, decimal.Zero, fmt.Errorf("%w: %s, %s, %d months", ErrInvalidSegment, s.Level, s.Predicate, s.Months)
	}
	line.State, line.Coefficient, line.MonthsPerYear = StateNoPredicate, text(coefficient), terms.MonthsPerYear
	if s.Predicate == "" {
		return line, decimal.Zero, nil
	}
	credit, err := s.Rules.Credit(s.Level, s.Predicate, s.Months)
	if err != nil {
		return Line{}, decimal.Zero, err
	}
	line.State = StateCounted
	if s.Provisional {
		line.State = StateProvisional
	}
	line.Percent, line.Credit = percent.Trim(0).String(), text(credit)
	return line, credit, nil
}

// text returns a number with 2 digits after the point, and more where it has more.
func text(d decimal.Decimal) string { return d.Trim(places).Pad(places).String() }

// need returns what is needed, in hundredths, and nil for nothing.
func need(needed int64, has decimal.Decimal) *Need {
	if needed == 0 {
		return nil
	}
	n := &Need{Needed: hundredths(needed).String(), Lacking: hundredths(0).String()}
	lacking, err := num.Sub(hundredths(needed), has)
	if err == nil && lacking.IsPos() {
		n.Lacking = text(lacking)
	}
	return n
}
