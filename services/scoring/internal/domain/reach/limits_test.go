package reach_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/reach"
)

// TestTo_leaves_an_earlier_assessment_as_it_is: of 94 for July to December and 80 for January to June, 87. Baik needs 100 for
// July to December, which 80 for the behaviour and 101 percent of both indicators give; the 80 of January to June stay.
func TestTo_leaves_an_earlier_assessment_as_it_is(t *testing.T) {
	t.Parallel()
	in := worker("200", "10", "", "")
	in.Segments[0].Behavior, in.Segments[0].Prior = &domain.Behavior{Value: amount("80")}, &domain.Prior{Value: amount("80")}
	got, err := reach.To(rules(t, "integrasi-2021"), in, domain.PredicateGood, never)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"together", "results/r1/indicators/i1 200→202", "results/r1/indicators/i2 10→9"}}
	if diff := cmp.Diff(want, ways(got)); diff != "" {
		t.Fatalf("ways (-want +got):\n%s", diff)
	}
}

// TestTo_names_the_innovation that PP 30/2019 asks for Sangat Baik, and looks for numbers once there is one.
func TestTo_names_the_innovation(t *testing.T) {
	t.Parallel()
	p := rules(t, "permenpanrb-8-2021")
	one := &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachUnit, Count: 1}}}
	cases := []struct {
		name       string
		goal       domain.Predicate
		first      *domain.Innovations
		last       *domain.Innovations
		innovation bool
	}{
		{"nobody_has_said", domain.PredicateVeryGood, nil, nil, true},
		{"known_to_have_none", domain.PredicateVeryGood, nil, &domain.Innovations{}, true},
		{"there_is_one", domain.PredicateVeryGood, nil, one, false},
		{"there_was_one", domain.PredicateVeryGood, one, nil, false},
		{"the_goal_asks_for_none", domain.PredicateGood, nil, nil, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := worker("10", "20", "", "") // 5 percent and none: both Sangat Kurang
			in.Segments[0].Behavior, in.Segments[0].Innovations = &domain.Behavior{Value: amount("120")}, c.last
			if c.first != nil { // with as good a start
				before := worker("300", "5", "", "").Segments[0]
				before.Behavior, before.Innovations = in.Segments[0].Behavior, c.first
				in.Segments = []domain.Segment{before, in.Segments[0]}
				in.Segments[0].Plan.Months, in.Segments[1].Plan.Months = 6, 6
			}
			got, err := reach.To(p, in, c.goal, never)
			if err != nil {
				t.Fatal(err)
			}
			if got.Innovation != c.innovation || (len(got.Ways) == 0) != c.innovation {
				t.Fatalf("innovation %t, ways %v", got.Innovation, ways(got))
			}
		})
	}
}

// between80And90 is two indicators with the target 80 to 90, reported as given, of PermenPANRB 8/2021 with a behaviour of 80.
func between80And90(reported ...string) domain.Input {
	in := worker("", "", "", "")
	segment := &in.Segments[0]
	segment.Behavior, segment.Plan.Position, segment.Plan.FunctionalLevel = &domain.Behavior{Value: amount("80")}, domain.PositionLeadership, ""
	for i := range segment.Plan.Indicators {
		x := &segment.Plan.Indicators[i]
		x.Formula, x.Target, x.Low, x.High, x.Aspect, x.Unit = domain.FormulaRange, decimal.Decimal{}, amount("80"), amount("90"), domain.AspectQuality, "nilai"
		if reported[i] != "" {
			segment.Realisations = append(segment.Realisations, domain.Realisation{Indicator: x.ID, Value: amount(reported[i])})
		}
	}
	return in
}

// TestTo_asks_for_less_than_a_range has the number needed below 100 percent, where a range has no say: Cukup is 70 and more,
// hence results of 65.72 with the behaviour of 80.
func TestTo_asks_for_less_than_a_range(t *testing.T) {
	t.Parallel()
	p := rules(t, "permenpanrb-8-2021")
	for _, c := range []struct {
		name     string
		reported []string
		want     [][]string
	}{
		{"of_all_together", []string{"40", "40"}, [][]string{
			{"indicator", "results/r1/indicators/i1 40→80"},
			{"indicator", "results/r1/indicators/i2 40→80"},
			{"together", "results/r1/indicators/i1 40→61", "results/r1/indicators/i2 40→61"},
		}},
		{"of_one_that_is_not_reported", []string{"60", ""}, [][]string{
			{"indicator", "results/r1/indicators/i1 60→61"},
			{"indicator", "results/r1/indicators/i2 →62"},
			{"together", "results/r1/indicators/i1 60→61", "results/r1/indicators/i2 →61"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := reach.To(p, between80And90(c.reported...), domain.PredicateNeedsImprovement, never)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, ways(got)); diff != "" {
				t.Fatalf("ways (-want +got):\n%s\n%+v", diff, got.Ways)
			}
		})
	}
}

// TestTo_asks_for_no_more_than_everything has patients as a share: more than all of them is nothing that can be reached.
func TestTo_asks_for_no_more_than_everything(t *testing.T) {
	t.Parallel()
	p := rules(t, "pp-46-2011")
	patients, days := "results/r1/indicators/i1", []string{"indicator", "results/r1/indicators/i2 14→12"}
	for _, c := range []struct {
		unit, target string
		want         [][]string
		short        []string
	}{
		{"pasien", "98", [][]string{{"indicator", patients + " 90→107"}, days}, nil},
		{"persen", "98", [][]string{days}, []string{patients}},
		{" Persen ", "98", [][]string{days}, []string{patients}},
		{"%", "98", [][]string{days}, []string{patients}},
		{"persen", "120", [][]string{{"indicator", patients + " 90→131"}, {"indicator", "results/r1/indicators/i2 14→10"}}, nil},
	} {
		in := worker("90", "14", "", "")
		in.Segments[0].Behavior = &domain.Behavior{Value: amount("80")}
		in.Segments[0].Plan.Indicators[0].Target, in.Segments[0].Plan.Indicators[0].Unit = amount(c.target), c.unit
		got, err := reach.To(p, in, domain.PredicateGood, never)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, ways(got)); diff != "" || !slices.Equal(got.Short, c.short) {
			t.Errorf("%q of %s (-want +got):\n%s, short %v", c.unit, c.target, diff, got.Short)
		}
	}
}

// TestTo_leads_back_from_too_much_saved has half of 12 days saved by PP 46/2011, which is worth 50 percent; up to 24 percent
// saved, less would be worth more. With a behaviour of 80, Baik needs a mean of 72.5 of both indicators.
func TestTo_leads_back_from_too_much_saved(t *testing.T) {
	t.Parallel()
	p := rules(t, "pp-46-2011")
	const patients, days = "results/r1/indicators/i1", "results/r1/indicators/i2"
	for _, c := range []struct {
		name            string
		patients, saved string
		want            [][]string
		level           int64
		short           []string
	}{
		{
			// 55 percent of the patients need 90 of the days: 9 are worth 75, 10 are 92.67.
			"by_whole_days", "110", "6",
			[][]string{{"indicator", patients + " 110→190"}, {"indicator", days + " 6→10"}, {"together", patients + " 110→140", days + " 6→9"}},
			70, nil,
		},
		{
			"by_parts_of_a_day", "100", "6.01",
			[][]string{{"indicator", patients + " 100→190"}, {"indicator", days + " 6.01→9.12"}, {"together", patients + " 100→146", days + " 6.01→8.76"}},
			73, nil,
		},
		{"as_far_as_nothing_is_worth_more", "100", "10", [][]string{{"indicator", patients + " 100→105"}}, 0, []string{days}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := worker(c.patients, c.saved, "", "")
			in.Segments[0].Behavior = &domain.Behavior{Value: amount("80")}
			in.Segments[0].Plan.Indicators[1].Target = amount("12")
			got, err := reach.To(p, in, domain.PredicateGood, never)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, ways(got)); diff != "" || !slices.Equal(got.Short, c.short) {
				t.Fatalf("ways (-want +got):\n%s, short %v", diff, got.Short)
			}
			if last := got.Ways[len(got.Ways)-1]; last.Level != c.level {
				t.Fatalf("together at %d percent", last.Level)
			}
		})
	}
}
