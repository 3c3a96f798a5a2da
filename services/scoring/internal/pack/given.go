package pack

import (
	"fmt"
	"strconv"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

const (
	// fullYear is the length of a plan whose example does not say.
	fullYear = 12
	// firstResult is the result of an indicator whose example does not say.
	firstResult = "r1"
)

// Given is the facts of an example: those of one plan, or segments of several.
type Given struct {
	Segment `yaml:",inline"`
	// Segments are the plans of somebody who was transferred, in the order of time.
	Segments []Segment `yaml:"segments"`
}

// Segment is the facts while one plan held. A plan of 12 months is meant unless Months is given.
type Segment struct {
	Position        domain.PositionKind      `yaml:"position"`
	Family          domain.JobFamily         `yaml:"family"`
	UnitKind        domain.UnitKind          `yaml:"unit_kind"`
	UnitHead        bool                     `yaml:"unit_head"`
	FunctionalLevel domain.FunctionalLevel   `yaml:"functional_level"`
	Months          int64                    `yaml:"months"`
	Indicators      []Indicator              `yaml:"indicators"`
	Rating          *Rating                  `yaml:"rating"`
	Behavior        *decimal.Decimal         `yaml:"behavior"`
	Organization    domain.OrganizationLevel `yaml:"organization"`
	Survey          *Survey                  `yaml:"survey"`
	Panels          []Panel                  `yaml:"panels"`
	Attendance      *Attendance              `yaml:"attendance"`
	Contributions   []Contribution           `yaml:"contributions"`
	// Innovations are known to be none when they are given and empty.
	Innovations map[domain.Reach]int64 `yaml:"innovations"`
	Tasks       *int64                 `yaml:"tasks"`
	Prior       *decimal.Decimal       `yaml:"prior"`
}

// Indicator is an indicator with its realisation, in one line. Its path is results/{result}/indicators/i1, i2 and so on,
// counted through the whole plan.
type Indicator struct {
	Result      string           `yaml:"result"`
	Description string           `yaml:"description"`
	Unit        string           `yaml:"unit"`
	Work        domain.Work      `yaml:"work"`
	Aspect      domain.Aspect    `yaml:"aspect"`
	Level       domain.Level     `yaml:"level"`
	Attainable  bool             `yaml:"attainable"`
	Weight      decimal.Decimal  `yaml:"weight"`
	Formula     domain.Formula   `yaml:"formula"`
	Target      decimal.Decimal  `yaml:"target"`
	Low         decimal.Decimal  `yaml:"low"`
	High        decimal.Decimal  `yaml:"high"`
	Source      domain.Source    `yaml:"source"`
	Realisation *decimal.Decimal `yaml:"realisation"`
}

// Rating is the two ratings.
type Rating struct {
	Result   domain.Expectation `yaml:"result"`
	Behavior domain.Expectation `yaml:"behavior"`
}

// Survey is a survey with the sum of each element in the order of the pack.
type Survey struct {
	Responses int64   `yaml:"responses"`
	Sums      []int64 `yaml:"sums"`
}

// Panel is what a group of raters answered, one question each unless Questions is given.
type Panel struct {
	Group     domain.Group `yaml:"group"`
	Count     int64        `yaml:"count"`
	Questions int64        `yaml:"questions"`
	Sum       int64        `yaml:"sum"`
}

// Attendance is days present of working days.
type Attendance struct {
	WorkingDays int64 `yaml:"working_days"`
	PresentDays int64 `yaml:"present_days"`
	LateMinutes int64 `yaml:"late_minutes"`
}

// Contribution is a share in a goal; without a name the goals are goals/g1, g2 and so on.
type Contribution struct {
	Goal        string          `yaml:"goal"`
	Description string          `yaml:"description"`
	Share       decimal.Decimal `yaml:"share"`
	Achievement decimal.Decimal `yaml:"achievement"`
}

// Input makes the facts of an example complete, with names where the trace wants them.
func (g Given) Input(p *domain.Pack) domain.Input {
	given := g.Segments
	if len(given) == 0 {
		given = []Segment{g.Segment}
	}
	in := domain.Input{Segments: make([]domain.Segment, len(given))}
	for i, segment := range given {
		in.Segments[i] = segment.facts(p)
	}
	return in
}

func (g Segment) facts(p *domain.Pack) domain.Segment {
	s := domain.Segment{Plan: domain.Plan{
		Source: "plans/contoh", Unit: "units/contoh", UnitKind: g.UnitKind, UnitHead: g.UnitHead, Position: g.Position,
		Family: g.Family, FunctionalLevel: g.FunctionalLevel, Months: orElse(g.Months, fullYear),
	}}
	for i, indicator := range g.Indicators {
		indicator.add(&s, i+1)
	}
	if g.Rating != nil {
		s.Rating = &domain.Rating{Result: g.Rating.Result, Behavior: g.Rating.Behavior, Source: "ratings/contoh"}
	}
	if g.Behavior != nil {
		s.Behavior = &domain.Behavior{Value: *g.Behavior, Source: "behaviors/contoh"}
	}
	if g.Organization != "" {
		s.Organization = &domain.Organization{Level: g.Organization, Source: "organizationRatings/contoh"}
	}
	for _, panel := range g.Panels {
		s.Panels = append(s.Panels, domain.Panel{
			Group: panel.Group, Count: panel.Count, Questions: orElse(panel.Questions, 1), Sum: panel.Sum,
		})
	}
	if g.Attendance != nil {
		s.Attendance = &domain.Attendance{
			WorkingDays: g.Attendance.WorkingDays, PresentDays: g.Attendance.PresentDays, LateMinutes: g.Attendance.LateMinutes,
			Source: "attendances/contoh",
		}
	}
	if g.Survey != nil {
		s.Survey = g.Survey.survey(p)
	}
	g.extras(&s)
	return s
}

// extras adds what only some packs read.
func (g Segment) extras(s *domain.Segment) {
	for i, c := range g.Contributions {
		s.Contributions = append(s.Contributions, domain.Contribution{
			Goal: orElse(c.Goal, "goals/g"+strconv.Itoa(i+1)), Description: orElse(c.Description, "sasaran "+strconv.Itoa(i+1)),
			Share: c.Share, Achievement: c.Achievement, Source: "contributions/contoh",
		})
	}
	if g.Innovations != nil {
		s.Innovations = &domain.Innovations{Source: "innovations/contoh"}
		for _, term := range reaches() {
			count, ok := g.Innovations[term]
			if ok {
				s.Innovations.Counts = append(s.Innovations.Counts, domain.InnovationCount{Reach: term, Count: count})
			}
		}
	}
	if g.Tasks != nil {
		s.Tasks = &domain.Tasks{Count: *g.Tasks, Source: "tasks/contoh"}
	}
	if g.Prior != nil {
		s.Prior = &domain.Prior{Value: *g.Prior, Source: "scores/contoh/revisions/1"}
	}
}

func reaches() []domain.Reach {
	return []domain.Reach{domain.ReachUnit, domain.ReachAgency, domain.ReachNational}
}

// orElse returns what was given, and the usual value when nothing was.
func orElse[T comparable](given, usual T) T {
	var none T
	if given == none {
		return usual
	}
	return given
}

// add puts the indicator and its realisation into the facts.
func (i Indicator) add(s *domain.Segment, n int) {
	id := fmt.Sprintf("results/%s/indicators/i%d", orElse(i.Result, firstResult), n)
	s.Plan.Indicators = append(s.Plan.Indicators, domain.Indicator{
		ID: id, Description: i.Description, Unit: i.Unit, Work: i.Work, Aspect: i.Aspect, Level: i.Level, Attainable: i.Attainable,
		Weight: i.Weight, Formula: i.Formula, Target: i.Target, Low: i.Low, High: i.High, Source: orElse(i.Source, domain.SourceReported),
	})
	if i.Realisation != nil {
		s.Realisations = append(s.Realisations, domain.Realisation{
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
