package wire

import (
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// DraftPattern is that of drafts of rule packs.
const DraftPattern = TenantPattern + "/rulePackDrafts/{rule_pack_draft}"

// DraftName returns the name of a draft.
func DraftName(tenant, id string) string { return resource.Name(DraftPattern, tenant, id) }

// TenantName returns the name of a tenant.
func TenantName(tenant string) string { return resource.Name(TenantPattern, tenant) }

// Draft returns the message of a draft, without problems.
func Draft(d app.Draft) *scoringv1.RulePackDraft {
	name := DraftName(d.Tenant, d.ID)
	m := &scoringv1.RulePackDraft{
		Name: name, Content: d.Content, State: scoringv1.RulePackDraft_STATE_DRAFT, Author: d.Author, Authors: d.Authors,
		RulePack: d.RulePack,
		Etag:     etag.Of(name, d.Revision), CreateTime: timestamp(d.CreateTime), UpdateTime: timestamp(d.UpdateTime),
	}
	if d.RulePack != "" {
		m.State = scoringv1.RulePackDraft_STATE_PUBLISHED
	}
	if d.LastTrial != nil {
		m.LastTrial = TrialSummary(*d.LastTrial)
	}
	return m
}

// Reading returns the message of a draft with its problems.
func Reading(r app.Reading) *scoringv1.RulePackDraft {
	m := Draft(r.Draft)
	for _, p := range r.Problems {
		m.Problems = append(m.Problems, problem(p))
	}
	if r.File == nil {
		return m
	}
	m.ContentHash = r.File.Pack.Hash()
	if m.GetState() == scoringv1.RulePackDraft_STATE_DRAFT && r.Tried() {
		m.State = scoringv1.RulePackDraft_STATE_TRIED
	}
	return m
}

func problem(p pack.Problem) *scoringv1.RulePackProblem {
	m := &scoringv1.RulePackProblem{
		Severity: scoringv1.RulePackProblem_SEVERITY_ERROR, Line: int32(p.Line), Column: int32(p.Column), Path: p.Path, Message: p.Message,
	}
	if p.Severity == pack.SeverityWarning {
		m.Severity = scoringv1.RulePackProblem_SEVERITY_WARNING
	}
	if p.File != "" {
		m.Line, m.Column, m.Message = 0, 0, p.File+": "+p.Message
	}
	return m
}

// TrialSummary returns the message of a trial, without single people.
func TrialSummary(t app.TrialSummary) *scoringv1.RulePackTrial {
	m := &scoringv1.RulePackTrial{
		Period: PeriodName(t.Period), ContentHash: t.ContentHash, TryTime: timestamp(t.TryTime), Trier: t.Trier,
		ScoredCount: int32(t.Scored), PersonCount: int32(t.People), UpCount: int32(t.Up), DownCount: int32(t.Down), OtherCount: int32(t.Other), FailedCount: int32(t.Failed),
		FinalCount: int32(t.Final), StateCount: int32(t.State), ValueCount: int32(t.Value), AchievementCount: int32(t.Achievement),
		SuggestionCount: int32(t.Suggestion), CreditCount: int32(t.Credit),
	}
	for _, move := range t.Moves {
		m.Moves = append(m.Moves, &scoringv1.PredicateMove{
			Before: Predicate(move.Before), After: Predicate(move.After), Count: int32(move.Count),
		})
	}
	return m
}

// Trial returns the message of a trial with what changes for whom, and who fails.
func Trial(t app.TrialResult) *scoringv1.RulePackTrial {
	m := TrialSummary(t.TrialSummary)
	for _, c := range t.Changes {
		m.Changes = append(m.Changes, &scoringv1.TrialChange{
			Score: ScoreName(t.Period, c.Person), Final: c.Final,
			Before: Predicate(c.Before.Predicate), After: Predicate(c.After.Predicate),
			ValueBefore: c.Before.Value, ValueAfter: c.After.Value, Reasons: c.Reasons,
			StateBefore: state(c.Before.State), StateAfter: state(c.After.State),
			AchievementBefore: c.Before.Achievement, AchievementAfter: c.After.Achievement,
			SuggestionBefore: expectation(c.Before.Suggestion), SuggestionAfter: expectation(c.After.Suggestion),
			CreditBefore: c.Before.Credit, CreditAfter: c.After.Credit,
		})
	}
	for _, f := range t.Failures {
		m.Failures = append(m.Failures, &scoringv1.TrialFailure{Score: ScoreName(t.Period, f.Person), Reasons: f.Reasons})
	}
	return m
}
