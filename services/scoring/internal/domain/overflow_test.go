package domain_test

import (
	"errors"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// TestCompute_returns_overflow_as_an_error gives every calculation the largest facts: a number that does not fit is never
// taken for another.
func TestCompute_returns_overflow_as_an_error(t *testing.T) {
	t.Parallel()
	const (
		huge  = "r1 - 0.1 900000000000" // 900,000,000,000,000 percent, as much as fits with four digits
		other = "r2 - 0.1 900000000000"
	)
	cases := []struct {
		name  string
		pack  *domain.Pack
		given []domain.Segment
	}{
		{"an_achievement", small(t, nil, mean("k", domain.IndicatorsWay{})), parts(planned("r1 - 0.0001 999999999999.9999"))},
		{"one_that_is_lower_than_none", small(t, nil, mean("k", domain.IndicatorsWay{})), parts(planned("r1 - 0.0001 999999999999.9999 lower"))},
		{"the_sum_of_achievements", small(t, nil, mean("k", domain.IndicatorsWay{})), parts(planned(huge, other))},
		{"the_sum_of_a_result", small(t, nil, mean("k", domain.IndicatorsWay{Combine: domain.CombineResults})), parts(planned(huge, "r1 - 0.1 900000000000"))},
		{"the_sum_of_results", small(t, nil, mean("k", domain.IndicatorsWay{Combine: domain.CombineResults})), parts(planned(huge, other))},
		{"the_sum_of_the_weakest", small(t, nil, mean("k", domain.IndicatorsWay{Combine: domain.CombineWeakest})), parts(planned(huge, other))},
		{"the_digits_of_a_mean", small(t, nil, digits(mean("k", domain.IndicatorsWay{}))), parts(planned(huge))},
		{"the_digits_of_a_result", small(t, nil, digits(mean("k", domain.IndicatorsWay{Combine: domain.CombineResults}))), parts(planned(huge))},
		{"a_weight_of_work", points(t), parts(planned(huge + " weight=100"))},
		{"the_points_of_a_result", points(t), parts(planned(huge+" weight=1", "r1 - 0.1 900000000000 weight=1"))},
		{"a_weight", small(t, nil, mean("k", domain.IndicatorsWay{}), weighted("w", weight("k", "100"))), parts(planned(huge))},
		{"the_sum_of_weights", small(t, nil, mean("k", domain.IndicatorsWay{}), mean("l", domain.IndicatorsWay{}), weighted("w", weight("k", "1"), weight("l", "1"))), parts(planned(huge))},
		{"the_digits_of_weights", small(t, nil, mean("k", domain.IndicatorsWay{}), digits(weighted("w", weight("k", "1")))), parts(planned(huge))},
		{"a_sum", small(t, nil, mean("k", domain.IndicatorsWay{}), mean("l", domain.IndicatorsWay{}), sum("s", "k", "l")), parts(planned(huge))},
		{"the_digits_of_a_sum", small(t, nil, mean("k", domain.IndicatorsWay{}), digits(sum("s", "k"))), parts(planned(huge))},
		{"a_scale", scaled(t), parts(answered(1_000_000_000, 1000))},
		{"a_contribution", small(t, nil, domain.Component{ID: "c", Contributions: &domain.ContributionsWay{}}), parts(contributing("999999999999.9999", "999999999999.9999"))},
		{"the_sum_of_contributions", small(t, nil, domain.Component{ID: "c", Contributions: &domain.ContributionsWay{}}), parts(contributing("900000000000", "9000000", "90000000000", "90000000"))},
		{"the_digits_of_behavior", small(t, nil, digits(behavior("b"))), parts(judged("999999999999.9999", -1))},
		{"a_part_of_a_year", merged(t), parts(during(6, huge), during(6, "r1 - 1 1"))},
		{"the_sum_of_parts_of_a_year", merged(t), parts(during(1, huge), during(1, huge))},
		{"the_printed_weight_of_a_survey", printed(t), parts(surveyed(1_000_000_000, 4_000_000_000))},
		{"the_factor_of_an_efficiency", efficiency(t, "10000", "24", "76"), parts(planned("r1 time 999999999999.9999 1 lower"))},
		{"what_an_efficiency_leaves", efficiency(t, "0.0001", "24", "76"), parts(planned("r1 time 1.0001 999999999999 lower"))},
		{"the_limit_of_an_efficiency", efficiency(t, "1", "24.0001", "76"), parts(planned("r1 time 999999999999.9999 1 lower"))},
		{"the_top_of_an_efficiency", efficiency(t, "1", "24", "9000.0001"), parts(planned("r1 time 999999999999.9999 1 lower"))},
		{"the_percent_of_an_efficiency", efficiency(t, "1.76", "24", "76"), parts(planned("r1 time 999999999999.9999 1 lower"))},
		{"the_difference_of_an_efficiency", efficiency(t, "1.76", "24", "10000"), parts(planned("r1 time 50000000000.0001 1 lower"))},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := domain.Compute(c.pack, domain.Input{Segments: c.given})
			if !errors.Is(err, num.ErrOverflow) {
				t.Fatalf("error is %v, want ErrOverflow", err)
			}
		})
	}
}

func parts(segments ...domain.Segment) []domain.Segment { return segments }

// during is a segment of so many months.
func during(months int64, lines ...string) domain.Segment {
	s := planned(lines...)
	s.Plan.Months = months
	return s
}

// digits makes a component keep as many digits as a pack may.
func digits(k domain.Component) domain.Component {
	k.Places = 8
	return k
}

func points(t *testing.T) *domain.Pack {
	t.Helper()
	return small(t, nil, mean("k", domain.IndicatorsWay{Combine: domain.CombinePoints}))
}

func scaled(t *testing.T) *domain.Pack {
	t.Helper()
	return small(t, nil, domain.Component{ID: "p", Panel: &domain.PanelWay{
		Group: domain.GroupPeers, Minimum: 3, AnswerMin: 1, AnswerMax: 4, Scale: ref("9999.9999"),
	}})
}

// answered is a segment with the highest answers of so many peers.
func answered(count, questions int64) domain.Segment {
	s := planned()
	s.Panels = []domain.Panel{{Group: domain.GroupPeers, Count: count, Questions: questions, Sum: 4 * count * questions}}
	return s
}

// contributing is a segment with goals of pairs of a share and an achievement.
func contributing(pairs ...string) domain.Segment {
	s := planned()
	for i := 0; i < len(pairs); i += 2 {
		s.Contributions = append(s.Contributions, domain.Contribution{Goal: "g" + pairs[i], Share: dec(pairs[i]), Achievement: dec(pairs[i+1])})
	}
	return s
}

// merged is a pack that shows the mean of the indicators.
func merged(t *testing.T) *domain.Pack {
	t.Helper()
	return small(t, func(d *domain.Definition) { d.Shown.Value = "k" }, mean("k", domain.IndicatorsWay{}))
}

// printed is the pack of the law in force with the largest weight that could be printed.
func printed(t *testing.T) *domain.Pack {
	t.Helper()
	d := definition(t, matrix)
	d.Survey.PrintedWeight = decimal.MustParse("9999.9999")
	p, err := domain.NewPack(d, "hash")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// surveyed is a segment whose unit has so many responses, with the same sum for each element.
func surveyed(responses, sum int64) domain.Segment {
	s := planned()
	s.Survey = survey(responses, sum, sum, sum, sum, sum, sum, sum, sum, sum)
	return s
}

// efficiency is a pack with the efficiency formula for time.
func efficiency(t *testing.T, factor, limit, top string) *domain.Pack {
	t.Helper()
	return small(t, func(d *domain.Definition) {
		d.Achievement.Efficiency = &domain.EfficiencyTerms{Aspects: []domain.Aspect{domain.AspectTime}, Factor: dec(factor), Limit: dec(limit), Top: dec(top)}
	}, mean("k", domain.IndicatorsWay{}))
}
