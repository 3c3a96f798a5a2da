package scoring_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/genproto/googleapis/type/date"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// TestSimulateScore_with_the_facts_of_an_example_gives_the_example delivers the plan of every worked example of every rule
// pack and nothing else, and simulates the facts.
func TestSimulateScore_with_the_facts_of_an_example_gives_the_example(t *testing.T) {
	t.Parallel()
	catalog, err := pack.Embedded()
	must(t, err)
	for _, file := range catalog.Files() {
		t.Run(file.Pack.Definition().ID, func(t *testing.T) {
			s := one(t)
			s.run()
			from := file.Pack.EffectiveFrom()
			s.peers.change(func() {
				s.peers.rulePack = file.Pack.Name()
				s.peers.start = &date.Date{Year: int32(from.Year()), Month: int32(from.Month()), Day: int32(from.Day())}
			})
			for n, example := range file.Examples {
				in, person := example.Given.Input(file.Pack), "p"+strconv.Itoa(n)
				last := len(in.Segments) - 1
				in.Segments[last] = domain.Segment{Plan: in.Segments[last].Plan}
				s.deliver(person, in)
				s.fact("e"+strconv.Itoa(n), "rating.changed", person)
			}
			s.handled("KINERJA_ASSESSMENT", "scoring-assessment")
			admin, heads := s.admin(), file.Pack.Definition().UnitHead
			for n, example := range file.Examples {
				in := example.Given.Input(file.Pack)
				last := &in.Segments[len(in.Segments)-1]
				if heads.Rates(&last.Plan) && last.Rating != nil {
					last.Rating.Result = "" // which nothing reads
				}
				want, err := domain.Compute(file.Pack, in)
				must(t, err)
				got, err := admin.scores.SimulateScore(t.Context(), simulationOf("p"+strconv.Itoa(n), last))
				must(t, err)
				if diff := cmp.Diff(shownOf(want), shownBy(got.GetScore())); diff != "" {
					t.Errorf("%s (-want +got):\n%s", example.Name, diff)
				}
			}
		})
	}
}

// simulationOf asks for every fact of a segment.
func simulationOf(person string, segment *domain.Segment) *scoringv1.SimulateScoreRequest {
	var facts assessmentv1.PlanFacts
	more(&facts, segment)
	request := &scoringv1.SimulateScoreRequest{
		Name: scoreName(person), Attendance: attendanceOf(segment.Attendance), Panels: facts.GetPanels(),
		Contributions: facts.GetContributions(), Innovations: facts.GetInnovations(), AdditionalTasks: facts.GetAdditionalTasks(),
		Prior: facts.GetPrior(),
	}
	for _, r := range segment.Realisations {
		request.Realisations = append(request.Realisations, &scoringv1.SimulatedRealisation{Indicator: r.Indicator, Value: r.Value.String()})
	}
	rating := ratingOf(segment.Rating)
	request.ResultRating, request.BehaviorRating = rating.GetResultRating(), rating.GetBehaviorRating()
	if segment.Organization != nil {
		request.OrganizationLevel = value[assessmentv1.OrganizationLevel](
			assessmentv1.OrganizationLevel_value, "ORGANIZATION_LEVEL_", segment.Organization.Level)
	}
	if segment.Behavior != nil {
		request.Behavior = &assessmentv1.BehaviorValue{Value: segment.Behavior.Value.String()}
	}
	if segment.Survey != nil {
		request.Survey = &scoringv1.SimulatedSurvey{ResponseCount: int32(segment.Survey.Responses), Elements: tallies(segment.Survey)}
	}
	return request
}

func TestSimulateScore_refuses_facts_that_cannot_be(t *testing.T) {
	s := one(t)
	s.run()
	s.peers.plan("ani", "u1")
	s.peers.rate("ani", "1320", above, meets)
	s.fact("e1", "rating.changed", "ani")
	s.told(1)
	cases := []struct {
		name    string
		request *scoringv1.SimulateScoreRequest
		want    []string
	}{
		{
			"out_of_the_bounds_of_the_contract",
			&scoringv1.SimulateScoreRequest{
				Attendance:      &assessmentv1.Attendance{PresentDays: 367, LateMinutes: -1},
				Panels:          []*assessmentv1.Panel{{Questions: 1001, Sum: -1}},
				Survey:          &scoringv1.SimulatedSurvey{Elements: []*assessmentv1.SurveyElementTally{{Element: 10, Sum: -1}}},
				Contributions:   []*assessmentv1.Contribution{{Share: "1", Achievement: "1"}},
				Innovations:     &assessmentv1.Innovations{UnitCount: -1, AgencyCount: -1, NationalCount: -1},
				AdditionalTasks: &assessmentv1.AdditionalTasks{Count: -1},
			},
			[]string{
				"attendance.working_days", "attendance.present_days", "attendance.late_minutes",
				"panels[0].group", "panels[0].count", "panels[0].questions", "panels[0].sum",
				"survey.response_count", "survey.elements[0].element", "survey.elements[0].sum",
				"contributions[0].objective", "contributions[0].description",
				"innovations.unit_count", "innovations.agency_count", "innovations.national_count", "additional_tasks.count",
			},
		},
		{
			"within_them_and_yet_wrong",
			&scoringv1.SimulateScoreRequest{
				Attendance: &assessmentv1.Attendance{WorkingDays: 20, PresentDays: 21},
				Panels:     []*assessmentv1.Panel{{Group: assessmentv1.RaterGroup_RATER_GROUP_PEERS, Count: 3, Questions: 7}},
				Survey:     &scoringv1.SimulatedSurvey{ResponseCount: 10},
				Behavior:   &assessmentv1.BehaviorValue{Value: "90,5"},
				Contributions: []*assessmentv1.Contribution{
					{Objective: "o1", Description: "Kota sehat", Share: "0", Achievement: ""},
				},
				Prior: &assessmentv1.PriorValue{},
			},
			[]string{
				"behavior", "contributions", "prior", // which the law in force does not read
				"contributions[0].share", "contributions[0].achievement", "behavior.value", "prior.value",
				"attendance.present_days", "panels[0].sum", "survey.elements",
			},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.request.Name = scoreName("ani")
			_, err := s.admin().scores.SimulateScore(t.Context(), c.request)
			f := refused(t, err, fault.ReasonInvalidArgument)
			var got []string
			for _, v := range f.Violations {
				got = append(got, v.Field)
			}
			if diff := cmp.Diff(c.want, slices.Compact(got)); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSimulateScore_by_another_pack_reads_what_the_standing_one_does_not delivers parents and pupils of a teacher, of whom
// the law's pack keeps nothing, and asks what Marelan's pack would make of them.
func TestSimulateScore_by_another_pack_reads_what_the_standing_one_does_not(t *testing.T) {
	catalog, err := pack.Embedded()
	must(t, err)
	const marelan = "rulePacks/marelan/versions/1"
	file, err := catalog.File(marelan)
	must(t, err)
	s := one(t)
	s.run()
	at := slices.IndexFunc(file.Examples, func(e pack.Example) bool { return e.Name == "guru dinilai orang tua dan murid" })
	s.deliver("guru", file.Examples[at].Given.Input(file.Pack))
	s.fact("e1", "rating.changed", "guru")
	s.told(1)
	got, err := s.admin().scores.SimulateScore(t.Context(), &scoringv1.SimulateScoreRequest{Name: scoreName("guru"), RulePack: marelan})
	must(t, err)
	if want := file.Examples[at].Expected.Value; want == "" || got.GetScore().GetValue() != want {
		t.Fatalf("value is %q, want %q", got.GetScore().GetValue(), want)
	}
}
