package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

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
// record leaves out, from what planning and assessment know now. Of several plans, the changes are about the last.
func (s *Show) Simulate(ctx context.Context, period domain.Period, person string, c Changes) (Simulation, error) {
	current, err := s.Score(ctx, period, person)
	if err != nil {
		return Simulation{}, err
	}
	pack, err := s.rules(ctx, current.Score)
	if err != nil {
		return Simulation{}, fmt.Errorf("simulate: %w", err)
	}
	in := current.Record.Facts
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
	last := &in.Segments[len(in.Segments)-1]
	last.Realisations = slices.Clone(last.Realisations)
	err = c.apply(last)
	if err != nil {
		return Simulation{}, err
	}
	result, err := domain.Compute(pack, in)
	if err != nil {
		return Simulation{}, c.unfit(pack, err)
	}
	return Simulation{
		Score:       Revision{Score: domain.Score{Period: period, Person: person, Result: result}, Final: current.Final},
		Differences: s.changes(ctx, period.Tenant, &current.Result, &result),
	}, nil
}

// unfit returns the fault of facts that the rules cannot compute with, such as answers on another scale: one violation for
// each fact. Any other error stays as it is.
func (c *Changes) unfit(pack *domain.Pack, err error) error {
	var violations []fault.Violation
	wrong, refused := errors.AsType[*domain.FlawsError](err)
	switch {
	case refused:
		for _, p := range wrong.Flaws {
			violations = append(violations, fault.Field("rule_pack", fault.ReasonRulePackMisfit).Worded(
				"The rule pack cannot compute with "+p.ID+".", explain.Misfit(p.ID)))
		}
	case errors.Is(err, num.ErrOverflow) && len(c.Realisations) > 0:
		violations = append(violations, fault.Field("realisations", fault.ReasonRulePackMisfit).Worded(
			"The numbers grow too large.", "Realisasi terlalu besar untuk dihitung menurut paket aturan ini. Periksa kembali angkanya."))
	default:
		return err
	}
	return fault.New(fault.ReasonRulePackMisfit, "rule_pack", pack.Name()).With(violations...).Because(err)
}

// apply changes the facts, or returns one fault with everything that is wrong with the changes.
func (c *Changes) apply(in *domain.Segment) error {
	violations := c.realisations(in)
	if c.Result != "" || c.Behavior != "" {
		violations = append(violations, c.rating(in)...)
	}
	if len(violations) > 0 {
		return fault.Invalid(violations...)
	}
	if c.Organization != "" {
		in.Organization = &domain.Organization{Level: c.Organization}
	}
	return nil
}

// realisations puts the changed values in the place of those of the same indicators.
func (c *Changes) realisations(in *domain.Segment) []fault.Violation {
	var violations []fault.Violation
	seen := map[string]bool{}
	for i, changed := range c.Realisations {
		path := "realisations[" + strconv.Itoa(i) + "]"
		wrong, refused := unchangeable(in, changed.Indicator, path+".indicator", seen[changed.Indicator])
		if refused {
			violations = append(violations, wrong)
			continue
		}
		seen[changed.Indicator] = true
		value, err := num.ParseAmount(changed.Value)
		if err != nil {
			violations = append(violations, fault.Field(path+".value", fault.ReasonInvalidDecimal).Worded(
				"The realisation is a decimal of 0 or more with at most 12 digits before and 4 after the point.",
				"Realisasi diisi dengan bilangan desimal 0 atau lebih, paling banyak 12 angka di depan dan 4 angka di belakang titik, "+
					"misalnya 92.35, tanpa pemisah ribuan."))
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
		return fault.Field(field, fault.ReasonInvalidArgument).Worded(
			"The indicator in "+field+" is named twice.", "Indikator pada isian "+field+" disebut lebih dari satu kali."), true
	}
	return fault.Violation{}, false
}

// rating changes the ratings by the superior. While there are none, both have to be given.
func (c *Changes) rating(in *domain.Segment) []fault.Violation {
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
	if changed.Result == "" {
		both("result_rating")
	}
	if changed.Behavior == "" {
		both("behavior_rating")
	}
	in.Rating = &changed
	return violations
}
