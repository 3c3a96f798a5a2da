package domain

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// panelWay is the mean answer of one group of raters. Below the pack's minimum nothing is recorded, not even their
// number, so that nobody can be told apart: canonical facts have no such panel.
type panelWay struct {
	group Group
	// scale is nil for the mean as it is; top is the highest answer.
	scale *decimal.Decimal
	top   int64
	// count, questions and sum are the ids of what the trace knows.
	count, questions, sum string
}

func newPanel(terms *PanelWay) *panelWay {
	id := idPanels + string(terms.Group)
	return &panelWay{
		group: terms.Group, scale: terms.Scale, top: terms.AnswerMax,
		count: id + fieldCount, questions: id + fieldQuestions, sum: id + fieldSum,
	}
}

func (w *panelWay) compute(c *computation, k *component) finding {
	for i := range c.in.Panels {
		panel := &c.in.Panels[i]
		if panel.Group == w.group {
			return w.mean(c, k, panel)
		}
	}
	return finding{}
}

// mean is sum / (raters × questions), or with a scale sum × scale / (raters × questions × highest answer).
func (w *panelWay) mean(c *computation, k *component, panel *Panel) finding {
	sum, answers := num.Int(panel.Sum), panel.Count*panel.Questions
	if w.scale != nil {
		sum = c.exact.Mul(sum, *w.scale)
		answers *= w.top
	}
	return k.quotient(c, sum, num.Int(answers), c.list(w.sum, w.count, w.questions))
}
