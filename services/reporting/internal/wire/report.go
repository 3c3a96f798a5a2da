package wire

import (
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/domain"
)

// Documents makes documents: marshalled messages of the contract. It is an app.Documents.
type Documents struct{}

// Person returns a marshalled PersonReport.
func (Documents) Person(r *domain.Report) ([]byte, error) { return proto.Marshal(PersonReport(r)) }

// Unit returns a marshalled UnitReport.
func (Documents) Unit(t *domain.Tally) ([]byte, error) { return proto.Marshal(unitReport(t)) }

// Summary returns a marshalled TenantSummary.
func (Documents) Summary(s *domain.Summary) ([]byte, error) { return proto.Marshal(tenantSummary(s)) }

// PersonReport returns the message that shows the report.
func PersonReport(r *domain.Report) *reportingv1.PersonReport {
	m := &reportingv1.PersonReport{
		Name:            personReportName(r.Key),
		DisplayName:     r.DisplayName,
		PositionTitle:   r.Plan.PositionTitle,
		Unit:            unitName(r.Key.Tenant, r.Unit),
		UnitDisplayName: r.UnitDisplayName,
		PlanState:       planState(r.Plan.State),
		ScoreState:      scoreState(r.Score.State),
		Predicate:       predicate(string(r.Score.Predicate)),
		PredicateLabel:  r.Score.PredicateLabel(),
		ResultRating:    expectation(r.Score.ResultRating),
		BehaviorRating:  expectation(r.Score.BehaviorRating),
		Achievement:     r.Score.Achievement,
		SurveyIndex:     r.Score.SurveyIndex,
		Credit:          r.Score.Credit,
		Value:           r.Score.Value,
		SuggestedRating: expectation(r.Score.Suggestion),
		Final:           r.Score.Final,
		ScoreRevision:   r.Score.Revision,
		InputTime:       timestamp(r.Score.InputTime),
		ComputeTime:     timestamp(r.Score.ComputeTime),
		VisibleTime:     timestamp(r.VisibleTime),
	}
	if r.Score.Revision > 0 {
		m.Score = scoreName(r.Key)
	}
	for _, missing := range r.Score.Missing {
		m.Missing = append(m.Missing, &scoringv1.MissingInput{
			Input: missing.Input, Description: missing.Description, Policy: policy(missing.Policy),
		})
	}
	return m
}

func unitReport(t *domain.Tally) *reportingv1.UnitReport {
	return &reportingv1.UnitReport{
		Name:              unitReportName(t.Key),
		DisplayName:       t.DisplayName,
		PeopleCount:       int32(t.Counts.People),
		ApprovedPlanCount: int32(t.Counts.Approved),
		ScoredCount:       int32(t.Counts.Scored()),
		Distribution:      distribution(t.Counts),
		SurveyIndex:       t.Survey.Index,
		SurveyGrade:       t.Survey.Grade,
		VisibleTime:       timestamp(t.VisibleTime),
	}
}

func tenantSummary(s *domain.Summary) *reportingv1.TenantSummary {
	m := &reportingv1.TenantSummary{
		Name:              summaryName(s.Whole.Key.PeriodKey()),
		DisplayName:       s.Whole.DisplayName,
		PeopleCount:       int32(s.Whole.Counts.People),
		ApprovedPlanCount: int32(s.Whole.Counts.Approved),
		ScoredCount:       int32(s.Whole.Counts.Scored()),
		Distribution:      distribution(s.Whole.Counts),
		Units:             make([]*reportingv1.UnitReport, 0, len(s.Units)),
		VisibleTime:       timestamp(s.Whole.VisibleTime),
	}
	for i := range s.Units {
		m.Units = append(m.Units, unitReport(&s.Units[i]))
	}
	return m
}

// distribution lists all predicates, and at the end the people without one.
func distribution(c domain.Counts) []*reportingv1.PredicateCount {
	list := make([]*reportingv1.PredicateCount, 0, len(c.Predicates)+1)
	for i, p := range domain.Predicates() {
		list = append(list, &reportingv1.PredicateCount{
			Predicate: predicate(string(p)), Label: p.Label(), Count: int32(c.Predicates[i]),
		})
	}
	return append(list, &reportingv1.PredicateCount{
		Label: domain.NoPredicateLabel, Count: int32(c.People - c.Scored()),
	})
}

// timestamp is absent for the zero time.
func timestamp(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}
