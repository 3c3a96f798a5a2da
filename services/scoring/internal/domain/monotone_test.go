package domain_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// TestCompute_better_facts_never_lower_a_number improves one fact at a time, with every rule pack that the suite ships:
// no component, no value and no predicate becomes worse. What PP 46/2011 wants to be saved is not saved beyond its limit,
// from where on more of it is worth less.
func TestCompute_better_facts_never_lower_a_number(t *testing.T) {
	t.Parallel()
	eachPack(t, 23, func(t *testing.T, p *domain.Pack, r *rand.Rand) {
		improved := 0
		for range rounds {
			in := domaintest.Input(r, p)
			after, what := better(r, p, in)
			if what == "" {
				continue
			}
			improved++
			neverLower(t, what, compute(t, p, in), compute(t, p, after))
		}
		if improved < rounds/3 {
			t.Fatalf("only %d facts were improved", improved)
		}
	})
}

// TestCompute_every_half_percent_more_is_worth_no_less climbs from 0 to 125 percent of a target, whether or not it can be
// exceeded.
func TestCompute_every_half_percent_more_is_worth_no_less(t *testing.T) {
	t.Parallel()
	eachPack(t, 31, func(t *testing.T, p *domain.Pack, _ *rand.Rand) {
		for _, position := range []domain.PositionKind{domain.PositionLeadership, domain.PositionFunctional} {
			for _, option := range []string{"", " attainable"} {
				var before domain.Result
				for half := range int64(251) {
					realised := decimal.MustNew(5*half, 1).String()
					s := planned("r1 - 100 "+realised+option, "r2 - 100 "+realised+" additional weight=1"+option)
					s.Plan.Position, s.Behavior = position, &domain.Behavior{Value: num.Int(100)}
					after := compute(t, p, one(s))
					neverLower(t, realised+option, before, after)
					before = after
				}
			}
		}
	})
}

// better returns the input with one fact of one segment improved, and which; "" when the fact is not there.
func better(r *rand.Rand, p *domain.Pack, in domain.Input) (domain.Input, string) {
	in.Segments = slices.Clone(in.Segments)
	s := &in.Segments[r.IntN(len(in.Segments))]
	switch n := r.IntN(7); {
	case n < 2 && len(s.Realisations) > 0:
		return in, betterRealisation(r, p, s)
	case n == 2 && s.Survey != nil && s.Survey.Responses > 0 && !slices.ContainsFunc(s.Plan.Indicators, wantsLess):
		sums := slices.Clone(s.Survey.Sums)
		sum := &sums[r.IntN(len(sums))].Sum
		*sum = min(4*s.Survey.Responses, *sum+1+r.Int64N(20))
		s.Survey = &domain.Survey{Source: s.Survey.Source, Responses: s.Survey.Responses, Sums: sums}
		return in, "a survey"
	case n == 3 && len(s.Panels) > 0:
		return in, betterPanel(r, p, s)
	case n == 4 && s.Attendance != nil:
		a := *s.Attendance
		a.PresentDays, a.LateMinutes = min(a.WorkingDays, a.PresentDays+1), max(0, a.LateMinutes-r.Int64N(500))
		s.Attendance = &a
		return in, "attendance"
	case n == 5 && s.Rating != nil:
		s.Rating = &domain.Rating{Result: domain.ExpectationAbove, Behavior: domain.ExpectationAbove, Source: s.Rating.Source}
		return in, "ratings"
	case n == 6 && s.Prior != nil:
		value, err := num.Add(s.Prior.Value, num.Int(1+r.Int64N(20)))
		if err != nil {
			return in, ""
		}
		s.Prior = &domain.Prior{Value: value, Source: s.Prior.Source}
		return in, "prior"
	case s.Behavior != nil:
		value, err := num.Add(s.Behavior.Value, num.Int(1+r.Int64N(20)))
		if err != nil {
			return in, ""
		}
		s.Behavior = &domain.Behavior{Value: value, Source: s.Behavior.Source}
		return in, "behavior"
	}
	return in, ""
}

// wantsLess finds indicators whose achievement falls with the index of the unit.
func wantsLess(i domain.Indicator) bool {
	return i.Source == domain.SourceSurveyIndex && i.Formula.Falls()
}

// betterRealisation raises a realisation, or lowers one that is better the lower it is.
func betterRealisation(r *rand.Rand, p *domain.Pack, s *domain.Segment) string {
	s.Realisations = slices.Clone(s.Realisations)
	reported := &s.Realisations[r.IntN(len(s.Realisations))]
	i := s.Plan.Indicators[slices.IndexFunc(s.Plan.Indicators, func(i domain.Indicator) bool { return i.ID == reported.Indicator })]
	if i.Formula.Falls() {
		less := decimal.MustNew(int64(reported.Value.Coef())/(1+r.Int64N(5)), reported.Value.Scale())
		least := saved(p, i)
		if reported.Value.Cmp(least) < 0 {
			return ""
		}
		reported.Value = less.Max(least)
		return "the realisation of " + i.ID
	}
	more, err := num.Add(reported.Value, domaintest.Amount(r, 0))
	if err != nil {
		return ""
	}
	reported.Value = more
	return "the realisation of " + i.ID
}

// saved returns the value below which less of an indicator is not better.
func saved(p *domain.Pack, i domain.Indicator) decimal.Decimal {
	terms := p.Definition().Achievement.Efficiency
	if !terms.Has(&i) {
		return decimal.Zero
	}
	target := i.Target
	if i.Formula == domain.FormulaRangeLowerIsBetter {
		target = i.Low
	}
	rest, err := decimal.Hundred.Sub(terms.Limit)
	if err != nil {
		panic(err)
	}
	hundredth, err := rest.Mul(decimal.MustParse("0.01"))
	if err != nil {
		panic(err)
	}
	least, err := target.Mul(hundredth)
	if err != nil {
		panic(err)
	}
	return least.Ceil(4)
}

// betterPanel raises the answers of a group.
func betterPanel(r *rand.Rand, p *domain.Pack, s *domain.Segment) string {
	s.Panels = slices.Clone(s.Panels)
	panel := &s.Panels[r.IntN(len(s.Panels))]
	for _, k := range p.Definition().Components {
		if k.Panel != nil && k.Panel.Group == panel.Group {
			panel.Sum = min(panel.Count*panel.Questions*k.Panel.AnswerMax, panel.Sum+1+r.Int64N(9))
		}
	}
	return "the panel of " + string(panel.Group)
}

// neverLower demands that every number that both results have is at least as good after as before.
func neverLower(t *testing.T, what string, before, after domain.Result) {
	t.Helper()
	was := map[string]string{}
	for _, step := range before.Trace.Steps {
		was[step.ID] = step.Result
	}
	for _, step := range after.Trace.Steps {
		old, ok := was[step.ID]
		number := strings.Contains(step.ID, "components/") || step.ID == "value" || step.ID == "achievement" || strings.HasSuffix(step.ID, "/achievement")
		if ok && number && !strings.HasSuffix(step.ID, "/variant") && decimal.MustParse(step.Result).Cmp(decimal.MustParse(old)) < 0 {
			t.Fatalf("better %s lowered %s from %s to %s", what, step.ID, old, step.Result)
		}
	}
	order := []domain.Predicate{domain.PredicateVeryGood, domain.PredicateGood, domain.PredicateNeedsImprovement, domain.PredicatePoor, domain.PredicateVeryPoor}
	if before.Predicate != "" && slices.Index(order, after.Predicate) > slices.Index(order, before.Predicate) {
		t.Fatalf("better %s made %s of %s", what, after.Predicate, before.Predicate)
	}
}

// TestCompute_only_the_proportion_of_weights_counts doubles or halves every weight of every rule pack.
func TestCompute_only_the_proportion_of_weights_counts(t *testing.T) {
	t.Parallel()
	eachPack(t, 25, func(t *testing.T, p *domain.Pack, r *rand.Rand) {
		for _, factor := range []string{"2", "0.5"} {
			other, err := domain.NewPack(reweighted(t, p.Definition(), dec(factor)), p.Hash())
			if err != nil {
				t.Fatal(err)
			}
			for range fewRounds {
				in := domaintest.Input(r, p)
				same(t, "other weights of the same proportion changed the result", compute(t, p, in), compute(t, other, in))
			}
		}
	})
}

// reweighted returns the definition with all weights times the factor.
func reweighted(t *testing.T, d domain.Definition, factor decimal.Decimal) domain.Definition {
	t.Helper()
	times := func(weights []domain.Weight) []domain.Weight {
		weights = slices.Clone(weights)
		for i := range weights {
			product, err := num.Mul(weights[i].Weight, factor)
			if err != nil {
				t.Fatal(err)
			}
			weights[i].Weight = product
		}
		return weights
	}
	d.Components = slices.Clone(d.Components)
	for i := range d.Components {
		if d.Components[i].Weighted == nil {
			continue
		}
		way := *d.Components[i].Weighted
		way.Of, way.Variants = times(way.Of), slices.Clone(way.Variants)
		for v := range way.Variants {
			way.Variants[v].Of = times(way.Variants[v].Of)
		}
		d.Components[i].Weighted = &way
	}
	return d
}

// TestCompute_doubling_every_indicator_changes_no_mean gives each indicator a twin with the same target and realisation.
func TestCompute_doubling_every_indicator_changes_no_mean(t *testing.T) {
	t.Parallel()
	for _, combine := range []domain.Combine{domain.CombineMean, domain.CombineResults, domain.CombineWeakest} {
		t.Run(string(combine), func(t *testing.T) {
			t.Parallel()
			p, r := small(t, nil, mean("k", domain.IndicatorsWay{Combine: combine})), rand.New(rand.NewPCG(27, 28))
			for range fewRounds {
				s := domaintest.Segment(r, p, 12)
				before, after := compute(t, p, one(s)), compute(t, p, one(doubled(s)))
				if before.Predicate != after.Predicate || last(before) != last(after) {
					t.Fatalf("the mean was %s and became %s", last(before), last(after))
				}
			}
		})
	}
}

// last returns the number of component k, and "" without one.
func last(result domain.Result) string {
	for _, step := range result.Trace.Steps {
		if step.ID == "components/k" {
			return step.Result
		}
	}
	return ""
}

// doubled returns the segment with a twin of every indicator after it.
func doubled(s domain.Segment) domain.Segment {
	d := s
	d.Plan.Indicators, d.Realisations = nil, nil
	for n, i := range s.Plan.Indicators {
		twin := i
		twin.ID += "twin" + strconv.Itoa(n)
		d.Plan.Indicators = append(d.Plan.Indicators, i, twin)
		for _, realised := range s.Realisations {
			if realised.Indicator == i.ID {
				other := realised
				other.Indicator = twin.ID
				d.Realisations = append(d.Realisations, realised, other)
			}
		}
	}
	return d
}

// TestCompute_a_year_in_parts_is_a_year: whoever is transferred without any change of facts has the same value,
// achievement, predicate and suggestion.
func TestCompute_a_year_in_parts_is_a_year(t *testing.T) {
	t.Parallel()
	eachPack(t, 29, func(t *testing.T, p *domain.Pack, r *rand.Rand) {
		for range fewRounds {
			s := domaintest.Segment(r, p, 12)
			whole := compute(t, p, one(s))
			months := 1 + r.Int64N(11)
			first, second := s, s
			first.Plan.Months, second.Plan.Months = months, 12-months
			parts := compute(t, p, domain.Input{Segments: []domain.Segment{first, second}})
			if whole.State != parts.State || whole.Value != parts.Value || whole.Achievement != parts.Achievement ||
				whole.Predicate != parts.Predicate || whole.Suggestion != parts.Suggestion {
				t.Fatalf("%d and %d months give %s %s %s %s, twelve %s %s %s %s", months, 12-months, parts.State, parts.Value, parts.Achievement,
					parts.Predicate, whole.State, whole.Value, whole.Achievement, whole.Predicate)
			}
		}
	})
}
