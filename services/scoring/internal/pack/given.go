package pack

import (
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// fullYear is the length of a plan whose example does not say.
const fullYear = 12

// input makes the facts of an example complete, with names where the trace wants them.
func (g Given) input(p *domain.Pack) domain.Input {
	in := domain.Input{Plan: domain.Plan{
		Source: "plans/contoh", Unit: "units/contoh", UnitHead: g.UnitHead,
		FunctionalLevel: g.FunctionalLevel, Months: fullYear,
	}}
	if g.Months != 0 {
		in.Plan.Months = g.Months
	}
	for i, indicator := range g.Indicators {
		indicator.add(&in, fmt.Sprintf("results/r1/indicators/i%d", i+1))
	}
	if g.Rating != nil {
		in.Rating = &domain.Rating{Result: g.Rating.Result, Behavior: g.Rating.Behavior, Source: "ratings/contoh"}
	}
	if g.Organization != "" {
		in.Organization = &domain.Organization{Level: g.Organization, Source: "organizationRatings/contoh"}
	}
	if g.Peers != nil {
		in.Peers = &domain.Peers{Count: g.Peers.Count, Sum: g.Peers.Sum}
	}
	if g.Attendance != nil {
		in.Attendance = &domain.Attendance{
			WorkingDays: g.Attendance.WorkingDays, PresentDays: g.Attendance.PresentDays, Source: "attendances/contoh",
		}
	}
	if g.Survey != nil {
		in.Survey = g.Survey.survey(p)
	}
	return in
}

// add puts the indicator and its realisation into the input.
func (i Indicator) add(in *domain.Input, id string) {
	source := i.Source
	if source == "" {
		source = domain.SourceReported
	}
	in.Plan.Indicators = append(in.Plan.Indicators, domain.Indicator{
		ID: id, Description: i.Description, Unit: i.Unit, Formula: i.Formula,
		Target: i.Target, Low: i.Low, High: i.High, Source: source,
	})
	if i.Realisation != nil {
		in.Realisations = append(in.Realisations, domain.Realisation{
			Indicator: id, Value: *i.Realisation, Source: "progressReports/contoh",
		})
	}
}

// survey names the sums by the elements of the pack; a sum too many stays without an element and is refused.
func (s *Survey) survey(p *domain.Pack) *domain.Survey {
	elements := p.Definition().Survey.Elements
	survey := &domain.Survey{Source: "surveys/contoh", Responses: s.Responses}
	for i, sum := range s.Sums {
		var element domain.SurveyElement
		if i < len(elements) {
			element = elements[i]
		}
		survey.Sums = append(survey.Sums, domain.ElementSum{Element: element, Sum: sum})
	}
	return survey
}
