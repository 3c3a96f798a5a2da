package wire

import (
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
)

// ChangesOf reads what a simulation changes.
func ChangesOf(request *scoringv1.SimulateScoreRequest) app.Changes {
	c := app.Changes{
		RulePack:     request.GetRulePack(),
		Result:       codeOf[domain.Expectation](request.GetResultRating(), prefixExpectation),
		Behavior:     codeOf[domain.Expectation](request.GetBehaviorRating(), prefixExpectation),
		Organization: codeOf[domain.OrganizationLevel](request.GetOrganizationLevel(), prefixOrganization),

		Attendance: attendanceOf(request.GetAttendance()), BehaviorValue: behaviorOf(request.GetBehavior()),
		Contributions: contributionsOf(request.GetContributions()), Innovations: innovationsOf(request.GetInnovations()),
		Tasks: tasksOf(request.GetAdditionalTasks()), Prior: priorOf(request.GetPrior()),
	}
	for _, p := range request.GetPanels() {
		c.Panels = append(c.Panels, panelOf(p))
	}
	if survey := request.GetSurvey(); survey != nil {
		c.Survey = surveyOf("", survey)
	}
	for _, r := range request.GetRealisations() {
		c.Realisations = append(c.Realisations, app.ChangedRealisation{Indicator: r.GetIndicator(), Value: r.GetValue()})
	}
	return c
}

// Differences turns differences into messages.
func Differences(all []domain.Difference) []*scoringv1.ScoreDifference {
	messages := make([]*scoringv1.ScoreDifference, 0, len(all))
	for _, d := range all {
		messages = append(messages, &scoringv1.ScoreDifference{Id: d.ID, Label: d.Label, Before: d.Before, After: d.After})
	}
	return messages
}

// Simulated turns the differences of a simulation into messages with their sentences.
func Simulated(all []explain.Change) []*scoringv1.ScoreDifference {
	messages := make([]*scoringv1.ScoreDifference, 0, len(all))
	for _, c := range all {
		messages = append(messages, &scoringv1.ScoreDifference{Id: c.ID, Label: c.Label, Before: c.Before, After: c.After, Sentence: c.Sentence})
	}
	return messages
}
