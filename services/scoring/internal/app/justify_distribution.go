package app

import (
	"context"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
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

// Justify records a justification of the current counts of a unit, by those who may. It returns ErrNoViolation when the
// unit does not deviate by one of the rules, or by none.
func (d *Distributions) Justify(ctx context.Context, given Justification) (distribution.Justification, error) {
	err := d.allowed(ctx, given.Period.Tenant, given.Unit)
	if err != nil {
		return distribution.Justification{}, err
	}
	text := strings.TrimSpace(given.Text)
	if tooShort(text) {
		return distribution.Justification{}, fault.Invalid(shortReason("text"))
	}
	report, err := d.report(ctx, Scope{
		Period: given.Period, Units: []string{given.Unit}, Subtree: given.Subtree, Field: func(int) string { return "unit" },
	})
	if err != nil {
		return distribution.Justification{}, err
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
	unknown := func(rule string) bool { return !slices.Contains(broken, rule) }
	if len(rules) == 0 || slices.ContainsFunc(rules, unknown) {
		return distribution.Justification{}, ErrNoViolation
	}
	j := distribution.Justification{
		ID: d.IDs.New(), Unit: given.Unit, Subtree: given.Subtree, Rules: rules, Text: text, Author: callerName(ctx),
		Time: d.Clock.Now(), Level: check.Unit.Level, Counts: check.Unit.Counts,
	}
	return j, d.Store.Justify(ctx, given.Period, j)
}

// callerName returns who calls: the resource name of a person, or the id of a client.
func callerName(ctx context.Context) string {
	p := auth.From(ctx)
	if p.IsPerson() {
		return p.PersonName()
	}
	return p.Subject
}

func tooShort(text string) bool { return len([]rune(text)) < minReason }

// shortReason is the violation of a text that says less than minReason characters.
func shortReason(field string) fault.Violation {
	return fault.Field(field, fault.ReasonInvalidArgument).Worded(
		"The text in "+field+" needs at least 20 characters.",
		"Uraian pada isian "+field+" paling sedikit 20 karakter. Jelaskan dasar pertimbangannya.")
}
