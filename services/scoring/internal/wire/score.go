package wire

import (
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// Score returns the message of a score, without trace.
func Score(s domain.Score) *scoringv1.Score {
	message := &scoringv1.Score{
		Name:           ScoreName(s.Period, s.Person),
		Unit:           UnitName(s.Period.Tenant, s.Unit),
		State:          state(s.State),
		Predicate:      Predicate(s.Predicate),
		ResultRating:   expectation(s.ResultRating),
		BehaviorRating: expectation(s.BehaviorRating),
		Achievement:    s.Achievement,
		SurveyIndex:    s.SurveyIndex,
		Credit:         s.Credit,
		RulePack:       s.RulePack,
		RulePackHash:   s.RulePackHash,
		Revision:       s.Revision,
		ComputeTime:    timestamp(s.ComputeTime),
		InputTime:      timestamp(s.InputTime),

		Value:           s.Value,
		SuggestedRating: expectation(s.Suggestion),
		SegmentCount:    int32(s.Segments),
	}
	for _, m := range s.Missing {
		message.Missing = append(message.Missing, &scoringv1.MissingInput{
			Input: m.Input, Description: m.Description, Policy: policy(m.Policy),
		})
	}
	return message
}

// Revision returns the message of a revision of a score with what people have fixed, without trace.
func Revision(r app.Revision) *scoringv1.Score {
	message := Score(r.Score)
	if r.Final == nil {
		return message
	}
	message.Final = &scoringv1.Score_Final{
		Predicate: Predicate(r.Final.Predicate),
		Credit:    r.Final.Credit,
		Decision:  DecisionName(r.Period, r.Person, r.Final.Decision),
		Revision:  r.Final.Revision,
		AdoptTime: timestamp(r.Final.AdoptTime),
		Author:    actorName(r.Period.Tenant, r.Final.Author),
		Approver:  actorName(r.Period.Tenant, r.Final.Approver),
		Outdated:  r.Final.Outdated,
	}
	return message
}

// Revisions returns the messages of revisions, without traces, in the same order.
func Revisions(revisions []app.Revision) []*scoringv1.Score {
	messages := make([]*scoringv1.Score, len(revisions))
	for i, r := range revisions {
		messages[i] = Revision(r)
	}
	return messages
}

// Trace returns the message of a trace.
func Trace(t domain.Trace) *scoringv1.Trace {
	inputs := t.Inputs()
	message := &scoringv1.Trace{
		Inputs: make([]*scoringv1.TraceInput, len(inputs)),
		Steps:  make([]*scoringv1.TraceStep, len(t.Steps)),
	}
	for i, in := range inputs {
		message.Inputs[i] = &scoringv1.TraceInput{Id: in.ID, Value: in.Value, Label: in.Label, Source: in.Source}
	}
	for i, step := range t.Steps {
		message.Steps[i] = &scoringv1.TraceStep{
			Id: step.ID, Rule: step.Rule, Operands: step.Operands, Result: step.Result, Label: step.Label, Places: int32(step.Places),
		}
	}
	return message
}

// SurveyIndex returns the message of the satisfaction index of a unit.
func SurveyIndex(s domain.SurveyScore) *scoringv1.SurveyIndex {
	message := &scoringv1.SurveyIndex{
		Name:               SurveyIndexName(s.Period, s.Unit),
		ResponseCount:      int32(s.Responses),
		Value:              s.Value,
		Grade:              s.Grade,
		PrintedWeightValue: s.PrintedValue,
		PrintedWeightGrade: s.PrintedGrade,
		RulePack:           s.RulePack,
		Revision:           s.Revision,
		ComputeTime:        timestamp(s.ComputeTime),
	}
	for _, mean := range s.Elements {
		message.Elements = append(message.Elements, &scoringv1.ElementMean{
			Element: element(mean.Element), Sum: mean.Sum, Mean: mean.Mean,
		})
	}
	for _, lowest := range s.Lowest {
		message.Lowest = append(message.Lowest, element(lowest))
	}
	return message
}
