package domain

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// quotient rounds numerator / denominator to the places of the component, as what was found from the operands.
func (k *component) quotient(c *computation, numerator, denominator decimal.Decimal, operands []string) finding {
	return finding{c.exact.QuoHalfUp(numerator, denominator, k.rule.places), true, operands}
}

// surveyWay takes the satisfaction index of the unit.
type surveyWay struct{}

func (surveyWay) compute(c *computation, k *component) finding {
	if !c.index.known {
		return finding{}
	}
	return k.quotient(c, c.index.value, decimal.One, c.list(idSurveyIndex))
}

// attendanceWay is the percentage of days present, or of minutes when a day has that many.
type attendanceWay struct{ minutesPerDay int64 }

func (w attendanceWay) compute(c *computation, k *component) finding {
	a := c.in.Attendance
	if a == nil {
		return finding{}
	}
	present, working := a.PresentDays, a.WorkingDays
	operands := c.list(idPresentDays, idWorkingDays)
	if w.minutesPerDay > 0 {
		present, working = max(0, present*w.minutesPerDay-a.LateMinutes), working*w.minutesPerDay
		operands = c.list(idPresentDays, idWorkingDays, idLateMinutes)
	}
	return k.quotient(c, c.exact.Mul(num.Int(present), num.Int(hundred)), num.Int(working), operands)
}

// ratingWay takes a number for one of the ratings by the superior.
type ratingWay struct {
	of RatingKind
	// values are by the position of the rating in its vocabulary.
	values [3]decimal.Decimal
}

func newRating(terms *RatingWay) *ratingWay {
	w := &ratingWay{of: terms.Of}
	for i, word := range expectationWords {
		w.values[i] = terms.Values[word.code]
	}
	return w
}

func (w *ratingWay) compute(c *computation, k *component) finding {
	r := c.in.Rating
	if r == nil {
		return finding{}
	}
	rating, id := r.Result, idResultRating
	if w.of == RatingBehavior {
		rating, id = r.Behavior, idBehaviorRating
	}
	if rating == "" {
		return finding{}
	}
	return k.quotient(c, w.values[expectationWords.position(rating)], decimal.One, c.list(id))
}

// behaviorWay takes the numeric value of behaviour.
type behaviorWay struct{}

func (behaviorWay) compute(c *computation, k *component) finding {
	if c.in.Behavior == nil {
		return finding{}
	}
	return k.quotient(c, c.in.Behavior.Value, decimal.One, c.list(idBehaviorValue))
}

// organizationWay takes a number for the rating of the organisation, by its position in its vocabulary.
type organizationWay [5]decimal.Decimal

func newOrganization(terms *OrganizationWay) *organizationWay {
	var w organizationWay
	for i, word := range organizationWords {
		w[i] = terms.Values[word.code]
	}
	return &w
}

func (w *organizationWay) compute(c *computation, k *component) finding {
	if c.in.Organization == nil {
		return finding{}
	}
	value := w[organizationWords.position(c.in.Organization.Level)]
	return k.quotient(c, value, decimal.One, c.list(idOrganization))
}

// contributionsWay is Σ (share × achievement) / Σ share.
type contributionsWay struct{}

func (contributionsWay) compute(c *computation, k *component) finding {
	if len(c.in.Contributions) == 0 {
		return finding{}
	}
	sum, shares := num.Int(0), num.Int(0)
	for i := range c.in.Contributions {
		goal := &c.in.Contributions[i]
		sum = c.exact.Add(sum, c.exact.Mul(goal.Share, goal.Achievement))
		shares = c.exact.Add(shares, goal.Share)
	}
	return k.quotient(c, sum, shares, c.contributions())
}

// contributions lists what the trace knows of each goal.
func (c *computation) contributions() []string {
	if !c.trace.wanted {
		return nil
	}
	ids := make([]string, 0, 2*len(c.in.Contributions))
	for i := range c.in.Contributions {
		id := idContribution(i)
		ids = append(ids, c.trace.texts.join(c.prefix, id, fieldShare), c.trace.texts.join(c.prefix, id, fieldAchievement))
	}
	return ids
}

// innovationsWay adds points by the positions of the reaches in their vocabulary.
type innovationsWay [3]decimal.Decimal

func newInnovations(terms *InnovationsWay) *innovationsWay {
	var w innovationsWay
	for i, word := range reachWords {
		w[i] = terms.Points[word.code]
	}
	return &w
}

func (w *innovationsWay) compute(c *computation, k *component) finding {
	if c.in.Innovations == nil {
		return finding{}
	}
	sum := num.Int(0)
	for _, entry := range c.in.Innovations.Counts {
		sum = c.exact.Add(sum, c.exact.Mul(w[reachWords.position(entry.Reach)], num.Int(entry.Count)))
	}
	found := k.quotient(c, sum, decimal.One, nil)
	if c.trace.wanted {
		c.trace.open()
		c.trace.innovations(held{c.in, c.prefix})
		found.operands = c.trace.end()
	}
	return found
}

// tasksWay gives the points of the last step that begins at or below the number of tasks.
type tasksWay struct{ steps []TaskStep }

func (w tasksWay) compute(c *computation, k *component) finding {
	if c.in.Tasks == nil {
		return finding{}
	}
	points := num.Int(0)
	for i := range w.steps {
		if w.steps[i].From <= c.in.Tasks.Count {
			points = w.steps[i].Points
		}
	}
	return k.quotient(c, points, decimal.One, c.list(idTasks))
}
