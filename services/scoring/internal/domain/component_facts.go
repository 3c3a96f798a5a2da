package domain

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// quotient rounds numerator / denominator to the places of the component, as what was found from the operands.
func (k *component) quotient(numerator, denominator decimal.Decimal, operands []string) (finding, error) {
	value, err := num.QuoHalfUp(numerator, denominator, k.rule.places)
	return finding{value, true, operands}, err
}

// surveyWay takes the satisfaction index of the unit.
type surveyWay struct{}

func (surveyWay) compute(c *computation, k *component) (finding, error) {
	if c.index.value == "" {
		return finding{}, nil
	}
	return k.quotient(c.index.number, decimal.One, c.list(idSurveyIndex))
}

// attendanceWay is the percentage of days present, or of minutes when a day has that many.
type attendanceWay struct{ minutesPerDay int64 }

func (w attendanceWay) compute(c *computation, k *component) (finding, error) {
	a := c.in.Attendance
	if a == nil {
		return finding{}, nil
	}
	present, working := a.PresentDays, a.WorkingDays
	operands := c.list(idPresentDays, idWorkingDays)
	if w.minutesPerDay > 0 {
		present, working = max(0, present*w.minutesPerDay-a.LateMinutes), working*w.minutesPerDay
		operands = c.list(idPresentDays, idWorkingDays, idLateMinutes)
	}
	hundredfold, err := num.Mul(num.Int(present), num.Int(hundred))
	if err != nil {
		return finding{}, err
	}
	return k.quotient(hundredfold, num.Int(working), operands)
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

func (w *ratingWay) compute(c *computation, k *component) (finding, error) {
	r := c.in.Rating
	if r == nil {
		return finding{}, nil
	}
	rating, id := r.Result, idResultRating
	if w.of == RatingBehavior {
		rating, id = r.Behavior, idBehaviorRating
	}
	return k.quotient(w.values[expectationWords.position(rating)], decimal.One, c.list(id))
}

// behaviorWay takes the numeric value of behaviour.
type behaviorWay struct{}

func (behaviorWay) compute(c *computation, k *component) (finding, error) {
	if c.in.Behavior == nil {
		return finding{}, nil
	}
	return k.quotient(c.in.Behavior.Value, decimal.One, c.list(idBehaviorValue))
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

func (w *organizationWay) compute(c *computation, k *component) (finding, error) {
	if c.in.Organization == nil {
		return finding{}, nil
	}
	value := w[organizationWords.position(c.in.Organization.Level)]
	return k.quotient(value, decimal.One, c.list(idOrganization))
}

// contributionsWay is Σ (share × achievement) / Σ share.
type contributionsWay struct{}

func (contributionsWay) compute(c *computation, k *component) (finding, error) {
	if len(c.in.Contributions) == 0 {
		return finding{}, nil
	}
	sum, shares := num.Int(0), num.Int(0)
	for i := range c.in.Contributions {
		goal := &c.in.Contributions[i]
		product, err := num.Mul(goal.Share, goal.Achievement)
		if err != nil {
			return finding{}, err
		}
		sum, err = num.Add(sum, product)
		if err != nil {
			return finding{}, err
		}
		shares, err = num.Add(shares, goal.Share)
		if err != nil {
			return finding{}, err
		}
	}
	return k.quotient(sum, shares, c.contributions())
}

// contributions lists what the trace knows of each goal.
func (c *computation) contributions() []string {
	if c.trace == nil {
		return nil
	}
	ids := make([]string, 0, 2*len(c.in.Contributions))
	for i := range c.in.Contributions {
		id := idContribution(i)
		ids = append(ids, c.texts.join(c.prefix, id, fieldShare), c.texts.join(c.prefix, id, fieldAchievement))
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

func (w *innovationsWay) compute(c *computation, k *component) (finding, error) {
	if c.in.Innovations == nil {
		return finding{}, nil
	}
	sum := num.Int(0)
	for _, entry := range c.in.Innovations.Counts {
		points, err := num.Mul(w[reachWords.position(entry.Reach)], num.Int(entry.Count))
		if err != nil {
			return finding{}, err
		}
		sum, err = num.Add(sum, points)
		if err != nil {
			return finding{}, err
		}
	}
	found, err := k.quotient(sum, decimal.One, nil)
	if c.trace != nil {
		c.trace.begin()
		c.trace.innovations(held{c.in, c.prefix})
		found.operands = c.trace.end()
	}
	return found, err
}

// tasksWay gives the points of the last step that begins at or below the number of tasks.
type tasksWay struct{ steps []TaskStep }

func (w tasksWay) compute(c *computation, k *component) (finding, error) {
	if c.in.Tasks == nil {
		return finding{}, nil
	}
	points := num.Int(0)
	for i := range w.steps {
		if w.steps[i].From <= c.in.Tasks.Count {
			points = w.steps[i].Points
		}
	}
	return k.quotient(points, decimal.One, c.list(idTasks))
}
