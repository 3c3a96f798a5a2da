package app

import (
	"context"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// minReason is the fewest characters of a justification or reason without the blanks around it.
const minReason = 20

// Justification is why a unit deviates, as the caller has written it. No rules means all from which it deviates now.
type Justification struct {
	Period  domain.Period
	Unit    string
	Subtree bool
	Rules   []string
	Text    string
}

// Violations returns what is wrong with the justification by itself.
func (j Justification) Violations() []fault.Violation {
	if tooShort(strings.TrimSpace(j.Text)) {
		return []fault.Violation{shortReason("text")}
	}
	return nil
}

// Justify records a justification of the current counts of a unit, by those who may. It returns ErrNoViolation within a
// fault that names the rules by which the unit does not deviate.
func (d *Distributions) Justify(ctx context.Context, given Justification) (distribution.Justification, error) {
	err := d.allowed(ctx, given.Period.Tenant, given.Unit)
	if err != nil {
		return distribution.Justification{}, err
	}
	report, err := d.report(ctx, Scope{
		Period: given.Period, Units: []string{given.Unit}, Subtree: given.Subtree, Field: func(int) string { return "unit" },
	})
	violations, err := collect(given.Violations(), err)
	if err != nil {
		return distribution.Justification{}, err
	}
	if len(violations) > 0 {
		return distribution.Justification{}, fault.Invalid(violations...)
	}
	check := report.Checks[0]
	var broken []string
	for _, v := range check.Violations {
		broken = append(broken, v.Rule.ID)
	}
	rules := slices.Compact(slices.Sorted(slices.Values(given.Rules)))
	if len(rules) == 0 {
		rules = slices.Sorted(slices.Values(broken))
	}
	err = kept(given.Rules, broken)
	if err != nil {
		return distribution.Justification{}, err
	}
	j := distribution.Justification{
		ID: d.IDs.New(), Unit: given.Unit, Subtree: given.Subtree, Rules: rules, Text: strings.TrimSpace(given.Text), Author: callerName(ctx),
		Time: d.Clock.Now(), Level: check.Unit.Level, Counts: check.Unit.Counts,
	}
	return j, d.Store.Justify(ctx, given.Period, j)
}

// kept returns the fault of the rules, or of none, by which a unit that has broken others does not deviate; nil without.
func kept(rules, broken []string) error {
	var violations []fault.Violation
	for i, rule := range rules {
		if !slices.Contains(broken, rule) {
			violations = append(violations, fault.Field(indexed("rules")(i), fault.ReasonNoDistributionViolation).Worded(
				"The unit does not deviate by rule "+rule+".",
				"Sebaran predikat unit kerja saat ini tidak menyimpang dari ketentuan "+rule+"."))
		}
	}
	if len(rules) == 0 && len(broken) == 0 {
		violations = append(violations, fault.Field("unit", fault.ReasonNoDistributionViolation).Worded(
			"The unit does not deviate by any rule.", "Sebaran predikat unit kerja saat ini tidak menyimpang dari ketentuan mana pun."))
	}
	if len(violations) == 0 {
		return nil
	}
	return fault.New(fault.ReasonNoDistributionViolation).With(violations...).Because(ErrNoViolation)
}

func tooShort(text string) bool { return len([]rune(text)) < minReason }

// shortReason is the violation of a text that says less than minReason characters.
func shortReason(field string) fault.Violation {
	return fault.Field(field, fault.ReasonInvalidArgument).Worded(
		"The text in "+field+" needs at least 20 characters.",
		"Uraian pada isian "+field+" paling sedikit 20 karakter. Jelaskan dasar pertimbangannya.")
}
