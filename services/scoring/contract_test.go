package scoring_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/govalues/decimal"
	"google.golang.org/genproto/googleapis/type/date"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// TestExamples_come_out_through_the_contract delivers the facts of every worked example and of every case of the tables of
// every rule pack as planning and assessment would, and holds what scoring answers to them, step by step.
func TestExamples_come_out_through_the_contract(t *testing.T) {
	t.Parallel()
	catalog, err := pack.Embedded()
	must(t, err)
	tables := tablesByPack(t, catalog)
	for _, file := range catalog.Files() {
		examples := slices.Concat(file.Examples, tables[file.Pack.Name()])
		delete(tables, file.Pack.Name())
		t.Run(file.Pack.Definition().ID, func(t *testing.T) {
			s := one(t)
			s.run()
			s.under(file.Pack)
			s.answers(file.Pack, examples)
		})
	}
	if len(tables) > 0 {
		t.Errorf("tables of packs that there are not: %v", slices.Collect(maps.Keys(tables)))
	}
}

// under has the period begin with the first day of the rules, and be assessed by them.
func (s *suite) under(rules *domain.Pack) {
	from := rules.EffectiveFrom()
	s.peers.change(func() {
		s.peers.rulePack = rules.Name()
		s.peers.start = &date.Date{Year: int32(from.Year()), Month: int32(from.Month()), Day: int32(from.Day())}
	})
}

// answers delivers the facts of every example and holds what the service answers to them, step by step.
func (s *suite) answers(rules *domain.Pack, examples []pack.Example) {
	s.t.Helper()
	inputs := make([]domain.Input, len(examples))
	for n, example := range examples {
		inputs[n] = example.Given.Input(rules)
		s.deliver("p"+strconv.Itoa(n), inputs[n])
	}
	for n := range examples {
		s.fact("p"+strconv.Itoa(n), "rating.changed", "p"+strconv.Itoa(n))
	}
	s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
	for n, example := range examples {
		must(s.t, example.Run(rules))
		want, err := domain.Compute(rules, inputs[n])
		must(s.t, err)
		if diff := cmp.Diff(shownOf(want), s.shown("p"+strconv.Itoa(n))); diff != "" {
			s.t.Errorf("%s (-want +got):\n%s", example.Name, diff)
		}
	}
}

// TestFacts_that_no_subject_of_their_own_tells_of_become_revisions lets each of them become known of somebody with a score.
func TestFacts_that_no_subject_of_their_own_tells_of_become_revisions(t *testing.T) {
	t.Parallel()
	catalog, err := pack.Embedded()
	must(t, err)
	without := func(group domain.Group) func(*domain.Segment) {
		return func(of *domain.Segment) {
			of.Panels = slices.DeleteFunc(slices.Clone(of.Panels), func(p domain.Panel) bool { return p.Group == group })
		}
	}
	for name, forget := range map[string]func(*domain.Segment){
		"value_of_behaviour":             func(of *domain.Segment) { of.Behavior = nil },
		"contributions":                  func(of *domain.Segment) { of.Contributions = nil },
		"innovations":                    func(of *domain.Segment) { of.Innovations = nil },
		"additional_tasks":               func(of *domain.Segment) { of.Tasks = nil },
		"value_of_an_earlier_assessment": func(of *domain.Segment) { of.Prior = nil },
		"answers_of_the_superior":        without(domain.GroupSuperior),
		"answers_of_subordinates":        without(domain.GroupSubordinates),
		"answers_of_parents":             without(domain.GroupParents),
		"answers_of_pupils":              without(domain.GroupPupils),
		"answers_of_the_public":          without(domain.GroupPublic),
	} {
		t.Run(name, func(t *testing.T) {
			s := one(t)
			rules, before, after := counting(t, catalog, forget)
			s.run()
			s.under(rules)
			s.deliver("ani", before)
			s.fact("e1", "rating.changed", "ani")
			s.told(1)
			s.deliver("ani", after)
			s.fact("e2", "fact.changed", "ani")
			told, _ := s.told(2)[1].(*scoringv1.ScoresChanged)
			if causes := told.GetChanges()[0].GetCauses(); !slices.Equal(causes, []string{"kinerja.assessment.v1.fact.changed"}) {
				t.Errorf("causes are %v", causes)
			}
			want, err := domain.Compute(rules, after)
			must(t, err)
			if diff := cmp.Diff(shownOf(want), s.shown("ani")); diff != "" || s.full("ani").GetRevision() != 2 {
				t.Errorf("revision %d by %s (-want +got):\n%s", s.full("ani").GetRevision(), rules.Name(), diff)
			}
		})
	}
}

// counting returns the facts of a worked example without a fact of the first plan, and with it, which makes another score by
// the rules.
func counting(t *testing.T, catalog *pack.Catalog, forget func(*domain.Segment)) (rules *domain.Pack, before, after domain.Input) {
	t.Helper()
	for _, file := range catalog.Files() {
		for _, example := range file.Examples {
			after = example.Given.Input(file.Pack)
			before = domain.Input{Segments: slices.Clone(after.Segments)}
			forget(&before.Segments[0])
			less, err := domain.Compute(file.Pack, before)
			must(t, err)
			more, err := domain.Compute(file.Pack, after)
			must(t, err)
			if !cmp.Equal(shownOf(less), shownOf(more)) {
				return file.Pack, before, after
			}
		}
	}
	t.Fatal("there is no example in which the fact counts")
	return nil, before, after
}

// TestExamples_of_a_tenants_pack_come_out_through_the_contract publishes each pack of testdata as a tenant does, and asks the
// service what its examples say.
func TestExamples_of_a_tenants_pack_come_out_through_the_contract(t *testing.T) {
	t.Parallel()
	catalog, err := pack.Embedded()
	must(t, err)
	paths, err := filepath.Glob("internal/pack/testdata/packs/*.yaml")
	must(t, err)
	if len(paths) == 0 {
		t.Fatal("there are no packs")
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		must(t, err)
		file, err := pack.Parse(content, catalog.File)
		must(t, err)
		t.Run(file.Pack.Definition().ID, func(t *testing.T) {
			s := one(t)
			scored(t, s)
			author, second := admins(s)
			draft := drafted(t, author, string(content))
			_, err := author.drafts.TryRulePackDraft(t.Context(), &scoringv1.TryRulePackDraftRequest{Name: draft.GetName(), Period: periodName})
			must(t, err)
			published, err := publish(t, second, draft)
			must(t, err)
			s.peers.change(func() { s.peers.rulePack = published.GetName() })
			s.answers(file.Pack, file.Examples)
		})
	}
}

// tablesByPack returns the cases of every table by the name of its pack. A table is read as a pack that adds nothing but
// examples to its own.
func tablesByPack(t *testing.T, catalog *pack.Catalog) map[string][]pack.Example {
	t.Helper()
	paths, err := filepath.Glob("internal/pack/testdata/*.yaml")
	must(t, err)
	asPack := strings.NewReplacer("\npack: ", "\nid: tabel\nversion: 1\nbase: ", "\ncases:", "\nexamples:")
	cases := map[string][]pack.Example{}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		must(t, err)
		table, err := pack.Parse([]byte(asPack.Replace("\n"+string(content))), catalog.File)
		must(t, err)
		base := table.Pack.Definition().Base
		cases[base] = append(cases[base], table.Examples...)
	}
	if len(cases) == 0 {
		t.Fatal("there are no tables")
	}
	return cases
}

// shown is what a score shows: its fields, what is missing, and every step.
type shown struct {
	State, Predicate, Value, Suggestion, Achievement, SurveyIndex, Credit string
	Missing, Steps                                                        []string
}

func shownOf(r domain.Result) shown {
	s := shown{
		State: string(r.State), Predicate: string(r.Predicate), Value: r.Value, Suggestion: string(r.Suggestion),
		Achievement: r.Achievement, SurveyIndex: r.SurveyIndex, Credit: r.Credit,
	}
	for _, m := range r.Missing {
		s.Missing = append(s.Missing, m.Input+" "+string(m.Policy))
	}
	for _, step := range r.Trace.Steps {
		s.Steps = append(s.Steps, step.ID+" = "+step.Result)
	}
	return s
}

// shown asks for the score of a person.
func (s *suite) shown(person string) shown {
	s.t.Helper()
	return shownBy(s.full(person))
}

func shownBy(score *scoringv1.Score) shown {
	code := func(name, prefix string) string {
		return strings.TrimPrefix(strings.ToLower(strings.TrimPrefix(name, prefix)), "unspecified")
	}
	got := shown{
		State: code(score.GetState().String(), "STATE_"), Predicate: code(score.GetPredicate().String(), "PREDICATE_"),
		Value: score.GetValue(), Suggestion: code(score.GetSuggestedRating().String(), "EXPECTATION_"),
		Achievement: score.GetAchievement(), SurveyIndex: score.GetSurveyIndex(), Credit: score.GetCredit(),
	}
	for _, m := range score.GetMissing() {
		got.Missing = append(got.Missing, m.GetInput()+" "+code(m.GetPolicy().String(), "POLICY_"))
	}
	for _, step := range score.GetTrace().GetSteps() {
		got.Steps = append(got.Steps, step.GetId()+" = "+step.GetResult())
	}
	return got
}

// value returns the enum value with the name of a code, 0 for an empty one.
func value[E ~int32, C ~string](values map[string]int32, prefix string, code C) E {
	return E(values[prefix+strings.ToUpper(string(code))])
}

// text returns a number as a message has it, "" for none.
func text(d decimal.Decimal) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// deliver sets everything that is known of a person: one plan and one unit for each segment.
func (s *suite) deliver(person string, in domain.Input) {
	facts := &assessmentv1.PersonInput{Person: personName(person)}
	var plans []*planningv1.PlanInput
	for n := range in.Segments {
		segment := &in.Segments[n]
		name := fmt.Sprintf("%s/plans/%s-%d", periodName, person, n)
		unit := fmt.Sprintf("u-%s-%d", person, n)
		plans = append(plans, planOf(person, unit, name, segment))
		s.unit(unit, segment)
		own := &assessmentv1.PlanFacts{Plan: name, Rating: ratingOf(segment.Rating), Attendance: attendanceOf(segment.Attendance)}
		for _, r := range segment.Realisations {
			own.Realisations = append(own.Realisations, &assessmentv1.Realisation{Indicator: r.Indicator, Value: r.Value.String(), ProgressReport: "r"})
		}
		if segment.Behavior != nil {
			own.Behavior = &assessmentv1.BehaviorValue{Value: segment.Behavior.Value.String(), Source: "b"}
		}
		more(own, segment)
		if n < len(in.Segments)-1 {
			facts.EarlierPlans = append(facts.EarlierPlans, own)
			continue
		}
		facts.Realisations, facts.Rating, facts.Behavior, facts.Attendance = own.GetRealisations(), own.GetRating(), own.GetBehavior(), own.GetAttendance()
		facts.Panels, facts.Contributions, facts.Innovations, facts.AdditionalTasks = own.GetPanels(), own.GetContributions(), own.GetInnovations(), own.GetAdditionalTasks()
		facts.Prior = own.GetPrior()
	}
	s.peers.change(func() { s.peers.plans[personName(person)], s.peers.people[personName(person)] = plans, facts })
}

// more sets the facts that only some rule packs read.
func more(facts *assessmentv1.PlanFacts, segment *domain.Segment) {
	for _, p := range segment.Panels {
		facts.Panels = append(facts.Panels, &assessmentv1.Panel{
			Group: value[assessmentv1.RaterGroup](assessmentv1.RaterGroup_value, "RATER_GROUP_", p.Group),
			Count: int32(p.Count), Questions: int32(p.Questions), Sum: p.Sum,
		})
	}
	for _, c := range segment.Contributions {
		facts.Contributions = append(facts.Contributions, &assessmentv1.Contribution{
			Objective: c.Goal, Description: c.Description, Share: c.Share.String(), Achievement: c.Achievement.String(),
		})
	}
	if segment.Innovations != nil {
		facts.Innovations = &assessmentv1.Innovations{Source: "i"}
		for _, entry := range segment.Innovations.Counts {
			switch entry.Reach {
			case domain.ReachUnit:
				facts.Innovations.UnitCount = int32(entry.Count)
			case domain.ReachAgency:
				facts.Innovations.AgencyCount = int32(entry.Count)
			case domain.ReachNational:
				facts.Innovations.NationalCount = int32(entry.Count)
			}
		}
	}
	if segment.Tasks != nil {
		facts.AdditionalTasks = &assessmentv1.AdditionalTasks{Count: int32(segment.Tasks.Count), Source: "t"}
	}
	if segment.Prior != nil {
		facts.Prior = &assessmentv1.PriorValue{Value: segment.Prior.Value.String(), Source: "r"}
	}
}

func ratingOf(r *domain.Rating) *assessmentv1.Rating {
	if r == nil {
		return nil
	}
	return &assessmentv1.Rating{
		Name:           "r",
		ResultRating:   value[assessmentv1.Expectation](assessmentv1.Expectation_value, "EXPECTATION_", r.Result),
		BehaviorRating: value[assessmentv1.Expectation](assessmentv1.Expectation_value, "EXPECTATION_", r.Behavior),
	}
}

func attendanceOf(a *domain.Attendance) *assessmentv1.Attendance {
	if a == nil {
		return nil
	}
	return &assessmentv1.Attendance{Name: "a", WorkingDays: int32(a.WorkingDays), PresentDays: int32(a.PresentDays), LateMinutes: int32(a.LateMinutes)}
}

// unit sets the survey and the rating of a unit.
func (s *suite) unit(unit string, segment *domain.Segment) {
	in := &assessmentv1.UnitInput{Unit: unitName(unit)}
	if segment.Survey != nil {
		in.Survey, in.ResponseCount, in.Elements = "s", int32(segment.Survey.Responses), tallies(segment.Survey)
	}
	if segment.Organization != nil {
		in.OrganizationRating = &assessmentv1.OrganizationRating{
			Name: "o", Level: value[assessmentv1.OrganizationLevel](assessmentv1.OrganizationLevel_value, "ORGANIZATION_LEVEL_", segment.Organization.Level),
		}
	}
	s.peers.change(func() { s.peers.units[unitName(unit)] = in })
}

func tallies(survey *domain.Survey) []*assessmentv1.SurveyElementTally {
	var all []*assessmentv1.SurveyElementTally
	for _, sum := range survey.Sums {
		all = append(all, &assessmentv1.SurveyElementTally{
			Element: value[assessmentv1.SurveyElement](assessmentv1.SurveyElement_value, "SURVEY_ELEMENT_", sum.Element), Sum: sum.Sum,
		})
	}
	return all
}

func planOf(person, unit, name string, segment *domain.Segment) *planningv1.PlanInput {
	plan := &planningv1.PlanInput{
		Person: personName(person), Unit: unitName(unit), Plan: name, PlanRevision: 1, Months: int32(segment.Plan.Months),
		UnitHead:        segment.Plan.UnitHead,
		UnitKind:        value[planningv1.Unit_Kind](planningv1.Unit_Kind_value, "KIND_", segment.Plan.UnitKind),
		PositionKind:    value[planningv1.Position_Kind](planningv1.Position_Kind_value, "KIND_", segment.Plan.Position),
		JobFamily:       value[planningv1.Position_JobFamily](planningv1.Position_JobFamily_value, "JOB_FAMILY_", segment.Plan.Family),
		FunctionalLevel: value[planningv1.Position_FunctionalLevel](planningv1.Position_FunctionalLevel_value, "FUNCTIONAL_LEVEL_", segment.Plan.FunctionalLevel),
	}
	for n := range segment.Plan.Indicators {
		i := &segment.Plan.Indicators[n]
		parts := strings.Split(i.ID, "/")
		at := slices.IndexFunc(plan.GetResults(), func(r *planningv1.Result) bool { return r.GetId() == parts[1] })
		if at < 0 {
			at = len(plan.GetResults())
			plan.Results = append(plan.Results, &planningv1.Result{Id: parts[1], Kind: planningv1.Result_KIND_MAIN, Weight: text(i.Weight)})
			if i.Work == domain.WorkAdditional {
				plan.Results[at].Kind = planningv1.Result_KIND_ADDITIONAL
			}
		}
		plan.Results[at].Indicators = append(plan.Results[at].Indicators, &planningv1.Indicator{
			Id: parts[3], Description: i.Description, UnitOfMeasure: i.Unit, MaxAttainable: i.Attainable,
			Aspect:  value[planningv1.Indicator_Aspect](planningv1.Indicator_Aspect_value, "ASPECT_", i.Aspect),
			Level:   value[planningv1.Indicator_Level](planningv1.Indicator_Level_value, "LEVEL_", i.Level),
			Formula: value[planningv1.Indicator_Formula](planningv1.Indicator_Formula_value, "FORMULA_", i.Formula),
			Source:  value[planningv1.Indicator_Source](planningv1.Indicator_Source_value, "SOURCE_", i.Source),
			Target:  text(i.Target), TargetLow: text(i.Low), TargetHigh: text(i.High),
		})
	}
	return plan
}
