package domain_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/domaintest"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// one is an input of one segment.
func one(s domain.Segment) domain.Input { return domain.Input{Segments: []domain.Segment{s}} }

// nurse is what is known of somebody with a small plan: everything that the shipped pack reads.
func nurse() domain.Segment {
	return domain.Segment{
		Plan: domain.Plan{
			Source: "plans/p1", Unit: "units/puskesmas", FunctionalLevel: domain.LevelAhliPertama, Months: 12,
			Indicators: []domain.Indicator{
				{
					ID: "results/r1/indicators/i1", Description: "Jumlah pasien dilayani", Unit: "pasien",
					Formula: domain.FormulaNormal, Target: decimal.MustParse("1200"), Source: domain.SourceReported,
				},
				{
					ID: "results/r1/indicators/i2", Description: "Kepuasan pasien", Unit: "nilai",
					Formula: domain.FormulaRange, Low: decimal.MustParse("80"), High: decimal.MustParse("90"), Source: domain.SourceSurveyIndex,
				},
			},
		},
		Realisations: []domain.Realisation{{
			Indicator: "results/r1/indicators/i1", Value: decimal.MustParse("1320"), Source: "progressReports/1",
		}},
		Rating:       &domain.Rating{Result: domain.ExpectationAbove, Behavior: domain.ExpectationMeets, Source: "ratings/a"},
		Panels:       []domain.Panel{{Group: domain.GroupPeers, Count: 4, Questions: 7, Sum: 91}},
		Attendance:   &domain.Attendance{WorkingDays: 240, PresentDays: 230, Source: "attendances/a"},
		Survey:       survey(10, 33, 31, 28, 40, 33, 34, 34, 30, 32),
		Organization: &domain.Organization{Level: domain.OrganizationGood, Source: "organizationRatings/puskesmas"},
	}
}

// everything is the facts of nurse with all that few people have.
func everything() domain.Segment {
	in := nurse()
	in.Plan.Position, in.Plan.Family, in.Plan.UnitKind = domain.PositionFunctional, domain.FamilyHealth, domain.UnitHealthCenter
	i := &in.Plan.Indicators[0]
	i.Work, i.Aspect, i.Level = domain.WorkAdditional, domain.AspectQuantity, domain.LevelOutput
	i.Attainable = true
	for n := range in.Plan.Indicators { // of one result
		in.Plan.Indicators[n].Weight = decimal.MustParse("1.5")
	}
	in.Attendance.LateMinutes = 35
	in.Behavior = &domain.Behavior{Value: decimal.MustParse("95.5"), Source: "behaviors/a"}
	in.Contributions = []domain.Contribution{{
		Goal: "objectives/o1", Description: "Layanan", Share: num.Int(2), Achievement: num.Int(90), Source: "objectives/o1",
	}}
	in.Innovations = &domain.Innovations{Source: "innovations/a", Counts: []domain.InnovationCount{{Reach: domain.ReachUnit, Count: 1}}}
	in.Tasks = &domain.Tasks{Count: 4, Source: "tasks/a"}
	in.Prior = &domain.Prior{Value: decimal.MustParse("88.25"), Source: "scores/a/revisions/4"}
	return in
}

func survey(responses int64, sums ...int64) *domain.Survey {
	s := &domain.Survey{Source: "surveys/s1", Responses: responses}
	for i, sum := range sums {
		s.Sums = append(s.Sums, domain.ElementSum{Element: domaintest.Elements[i], Sum: sum})
	}
	return s
}

func TestCompute_gives_the_result_and_every_step(t *testing.T) {
	t.Parallel()
	p := rules(t)
	got := compute(t, p, one(nurse()))
	trace := got.Trace
	got.Record, got.Trace = domain.Record{}, domain.Trace{}
	want := domain.Result{
		RulePack: p.Name(), RulePackHash: p.Hash(), Unit: "units/puskesmas",
		State: domain.StateComplete, Predicate: domain.PredicateGood,
		ResultRating: domain.ExpectationAbove, BehaviorRating: domain.ExpectationMeets,
		Achievement: "105.00", SurveyIndex: "81.94", Credit: "12.50", Segments: 1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
	var steps []string
	for _, step := range trace.Steps {
		steps = append(steps, step.ID+" = "+step.Rule+"("+strings.Join(step.Operands, ", ")+") = "+step.Result)
	}
	sums := "survey.responses, survey.sums/requirements, survey.sums/procedure, survey.sums/time, survey.sums/cost, " +
		"survey.sums/product, survey.sums/competence, survey.sums/behavior, survey.sums/complaints, survey.sums/facilities"
	wantSteps := []string{
		"survey.means/requirements = survey.mean(survey.sums/requirements, survey.responses) = 3.300",
		"survey.means/procedure = survey.mean(survey.sums/procedure, survey.responses) = 3.100",
		"survey.means/time = survey.mean(survey.sums/time, survey.responses) = 2.800",
		"survey.means/cost = survey.mean(survey.sums/cost, survey.responses) = 4.000",
		"survey.means/product = survey.mean(survey.sums/product, survey.responses) = 3.300",
		"survey.means/competence = survey.mean(survey.sums/competence, survey.responses) = 3.400",
		"survey.means/behavior = survey.mean(survey.sums/behavior, survey.responses) = 3.400",
		"survey.means/complaints = survey.mean(survey.sums/complaints, survey.responses) = 3.000",
		"survey.means/facilities = survey.mean(survey.sums/facilities, survey.responses) = 3.200",
		"survey.index = survey.index(" + sums + ") = 81.94",
		"survey.grade = survey.grade(survey.index) = B",
		"survey.printed_index = survey.printed_index(" + sums + ") = 81.13",
		"survey.printed_grade = survey.grade(survey.printed_index) = B",
		"results/r1/indicators/i1/achievement = achievement.normal(results/r1/indicators/i1/realisation, results/r1/indicators/i1/target) = 110.0000",
		"results/r1/indicators/i2/achievement = achievement.range(survey.index, results/r1/indicators/i2/target_low, results/r1/indicators/i2/target_high) = 100.0000",
		"components/plan = components/plan(results/r1/indicators/i1/achievement, results/r1/indicators/i2/achievement) = 105.00",
		"components/survey = components/survey(survey.index) = 81.94",
		"components/peers = components/peers(panels/peers/sum, panels/peers/count, panels/peers/questions) = 3.25",
		"components/attendance = components/attendance(attendance.present_days, attendance.working_days) = 95.83",
		"predicate = predicate.matrix(rating.result, rating.behavior) = good",
		"credit.percent = credit.percent(predicate) = 100",
		"credit.coefficient = credit.coefficient(position.functional_level) = 12.5",
		"credit = credit.convert(credit.percent, credit.coefficient, plan.months) = 12.50",
	}
	if diff := cmp.Diff(wantSteps, steps); diff != "" {
		t.Errorf("steps (-want +got):\n%s", diff)
	}
}

// TestCompute_the_achievement_never_moves_the_predicate: the law in force knows no number.
func TestCompute_the_achievement_never_moves_the_predicate(t *testing.T) {
	t.Parallel()
	p, r := rules(t), rand.New(rand.NewPCG(15, 16))
	for range rounds {
		in := domaintest.Input(r, p)
		before := compute(t, p, in)
		for s := range in.Segments {
			for i := range in.Segments[s].Realisations {
				in.Segments[s].Realisations[i].Value = domaintest.Amount(r, 0)
			}
		}
		after := compute(t, p, in)
		if before.Predicate != after.Predicate || before.Credit != after.Credit || before.State != after.State {
			t.Fatalf("a realisation moved the predicate from %s to %s", before.Predicate, after.Predicate)
		}
	}
}

func TestCompute_refuses_facts_that_cannot_be(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		spoil func(*domain.Segment)
		want  string
	}{
		{"no_months", func(in *domain.Segment) { in.Plan.Months = 0 }, "plan.months"},
		{"thirteen_months", func(in *domain.Segment) { in.Plan.Months = 13 }, "plan.months"},
		{"unknown_level", func(in *domain.Segment) { in.Plan.FunctionalLevel = "ahli" }, "position.functional_level"},
		{"indicator_without_path", func(in *domain.Segment) { in.Plan.Indicators[0].ID = "i1" }, "i1: harus satu kali"},
		{"indicator_without_result", func(in *domain.Segment) { in.Plan.Indicators[0].ID = "/indicators/i1" }, "/indicators/i1: harus satu kali"},
		{"second_indicator_without_result", func(in *domain.Segment) { in.Plan.Indicators[1].ID = "/indicators/i1" }, "/indicators/i1: harus satu kali"},
		{"indicator_twice", func(in *domain.Segment) { in.Plan.Indicators[1].ID = in.Plan.Indicators[0].ID }, "harus satu kali"},
		{"unknown_formula", func(in *domain.Segment) { in.Plan.Indicators[0].Formula = "" }, "rumus “”"},
		{"unknown_source", func(in *domain.Segment) { in.Plan.Indicators[0].Source = "" }, "sumber “”"},
		{"target_of_zero", func(in *domain.Segment) { in.Plan.Indicators[0].Target = num.Int(0) }, "target harus lebih dari 0"},
		{"target_of_too_many_digits", func(in *domain.Segment) { in.Plan.Indicators[0].Target = decimal.MustParse("1.00001") }, "target harus lebih dari 0"},
		{"empty_range", func(in *domain.Segment) { in.Plan.Indicators[1].High = in.Plan.Indicators[1].Low }, "harus rentang"},
		{"negative_realisation", func(in *domain.Segment) { in.Realisations[0].Value = num.Int(-1) }, "realisasi harus"},
		{"two_realisations", func(in *domain.Segment) { in.Realisations = append(in.Realisations, in.Realisations[0]) }, "realisasi ditulis dua kali"},
		{"unknown_result_rating", func(in *domain.Segment) { in.Rating.Result = "" }, "rating.result"},
		{"unknown_behavior_rating", func(in *domain.Segment) { in.Rating.Behavior = "good" }, "rating.behavior"},
		{"unknown_organization_level", func(in *domain.Segment) { in.Organization.Level = "" }, "organization.level"},
		{"no_working_days", func(in *domain.Segment) { *in.Attendance = domain.Attendance{} }, "attendance"},
		{"more_days_present_than_worked", func(in *domain.Segment) { in.Attendance.PresentDays = 241 }, "attendance"},
		{"negative_lateness", func(in *domain.Segment) { in.Attendance.LateMinutes = -1 }, "attendance/late_minutes"},
		{"too_many_working_days", func(in *domain.Segment) { in.Attendance.WorkingDays = 1 << 62 }, "attendance"},
		{"panel_below_the_scale", func(in *domain.Segment) { in.Panels[0].Sum = 27 }, "panels/peers: jumlah jawaban"},
		{"panel_above_the_scale", func(in *domain.Segment) { in.Panels[0].Sum = 113 }, "panels/peers: jumlah jawaban"},
		{"panel_of_too_many", func(in *domain.Segment) { in.Panels[0].Count = 1 << 62 }, "panels/peers: harus"},
		{"panel_without_questions", func(in *domain.Segment) { in.Panels[0].Questions = 0 }, "panels/peers: harus"},
		{"panel_with_too_many_questions", func(in *domain.Segment) { in.Panels[0].Questions = 1 << 62 }, "panels/peers: harus"},
		{"panel_of_an_unknown_group", func(in *domain.Segment) { in.Panels[0].Group = "friends" }, "panels/friends: kelompok penilai tidak dikenal"},
		{"panel_twice", func(in *domain.Segment) { in.Panels = append(in.Panels, in.Panels[0]) }, "panels/peers: ditulis dua kali"},
		{"unread_panel_twice", func(in *domain.Segment) {
			in.Panels = []domain.Panel{{Group: domain.GroupPupils}, {Group: domain.GroupPupils}}
		}, "panels/pupils: ditulis dua kali"},
		{"unknown_position", func(in *domain.Segment) { in.Plan.Position = "king" }, "plan/position"},
		{"unknown_family", func(in *domain.Segment) { in.Plan.Family = "pilot" }, "plan/family"},
		{"unknown_kind_of_unit", func(in *domain.Segment) { in.Plan.UnitKind = "club" }, "plan/unit_kind"},
		{"unknown_work", func(in *domain.Segment) { in.Plan.Indicators[0].Work = "hobby" }, "“hobby” tidak dikenal"},
		{"unknown_aspect", func(in *domain.Segment) { in.Plan.Indicators[0].Aspect = "charm" }, "“charm” tidak dikenal"},
		{"unknown_level", func(in *domain.Segment) { in.Plan.Indicators[0].Level = "impact" }, "“impact” tidak dikenal"},
		{"two_weights_of_a_result", func(in *domain.Segment) { in.Plan.Indicators[1].Weight = num.Int(1) }, "bobot harus sama"},
		{"negative_weight", func(in *domain.Segment) { in.Plan.Indicators[0].Weight = num.Int(-1) }, "bobot harus"},
		{"a_result_in_two_places", func(in *domain.Segment) {
			in.Plan.Indicators = append(in.Plan.Indicators, in.Plan.Indicators[0], in.Plan.Indicators[0])
			in.Plan.Indicators[2].ID, in.Plan.Indicators[3].ID = "results/r2/indicators/i1", "results/r1/indicators/i3"
		}, "results/r1/indicators/i3: harus satu kali"},
		{"a_path_with_a_segment", func(in *domain.Segment) { in.Plan.Indicators[0].ID = "segments/1/results/r1/indicators/i1" }, "harus satu kali"},
		{"negative_behavior", func(in *domain.Segment) { in.Behavior = &domain.Behavior{Value: num.Int(-1)} }, "behavior/value"},
		{"negative_prior", func(in *domain.Segment) { in.Prior = &domain.Prior{Value: num.Int(-1)} }, "prior/value"},
		{"negative_tasks", func(in *domain.Segment) { in.Tasks = &domain.Tasks{Count: -1} }, "tasks/count"},
		{"contribution_without_share", func(in *domain.Segment) {
			in.Contributions = []domain.Contribution{{Goal: "g", Share: num.Int(0)}}
		}, "contributions/1: harus menyebut tujuan"},
		{"contribution_without_goal", func(in *domain.Segment) {
			in.Contributions = []domain.Contribution{{Share: num.Int(1)}}
		}, "contributions/1: harus menyebut tujuan"},
		{"goal_twice", func(in *domain.Segment) {
			in.Contributions = []domain.Contribution{{Goal: "g", Share: num.Int(1)}, {Goal: "h", Share: num.Int(1)}, {Goal: "g", Share: num.Int(1)}}
		}, "satu tujuan ditulis dua kali"},
		{"too_many_goals", func(in *domain.Segment) { in.Contributions = make([]domain.Contribution, 101) }, "contributions: lebih dari 100 tujuan"},
		{"unknown_reach", func(in *domain.Segment) {
			in.Innovations = &domain.Innovations{Counts: []domain.InnovationCount{{Reach: "village"}}}
		}, "innovations/village: jangkauan tidak dikenal"},
		{"reach_twice", func(in *domain.Segment) {
			in.Innovations = &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachUnit}, {Reach: domain.ReachUnit}}}
		}, "innovations/unit: ditulis dua kali"},
		{"negative_innovations", func(in *domain.Segment) {
			in.Innovations = &domain.Innovations{Counts: []domain.InnovationCount{{Reach: domain.ReachUnit, Count: -1}}}
		}, "innovations/unit: harus 0 sampai"},
		{"survey_without_an_element", func(in *domain.Segment) { in.Survey.Sums = in.Survey.Sums[1:] }, "memiliki 0 jumlah nilai"},
		{"survey_with_an_element_twice", func(in *domain.Segment) { in.Survey.Sums[0] = in.Survey.Sums[1] }, "memiliki 2 jumlah nilai"},
		{"survey_with_an_unknown_element", func(in *domain.Segment) {
			in.Survey.Sums = append(in.Survey.Sums, domain.ElementSum{Element: "parking", Sum: 10})
		}, "10 jumlah nilai untuk 9 unsur"},
		{"survey_below_the_scale", func(in *domain.Segment) { in.Survey.Sums[0].Sum = 9 }, "tidak sesuai dengan jumlah responden"},
		{"survey_above_the_scale", func(in *domain.Segment) { in.Survey.Sums[0].Sum = 41 }, "tidak sesuai dengan jumlah responden"},
		{"too_many_responses", func(in *domain.Segment) { in.Survey.Responses = 1 << 62 }, "lebih dari 1000000000 responden"},
	}
	p := rules(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := nurse()
			c.spoil(&in)
			_, err := domain.Compute(p, one(in))
			if !errors.Is(err, domain.ErrInvalidInput) || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error is %v, want ErrInvalidInput with %q", err, c.want)
			}
		})
	}
}

func TestCompute_lists_every_problem_of_an_input(t *testing.T) {
	t.Parallel()
	in := nurse()
	in.Plan.Months, in.Rating.Result = 0, ""
	_, err := domain.Compute(rules(t), one(in))
	for _, want := range []string{"plan.months", "rating.result"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not name %s: %v", want, err)
		}
	}
}

func TestReplay_refuses_traces_that_no_computation_left(t *testing.T) {
	t.Parallel()
	p := rules(t)
	cases := []struct {
		name  string
		given domain.TraceInput
	}{
		{"unknown_input", domain.TraceInput{ID: "mood", Value: "good"}},
		{"field_of_no_indicator", domain.TraceInput{ID: "results/r9/indicators/i9/target", Value: "1"}},
		{"unknown_field", domain.TraceInput{ID: "results/r1/indicators/i2/colour", Value: "1"}},
		{"text_for_a_count", domain.TraceInput{ID: "plan.months", Value: "twelve"}},
		{"unknown_field_of_a_panel", domain.TraceInput{ID: "panels/peers/mood", Value: "1"}},
		{"contribution_without_goal", domain.TraceInput{ID: "contributions/1/share", Value: "1"}},
		{"text_for_a_number", domain.TraceInput{ID: "results/r1/indicators/i2/target_low", Value: "low"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := nurse()
			in.Survey = nil
			trace := compute(t, p, one(in)).Trace
			inputs, last := trace.Inputs(), 0
			for i, input := range inputs {
				if strings.HasPrefix(input.ID, "results/") {
					last = i
				}
			}
			_, err := domain.Replay(p, append(inputs[:last+1], c.given))
			if !errors.Is(err, domain.ErrInvalidTrace) {
				t.Fatalf("error is %v, want ErrInvalidTrace", err)
			}
		})
	}
}

func TestSurveyIndex(t *testing.T) {
	t.Parallel()
	p := rules(t)
	_, err := domain.SurveyIndex(p, domain.Survey{})
	if !errors.Is(err, domain.ErrTooFewResponses) {
		t.Errorf("without responses the error is %v", err)
	}
	_, err = domain.SurveyIndex(p, domain.Survey{Responses: 3})
	if !errors.Is(err, domain.ErrInvalidInput) {
		t.Errorf("without sums the error is %v", err)
	}
	this := surveyIndex(t, p, *survey(10, 33, 31, 28, 40, 33, 34, 34, 30, 32))
	other := surveyIndex(t, p, *survey(10, 33, 31, 28, 40, 33, 34, 34, 32, 30))
	if this.Value != other.Value || this.Digest() == other.Digest() {
		t.Error("the digest must tell apart indexes of other sums")
	}
	var means []string
	for _, e := range this.Elements {
		means = append(means, e.Mean)
	}
	want := []string{"3.300", "3.100", "2.800", "4.000", "3.300", "3.400", "3.400", "3.000", "3.200"}
	if diff := cmp.Diff(want, means); diff != "" {
		t.Errorf("means (-want +got):\n%s", diff)
	}
}
