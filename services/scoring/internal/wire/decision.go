package wire

import (
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
)

// ContentOf reads what a caller decides.
func ContentOf(request *scoringv1.ProposeDecisionRequest) decision.Content {
	return decision.Content{
		Kind:      codeOf[decision.Kind](request.GetKind(), prefixKind),
		Predicate: codeOf[domain.Predicate](request.GetPredicate(), prefixPredicate),
		Reason:    request.GetReason(),
		Ground:    codeOf[decision.Ground](request.GetGround(), prefixGround),
		Reference: request.GetReference(),
		Revision:  request.GetRevision(),
	}
}

// Decision returns the message of a decision about the score of a person.
func Decision(period domain.Period, person string, d decision.Decision) *scoringv1.Decision {
	return &scoringv1.Decision{
		Name:            DecisionName(period, person, d.Number),
		Kind:            valueOf[scoringv1.Decision_Kind](scoringv1.Decision_Kind_value, d.Kind, prefixKind),
		State:           valueOf[scoringv1.Decision_State](scoringv1.Decision_State_value, d.State, prefixState),
		Predicate:       Predicate(d.Predicate),
		Reason:          d.Reason,
		Ground:          valueOf[scoringv1.Decision_Ground](scoringv1.Decision_Ground_value, d.Ground, prefixGround),
		GroundLabel:     d.Ground.Word(),
		Reference:       d.Reference,
		Revision:        d.Revision,
		Author:          actorName(period.Tenant, d.Author),
		ProposeTime:     timestamp(d.ProposeTime),
		Approver:        actorName(period.Tenant, d.Approver),
		AnswerReason:    d.AnswerReason,
		AnswerTime:      timestamp(d.AnswerTime),
		AdoptedRevision: d.AdoptedRevision(),
	}
}

// Comparison returns the message of a comparison of two revisions.
func Comparison(c app.Comparison) *scoringv1.CompareScoresResponse {
	message := &scoringv1.CompareScoresResponse{Before: Revision(c.Before), After: Revision(c.After)}
	for _, change := range c.Changes {
		message.Differences = append(message.Differences, comparison(change))
	}
	for _, origin := range c.Origins {
		made := &scoringv1.RevisionOrigin{
			Revision: origin.Revision, ComputeTime: timestamp(origin.ComputeTime), Causes: origin.Causes,
			OrganizationRaters: origin.OrganizationRaters, AttendanceRecorders: origin.AttendanceRecorders,
		}
		for _, rater := range origin.Raters {
			made.Raters = append(made.Raters, actorName(c.After.Period.Tenant, rater))
			made.Rater = actorName(c.After.Period.Tenant, rater)
		}
		for _, recorder := range origin.AttendanceRecorders {
			made.AttendanceRecorder = recorder
		}
		if origin.Decision != nil {
			made.Decision = Decision(c.After.Period, c.After.Person, *origin.Decision)
		}
		message.Origins = append(message.Origins, made)
	}
	return message
}

func comparison(c explain.Change) *scoringv1.ScoreComparison {
	return &scoringv1.ScoreComparison{
		Id: c.ID, Label: c.Label, Before: c.Before, After: c.After, Sentence: c.Sentence, Source: c.Source,
	}
}
