package domain

import (
	"errors"
	"strconv"
	"strings"

	"github.com/govalues/decimal"
)

// ErrInvalidTrace reports a trace whose inputs no computation could have recorded.
var ErrInvalidTrace = errors.New("the trace is not valid")

// Replay repeats the computation of a trace, reading nothing but its inputs. With the pack of the trace it gives the
// result that the trace came from. It returns ErrInvalidTrace when an input cannot be read.
func Replay(p *Pack, t Trace) (Result, error) {
	in, err := t.facts()
	if err != nil {
		return Result{}, err
	}
	return Compute(p, in)
}

// facts rebuilds the input from what the trace has recorded of it, or returns ErrInvalidTrace.
func (t *Trace) facts() (Input, error) {
	var r reader
	for _, recorded := range t.Inputs {
		r.read(recorded)
	}
	return r.in, r.ps.err(ErrInvalidTrace)
}

// reader fills an input from records, in their order.
type reader struct {
	in Input
	ps problems
}

func (r *reader) read(t TraceInput) {
	switch {
	case strings.HasPrefix(t.ID, resultsPrefix):
		r.indicator(t)
	case strings.HasPrefix(t.ID, idSurveySum):
		element := SurveyElement(strings.TrimPrefix(t.ID, idSurveySum))
		survey := r.survey(t)
		survey.Sums = append(survey.Sums, ElementSum{element, r.number(t)})
	default:
		r.fact(t)
	}
}

// fact reads a record whose id is fixed.
func (r *reader) fact(t TraceInput) {
	switch t.ID {
	case idUnit:
		r.in.Plan.Unit, r.in.Plan.Source = t.Value, t.Source
	case idMonths:
		r.in.Plan.Months = r.number(t)
	case idUnitHead:
		r.in.Plan.UnitHead = t.Value == strconv.FormatBool(true)
	case IDFunctionalLevel:
		r.in.Plan.FunctionalLevel = FunctionalLevel(t.Value)
	case idResultRating:
		r.rating(t).Result = Expectation(t.Value)
	case idBehaviorRating:
		r.rating(t).Behavior = Expectation(t.Value)
	case idOrganization:
		r.in.Organization = &Organization{Level: OrganizationLevel(t.Value), Source: t.Source}
	case idPeersCount:
		r.peers().Count = r.number(t)
	case idPeersSum:
		r.peers().Sum = r.number(t)
	case idPresentDays:
		r.attendance(t).PresentDays = r.number(t)
	case idWorkingDays:
		r.attendance(t).WorkingDays = r.number(t)
	case idSurveyCount:
		r.survey(t).Responses = r.number(t)
	default:
		r.ps.add(t.ID, "not an input")
	}
}

// indicator reads a record of one field of one indicator. The first field of an indicator adds it to the plan.
func (r *reader) indicator(t TraceInput) {
	id := IndicatorOf(t.ID)
	field := strings.TrimPrefix(t.ID, id)
	if field == FieldDescription {
		r.in.Plan.Indicators = append(r.in.Plan.Indicators, Indicator{ID: id, Description: t.Value})
		return
	}
	last := len(r.in.Plan.Indicators) - 1
	if last < 0 || r.in.Plan.Indicators[last].ID != id {
		r.ps.add(t.ID, "not preceded by its description")
		return
	}
	i := &r.in.Plan.Indicators[last]
	switch field {
	case FieldUnit:
		i.Unit = t.Value
	case fieldFormula:
		i.Formula = Formula(t.Value)
	case fieldSource:
		i.Source = Source(t.Value)
	case fieldTarget:
		i.Target = r.decimal(t)
	case fieldTargetLow:
		i.Low = r.decimal(t)
	case fieldTargetHigh:
		i.High = r.decimal(t)
	case fieldRealisation:
		r.in.Realisations = append(r.in.Realisations, Realisation{Indicator: id, Value: r.decimal(t), Source: t.Source})
	default:
		r.ps.add(t.ID, "not a field of an indicator")
	}
}

func (r *reader) rating(t TraceInput) *Rating {
	if r.in.Rating == nil {
		r.in.Rating = &Rating{Source: t.Source}
	}
	return r.in.Rating
}

func (r *reader) peers() *Peers {
	if r.in.Peers == nil {
		r.in.Peers = &Peers{}
	}
	return r.in.Peers
}

func (r *reader) attendance(t TraceInput) *Attendance {
	if r.in.Attendance == nil {
		r.in.Attendance = &Attendance{Source: t.Source}
	}
	return r.in.Attendance
}

func (r *reader) survey(t TraceInput) *Survey {
	if r.in.Survey == nil {
		r.in.Survey = &Survey{Source: t.Source}
	}
	return r.in.Survey
}

func (r *reader) number(t TraceInput) int64 {
	n, err := strconv.ParseInt(t.Value, 10, 64)
	if err != nil {
		r.ps.add(t.ID, "not a whole number")
	}
	return n
}

func (r *reader) decimal(t TraceInput) decimal.Decimal {
	d, err := decimal.Parse(t.Value)
	if err != nil {
		r.ps.add(t.ID, "not a number")
	}
	return d
}
