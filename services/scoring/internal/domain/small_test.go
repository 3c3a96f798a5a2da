package domain_test

import (
	"cmp"
	"strconv"
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// small returns a pack of the given components. Whatever they come to is good work; change, unless nil, makes it another. What
// is missing is left out, and of the component that gives the predicate withholds it, unless the component says otherwise.
func small(t testing.TB, change func(d *domain.Definition), components ...domain.Component) *domain.Pack {
	t.Helper()
	for i := range components {
		k := &components[i]
		k.Label, k.Text, k.Basis = "Komponen "+k.ID, "cara "+k.ID, domain.BasisPolicy
		if k.Missing == domain.PolicyZero {
			k.MissingReason = "begitulah aturannya"
		}
	}
	d := domain.Definition{
		ID: "uji", Version: 1, DisplayName: "Paket uji", EffectiveFrom: "2024-01-01",
		LegalSources: []domain.LegalSource{{Key: "uji", Short: "Uji", Title: "Peraturan uji"}},
		Achievement:  domain.AchievementTerms{Missing: domain.PolicyExclude, MissingLabel: "Realisasi"},
		Components:   components,
		Predicate: domain.PredicateTerms{Bands: &domain.BandsTerms{
			Of: components[len(components)-1].ID, Bands: []domain.PredicateBand{{Predicate: domain.PredicateGood}},
		}},
		Segments: domain.SegmentTerms{Predicate: domain.SegmentLast},
	}
	if change != nil {
		change(&d)
	}
	for i := range d.Components {
		k := &d.Components[i]
		if k.Missing == "" && d.Predicate.Bands != nil && d.Predicate.Bands.Of == k.ID {
			k.Missing = domain.PolicyBlock
		}
		k.Missing = cmp.Or(k.Missing, domain.PolicyExclude)
	}
	if d.Rules == nil {
		d = domain.Ruled(d)
	}
	p, err := domain.NewPack(d, "hash")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// smallWhole is small for achievements in whole numbers, none below 0.
func smallWhole(t testing.TB, components ...domain.Component) *domain.Pack {
	t.Helper()
	return small(t, func(d *domain.Definition) {
		d.Achievement.Floor = ref("0")
		*d = domain.Ruled(*d)
		for i := range d.Rules {
			if strings.HasPrefix(d.Rules[i].ID, "achievement.") && d.Rules[i].Places != nil {
				d.Rules[i].Places = new(0)
			}
		}
	}, components...)
}

// bands makes a pack give the predicate by a component.
func bands(of string, given ...domain.PredicateBand) func(*domain.Definition) {
	return func(d *domain.Definition) { d.Predicate.Bands = &domain.BandsTerms{Of: of, Bands: given} }
}

// planned returns a segment of twelve months with the indicators of lines such as
// "r1 quantity 1200 1320", each a result, an aspect (or -), a target and a realisation (or -). Options follow: lower,
// additional, output, outcome, attainable, survey, weight=2, range=80-90, lower-range=7-8.
func planned(lines ...string) domain.Segment {
	s := domain.Segment{Plan: domain.Plan{Source: "plans/p", Unit: "u", Months: 12}}
	for n, line := range lines {
		words := strings.Fields(line)
		i := domain.Indicator{
			ID: "results/" + words[0] + "/indicators/i" + strconv.Itoa(n+1), Description: "Indikator " + strconv.Itoa(n+1), Unit: "satuan",
			Formula: domain.FormulaNormal, Source: domain.SourceReported,
		}
		if words[1] != "-" {
			i.Aspect = domain.Aspect(words[1])
		}
		if words[2] != "-" {
			i.Target = decimal.MustParse(words[2])
		}
		for _, option := range words[4:] {
			option, value, _ := strings.Cut(option, "=")
			with(&i, option, value)
		}
		s.Plan.Indicators = append(s.Plan.Indicators, i)
		if words[3] != "-" {
			s.Realisations = append(s.Realisations, domain.Realisation{
				Indicator: i.ID, Value: decimal.MustParse(words[3]), Source: "progressReports/" + strconv.Itoa(n),
			})
		}
	}
	return s
}

// with applies an option of a line to an indicator.
func with(i *domain.Indicator, option, value string) {
	switch option {
	case "lower":
		i.Formula = domain.FormulaLowerIsBetter
	case "additional":
		i.Work = domain.WorkAdditional
	case "output", "outcome":
		i.Level = domain.Level(option)
	case "attainable":
		i.Attainable = true
	case "survey":
		i.Source = domain.SourceSurveyIndex
	case "weight":
		i.Weight = decimal.MustParse(value)
	case "range", "lower-range":
		low, high, _ := strings.Cut(value, "-")
		i.Formula, i.Low, i.High = domain.FormulaRange, decimal.MustParse(low), decimal.MustParse(high)
		if option == "lower-range" {
			i.Formula = domain.FormulaRangeLowerIsBetter
		}
	default:
		panic("unknown option " + option)
	}
}

// steps returns the results of a computation by the ids of their steps.
func steps(t *testing.T, p *domain.Pack, segments ...domain.Segment) map[string]string {
	t.Helper()
	result := compute(t, p, domain.Input{Segments: segments})
	recorded(t, p, result)
	all := map[string]string{}
	for _, step := range result.Trace.Steps {
		all[step.ID] = step.Result
	}
	return all
}

// expect demands results of steps by their ids; an empty one demands that there is no such step.
func expect(t *testing.T, got map[string]string, want map[string]string) {
	t.Helper()
	for id, value := range want {
		if got[id] != value {
			t.Errorf("%s is %q, want %q", id, got[id], value)
		}
	}
}

// mean, rated and the like are components of tests, with four digits.
func mean(id string, way domain.IndicatorsWay) domain.Component {
	if way.Combine == "" {
		way.Combine = domain.CombineMean
	}
	return domain.Component{ID: id, Places: 4, Indicators: &way}
}

func behavior(id string) domain.Component {
	return domain.Component{ID: id, Places: 4, Behavior: &domain.BehaviorWay{}}
}

func tasks(id string) domain.Component {
	return domain.Component{ID: id, Places: 4, Tasks: &domain.TasksWay{Steps: []domain.TaskStep{{From: 1, Points: dec("1")}, {From: 4, Points: dec("2")}, {From: 7, Points: dec("3")}}}}
}

func sum(id string, of ...string) domain.Component {
	return domain.Component{ID: id, Places: 4, Sum: &domain.SumWay{Of: of}}
}

func weighted(id string, of ...domain.Weight) domain.Component {
	return domain.Component{ID: id, Places: 4, Weighted: &domain.WeightedWay{Of: of}}
}

func weight(component, weight string) domain.Weight {
	return domain.Weight{Component: component, Weight: dec(weight)}
}
