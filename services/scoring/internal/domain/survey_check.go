package domain

import (
	"fmt"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// maxAnswer bounds the answers of an instrument.
const maxAnswer = 100

func (d *Definition) checkSurvey(ps *problems) {
	s := d.Survey
	if s.MinimumResponses < 1 {
		ps.add("survey.minimum_responses", "%d is not 1 or more", s.MinimumResponses)
	}
	if s.AnswerMin < 0 || s.AnswerMin >= s.AnswerMax || s.AnswerMax > maxAnswer {
		ps.add("survey", "answers must lie within 0 to %d", maxAnswer)
	}
	checkNumber(ps, "survey.factor", s.Factor)
	checkNumber(ps, "survey.printed_weight", s.PrintedWeight)
	seen := map[SurveyElement]bool{}
	for i, element := range s.Elements {
		path := fmt.Sprintf("survey.elements[%d]", i)
		if !elementWords.has(element) {
			ps.add(path, "%q is not known", element)
		}
		if seen[element] {
			ps.add(path, "%q is given twice", element)
		}
		seen[element] = true
	}
	if len(s.Elements) == 0 {
		ps.add("survey.elements", "missing")
	}
	d.checkBands(ps)
}

// checkBands demands bands that follow each other without a gap in the digits that the index is rounded to: an index
// between two printed bounds would have no grade.
func (d *Definition) checkBands(ps *problems) {
	if len(d.Survey.Bands) == 0 {
		ps.add("survey.bands", "missing")
		return
	}
	unit, ok := d.indexUnit()
	if !ok {
		return // checkRules says why
	}
	seen := map[string]bool{}
	for i, band := range d.Survey.Bands {
		path := fmt.Sprintf("survey.bands[%d]", i)
		if band.Grade == "" || band.Label == "" {
			ps.add(path, "grade and label are needed")
		}
		if seen[band.Grade] {
			ps.add(path, "grade %q is given twice", band.Grade)
		}
		seen[band.Grade] = true
		if !num.IsAmount(band.From) || !num.IsAmount(band.To) || band.From.Cmp(band.To) > 0 {
			ps.add(path, "from %s to %s is not an interval", band.From, band.To)
			continue
		}
		if i == 0 {
			continue
		}
		gap, err := num.Sub(band.From, d.Survey.Bands[i-1].To)
		if err != nil || gap.Cmp(unit) != 0 {
			ps.add(path, "from %s does not follow %s, the end of the band before", band.From, d.Survey.Bands[i-1].To)
		}
	}
}

// indexUnit returns the smallest difference of two rounded indexes.
func (d *Definition) indexUnit() (decimal.Decimal, bool) {
	for _, rule := range d.Rules {
		if rule.ID == RuleSurveyIndex && rule.Places != nil && *rule.Places >= 0 && *rule.Places <= maxPlaces {
			unit, err := decimal.New(1, *rule.Places)
			return unit, err == nil
		}
	}
	return decimal.Decimal{}, false
}
