package domain

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// ErrTooFewResponses reports a survey with fewer responses than the pack asks for: it has no index yet.
var ErrTooFewResponses = errors.New("the survey has too few responses for an index")

// Index is the satisfaction index of a unit. Its numbers are decimals as text. With the rule pack, its source, responses
// and sums are enough to repeat the computation.
type Index struct {
	RulePack     string
	RulePackHash string
	// Source is the name of the survey.
	Source    string
	Responses int64
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
}

// ElementMean is the mean answer to one element.
type ElementMean struct {
	Element SurveyElement
	Sum     int64
	Mean    string
}

// SurveyIndex computes the index of a survey. It returns ErrTooFewResponses below the pack's minimum and for a pack that
// knows no survey, and ErrInvalidInput for sums that cannot be.
func SurveyIndex(p *Pack, s Survey) (Index, error) {
	var ps problems
	survey := s.enough(p, &ps)
	err := ps.err(ErrInvalidInput)
	if err != nil {
		return Index{}, err
	}
	if survey == nil {
		return Index{}, ErrTooFewResponses
	}
	c := computation{pack: p}
	i := c.indexes(survey)
	err = c.exact.Err()
	if err != nil {
		return Index{}, fmt.Errorf("survey index with %s: %w", p.Name(), err)
	}
	var t texts
	index := Index{
		RulePack: p.Name(), RulePackHash: p.Hash(), Source: s.Source, Responses: s.Responses, Lowest: lowest(survey.Sums),
		Value: t.number(&i.equal.number), Grade: i.equal.grade, PrintedValue: t.number(&i.printed.number), PrintedGrade: i.printed.grade,
	}
	means := make([]TraceStep, len(survey.Sums)) // the first steps
	t.fill(means, c.results.all())
	for n, sum := range survey.Sums {
		index.Elements = append(index.Elements, ElementMean{sum.Element, sum.Sum, means[n].Result})
	}
	return index, nil
}

// lowest returns the elements with the lowest mean. Sums decide, since every element has the same number of answers and
// means are rounded.
func lowest(sums []ElementSum) []SurveyElement {
	least := slices.MinFunc(sums, func(a, b ElementSum) int { return cmp.Compare(a.Sum, b.Sum) }).Sum
	var found []SurveyElement
	for _, entry := range sums {
		if entry.Sum == least {
			found = append(found, entry.Element)
		}
	}
	return found
}

// survey computes the index of the person's unit.
func (c *computation) survey() {
	if c.in.Survey != nil {
		c.index = c.indexes(c.in.Survey).equal
	}
}

// graded is an index, rounded, with its grade.
type graded struct {
	number
	grade string
}

// indexes are those of one survey by equal weights and by the weight that the regulation prints.
type indexes struct{ equal, printed graded }

// indexes computes the mean of each element and both indexes: the mean of all answers times the factor, rounded once,
// before it is graded.
func (c *computation) indexes(s *Survey) indexes {
	terms, fixed := &c.pack.def.Survey, &c.pack.fixed
	scaled := c.exact.Mul(num.Int(c.means(s)), terms.Factor)
	var i indexes
	// Equal weights: total / (responses × elements) × factor. The division comes last, so nothing is lost before it.
	answers := num.Int(s.Responses * int64(len(s.Sums)))
	i.equal = c.graded(ratio{scaled, answers}, idSurveyIndex, &fixed.surveyIndex, idSurveyGrade)
	// The printed weight: total × weight / responses × factor.
	weighted := c.exact.Mul(scaled, terms.PrintedWeight)
	i.printed = c.graded(ratio{weighted, num.Int(s.Responses)}, idSurveyPrintedIndex, &fixed.surveyPrintedIndex, idSurveyPrintedGrade)
	return i
}

// means computes the mean of each element and returns the sum of all answers.
func (c *computation) means(s *Survey) int64 {
	total, responses := int64(0), num.Int(s.Responses)
	for i := range c.pack.elements {
		element, sum := &c.pack.elements[i], s.Sums[i].Sum
		by := &element.mean
		c.number(c.exact.QuoHalfUp(num.Int(sum), responses, by.places))
		c.trace.step(c.id(element.meanID), "", by, by.places, c.list(element.sumID, idSurveyCount))
		total += sum
	}
	return total
}

// ratio is an index before its rounding.
type ratio struct{ numerator, denominator decimal.Decimal }

// graded rounds an index and grades it. The order matters: an index between the printed bounds of two bands has a band
// only after rounding.
func (c *computation) graded(r ratio, id string, by *rule, gradeID string) graded {
	rounded := c.exact.QuoHalfUp(r.numerator, r.denominator, by.places)
	g := graded{c.number(rounded), c.pack.grade(rounded)}
	c.trace.step(c.id(id), "", by, by.places, c.responses())
	c.results.code(g.grade)
	c.trace.step(c.id(gradeID), "", &c.pack.fixed.surveyGrade, Unrounded, c.list(id))
	return g
}

// responses lists what an index comes from.
func (c *computation) responses() []string {
	if c.prefix == "" {
		return c.pack.responses
	}
	return c.list(c.pack.responses...)
}
