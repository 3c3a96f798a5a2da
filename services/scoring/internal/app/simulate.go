package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/explain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// Changes are what a simulation puts in the place of what is. What is empty stays as it is.
type Changes struct {
	// RulePack is the name of another rule pack.
	RulePack     string
	Realisations []ChangedRealisation
	// Result and Behavior are other ratings by the superior, Organization another rating of the organisation.
	Result, Behavior domain.Expectation
	Organization     domain.OrganizationLevel
	// The facts from here on are as the caller has written them, an amount that is none as −1. Their sources are not read.
	Attendance    *domain.Attendance
	Survey        *domain.Survey
	Panels        []domain.Panel
	BehaviorValue *domain.Behavior
	Contributions []domain.Contribution
	Innovations   *domain.Innovations
	Tasks         *domain.Tasks
	Prior         *domain.Prior
}

// ChangedRealisation is another value of an indicator of the plan, as the caller has written it.
type ChangedRealisation struct{ Indicator, Value string }

// Simulation is a score as it would be.
type Simulation struct {
	// Score has no revision and no times, because it is not stored. What people have fixed is that of the current revision.
	Score Revision
	// Differences are those from the current revision to it.
	Differences []explain.Change
}

// Simulate computes the score of a person with changes, for those who may see the score. Nothing is stored, nobody is
// told. It starts from the facts of the current revision's record, and for another rule pack, which may read what the
// record leaves out, from what planning and assessment know now. Of several plans, the changes are about the last. What the
// rules of the score withhold, no other rule pack shows.
func (s *Show) Simulate(ctx context.Context, period domain.Period, person string, c Changes) (Simulation, error) {
	current, err := s.Score(ctx, period, person)
	if err != nil {
		return Simulation{}, err
	}
	rules, err := s.rules(ctx, current.Score)
	if err != nil {
		return Simulation{}, fmt.Errorf("simulate: %w", err)
	}
	pack, in := rules, current.Record.Facts
	if c.RulePack != "" {
		pack, err = s.Packs.Pack(ctx, c.RulePack)
		if err != nil {
			return Simulation{}, err
		}
		in, err = s.Known.Input(ctx, period, person)
		if err != nil {
			return Simulation{}, err
		}
	}
	in.Segments = slices.Clone(in.Segments) // what a record points at is not changed
	var misfits []fault.Violation
	if pack != rules {
		withhold(rules, in.Segments)
		misfits = c.rescaled(rules, pack, in.Segments)
	}
	result, err := c.compute(pack, in, misfits)
	if err != nil {
		return Simulation{}, err
	}
	return Simulation{
		Score:       Revision{Score: domain.Score{Period: period, Person: person, Result: result}, Final: current.Final},
		Differences: s.changes(ctx, period.Tenant, explain.Side{Result: &current.Result, Rules: rules}, explain.Side{Result: &result, Rules: pack}),
	}, nil
}

// compute changes the last segment and computes with it, or returns one fault with everything that is wrong with the
// changes, and with the facts by this rule pack; misfits are what is known of these already.
func (c *Changes) compute(pack *domain.Pack, in domain.Input, misfits []fault.Violation) (domain.Result, error) {
	last := &in.Segments[len(in.Segments)-1]
	violations := slices.Concat(misfits, c.unread(pack, &last.Plan), c.apply(pack, last))
	result, err := domain.Compute(pack, in)
	violations = append(violations, c.unfit(len(in.Segments), err)...)
	if len(violations) == 0 {
		return result, err
	}
	invalid := func(v fault.Violation) bool { return v.Reason != fault.ReasonRulePackMisfit }
	if slices.ContainsFunc(violations, invalid) {
		return domain.Result{}, fault.Invalid(violations...).Because(err)
	}
	return domain.Result{}, fault.New(fault.ReasonRulePackMisfit, "rule_pack", pack.Name()).With(violations...).Because(err)
}

// apply changes the facts, and returns what is wrong with the changes by themselves; those are left out. What is wrong with
// the facts that come of it, the computation finds.
func (c *Changes) apply(pack *domain.Pack, in *domain.Segment) []fault.Violation {
	violations := c.realisations(in)
	if c.Result != "" || c.Behavior != "" {
		violations = append(violations, c.rating(pack, in)...)
	}
	if c.Organization != "" {
		in.Organization = &domain.Organization{Level: c.Organization}
	}
	return append(violations, c.others(in)...)
}

// realisations puts the changed values in the place of those of the same indicators.
func (c *Changes) realisations(in *domain.Segment) []fault.Violation {
	in.Realisations = slices.Clone(in.Realisations)
	var violations []fault.Violation
	seen := map[string]bool{}
	for i, changed := range c.Realisations {
		path := at("realisations", i)
		wrong, refused := unchangeable(in, changed.Indicator, path+".indicator", seen[changed.Indicator])
		if refused {
			violations = append(violations, wrong)
			continue
		}
		seen[changed.Indicator] = true
		value, err := num.ParseAmount(changed.Value)
		if err != nil {
			violations = append(violations, noAmount(path+".value", "realisation", "Realisasi", false))
			continue
		}
		in.Realisations = slices.DeleteFunc(in.Realisations, func(r domain.Realisation) bool { return r.Indicator == changed.Indicator })
		in.Realisations = append(in.Realisations, domain.Realisation{Indicator: changed.Indicator, Value: value})
	}
	return violations
}

// unchangeable returns the violation of an indicator whose realisation cannot be changed, or was changed before.
func unchangeable(in *domain.Segment, indicator, field string, before bool) (fault.Violation, bool) {
	at := slices.IndexFunc(in.Plan.Indicators, func(x domain.Indicator) bool { return x.ID == indicator })
	switch {
	case at < 0:
		return fault.Field(field, fault.ReasonReferenceNotFound, "resource", indicator), true
	case in.Plan.Indicators[at].Source != domain.SourceReported:
		return fault.Field(field, fault.ReasonInvalidArgument).Worded(
			"The realisation of this indicator comes from the satisfaction survey.",
			"Realisasi indikator ini diambil dari hasil survei kepuasan masyarakat sehingga tidak dapat disimulasikan. Pilih indikator lain."), true
	case before:
		return twice(field, "indicator", "Indikator"), true
	}
	return fault.Violation{}, false
}

// rating changes the ratings by the superior. While there are none, both have to be given, but for one of results that the
// rules do not read.
func (c *Changes) rating(pack *domain.Pack, in *domain.Segment) []fault.Violation {
	def := pack.Definition()
	var changed domain.Rating
	if in.Rating != nil {
		changed = *in.Rating
		changed.Source = ""
	}
	if c.Result != "" {
		changed.Result = c.Result
	}
	if c.Behavior != "" {
		changed.Behavior = c.Behavior
	}
	var violations []fault.Violation
	both := func(field string) {
		violations = append(violations, fault.Field(field, fault.ReasonInvalidArgument).Worded(
			"The superior has not rated yet: both ratings are needed, and "+field+" is empty.",
			"Atasan belum memberi rating sehingga simulasi memerlukan rating hasil kerja dan rating perilaku kerja. Lengkapi isian "+field+"."))
	}
	if changed.Result == "" && def.ReadsResultRating(&in.Plan) {
		both("result_rating")
	}
	if changed.Behavior == "" {
		both("behavior_rating")
	}
	if len(violations) == 0 {
		in.Rating = &changed
	}
	return violations
}
