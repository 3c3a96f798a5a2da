package domain

import (
	"slices"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// maxMinimum is the most responses that an index may need.
const maxMinimum = 1_000_000

// SurveyAnswerMin and SurveyAnswerMax are the lowest and the highest answer that people can give in a survey (PermenPANRB
// 14/2017). Each answers about every element.
const (
	SurveyAnswerMin = 1
	SurveyAnswerMax = 4
)

func (c *checker) survey() {
	if !c.def.hasSurvey() {
		return
	}
	s := &c.def.Survey
	if s.MinimumResponses < 1 || s.MinimumResponses > maxMinimum {
		c.add("survey.minimum_responses", "%d bukan jumlah responden; pakai 1 sampai %d", s.MinimumResponses, maxMinimum)
	}
	c.instrument(s)
	c.positive("survey.factor", s.Factor)
	c.positive("survey.printed_weight", s.PrintedWeight)
	c.grades("survey.bands", s)
}

// instrument demands that the answers of every survey can be computed with: other elements or a narrower range would refuse
// those of all people of the unit.
func (c *checker) instrument(s *SurveyTerms) {
	c.answers("survey", s.AnswerMin, s.AnswerMax)
	const given = "%d menolak jawaban yang sah karena survei dijawab dengan angka %d sampai %d; pakai %d"
	if s.AnswerMin > SurveyAnswerMin {
		c.add("survey.answer_min", given, s.AnswerMin, SurveyAnswerMin, SurveyAnswerMax, SurveyAnswerMin)
	}
	if s.AnswerMax < SurveyAnswerMax {
		c.add("survey.answer_max", given, s.AnswerMax, SurveyAnswerMin, SurveyAnswerMax, SurveyAnswerMax)
	}
	c.count("survey.elements", len(s.Elements), len(elementWords))
	codes(c, "survey.elements", elementWords, s.Elements)
	for _, entry := range elementWords {
		if len(s.Elements) > 0 && !slices.Contains(s.Elements, entry.code) {
			c.add("survey.elements", "%s (%s) belum ada, padahal ditanyakan setiap survei, sehingga indeks tidak dapat dihitung; tambahkan", entry.code, entry.word)
		}
	}
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
