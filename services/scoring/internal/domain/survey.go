package domain

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// ErrTooFewResponses reports a survey with fewer responses than the pack asks for: it has no index yet.
var ErrTooFewResponses = errors.New("the survey has too few responses for an index")

// Index is the satisfaction index of a unit. Its numbers are decimals as text.
type Index struct {
	RulePack     string
	RulePackHash string
	Responses    int64
	// Elements are in the order of the pack.
	Elements []ElementMean
	// Lowest are the elements with the lowest mean, in the order of the pack.
	Lowest []SurveyElement
	// Value is the index and Grade its band, by equal weights.
	Value string
	Grade string
	// PrintedValue and PrintedGrade are those by the rounded weight that the regulation prints.
	PrintedValue string
	PrintedGrade string
	Trace        Trace
}

// ElementMean is the mean answer to one element.
type ElementMean struct {
	Element SurveyElement
	Sum     int64
	Mean    string
}

// SurveyIndex computes the index of a survey, with its own trace. It returns ErrTooFewResponses below the pack's
// minimum and ErrInvalidInput for sums that cannot be.
func SurveyIndex(p *Pack, s Survey) (Index, error) {
	var ps problems
	s.check(&ps, p.def.Survey)
	err := ps.err(ErrInvalidInput)
	if err != nil {
		return Index{}, err
	}
	c := &computation{pack: p, trace: newTrace(0, len(p.def.Survey.Elements))}
	index, err := c.index(&s)
	if err != nil {
		return Index{}, fmt.Errorf("survey index with %s: %w", p.Name(), err)
	}
	index.RulePack, index.RulePackHash, index.Trace = p.Name(), p.Hash(), c.trace
	return index, nil
}

// Digest identifies the index: two have the same digest only when all their fields, the trace included, are the same.
// Means, grades and lowest elements are steps of the trace or follow from them.
func (i *Index) Digest() string {
	d := newDigest()
	d.texts(i.RulePack, i.RulePackHash)
	d.trace(i.Trace)
	return d.sum()
}

// survey computes the index of the person's unit.
func (c *computation) survey() error {
	if c.in.Survey == nil {
		c.missing(InputSurvey)
		return nil
	}
	index, err := c.index(c.in.Survey)
	if errors.Is(err, ErrTooFewResponses) {
		c.missing(InputSurvey)
		return nil
	}
	if err != nil {
		return err
	}
	c.result.SurveyIndex = index.Value
	return nil
}

// index records the responses and computes the index of them: the mean of all answers times the factor, so that each
// element weighs the same, rounded once, before it is graded.
func (c *computation) index(s *Survey) (Index, error) {
	terms := c.pack.def.Survey
	if s.Responses < terms.MinimumResponses {
		return Index{}, ErrTooFewResponses
	}
	index := Index{Responses: s.Responses}
	total, operands := c.responses(s)
	err := c.means(&index, s)
	if err != nil {
		return Index{}, err
	}
	// Equal weights: total / (responses × elements) × factor. The division comes last, so nothing is lost before it.
	scaled, err := num.Mul(num.Int(total), terms.Factor)
	if err != nil {
		return Index{}, err
	}
	index.Value, index.Grade, err = c.graded(gradedIndex{
		id: idSurveyIndex, gradeID: idSurveyGrade, rule: RuleSurveyIndex, operands: operands,
		numerator: scaled, denominator: num.Int(s.Responses * int64(len(terms.Elements))),
	})
	if err != nil {
		return Index{}, err
	}
	// The printed weight: total × weight / responses × factor.
	printed, err := num.Mul(scaled, terms.PrintedWeight)
	if err != nil {
		return Index{}, err
	}
	index.PrintedValue, index.PrintedGrade, err = c.graded(gradedIndex{
		id: idSurveyPrintedIndex, gradeID: idSurveyPrintedGrade, rule: RuleSurveyPrintedIndex, operands: slices.Clone(operands),
		numerator: printed, denominator: num.Int(s.Responses),
	})
	return index, err
}

// responses records the number of responses and the sum of each element, and returns the sum of all with the ids of
// what was recorded.
func (c *computation) responses(s *Survey) (int64, []string) {
	elements := c.pack.def.Survey.Elements
	total := int64(0)
	ids := make([]string, 0, len(elements)+1)
	record := func(id string, value int64, label string) {
		c.trace.input(TraceInput{id, strconv.FormatInt(value, 10), label, s.Source})
		ids = append(ids, id)
	}
	record(idSurveyCount, s.Responses, "Jumlah responden survei kepuasan masyarakat")
	for _, element := range elements {
		sum, _ := s.sum(element)
		record(idSurveySum+string(element), sum, "Jumlah nilai unsur "+element.Word())
		total += sum
	}
	return total, ids
}

// means computes the mean of each element and finds the lowest. Sums decide which is lowest, since every element has
// the same number of answers and means are rounded.
func (c *computation) means(index *Index, s *Survey) error {
	rule := c.pack.rules[RuleSurveyMean]
	var lowest int64
	for i, element := range c.pack.def.Survey.Elements {
		sum, _ := s.sum(element)
		mean, err := num.QuoHalfUp(num.Int(sum), num.Int(s.Responses), c.pack.places(RuleSurveyMean))
		if err != nil {
			return err
		}
		c.trace.step(TraceStep{
			ID: idSurveyMean + string(element), Rule: RuleSurveyMean,
			Operands: []string{idSurveySum + string(element), idSurveyCount}, Result: mean.String(),
			Label: rule.Label + " " + element.Word(), Places: c.pack.places(RuleSurveyMean),
		})
		index.Elements = append(index.Elements, ElementMean{element, sum, mean.String()})
		if i == 0 || sum < lowest {
			lowest, index.Lowest = sum, nil
		}
		if sum == lowest {
			index.Lowest = append(index.Lowest, element)
		}
	}
	return nil
}

// gradedIndex is an index before its rounding.
type gradedIndex struct {
	id, gradeID, rule      string
	operands               []string
	numerator, denominator decimal.Decimal
}

// graded rounds an index, grades it and returns both. The order matters: an index between the printed bounds of two bands has
// a band only after rounding.
func (c *computation) graded(g gradedIndex) (string, string, error) {
	rounded, err := num.QuoHalfUp(g.numerator, g.denominator, c.pack.places(g.rule))
	if err != nil {
		return "", "", err
	}
	value, grade := rounded.String(), c.pack.grade(rounded)
	c.step(g.id, g.rule, value, g.operands...)
	c.step(g.gradeID, RuleSurveyGrade, grade, g.id)
	return value, grade, nil
}

// grade returns the grade of the last band that begins at or below the index. One below all bands, which only the
// printed weight can give, has the lowest grade.
func (p *Pack) grade(index decimal.Decimal) string {
	bands := p.def.Survey.Bands
	grade := bands[0].Grade
	for _, band := range bands {
		if band.From.Cmp(index) <= 0 {
			grade = band.Grade
		}
	}
	return grade
}
