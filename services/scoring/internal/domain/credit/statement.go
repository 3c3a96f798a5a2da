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
	// Provisional says that the predicate is not settled.
	Provisional bool
	// Months is 1 to 12.
	Months int64
	// Revision is that of the score.
	Revision int64
}

// State says whether a line counts.
type State string

// The four states.
const (
	StateCounted       State = "counted"
	StateProvisional   State = "provisional"
	StateNoPredicate   State = "no_predicate"
	StateNotFunctional State = "not_functional"
)

// Line is the angka kredit of a segment. Numbers are plain decimals as text, empty where there are none.
type Line struct {
	Segment
	State State
	// Percent is that of the predicate, Coefficient that of the jenjang for a year.
	Percent, Coefficient string
	// Credit is Percent × Coefficient × Months / 12.
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

// Convert returns the angka kredit of a predicate over some months of a year, with 2 digits after the point.
func Convert(of domain.FunctionalLevel, predicate domain.Predicate, months int64) (decimal.Decimal, error) {
	l, known := levels[of]
	percent, rated := percents[predicate]
	if !known || !rated || months < 1 || months > monthsPerYear {
		return decimal.Decimal{}, fmt.Errorf("%w: %s, %s, %d months", ErrInvalidSegment, of, predicate, months)
	}
	return num.QuoHalfUp(num.Int(l.coefficient*percent*months), num.Int(100*100*monthsPerYear), places)
}

// Account returns the statement of segments, in their order.
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
		line.Cumulative = all.Pad(places).String()
		s.Lines = append(s.Lines, line)
	}
	s.Cumulative = all.Pad(places).String()
	if s.Level == "" {
		return s, nil
	}
	s.LevelCumulative = within[s.Level].Pad(places).String()
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
	line.State = StateNoPredicate
	line.Coefficient = hundredths(levels[s.Level].coefficient).String()
	if s.Predicate == "" {
		return line, decimal.Zero, nil
	}
	credit, err := Convert(s.Level, s.Predicate, s.Months)
	if err != nil {
		return Line{}, decimal.Zero, err
	}
	line.State = StateCounted
	if s.Provisional {
		line.State = StateProvisional
	}
	line.Percent, line.Credit = num.Int(percents[s.Predicate]).String(), credit.String()
	return line, credit, nil
}

// need returns what is needed, in hundredths, and nil for nothing.
func need(needed int64, has decimal.Decimal) *Need {
	if needed == 0 {
		return nil
	}
	n := &Need{Needed: hundredths(needed).String(), Lacking: hundredths(0).String()}
	lacking, err := num.Sub(hundredths(needed), has)
	if err == nil && lacking.IsPos() {
		n.Lacking = lacking.Pad(places).String()
	}
	return n
}
