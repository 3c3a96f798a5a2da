package wire

import (
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// Report returns the message of the check of a scope of the tenant.
func Report(tenant string, r app.Report) *scoringv1.CheckDistributionResponse {
	message := &scoringv1.CheckDistributionResponse{Source: r.Limits.Source}
	for _, check := range r.Checks {
		message.Checks = append(message.Checks, unitCheck(tenant, r.Limits, check))
	}
	for _, pool := range r.Pools {
		units := make([]string, len(pool.Units))
		for i, unit := range pool.Units {
			units[i] = UnitName(tenant, unit.ID)
		}
		message.Pools = append(message.Pools, &scoringv1.DistributionPool{
			Level: level(pool.Level), Units: units, People: int32(pool.Counts.Total()),
			Counts: predicateCounts(pool.Counts), Violations: violations(pool.Violations, nil),
		})
	}
	return message
}

func unitCheck(tenant string, limits distribution.Limits, c app.UnitCheck) *scoringv1.DistributionCheck {
	counts := c.Unit.Counts
	message := &scoringv1.DistributionCheck{
		Unit: UnitName(tenant, c.Unit.ID), Subtree: c.Subtree, Level: level(c.Unit.Level),
		People: int32(counts.Total()), WithoutPredicate: int32(c.WithoutPredicate), Counts: predicateCounts(counts),
		Violations: violations(c.Violations, c.Justified), Small: c.Small, SizeNotes: c.Notes,
		UncheckedReason: c.Unchecked,
	}
	if c.LevelUnit != "" {
		message.LevelUnit = UnitName(tenant, c.LevelUnit)
	}
	for _, rule := range limits.Levels[c.Unit.Level] {
		message.Bounds = append(message.Bounds, bound(rule, counts))
	}
	for _, j := range c.Justifications {
		message.Justifications = append(message.Justifications, Justification(tenant, j, j.Current(c.Unit.Level, counts)))
	}
	return message
}

func bound(rule distribution.Rule, counts distribution.Counts) *scoringv1.DistributionBound {
	people := counts.Total()
	message := &scoringv1.DistributionBound{Rule: rule.ID, Count: int32(counts.Of(rule.Predicates))}
	for _, p := range rule.Predicates {
		message.Predicates = append(message.Predicates, Predicate(domain.Predicate(p)))
	}
	least, bounded := rule.Least(people)
	if bounded {
		message.AtLeast = new(int32(least))
	}
	most, bounded := rule.Most(people)
	if bounded {
		message.AtMost = new(int32(most))
	}
	return message
}

// violations returns the messages of violations. Those of a pool have no justifications.
func violations(of []distribution.Violation, justified func(rule string) bool) []*scoringv1.DistributionViolation {
	var messages []*scoringv1.DistributionViolation
	for _, v := range of {
		messages = append(messages, &scoringv1.DistributionViolation{
			Rule: v.Rule.ID, Message: v.Message(), Source: v.Rule.Source, ExplainedBySize: v.ExplainedBySize,
			Justified: justified != nil && justified(v.Rule.ID),
		})
	}
	return messages
}

// Justification returns the message of a justification.
func Justification(tenant string, j distribution.Justification, current bool) *scoringv1.DistributionJustification {
	return &scoringv1.DistributionJustification{
		Id: j.ID, Unit: UnitName(tenant, j.Unit), Subtree: j.Subtree, Rules: j.Rules, Text: j.Text, Author: j.Author,
		CreateTime: timestamp(j.Time), Counts: predicateCounts(j.Counts), Current: current,
	}
}
