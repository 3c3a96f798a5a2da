package domain_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// everyWay is a pack that reads every kind of fact.
func everyWay(t *testing.T) *domain.Pack {
	t.Helper()
	panel := domain.Component{ID: "p", Places: 2, Panel: &domain.PanelWay{Group: domain.GroupPeers, Minimum: 3, AnswerMin: 2, AnswerMax: 4}}
	minutes := domain.Component{ID: "a", Places: 2, Attendance: &domain.AttendanceWay{MinutesPerDay: 450}}
	return small(t, nil, append([]domain.Component{mean("k", domain.IndicatorsWay{}), panel, minutes, behavior("b")}, others()...)...)
}

// TestCompute_takes_facts_at_their_bounds and refuses those just beyond, naming nothing else.
func TestCompute_takes_facts_at_their_bounds(t *testing.T) {
	t.Parallel()
	const billion = 1_000_000_000
	most := decimal.MustParse("999999999999.9999")
	goals := func(count int) []domain.Contribution {
		all := make([]domain.Contribution, count)
		for i := range all {
			all[i] = domain.Contribution{Goal: fmt.Sprintf("g%03d", i), Share: num.Int(1), Achievement: num.Int(1)}
		}
		return all
	}
	goal := func(share, achievement string) []domain.Contribution {
		return []domain.Contribution{{Goal: "g", Share: dec(share), Achievement: dec(achievement)}}
	}
	innovations := func(count int64) *domain.Innovations {
		return &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachUnit, Count: count}}}
	}
	peers := func(count, questions, sum int64) []domain.Panel {
		return []domain.Panel{{Group: domain.GroupPeers, Count: count, Questions: questions, Sum: sum}}
	}
	attendance := func(working, present, late int64) *domain.Attendance {
		return &domain.Attendance{WorkingDays: working, PresentDays: present, LateMinutes: late}
	}
	indicated := func(change func(*domain.Indicator)) func(*domain.Segment) {
		return func(s *domain.Segment) {
			*s = planned("r1 - 100 90")
			change(&s.Plan.Indicators[0])
		}
	}
	ranged := func(low, high string) func(*domain.Segment) {
		return indicated(func(i *domain.Indicator) {
			i.Formula, i.Low, i.High = domain.FormulaRangeLowerIsBetter, dec(low), dec(high)
		})
	}
	cases := []struct {
		name         string
		good, beyond func(*domain.Segment)
		want         string
	}{
		{"twelve_months", func(s *domain.Segment) { s.Plan.Months = 12 }, func(s *domain.Segment) { s.Plan.Months = 13 }, "plan.months: harus 1 sampai 12"},
		{"one_month", func(s *domain.Segment) { s.Plan.Months = 1 }, func(s *domain.Segment) { s.Plan.Months = 0 }, "plan.months: harus 1 sampai 12"},
		{
			"a_thousand_questions", func(s *domain.Segment) { s.Panels = peers(3, 1000, 6000) }, func(s *domain.Segment) { s.Panels = peers(3, 1001, 6006) },
			"panels/peers: harus 1 sampai 1000 pertanyaan kepada paling banyak 1000000000 penilai",
		},
		{
			"one_question", func(s *domain.Segment) { s.Panels = peers(3, 1, 12) }, func(s *domain.Segment) { s.Panels = peers(3, 0, 0) },
			"panels/peers: harus 1 sampai 1000 pertanyaan kepada paling banyak 1000000000 penilai",
		},
		{
			"a_billion_raters", func(s *domain.Segment) { s.Panels = peers(billion, 1, 2*billion) }, func(s *domain.Segment) { s.Panels = peers(billion+1, 1, 2*billion+2) },
			"panels/peers: harus 1 sampai 1000 pertanyaan kepada paling banyak 1000000000 penilai",
		},
		{
			"the_lowest_answers", func(s *domain.Segment) { s.Panels = peers(4, 7, 56) }, func(s *domain.Segment) { s.Panels = peers(4, 7, 55) },
			"panels/peers: jumlah jawaban tidak sesuai dengan banyaknya penilai dan pertanyaan serta pilihan jawabannya",
		},
		{
			"the_highest_answers", func(s *domain.Segment) { s.Panels = peers(4, 7, 112) }, func(s *domain.Segment) { s.Panels = peers(4, 7, 113) },
			"panels/peers: jumlah jawaban tidak sesuai dengan banyaknya penilai dan pertanyaan serta pilihan jawabannya",
		},
		{
			"a_day_of_presence_every_day", func(s *domain.Segment) { s.Attendance = attendance(1, 1, 0) }, func(s *domain.Segment) { s.Attendance = attendance(1, 2, 0) },
			"attendance: hari hadir harus 0 sampai jumlah hari kerja, dan hari kerja paling sedikit 1",
		},
		{
			"no_day_of_presence", func(s *domain.Segment) { s.Attendance = attendance(1, 0, 0) }, func(s *domain.Segment) { s.Attendance = attendance(1, -1, 0) },
			"attendance: hari hadir harus 0 sampai jumlah hari kerja, dan hari kerja paling sedikit 1",
		},
		{
			"one_working_day", func(s *domain.Segment) { s.Attendance = attendance(1, 0, 0) }, func(s *domain.Segment) { s.Attendance = attendance(0, 0, 0) },
			"attendance: hari hadir harus 0 sampai jumlah hari kerja, dan hari kerja paling sedikit 1",
		},
		{
			"a_billion_working_days", func(s *domain.Segment) { s.Attendance = attendance(billion, 0, 0) }, func(s *domain.Segment) { s.Attendance = attendance(billion+1, 0, 0) },
			"attendance: hari hadir harus 0 sampai jumlah hari kerja, dan hari kerja paling sedikit 1",
		},
		{
			"a_billion_minutes", func(s *domain.Segment) { s.Attendance = attendance(1, 0, billion) }, func(s *domain.Segment) { s.Attendance = attendance(1, 0, billion+1) },
			"attendance/late_minutes: harus 0 sampai 1000000000",
		},
		{
			"a_billion_tasks", func(s *domain.Segment) { s.Tasks = &domain.Tasks{Count: billion} }, func(s *domain.Segment) { s.Tasks = &domain.Tasks{Count: billion + 1} },
			"tasks/count: harus 0 sampai 1000000000",
		},
		{
			"a_billion_innovations", func(s *domain.Segment) { s.Innovations = innovations(billion) }, func(s *domain.Segment) { s.Innovations = innovations(billion + 1) },
			"innovations/unit: harus 0 sampai 1000000000",
		},
		{
			"a_hundred_goals", func(s *domain.Segment) { s.Contributions = goals(100) }, func(s *domain.Segment) { s.Contributions = goals(101) },
			"contributions: lebih dari 100 tujuan",
		},
		{
			"a_goal_with_the_least_share", func(s *domain.Segment) { s.Contributions = goal("0.0001", "0") }, func(s *domain.Segment) { s.Contributions = goal("0", "0") },
			"contributions/1: harus menyebut tujuan, bagian lebih dari 0, dan capaian 0 atau lebih; paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal",
		},
		{
			"a_goal_with_a_share_of_four_digits", func(s *domain.Segment) { s.Contributions = goal("0.1234", "0") }, func(s *domain.Segment) { s.Contributions = goal("0.12345", "0") },
			"contributions/1: harus menyebut tujuan, bagian lebih dari 0, dan capaian 0 atau lebih; paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal",
		},
		{
			"a_goal_with_an_achievement_of_four_digits", func(s *domain.Segment) { s.Contributions = goal("1", "0.1234") }, func(s *domain.Segment) { s.Contributions = goal("1", "-0.1234") },
			"contributions/1: harus menyebut tujuan, bagian lebih dari 0, dan capaian 0 atau lebih; paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal",
		},
		{
			"a_contribution_with_a_goal", func(s *domain.Segment) { s.Contributions = goals(1) }, func(s *domain.Segment) { s.Contributions = goals(1); s.Contributions[0].Goal = "" },
			"contributions/1: harus menyebut tujuan, bagian lebih dari 0, dan capaian 0 atau lebih; paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal",
		},
		{
			"the_largest_behavior", func(s *domain.Segment) { s.Behavior = &domain.Behavior{Value: most} }, func(s *domain.Segment) { s.Behavior = &domain.Behavior{Value: num.Int(1e12)} },
			"behavior/value: harus 0 atau lebih; paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal",
		},
		{
			"the_largest_prior", func(s *domain.Segment) { s.Prior = &domain.Prior{Value: most} }, func(s *domain.Segment) { s.Prior = &domain.Prior{Value: num.Int(1e12)} },
			"prior/value: harus 0 atau lebih; paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal",
		},
		{
			"the_largest_weight", indicated(func(i *domain.Indicator) { i.Weight = most }), indicated(func(i *domain.Indicator) { i.Weight = num.Int(1e12) }),
			"results/r1/indicators/i1: bobot harus 0 atau lebih; paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal",
		},
		{"a_narrow_range", ranged("1", "1.0001"), ranged("1", "1"), "results/r1/indicators/i1: target harus rentang dari angka di atas 0 sampai angka yang lebih besar; paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal"},
		{"the_lowest_range", ranged("0.0001", "1"), ranged("0", "1"), "results/r1/indicators/i1: target harus rentang dari angka di atas 0 sampai angka yang lebih besar; paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal"},
		{"a_range_of_four_digits_from", ranged("0.1234", "1"), ranged("0.12345", "1"), "results/r1/indicators/i1: target harus rentang dari angka di atas 0 sampai angka yang lebih besar; paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal"},
		{"a_range_of_four_digits_to", ranged("1", "1.2345"), ranged("1", "1.23456"), "results/r1/indicators/i1: target harus rentang dari angka di atas 0 sampai angka yang lebih besar; paling banyak 12 angka sebelum dan 4 angka sesudah tanda desimal"},
	}
	p := everyWay(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			good, beyond := domain.Segment{Plan: domain.Plan{Months: 12}}, domain.Segment{Plan: domain.Plan{Months: 12}}
			c.good(&good)
			compute(t, p, one(good))
			c.beyond(&beyond)
			refused(t, p, []domain.Segment{beyond}, c.want)
		})
	}
	t.Run("twelve_segments_of_a_month", func(t *testing.T) {
		t.Parallel()
		segments := make([]domain.Segment, 13)
		for i := range segments {
			segments[i].Plan.Months = 1
		}
		compute(t, p, domain.Input{Segments: segments[:12]})
		refused(t, p, segments, "segments: harus 1 sampai 12 penugasan", "segments: lebih dari 12 bulan seluruhnya")
		refused(t, p, nil, "segments: harus 1 sampai 12 penugasan")
	})
}

// refused demands exactly these problems.
func refused(t *testing.T, p *domain.Pack, segments []domain.Segment, want ...string) {
	t.Helper()
	_, err := domain.Compute(p, domain.Input{Segments: segments})
	if !errors.Is(err, domain.ErrInvalidInput) || err.Error() != domain.ErrInvalidInput.Error()+":\n  "+strings.Join(want, "\n  ") {
		t.Errorf("error is %v, want %q", err, want)
	}
}

// TestCompute_keeps_what_the_rules_use: what a formula does not use is no fact, and what was given stays as it is.
func TestCompute_keeps_what_the_rules_use(t *testing.T) {
	t.Parallel()
	p := everyWay(t)
	s := planned("r1 - 100 90 range=80-90", "r2 - 100 90")
	s.Plan.Indicators[1].Low, s.Plan.Indicators[1].Weight = num.Int(7), dec("0.00")
	s.Innovations = &domain.Innovations{Source: "innovations/a", Counts: []domain.InnovationCount{{Reach: domain.ReachAgency, Count: 2}}}
	facts := compute(t, p, one(s)).Record.Facts.Segments[0]
	var none decimal.Decimal
	if facts.Plan.Indicators[0].Target != none || facts.Plan.Indicators[1].Low != none || facts.Plan.Indicators[1].Weight != none {
		t.Errorf("kept indicators %+v", facts.Plan.Indicators)
	}
	if s.Plan.Indicators[0].Target == none || s.Plan.Indicators[1].Low == none || len(s.Innovations.Counts) != 1 {
		t.Error("what was given has changed")
	}
	for name, change := range map[string]func(*domain.Indicator){
		"a_low_bound":  func(i *domain.Indicator) { i.Low = num.Int(7) },
		"a_high_bound": func(i *domain.Indicator) { i.High = num.Int(7) },
		"a_weight":     func(i *domain.Indicator) { i.Weight = dec("0.00") },
	} {
		alone := planned("r1 - 100 90")
		plain := alone.Plan.Indicators[0]
		change(&alone.Plan.Indicators[0])
		same(t, name+" is kept", plain, compute(t, p, one(alone)).Record.Facts.Segments[0].Plan.Indicators[0])
	}
	ranged := planned("r1 - 100 90 range=80-90")
	if kept := compute(t, p, one(ranged)).Record.Facts.Segments[0].Plan.Indicators[0].Target; kept != none {
		t.Errorf("the target %s beside a range is kept", kept)
	}
	want := domain.Innovations{Source: "innovations/a", Counts: []domain.InnovationCount{
		{Reach: domain.ReachUnit}, {Reach: domain.ReachAgency, Count: 2}, {Reach: domain.ReachNational},
	}}
	same(t, "innovations are not counted for every reach", want, *facts.Innovations)
}

func TestCompute_takes_results_and_indicators_in_any_order(t *testing.T) {
	t.Parallel()
	s := planned("r2 - 100 90", "r2 - 100 80", "r1 - 100 70", "r1 - 100 60", "r3 - 100 50", "r3 - 100 40")
	slices.Reverse(s.Plan.Indicators[:2]) // i2 before i1, in a result before that of i4 and i3
	slices.Reverse(s.Plan.Indicators[2:4])
	expect(t, steps(t, small(t, nil, mean("k", domain.IndicatorsWay{Combine: domain.CombineResults})), s), map[string]string{
		"results/r1/k": "65.0000", "results/r2/k": "85.0000", "results/r3/k": "45.0000", "components/k": "65.0000",
	})
}

// TestCompute_copies_no_facts_that_are_in_order, and changes none that are not.
func TestCompute_copies_no_facts_that_are_in_order(t *testing.T) {
	t.Parallel()
	given := everything()
	given.Contributions = []domain.Contribution{{Goal: "h", Share: num.Int(1), Achievement: num.Int(80)}, {Goal: "g", Share: num.Int(2), Achievement: num.Int(90)}}
	before := slices.Clone(given.Contributions)
	p := everyWay(t)
	first := compute(t, p, one(given)).Record.Facts
	same(t, "what was given has changed", before, given.Contributions)
	again := compute(t, p, first).Record.Facts
	if &again.Segments[0] != &first.Segments[0] {
		t.Error("what is in order is copied")
	}
}

// TestCompute_takes_an_empty_list_for_none, so that whoever hands over the same facts has the same record.
func TestCompute_takes_an_empty_list_for_none(t *testing.T) {
	t.Parallel()
	p := everyWay(t)
	want := compute(t, p, one(planned("r1 - 100 -"))).Record.Facts
	for name, empty := range map[string]func(*domain.Segment){
		"realisations":  func(s *domain.Segment) { s.Realisations = []domain.Realisation{} },
		"panels":        func(s *domain.Segment) { s.Panels = []domain.Panel{} },
		"contributions": func(s *domain.Segment) { s.Contributions = []domain.Contribution{} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := planned("r1 - 100 -")
			empty(&s)
			same(t, "another record", want, compute(t, p, one(s)).Record.Facts)
		})
	}
}

func TestCompute_names_what_is_wrong_and_nothing_else(t *testing.T) {
	t.Parallel()
	ofMonths := func(months ...int64) []domain.Segment {
		var all []domain.Segment
		for _, n := range months {
			all = append(all, during(n))
		}
		return all
	}
	twice := planned("r1 - 100 90")
	twice.Panels = []domain.Panel{{Group: domain.GroupPeers, Count: 3, Questions: 1, Sum: 9}, {Group: domain.GroupPeers, Count: 3, Questions: 1, Sum: 99}}
	unplanned := planned("r1 - 100 90")
	stray := domain.Realisation{Indicator: "results/r9/indicators/i9", Value: num.Int(1)}
	unplanned.Realisations = append(unplanned.Realisations, stray, stray)
	innovative := planned("r1 - 100 90")
	innovative.Innovations = &domain.Innovations{Counts: []domain.InnovationCount{
		{Reach: domain.ReachUnit, Count: 1}, {Reach: domain.ReachAgency, Count: -1}, {Reach: domain.ReachNational, Count: 2},
	}}
	cases := []struct {
		name  string
		given []domain.Segment
		want  []string
	}{
		{"a_group_twice_whose_second_answers_cannot_be", parts(twice), []string{"panels/peers: ditulis dua kali"}},
		{"what_is_not_planned_reported_twice", parts(unplanned), []string{"results/r9/indicators/i9: realisasi ditulis dua kali"}},
		{"a_count_below_0_among_those_of_every_reach", parts(innovative), []string{"innovations/agency: harus 0 sampai 1000000000"}},
		{"no_months_add_none", ofMonths(12, 0), []string{"segments/2/plan.months: harus 1 sampai 12"}},
		{"months_below_0_take_none_away", ofMonths(12, 1, -5), []string{"segments/3/plan.months: harus 1 sampai 12", "segments: lebih dari 12 bulan seluruhnya"}},
	}
	p := everyWay(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			refused(t, p, c.given, c.want...)
		})
	}
}

// TestCompute_takes_results_whose_names_begin_alike: only a whole name is a name.
func TestCompute_takes_results_whose_names_begin_alike(t *testing.T) {
	t.Parallel()
	s := planned("r10 - 100 90", "r1 - 100 90", "r100 - 100 90")
	same(t, "other indicators", s.Plan.Indicators, compute(t, everyWay(t), one(s)).Record.Facts.Segments[0].Plan.Indicators)
}

// TestCompute_takes_answers_to_a_survey_at_their_bounds and refuses those just beyond.
func TestCompute_takes_answers_to_a_survey_at_their_bounds(t *testing.T) {
	t.Parallel()
	d := definition(t, matrix)
	d.Survey.AnswerMax, d.Survey.Bands[3].To = 5, dec("125")
	p, err := domain.NewPack(d, "hash")
	if err != nil {
		t.Fatal(err)
	}
	const want = "survey: jumlah nilai unsur Sistem, mekanisme, dan prosedur tidak sesuai dengan jumlah responden dan pilihan jawabannya"
	for name, c := range map[string]struct{ good, beyond int64 }{"lowest": {30, 29}, "highest": {150, 151}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := surveyed(30, 90)
			s.Survey.Sums[1].Sum = c.good
			compute(t, p, one(s))
			s.Survey.Sums[1].Sum = c.beyond
			refused(t, p, parts(s), want)
		})
	}
}

func TestCompute_takes_one_weight_of_a_result_however_it_is_written(t *testing.T) {
	t.Parallel()
	in := domaintest.Nurse()
	for n, weight := range []string{"2", "2.0", "2.00"} { // the indicators of the first result
		in.Segments[0].Plan.Indicators[n].Weight = dec(weight)
	}
	_, err := domain.Compute(rules(t), in)
	if err != nil {
		t.Fatal(err)
	}
}
