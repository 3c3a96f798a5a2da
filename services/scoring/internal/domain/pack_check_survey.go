package domain

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// maxMinimum is the most responses that an index may need.
const maxMinimum = 1_000_000

func (c *checker) survey() {
	if !c.def.hasSurvey() {
		return
	}
	s := &c.def.Survey
	if s.MinimumResponses < 1 || s.MinimumResponses > maxMinimum {
		c.add("survey.minimum_responses", "%d bukan jumlah responden; pakai 1 sampai %d", s.MinimumResponses, maxMinimum)
	}
	c.answers("survey", s.AnswerMin, s.AnswerMax)
	c.positive("survey.factor", s.Factor)
	c.positive("survey.printed_weight", s.PrintedWeight)
	c.count("survey.elements", len(s.Elements), len(elementWords))
	codes(c, "survey.elements", elementWords, s.Elements)
	c.grades("survey.bands", s)
}

// grades demands bands that follow each other without a gap in the digits that an index is rounded to, from the lowest
// index to the highest: an index between two printed bounds would have no grade.
func (c *checker) grades(path string, s *SurveyTerms) {
	c.count(path, len(s.Bands), maxBands)
	unit, rounded := c.indexUnit()
	seen := map[string]bool{}
	for i, band := range s.Bands {
		bandPath := at(path, i)
		c.label(bandPath+".grade", band.Grade)
		c.label(bandPath+".label", band.Label)
		c.once(bandPath+".grade", seen, band.Grade)
		ok := c.amount(bandPath+".from", band.From)
		if !c.amount(bandPath+".to", band.To) || !ok {
			continue
		}
		if band.From.Cmp(band.To) > 0 {
			c.add(bandPath+".to", "%s di bawah from %s; tukar keduanya", band.To, band.From)
		}
		if i > 0 && rounded {
			c.follows(bandPath+".from", band.From, s.Bands[i-1].To, unit)
		}
	}
	if len(s.Bands) == 0 {
		return
	}
	lowest, err := num.Mul(num.Int(s.AnswerMin), s.Factor)
	if err == nil && s.Bands[0].From.Cmp(lowest) > 0 {
		c.add(path+"[0].from", "indeks paling rendah %s tidak tercakup; mulai dari sana", lowest)
	}
	highest, err := num.Mul(num.Int(s.AnswerMax), s.Factor)
	end := len(s.Bands) - 1
	if err == nil && s.Bands[end].To.Cmp(highest) < 0 {
		c.add(at(path, end)+".to", "indeks paling tinggi %s tidak tercakup; akhiri di sana", highest)
	}
}

// indexUnit returns the smallest difference of two rounded indexes.
func (c *checker) indexUnit() (decimal.Decimal, bool) {
	for _, rule := range c.def.Rules {
		if rule.ID == RuleSurveyIndex && rule.Places != nil && *rule.Places >= 0 && *rule.Places <= maxPlaces {
			unit, err := decimal.New(1, *rule.Places)
			return unit, err == nil
		}
	}
	return decimal.Decimal{}, false
}
