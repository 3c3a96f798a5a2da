package wire

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"
	"google.golang.org/genproto/googleapis/type/date"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/timestamppb"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/credit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// TestCodes_are_those_of_the_contract holds every value of every enum to a word of the domain's vocabulary and back.
func TestCodes_are_those_of_the_contract(t *testing.T) {
	t.Parallel()
	cases := []struct {
		enum   protoreflect.EnumDescriptor
		values map[string]int32
		prefix string
		// known reports whether the domain has a word for the code; nil where it has none.
		known func(code string) bool
	}{
		{assessmentv1.Expectation(0).Descriptor(), assessmentv1.Expectation_value, prefixExpectation, func(c string) bool { return domain.Expectation(c).Word() != c }},
		{scoringv1.Predicate(0).Descriptor(), scoringv1.Predicate_value, prefixPredicate, func(c string) bool { return domain.Predicate(c).Word() != c }},
		{assessmentv1.OrganizationLevel(0).Descriptor(), assessmentv1.OrganizationLevel_value, prefixOrganization, func(c string) bool { return domain.OrganizationLevel(c).Word() != c }},
		{planningv1.Position_FunctionalLevel(0).Descriptor(), planningv1.Position_FunctionalLevel_value, prefixFunctionalLevel, func(c string) bool { return domain.FunctionalLevel(c).Word() != c }},
		{assessmentv1.SurveyElement(0).Descriptor(), assessmentv1.SurveyElement_value, prefixElement, func(c string) bool { return domain.SurveyElement(c).Word() != c }},
		{planningv1.Indicator_Formula(0).Descriptor(), planningv1.Indicator_Formula_value, prefixFormula, oneOf(domain.FormulaNormal, domain.FormulaLowerIsBetter, domain.FormulaRange, domain.FormulaRangeLowerIsBetter)},
		{planningv1.Indicator_Source(0).Descriptor(), planningv1.Indicator_Source_value, prefixSource, oneOf(domain.SourceReported, domain.SourceSurveyIndex)},
		{scoringv1.MissingInput_Policy(0).Descriptor(), scoringv1.MissingInput_Policy_value, prefixPolicy, oneOf(domain.PolicyExclude, domain.PolicyBlock, domain.PolicyProvisional, domain.PolicyZero)},
		{planningv1.Position_Kind(0).Descriptor(), planningv1.Position_Kind_value, prefixKind, func(c string) bool { return domain.PositionKind(c).Word() != c }},
		{planningv1.Position_JobFamily(0).Descriptor(), planningv1.Position_JobFamily_value, prefixJobFamily, func(c string) bool { return domain.JobFamily(c).Word() != c }},
		{planningv1.Unit_Kind(0).Descriptor(), planningv1.Unit_Kind_value, prefixKind, func(c string) bool { return domain.UnitKind(c).Word() != c }},
		{planningv1.Result_Kind(0).Descriptor(), planningv1.Result_Kind_value, prefixKind, func(c string) bool { return domain.Work(c).Word() != c }},
		{planningv1.Indicator_Aspect(0).Descriptor(), planningv1.Indicator_Aspect_value, prefixAspect, func(c string) bool { return domain.Aspect(c).Word() != c }},
		{planningv1.Indicator_Level(0).Descriptor(), planningv1.Indicator_Level_value, prefixLevel, func(c string) bool { return domain.Level(c).Word() != c }},
		{assessmentv1.RaterGroup(0).Descriptor(), assessmentv1.RaterGroup_value, prefixGroup, func(c string) bool { return domain.Group(c).Word() != c }},
		{scoringv1.Score_State(0).Descriptor(), scoringv1.Score_State_value, prefixState, oneOf(domain.StateIncomplete, domain.StateProvisional, domain.StateComplete)},
		{scoringv1.Decision_Kind(0).Descriptor(), scoringv1.Decision_Kind_value, prefixKind, oneOf(decision.KindFinalize, decision.KindOverride, decision.KindCorrection)},
		{scoringv1.Decision_Ground(0).Descriptor(), scoringv1.Decision_Ground_value, prefixGround, func(c string) bool { return decision.Ground(c).Word() != "" }},
		{scoringv1.Decision_State(0).Descriptor(), scoringv1.Decision_State_value, prefixState, oneOf(decision.StateProposed, decision.StateAdopted, decision.StateRejected, decision.StateWithdrawn)},
		{scoringv1.AllowanceSlip_State(0).Descriptor(), scoringv1.AllowanceSlip_State_value, prefixState, oneOf(allowance.StateComplete, allowance.StateProvisional, allowance.StateBlocked)},
		{scoringv1.AllowanceMissing_Policy(0).Descriptor(), scoringv1.AllowanceMissing_Policy_value, prefixPolicy, oneOf(allowance.PolicyBlock, allowance.PolicyZero, allowance.PolicyFull)},
		{scoringv1.AllowanceLine_Kind(0).Descriptor(), scoringv1.AllowanceLine_Kind_value, prefixKind, oneOf(allowance.KindBase, allowance.KindPart, allowance.KindDeduction, allowance.KindLimit, allowance.KindFactor, allowance.KindSanction, allowance.KindFullAbsence)},
		{scoringv1.CreditLine_State(0).Descriptor(), scoringv1.CreditLine_State_value, prefixState, oneOf(credit.StateCounted, credit.StateProvisional, credit.StateNoPredicate, credit.StateNotFunctional, credit.StateNotConverted, credit.StateRulesUnknown)},
	}
	for _, c := range cases {
		t.Run(string(c.enum.Name()), func(t *testing.T) {
			t.Parallel()
			for i := range c.enum.Values().Len() {
				value := c.enum.Values().Get(i)
				code := codeOf[string](name(value.Name()), c.prefix)
				if value.Number() == 0 {
					if code != "" {
						t.Errorf("%s has the code %q", value.Name(), code)
					}
					continue
				}
				if !c.known(code) {
					t.Errorf("%s has the code %q, which the domain does not know", value.Name(), code)
				}
				if back := valueOf[protoreflect.EnumNumber](c.values, code, c.prefix); back != value.Number() {
					t.Errorf("%s comes back as %d", value.Name(), back)
				}
			}
		})
	}
}

// name is an enum value as codeOf takes it.
type name string

func (n name) String() string { return string(n) }

func oneOf[T ~string](codes ...T) func(string) bool {
	return func(code string) bool {
		for _, known := range codes {
			if string(known) == code {
				return true
			}
		}
		return false
	}
}

var at = time.Date(2026, 3, 1, 2, 3, 4, 5000, time.UTC)

func TestPlanOf(t *testing.T) {
	t.Parallel()
	got := PlanOf(&planningv1.PlanInput{
		Person: "tenants/3402/people/ani", Unit: "tenants/3402/units/u1", Plan: "tenants/3402/periods/2026/plans/p1",
		PositionKind: planningv1.Position_KIND_FUNCTIONAL, FunctionalLevel: planningv1.Position_FUNCTIONAL_LEVEL_AHLI_MUDA,
		UnitKind: planningv1.Unit_KIND_TECHNICAL_UNIT, JobFamily: planningv1.Position_JOB_FAMILY_HEALTH,
		UnitHead: true, Months: 8, ApproveTime: timestamppb.New(at),
		Results: []*planningv1.Result{
			{Id: "r1", Kind: planningv1.Result_KIND_MAIN, Indicators: []*planningv1.Indicator{{
				Id: "i1", Description: "Jumlah pasien", UnitOfMeasure: "pasien", Aspect: planningv1.Indicator_ASPECT_QUANTITY,
				Level: planningv1.Indicator_LEVEL_OUTCOME, MaxAttainable: true,
				Formula: planningv1.Indicator_FORMULA_NORMAL, Target: "1200.50",
			}}},
			{Id: "r2", Indicators: []*planningv1.Indicator{{
				Id: "i1", Description: "IKM", UnitOfMeasure: "nilai", Formula: planningv1.Indicator_FORMULA_RANGE,
				TargetLow: "80", TargetHigh: "90", Source: planningv1.Indicator_SOURCE_SURVEY_INDEX,
			}}},
			{Id: "r3", Kind: planningv1.Result_KIND_ADDITIONAL, Weight: "2", Indicators: []*planningv1.Indicator{
				{Id: "i1", Target: "1e3"}, {Id: "i2", Target: "1"}, {Id: "i3", Target: "1"},
			}},
			{Id: "r4", Weight: "1.5", Indicators: []*planningv1.Indicator{{Id: "i1", Target: "1"}}},
		},
	})
	want := app.PlanFacts{ApproveTime: at, Plan: domain.Plan{
		Source: "tenants/3402/periods/2026/plans/p1", Unit: "u1", UnitHead: true, FunctionalLevel: domain.LevelAhliMuda, Months: 8,
		UnitKind: domain.UnitTechnical, Position: domain.PositionFunctional, Family: domain.FamilyHealth,
		Indicators: []domain.Indicator{
			{
				ID: "results/r1/indicators/i1", Description: "Jumlah pasien", Unit: "pasien", Aspect: domain.AspectQuantity,
				Level: domain.LevelOutcome, Attainable: true,
				Formula: domain.FormulaNormal, Target: decimal.MustParse("1200.50"), Source: domain.SourceReported,
			},
			{
				ID: "results/r2/indicators/i1", Description: "IKM", Unit: "nilai", Formula: domain.FormulaRange,
				Low: decimal.MustParse("80"), High: decimal.MustParse("90"), Source: domain.SourceSurveyIndex,
			},
			// A target that is no number is refused by the domain. Each indicator has the whole weight of its result.
			{ID: "results/r3/indicators/i1", Work: domain.WorkAdditional, Target: num.Int(-1), Weight: num.Int(2), Source: domain.SourceReported},
			{ID: "results/r3/indicators/i2", Work: domain.WorkAdditional, Target: num.Int(1), Weight: num.Int(2), Source: domain.SourceReported},
			{ID: "results/r3/indicators/i3", Work: domain.WorkAdditional, Target: num.Int(1), Weight: num.Int(2), Source: domain.SourceReported},
			{ID: "results/r4/indicators/i1", Target: num.Int(1), Weight: decimal.MustParse("1.5"), Source: domain.SourceReported},
		},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("plan (-want +got):\n%s", diff)
	}
}

func TestPersonFactsOf(t *testing.T) {
	t.Parallel()
	if got := PersonFactsOf(&assessmentv1.PersonInput{}); !cmp.Equal(app.PersonFacts{}, got) {
		t.Fatalf("of nothing: %+v", got)
	}
	got := PersonFactsOf(&assessmentv1.PersonInput{
		Realisations: []*assessmentv1.Realisation{
			{Indicator: "results/r1/indicators/i1", Value: "0", ProgressReport: "progressReports/1"},
			{Indicator: "results/r1/indicators/i2", Value: "", ProgressReport: "progressReports/2"},
		},
		Rating: &assessmentv1.Rating{
			Name: "ratings/ani", ResultRating: assessmentv1.Expectation_EXPECTATION_ABOVE, BehaviorRating: assessmentv1.Expectation_EXPECTATION_BELOW,
		},
		Behavior: &assessmentv1.BehaviorValue{Value: "95.5", Source: "behaviors/ani"},
		Panels: []*assessmentv1.Panel{
			{Group: assessmentv1.RaterGroup_RATER_GROUP_PEERS, Count: 3, Questions: 7, Sum: 64},
			{Group: assessmentv1.RaterGroup_RATER_GROUP_PUPILS, Count: 2, Questions: 5}, // everybody has answered 0
		},
		Attendance: &assessmentv1.Attendance{Name: "attendances/ani", WorkingDays: 20, PresentDays: 19, UnexcusedDays: 1, LateMinutes: 35, Recorder: "simpeg"},
		Contributions: []*assessmentv1.Contribution{
			{Objective: "objectives/o1", Description: "Layanan", Share: "2.5", Achievement: "90"},
			{Objective: "objectives/o2"},
		},
		Innovations:     &assessmentv1.Innovations{UnitCount: 1, NationalCount: 2, Source: "innovations/ani"},
		AdditionalTasks: &assessmentv1.AdditionalTasks{Count: 4, Source: "tasks/ani"},
		Prior:           &assessmentv1.PriorValue{Value: "88.25", Source: "scores/ani/revisions/4"},
		EarlierPlans: []*assessmentv1.PlanFacts{{
			Plan:         "plans/p0",
			Realisations: []*assessmentv1.Realisation{{Indicator: "results/r1/indicators/i1", Value: "7", ProgressReport: "progressReports/0"}},
			Rating: &assessmentv1.Rating{
				Name: "ratings/before", ResultRating: assessmentv1.Expectation_EXPECTATION_MEETS, BehaviorRating: assessmentv1.Expectation_EXPECTATION_MEETS,
			},
			Behavior:        &assessmentv1.BehaviorValue{Source: "behaviors/before"},
			Attendance:      &assessmentv1.Attendance{Name: "attendances/before", WorkingDays: 9, PresentDays: 8},
			Panels:          []*assessmentv1.Panel{{Group: assessmentv1.RaterGroup_RATER_GROUP_PUBLIC, Count: 5, Questions: 1, Sum: 20}},
			Contributions:   []*assessmentv1.Contribution{{Objective: "objectives/o0", Share: "1", Achievement: "80"}},
			Innovations:     &assessmentv1.Innovations{AgencyCount: 1, Source: "innovations/before"},
			AdditionalTasks: &assessmentv1.AdditionalTasks{Count: 1, Source: "tasks/before"},
			Prior:           &assessmentv1.PriorValue{Source: "scores/before"},
		}},
		Plan:       "plans/p1",
		LatestTime: timestamppb.New(at),
	})
	want := app.PersonFacts{
		PlanResults: app.PlanResults{
			Realisations: []domain.Realisation{
				{Indicator: "results/r1/indicators/i1", Value: num.Int(0), Source: "progressReports/1"},
				{Indicator: "results/r1/indicators/i2", Value: num.Int(-1), Source: "progressReports/2"}, // refused by the domain
			},
			Rating:     &domain.Rating{Result: domain.ExpectationAbove, Behavior: domain.ExpectationBelow, Source: "ratings/ani"},
			Behavior:   &domain.Behavior{Value: decimal.MustParse("95.5"), Source: "behaviors/ani"},
			Attendance: &domain.Attendance{WorkingDays: 20, PresentDays: 19, LateMinutes: 35, Source: "attendances/ani"},
			Panels: []domain.Panel{
				{Group: domain.GroupPeers, Count: 3, Questions: 7, Sum: 64}, {Group: domain.GroupPupils, Count: 2, Questions: 5},
			},
			Contributions: []domain.Contribution{
				{Goal: "objectives/o1", Description: "Layanan", Share: decimal.MustParse("2.5"), Achievement: num.Int(90), Source: "objectives/o1"},
				{Goal: "objectives/o2", Share: num.Int(-1), Achievement: num.Int(-1), Source: "objectives/o2"}, // refused by the domain
			},
			Innovations: innovations("innovations/ani", 1, 0, 2),
			Tasks:       &domain.Tasks{Count: 4, Source: "tasks/ani"},
			Authors:     app.Authors{AttendanceRecorder: "simpeg"},
			Prior:       &domain.Prior{Value: decimal.MustParse("88.25"), Source: "scores/ani/revisions/4"},
		},
		Plan: "plans/p1",
		Earlier: map[string]app.PlanResults{"plans/p0": {
			Realisations:  []domain.Realisation{{Indicator: "results/r1/indicators/i1", Value: num.Int(7), Source: "progressReports/0"}},
			Rating:        &domain.Rating{Result: domain.ExpectationMeets, Behavior: domain.ExpectationMeets, Source: "ratings/before"},
			Behavior:      &domain.Behavior{Value: num.Int(-1), Source: "behaviors/before"}, // refused by the domain
			Attendance:    &domain.Attendance{WorkingDays: 9, PresentDays: 8, Source: "attendances/before"},
			Panels:        []domain.Panel{{Group: domain.GroupPublic, Count: 5, Questions: 1, Sum: 20}},
			Contributions: []domain.Contribution{{Goal: "objectives/o0", Share: num.Int(1), Achievement: num.Int(80), Source: "objectives/o0"}},
			Innovations:   innovations("innovations/before", 0, 1, 0),
			Tasks:         &domain.Tasks{Count: 1, Source: "tasks/before"},
			Prior:         &domain.Prior{Value: num.Int(-1), Source: "scores/before"}, // refused by the domain
		}},
		LatestTime: at,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("facts (-want +got):\n%s", diff)
	}
}

func innovations(source string, unit, agency, national int64) *domain.Innovations {
	return &domain.Innovations{Source: source, Counts: []domain.InnovationCount{
		{Reach: domain.ReachUnit, Count: unit}, {Reach: domain.ReachAgency, Count: agency}, {Reach: domain.ReachNational, Count: national},
	}}
}

func TestUnitFactsOf(t *testing.T) {
	t.Parallel()
	if got := UnitFactsOf(&assessmentv1.UnitInput{}); !cmp.Equal(app.UnitFacts{}, got) {
		t.Fatalf("of nothing: %+v", got)
	}
	got := UnitFactsOf(&assessmentv1.UnitInput{
		Survey: "surveys/s1", ResponseCount: 10,
		Elements:           []*assessmentv1.SurveyElementTally{{Element: assessmentv1.SurveyElement_SURVEY_ELEMENT_FACILITIES, Sum: 32}},
		OrganizationRating: &assessmentv1.OrganizationRating{Name: "organizationRatings/u1", Level: assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_VERY_POOR, Rater: "tenants/3402/people/siti"},
		LatestTime:         timestamppb.New(at),
	})
	want := app.UnitFacts{
		Survey: &domain.Survey{
			Source: "surveys/s1", Responses: 10, Sums: []domain.ElementSum{{Element: domain.ElementFacilities, Sum: 32}},
		},
		Organization:      &domain.Organization{Level: domain.OrganizationVeryPoor, Source: "organizationRatings/u1"},
		OrganizationRater: "tenants/3402/people/siti",
		LatestTime:        at,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("facts (-want +got):\n%s", diff)
	}
}

// TestMessages_have_every_field finds by reflection a field that a conversion forgets.
func TestMessages_have_every_field(t *testing.T) {
	t.Parallel()
	p := domain.Period{Tenant: "3402", ID: "2026"}
	trace := domain.Trace{
		Facts: domain.Input{Segments: []domain.Segment{{Plan: domain.Plan{Unit: "u1", Source: "d"}}}},
		Steps: []domain.TraceStep{{ID: "a", Rule: "b", Operands: []string{"c"}, Result: "d", Label: "e", Places: 2}},
	}
	stored := app.Revision{Final: &decision.Final{
		Predicate: domain.PredicatePoor, Basis: decision.Basis{Credit: "6.25"}, Decision: 2, Revision: 1, AdoptTime: at, Author: "dewi", Approver: "wali", Outdated: true,
	}}
	stored.Score = domain.Score{
		Period: p, Person: "ani", Revision: 3, ComputeTime: at, InputTime: at,
		Result: domain.Result{
			RulePack: "rp", RulePackHash: "h", Unit: "u1", State: domain.StateComplete, Predicate: domain.PredicateGood,
			ResultRating: domain.ExpectationAbove, BehaviorRating: domain.ExpectationMeets, Achievement: "1.00", SurveyIndex: "2.00", Credit: "3.00",
			Value: "4.00", Suggestion: domain.ExpectationAbove, Segments: 1,
			Missing: []domain.Missing{{Input: "i", Description: "d", Policy: domain.PolicyBlock}},
		},
	}
	score := Revision(stored)
	score.Trace, score.Explanation = Trace(trace), []string{"…"}
	whole(t, score.ProtoReflect())
	if score.GetName() != "tenants/3402/periods/2026/scores/ani" || score.GetUnit() != "tenants/3402/units/u1" {
		t.Errorf("names %s, %s", score.GetName(), score.GetUnit())
	}
	if final := score.GetFinal(); final.GetDecision() != score.GetName()+"/decisions/2" || final.GetAuthor() != "tenants/3402/people/dewi" {
		t.Errorf("final %v", final)
	}
	made := decision.Decision{
		Number: 2, State: decision.StateAdopted, Author: "dewi", ProposeTime: at, Approver: "wali", AnswerReason: "r", AnswerTime: at,
		Content: decision.Content{Kind: decision.KindCorrection, Predicate: domain.PredicatePoor, Reason: "r", Ground: decision.GroundCourt, Reference: "KEB-1", Revision: 3},
	}
	compared := Comparison(app.Comparison{
		Before: stored, After: stored,
		Changes: []explain.Change{{Difference: domain.Difference{ID: "a", Label: "b", Before: "c", After: "d"}, Sentence: "e", Source: "f"}},
		Origins: []app.Origin{{Revision: 4, ComputeTime: at, Causes: []string{decision.Cause}, Raters: []string{"dewi"}, OrganizationRaters: []string{"siti"}, AttendanceRecorders: []string{"simpeg"}, Decision: &made}},
	})
	compared.Before, compared.After = score, score // with trace and explanation, which a comparison leaves out
	whole(t, compared.ProtoReflect())
	if got := compared.GetOrigins()[0].GetDecision(); got.GetAdoptedRevision() != 4 || got.GetName() != score.GetName()+"/decisions/2" {
		t.Errorf("decision %v", got)
	}
	index := SurveyIndex(domain.SurveyScore{
		Period: p, Unit: "u1", Revision: 2, ComputeTime: at,
		Index: domain.Index{
			RulePack: "rp", Responses: 10, Elements: []domain.ElementMean{{Element: domain.ElementCost, Sum: 40, Mean: "4.000"}},
			Lowest: []domain.SurveyElement{domain.ElementTime}, Value: "1", Grade: "A", PrintedValue: "2", PrintedGrade: "B",
		},
	})
	whole(t, index.ProtoReflect())
	if index.GetName() != "tenants/3402/periods/2026/surveyIndexes/u1" {
		t.Errorf("name %s", index.GetName())
	}
}

// whole fails the test for each field within m that is not set.
func whole(t *testing.T, m protoreflect.Message) {
	t.Helper()
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		f := fields.Get(i)
		if !m.Has(f) {
			t.Errorf("%s is not set", f.FullName())
			continue
		}
		if f.IsList() && f.Message() != nil {
			whole(t, m.Get(f).List().Get(0).Message())
		} else if f.Message() != nil && f.Message().FullName().Parent() != "google.protobuf" {
			whole(t, m.Get(f).Message())
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	day := DayOf(&date.Date{Year: 2026, Month: 1, Day: 2})
	if got := Date(day); got.GetYear() != 2026 || got.GetMonth() != 1 || got.GetDay() != 2 {
		t.Fatalf("got %v", got)
	}
}

func TestParseNumbered(t *testing.T) {
	t.Parallel()
	const score = "tenants/3402/periods/2026/scores/ani"
	cases := []struct {
		name, given string
		want        int64
	}{
		{"the_first", score + "/decisions/1", 1},
		{"a_late_one", score + "/decisions/1204", 1204},
		{"none", score, 0},
		{"no_number", score + "/decisions/", 0},
		{"zero", score + "/decisions/0", 0},
		{"a_negative_number", score + "/decisions/-1", 0},
		{"a_number_in_another_form", score + "/decisions/01", 0},
		{"a_signed_number", score + "/decisions/+1", 0},
		{"a_word", score + "/decisions/one", 0},
		{"more_than_a_number_holds", score + "/decisions/9223372036854775808", 0},
		{"another_collection", score + "/revisions/1", 0},
		{"something_below_it", score + "/decisions/1/answers/1", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			parent, number, err := ParseNumbered("name", DecisionPattern, c.given)
			if number != c.want || (c.want > 0) != (err == nil) || (err == nil && parent != score) {
				t.Fatalf("got %q, %d, %v", parent, number, err)
			}
			if err != nil && !fault.Is(err, fault.ReasonInvalidName) {
				t.Fatalf("error is %v", err)
			}
		})
	}
}
