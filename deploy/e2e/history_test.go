package e2e

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/deploy/e2e/harness"
	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
)

// unsuggested is what no number suggests to the superior, as by rules that take no ratings.
const unsuggested = "EXPECTATION_UNSPECIFIED"

// historyCase is a period by older rules, in which the worker was promoted from Ahli Pertama to Ahli Muda.
type historyCase struct {
	name, tenant string
	period       opened
	indicators   []measured
	collected    collected
	// incomplete is the score of the plan alone; score is that with everything that is collected.
	incomplete, score regionScore
	// word is the predicate as the regulation has it.
	word string
}

// realised are the realisations of an earlier plan.
func realised(values ...string) []*assessmentv1.Realisation {
	var all []*assessmentv1.Realisation
	for i, value := range values {
		all = append(all, &assessmentv1.Realisation{Indicator: fmt.Sprintf("results/r1/indicators/i%d", i+1), Value: value, ProgressReport: "p"})
	}
	return all
}

func behaved(value string) *assessmentv1.BehaviorValue {
	return &assessmentv1.BehaviorValue{Value: value, Source: "penilaian-perilaku"}
}

// secondHalf are two indicators of which both are exceeded: 105 and 104.
var secondHalf = []measured{
	{"r1", "QUANTITY", "", "NORMAL", "Telaahan kebijakan", "dokumen", "100", "105"},
	{"r1", "QUALITY", "", "NORMAL", "Telaahan diterima", "persen", "100", "104"},
}

// halfYear is four months with 100 and 100, and two in which three subordinates have answered too.
func halfYear(prior *assessmentv1.PriorValue) collected {
	return collected{
		months: [2]int32{4, 2},
		before: &assessmentv1.PlanFacts{
			Realisations: realised("100", "100"), Behavior: behaved("90"), Innovations: &assessmentv1.Innovations{}, Prior: prior,
		},
		last: &assessmentv1.PersonInput{
			Behavior: behaved("100"), Innovations: &assessmentv1.Innovations{}, Prior: prior,
			Panels: []*assessmentv1.Panel{{Group: assessmentv1.RaterGroup_RATER_GROUP_SUBORDINATES, Count: 3, Questions: 4, Sum: 60}},
		},
	}
}

var historyCases = []historyCase{
	{
		name: "pp_46_2011", tenant: "3471", period: opened{"2020", rulePackOf("pp-46-2011"), 2020, 1},
		indicators: []measured{{"r1", "QUANTITY", "", "NORMAL", "Telaahan kebijakan", "dokumen", "10", "9"}},
		collected: collected{
			months: [2]int32{8, 4},
			// 80 and four additional tasks: 0.6 × 82 + 0.4 × 90 = 85.2
			before: &assessmentv1.PlanFacts{
				Realisations: realised("8"), Behavior: behaved("90"), Innovations: &assessmentv1.Innovations{},
				AdditionalTasks: &assessmentv1.AdditionalTasks{Count: 4},
			},
			// 90 and one: 0.6 × 91 + 0.4 × 100 = 94.6
			last: &assessmentv1.PersonInput{
				Behavior: behaved("100"), Innovations: &assessmentv1.Innovations{}, AdditionalTasks: &assessmentv1.AdditionalTasks{Count: 1},
			},
		},
		incomplete: regionScore{
			State: "STATE_INCOMPLETE", Predicate: "PREDICATE_UNSPECIFIED", SuggestedRating: unsuggested, Achievement: "90.0000",
			Missing: missingInputs("components/additional_tasks", "components/creativity", "components/behavior", "components/total"),
		},
		// (8 × 85.2 + 4 × 94.6) / 12 = 1060 / 12, and 88 is Baik; (8 × 80 + 4 × 90) / 12
		score: regionScore{State: "STATE_COMPLETE", Predicate: "PREDICATE_GOOD", SuggestedRating: unsuggested, Value: "88.3333", Achievement: "83.3333"},
		word:  "Baik",
	},
	{
		name: "permenpanrb_8_2021", tenant: "3404", period: opened{"2021-2", rulePackOf("permenpanrb-8-2021"), 2021, 7},
		indicators: secondHalf, collected: halfYear(nil),
		incomplete: regionScore{
			State: "STATE_INCOMPLETE", Predicate: "PREDICATE_UNSPECIFIED", SuggestedRating: unsuggested, Achievement: "104.50",
			Missing: missingInputs("components/additional", "components/peers", "components/subordinates", "components/behavior", "components/total"),
		},
		// Baik in both aspects is 100: 0.7 × 100 + 0.3 × 90 = 97. Sangat Baik in both is 120, and subordinates have answered:
		// 0.6 × 120 + 0.4 × 100 = 112. (4 × 97 + 2 × 112) / 6 = 612 / 6; (4 × 100 + 2 × 104.5) / 6
		score: regionScore{
			State: "STATE_COMPLETE", Predicate: "PREDICATE_GOOD", SuggestedRating: unsuggested, Value: "102.0000", Achievement: "101.50",
			Missing: missingInputs("segments/1/components/additional", "segments/1/components/peers", "segments/1/components/subordinates",
				"segments/2/components/additional", "segments/2/components/peers"),
		},
		word: "Baik",
	},
	{
		name: "integrasi_2021", tenant: "3372", period: opened{"2021-2", rulePackOf("integrasi-2021"), 2021, 7},
		indicators: secondHalf, collected: halfYear(&assessmentv1.PriorValue{Value: "74", Source: "penilaian-semester-1"}),
		incomplete: regionScore{
			State: "STATE_INCOMPLETE", Predicate: "PREDICATE_UNSPECIFIED", SuggestedRating: unsuggested, Achievement: "104.50",
			Missing: missingInputs("components/additional", "components/peers", "components/subordinates", "components/behavior", "components/total",
				"components/first_half", "components/year"),
		},
		// Of the second half 97 and 112 as before, each with the 74 of the first: (4 × 85.5 + 2 × 93) / 6 = 528 / 6
		score: regionScore{
			State: "STATE_COMPLETE", Predicate: "PREDICATE_NEEDS_IMPROVEMENT", SuggestedRating: unsuggested, Value: "88.0000", Achievement: "101.50",
			Missing: missingInputs("segments/1/components/additional", "segments/1/components/peers", "segments/1/components/subordinates",
				"segments/2/components/additional", "segments/2/components/peers"),
		},
		word: "Cukup",
	},
}

// TestOlderRules goes the whole way over HTTP by older rules, of which no service collects every fact: planning and assessment have
// what they know, the rest comes through the same contract and is told by its event.
func TestOlderRules(t *testing.T) {
	t.Parallel()
	deployment, collector := collecting(t)
	for _, c := range historyCases {
		t.Run(c.name, func(t *testing.T) {
			r := &region{Deployment: deployment, tenant: c.tenant}
			r.found(t, "KIND_AGENCY", object{
				"title": "Analis Kebijakan Ahli Muda", "kind": "KIND_FUNCTIONAL", "functionalLevel": "FUNCTIONAL_LEVEL_AHLI_MUDA",
				"jobFamily": "JOB_FAMILY_OTHER",
			})
			r.open(t, c.period)
			r.agree(t, c.period.id, c.indicators)
			r.report(t, c.period.id, c.indicators)
			r.shows(t, c.period.id, c.incomplete)
			collector.collect(t, r, c.period.id, c.collected)
			r.shows(t, c.period.id, c.score)
			r.reports(t, c)
			var got struct{ Verified bool }
			r.get(t, r.admin(t, "admin"), "periods/"+c.period.id+"/scores/"+worker+":verify", &got)
			if !got.Verified {
				t.Error("the score is not what its record gives")
			}
		})
	}
}

// reports waits until the report of the worker shows the score.
func (r *region) reports(t *testing.T, c historyCase) {
	t.Helper()
	type report struct{ ScoreState, Predicate, PredicateLabel, Value, Achievement string }
	want := report{c.score.State, c.score.Predicate, c.word, c.score.Value, c.score.Achievement}
	harness.Await(t, func() string {
		path := "/v1/tenants/" + r.tenant + "/periods/" + c.period.id + "/personReports/" + worker
		answer := r.Do(t, r.employee(t, worker), http.MethodGet, path, "")
		if answer.Status != http.StatusOK {
			return string(answer.Body)
		}
		var got report
		answer.Decode(t, &got)
		return cmp.Diff(want, got)
	})
}
