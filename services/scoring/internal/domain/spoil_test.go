package domain_test

import (
	"math"
	"slices"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
)

// spoil makes a fact one that no service of the suite records.
type spoil struct {
	// names begins the ID of what is refused then; empty when the fact is left out instead.
	names string
	do    func(b *stream, s *domain.Segment)
}

// spoiled spoils the facts of the last segment: each byte that is not used yet chooses a way, which uses those after it.
func spoiled(in *domain.Input, content []byte) {
	b := &stream{rest: content}
	for len(b.rest) > 0 {
		spoils[b.next()%len(spoils)].do(b, &in.Segments[len(in.Segments)-1])
		if b.next() == math.MaxUint8 {
			in.Segments = slices.Repeat(in.Segments, 1+b.next()%13)
		}
	}
}

// stream makes facts of bytes; when they are used up, all is as wrong as the first of what it may be.
type stream struct{ rest []byte }

func (b *stream) next() int {
	if len(b.rest) == 0 {
		return 0
	}
	n := b.rest[0]
	b.rest = b.rest[1:]
	return int(n)
}

func chosen[T any](b *stream, of ...T) T { return of[b.next()%len(of)] }

func (b *stream) number() int64 {
	return chosen(b, -1, math.MinInt64, math.MaxInt64, 1_000_000_001, 1_000_000_000, 0, 1, int64(b.next()))
}

func (b *stream) amount() decimal.Decimal {
	return chosen(b, decimal.MustParse("-1"), decimal.MustParse("1000000000000"), decimal.MustParse("0.00001"),
		decimal.MustNew(math.MaxInt64, 0), decimal.MustNew(math.MinInt64, 19), decimal.MustParse("999999999999.9999"),
		decimal.MustParse("0.0001"), decimal.MustNew(int64(b.next()), b.next()%5))
}

func code[T ~string](b *stream) T {
	return T(chosen(b, "unknown", " ", "\x00", "above", "good", "peers", "range", string(b.rest[:min(len(b.rest), 3)])))
}

// indicator returns one of the plan, which gets one when it has none.
func (b *stream) indicator(s *domain.Segment) *domain.Indicator {
	if len(s.Plan.Indicators) == 0 {
		s.Plan.Indicators = []domain.Indicator{{ID: "results/r1/indicators/i1", Formula: domain.FormulaNormal, Source: domain.SourceReported}}
	}
	return &s.Plan.Indicators[b.next()%len(s.Plan.Indicators)]
}

// panel returns answers of peers, which are there then.
func (b *stream) panel(s *domain.Segment) *domain.Panel {
	if len(s.Panels) == 0 {
		s.Panels = []domain.Panel{{Group: domain.GroupPeers, Count: 4, Questions: 7, Sum: 91}}
	}
	return &s.Panels[b.next()%len(s.Panels)]
}

// survey returns a survey of the shipped instrument, which is there then.
func (b *stream) survey(s *domain.Segment) *domain.Survey {
	s.Survey = &domain.Survey{Responses: 1}
	for _, element := range domaintest.Elements {
		s.Survey.Sums = append(s.Survey.Sums, domain.ElementSum{Element: element, Sum: 4})
	}
	return s.Survey
}

// spoils are the ways, by the facts in the order of a segment.
var spoils = []spoil{
	{"plan.months", func(b *stream, s *domain.Segment) { s.Plan.Months = b.number() }},
	{"position.functional_level", func(b *stream, s *domain.Segment) { s.Plan.FunctionalLevel = code[domain.FunctionalLevel](b) }},
	{"plan/position", func(b *stream, s *domain.Segment) { s.Plan.Position = code[domain.PositionKind](b) }},
	{"plan/family", func(b *stream, s *domain.Segment) { s.Plan.Family = code[domain.JobFamily](b) }},
	{"plan/unit_kind", func(b *stream, s *domain.Segment) { s.Plan.UnitKind = code[domain.UnitKind](b) }},
	{"unknown", func(b *stream, s *domain.Segment) { b.indicator(s).ID = code[string](b) }},
	{"results/", func(b *stream, s *domain.Segment) { s.Plan.Indicators = append(s.Plan.Indicators, *b.indicator(s)) }},
	{"results/", func(b *stream, s *domain.Segment) { b.indicator(s).Work = code[domain.Work](b) }},
	{"results/", func(b *stream, s *domain.Segment) { b.indicator(s).Aspect = code[domain.Aspect](b) }},
	{"results/", func(b *stream, s *domain.Segment) { b.indicator(s).Level = code[domain.Level](b) }},
	{"results/", func(b *stream, s *domain.Segment) { b.indicator(s).Formula = code[domain.Formula](b) }},
	{"results/", func(b *stream, s *domain.Segment) { b.indicator(s).Source = code[domain.Source](b) }},
	{"results/", func(b *stream, s *domain.Segment) { b.indicator(s).Target = b.amount() }},
	{"results/", func(b *stream, s *domain.Segment) {
		i := b.indicator(s)
		i.Formula, i.Low, i.High = domain.FormulaRangeLowerIsBetter, b.amount(), b.amount()
	}},
	{"results/", func(b *stream, s *domain.Segment) { b.indicator(s).Weight = b.amount() }},
	{"results/", func(b *stream, s *domain.Segment) {
		s.Realisations = append(s.Realisations, domain.Realisation{Indicator: b.indicator(s).ID, Value: b.amount()})
	}},
	{"results/r9", func(b *stream, s *domain.Segment) {
		r := domain.Realisation{Indicator: "results/r9/indicators/i9", Value: chosen(b, decimal.One, b.amount())}
		s.Realisations = append(s.Realisations, r, r)
	}},
	{"rating.result", func(b *stream, s *domain.Segment) {
		s.Rating = &domain.Rating{Result: code[domain.Expectation](b), Behavior: "meets"}
	}},
	{"rating.behavior", func(b *stream, s *domain.Segment) {
		s.Rating = &domain.Rating{Result: "meets", Behavior: code[domain.Expectation](b)}
	}},
	{"organization.level", func(b *stream, s *domain.Segment) {
		s.Organization = &domain.Organization{Level: code[domain.OrganizationLevel](b)}
	}},
	{"behavior/value", func(b *stream, s *domain.Segment) { s.Behavior = &domain.Behavior{Value: b.amount()} }},
	{"prior/value", func(b *stream, s *domain.Segment) { s.Prior = &domain.Prior{Value: b.amount()} }},
	{"attendance", func(b *stream, s *domain.Segment) { s.Attendance = &domain.Attendance{WorkingDays: b.number()} }},
	{"attendance", func(b *stream, s *domain.Segment) {
		s.Attendance = &domain.Attendance{WorkingDays: 20, PresentDays: b.number()}
	}},
	{"attendance", func(b *stream, s *domain.Segment) {
		s.Attendance = &domain.Attendance{WorkingDays: 20, PresentDays: 20, LateMinutes: b.number()}
	}},
	{"panels/unknown", func(b *stream, s *domain.Segment) { b.panel(s).Group = code[domain.Group](b) }},
	{"panels/", func(b *stream, s *domain.Segment) { s.Panels = append(s.Panels, *b.panel(s)) }},
	{"", func(b *stream, s *domain.Segment) { b.panel(s).Count = b.number() }}, // too few are as none
	{"panels/", func(b *stream, s *domain.Segment) { b.panel(s).Questions = b.number() }},
	{"panels/", func(b *stream, s *domain.Segment) { b.panel(s).Sum = b.number() }},
	{"", func(b *stream, s *domain.Segment) { b.survey(s).Responses = b.number() }}, // too few are as none
	{"survey", func(b *stream, s *domain.Segment) {
		b.survey(s).Sums[b.next()%len(domaintest.Elements)].Sum = b.number()
	}},
	{"survey", func(b *stream, s *domain.Segment) {
		b.survey(s).Sums[b.next()%len(domaintest.Elements)].Element = code[domain.SurveyElement](b)
	}},
	{"survey", func(b *stream, s *domain.Segment) {
		b.survey(s).Sums = s.Survey.Sums[:b.next()%len(domaintest.Elements)]
	}},
	{"contributions", func(b *stream, s *domain.Segment) {
		s.Contributions = append(s.Contributions, domain.Contribution{Goal: "g", Share: b.amount(), Achievement: decimal.One})
	}},
	{"contributions", func(b *stream, s *domain.Segment) {
		s.Contributions = append(s.Contributions, domain.Contribution{Goal: "g", Share: decimal.One, Achievement: b.amount()})
	}},
	{"contributions", func(b *stream, s *domain.Segment) {
		goal := domain.Contribution{Goal: chosen(b, "", code[string](b)), Share: decimal.One}
		s.Contributions = append(s.Contributions, slices.Repeat([]domain.Contribution{goal}, 1+b.next())...)
	}},
	{"innovations/unit", func(b *stream, s *domain.Segment) {
		s.Innovations = &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachUnit, Count: b.number()}}}
	}},
	{"innovations/unknown", func(b *stream, s *domain.Segment) {
		count := domain.InnovationCount{Reach: code[domain.Reach](b), Count: 1}
		s.Innovations = &domain.Innovations{Counts: []domain.InnovationCount{count, count}}
	}},
	{"tasks", func(b *stream, s *domain.Segment) { s.Tasks = &domain.Tasks{Count: b.number()} }},
}
