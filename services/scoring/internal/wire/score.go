package wire

import (
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
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
	}
	for _, m := range s.Missing {
		message.Missing = append(message.Missing, &scoringv1.MissingInput{
			Input: m.Input, Description: m.Description, Policy: policy(m.Policy),
		})
	}
	return message
}

// Scores returns the messages of scores, without traces, in the same order.
func Scores(scores []domain.Score) []*scoringv1.Score {
	messages := make([]*scoringv1.Score, len(scores))
	for i, score := range scores {
		messages[i] = Score(score)
	}
	return messages
}

// Trace returns the message of a trace.
func Trace(t domain.Trace) *scoringv1.Trace {
	message := &scoringv1.Trace{
		Inputs: make([]*scoringv1.TraceInput, len(t.Inputs)),
		Steps:  make([]*scoringv1.TraceStep, len(t.Steps)),
	}
	for i, in := range t.Inputs {
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
