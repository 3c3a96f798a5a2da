package domain

import (
	"errors"
	"strconv"
	"strings"

	"github.com/govalues/decimal"
)

// ErrInvalidTrace reports a trace whose inputs no computation could have recorded.
var ErrInvalidTrace = errors.New("the trace is not valid")

// Replay repeats the computation of a trace, reading nothing but its inputs as they are shown. With the pack of the trace
// it gives the result that the trace came from. It returns ErrInvalidTrace when an input cannot be read.
func Replay(p *Pack, shown []TraceInput) (Result, error) {
	in, err := facts(shown)
	if err != nil {
		return Result{}, err
	}
	return Compute(p, in)
}

// facts rebuilds the input from what a trace shows of it, or returns ErrInvalidTrace.
func facts(shown []TraceInput) (Input, error) {
	var (
		in     Input
		r      reader
		prefix string
	)
	for i, recorded := range shown {
		before, id := cutSegment(recorded.ID)
		if i == 0 || before != prefix {
			if len(in.Segments) == maxSegments {
				r.ps.add(recorded.ID, "lebih dari %d penugasan", maxSegments)
				break
			}
			in.Segments, prefix, r.weighed = append(in.Segments, Segment{}), before, ""
		}
		recorded.ID = id
		r.in, r.ps.prefix = &in.Segments[len(in.Segments)-1], before
		r.read(recorded)
	}
	return in, r.ps.err(ErrInvalidTrace)
}

// reader fills a segment from records, in their order.
type reader struct {
	in *Segment
	ps problems
	// weight is that of the result whose indicators begin with weighed; the latter is empty before the first.
	weight  decimal.Decimal
	weighed string
}

// read reads a record by how its id begins.
func (r *reader) read(t TraceInput) {
	switch {
	case strings.HasPrefix(t.ID, resultsPrefix):
		r.indicator(t)
	case strings.HasPrefix(t.ID, idSurveySum):
		element := SurveyElement(strings.TrimPrefix(t.ID, idSurveySum))
		survey := known(&r.in.Survey, func(s *Survey) { s.Source = t.Source })
		survey.Sums = append(survey.Sums, ElementSum{element, r.number(t)})
	case strings.HasPrefix(t.ID, idPanels):
		r.panel(t)
	case strings.HasPrefix(t.ID, idContributions):
		r.contribution(t)
	case strings.HasPrefix(t.ID, idInnovations):
		reach := Reach(strings.TrimPrefix(t.ID, idInnovations))
		innovations := known(&r.in.Innovations, func(i *Innovations) { i.Source = t.Source })
		innovations.Counts = append(innovations.Counts, InnovationCount{reach, r.number(t)})
	default:
		r.planFact(t)
	}
}

// planFact reads a record of what the plan says of the person.
func (r *reader) planFact(t TraceInput) {
	plan := &r.in.Plan
	switch t.ID {
	case idUnit:
		plan.Unit, plan.Source = t.Value, t.Source
	case idMonths:
		plan.Months = r.number(t)
	case idUnitHead:
		plan.UnitHead = t.Value == strconv.FormatBool(true)
	case IDFunctionalLevel:
		plan.FunctionalLevel = FunctionalLevel(t.Value)
	case idPosition:
		plan.Position = PositionKind(t.Value)
	case idFamily:
		plan.Family = JobFamily(t.Value)
	case idUnitKind:
		plan.UnitKind = UnitKind(t.Value)
	default:
		r.fact(t)
	}
}

// fact reads any other record whose id is fixed.
func (r *reader) fact(t TraceInput) {
	switch t.ID {
	case idResultRating:
		r.rating(t).Result = Expectation(t.Value)
	case idBehaviorRating:
		r.rating(t).Behavior = Expectation(t.Value)
	case idBehaviorValue:
		r.in.Behavior = &Behavior{Value: r.decimal(t), Source: t.Source}
	case idOrganization:
		r.in.Organization = &Organization{Level: OrganizationLevel(t.Value), Source: t.Source}
	case idPresentDays:
		r.attendance(t).PresentDays = r.number(t)
	case idWorkingDays:
		r.attendance(t).WorkingDays = r.number(t)
	case idLateMinutes:
		r.attendance(t).LateMinutes = r.number(t)
	case idSurveyCount:
		known(&r.in.Survey, func(s *Survey) { s.Source = t.Source }).Responses = r.number(t)
	case idTasks:
		r.in.Tasks = &Tasks{Count: r.number(t), Source: t.Source}
	case idPriorValue:
		r.in.Prior = &Prior{Value: r.decimal(t), Source: t.Source}
	default:
		r.ps.add(t.ID, "bukan masukan perhitungan")
	}
}

// known returns what is pointed at; the first time, it makes it and lets begin fill it.
func known[T any](at **T, begin func(*T)) *T {
	if *at == nil {
		*at = new(T)
		begin(*at)
	}
	return *at
}

func (r *reader) rating(t TraceInput) *Rating {
	return known(&r.in.Rating, func(rating *Rating) { rating.Source = t.Source })
}

func (r *reader) attendance(t TraceInput) *Attendance {
	return known(&r.in.Attendance, func(a *Attendance) { a.Source = t.Source })
}

// panel reads a record of one field of the answers of a group. The first field of a group adds it.
func (r *reader) panel(t TraceInput) {
	group, field, _ := strings.Cut(strings.TrimPrefix(t.ID, idPanels), "/")
	last := len(r.in.Panels) - 1
	if last < 0 || r.in.Panels[last].Group != Group(group) {
		r.in.Panels = append(r.in.Panels, Panel{Group: Group(group)})
		last++
	}
	panel := &r.in.Panels[last]
	switch "/" + field {
	case fieldCount:
		panel.Count = r.number(t)
	case fieldQuestions:
		panel.Questions = r.number(t)
	case fieldSum:
		panel.Sum = r.number(t)
	default:
		r.ps.add(t.ID, "bukan bagian jawaban penilai")
	}
}

// contribution reads a record of one field of a contribution. The goal, which comes first, adds it.
func (r *reader) contribution(t TraceInput) {
	_, field, _ := strings.Cut(strings.TrimPrefix(t.ID, idContributions), "/")
	if "/"+field == fieldGoal {
		r.in.Contributions = append(r.in.Contributions, Contribution{Goal: t.Value, Source: t.Source})
		return
	}
	last := len(r.in.Contributions) - 1
	if last < 0 {
		r.ps.add(t.ID, "tujuannya tidak disebut lebih dahulu")
		return
	}
	goal := &r.in.Contributions[last]
	switch "/" + field {
	case FieldDescription:
		goal.Description = t.Value
	case fieldShare:
		goal.Share = r.decimal(t)
	case fieldAchievement:
		goal.Achievement = r.decimal(t)
	default:
		r.ps.add(t.ID, "bukan bagian kontribusi")
	}
}

func (r *reader) number(t TraceInput) int64 {
	n, err := strconv.ParseInt(t.Value, 10, 64)
	if err != nil {
		r.ps.add(t.ID, "bukan bilangan bulat")
	}
	return n
}

func (r *reader) decimal(t TraceInput) decimal.Decimal {
	d, err := decimal.Parse(t.Value)
	if err != nil {
		r.ps.add(t.ID, "bukan bilangan")
	}
	return d
}
