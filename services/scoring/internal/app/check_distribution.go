package app

import (
	"context"
	"maps"
	"slices"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

const (
	// maxJustifications is how many justifications of a unit are shown.
	maxJustifications = 20
	// unrated is said of a unit for which the pattern names nothing.
	unrated = "Belum diperiksa: predikat kinerja organisasi belum ditetapkan, baik untuk unit kerja ini maupun untuk unit kerja di atasnya. " +
		"Tetapkan terlebih dahulu."
)

// Distributions is the use cases about distribution patterns. None of them changes a rating.
type Distributions struct {
	Store     CalibrationStore
	Peers     CalibrationPeers
	Packs     Packs
	Relations relation.Resolver
	Clock     clock.Clock
	IDs       ids.Source
}

// Scope is units, each with all units below it when Subtree is set.
type Scope struct {
	Period  domain.Period
	Units   []string
	Subtree bool
	// WithPeople asks for the people and not for their number alone.
	WithPeople bool
	// Field returns the path of a unit in the request, for violations.
	Field func(index int) string
}

// UnitCheck is the check of one unit.
type UnitCheck struct {
	distribution.Result
	Subtree bool
	// LevelUnit is the unit whose rating is taken: the unit itself or the nearest one above; empty without one.
	LevelUnit string
	// WithoutPredicate is how many people have a score without a predicate.
	WithoutPredicate int64
	// Notes say in Indonesian what holds for the size of the unit.
	Notes []string
	// Unchecked says in Indonesian why the people were not compared with the pattern; empty when they were, or without any.
	Unchecked string
	// Justifications are the newest ones of the unit.
	Justifications []distribution.Justification
}

// Justified reports whether a justification of the current counts covers the rule.
func (c UnitCheck) Justified(rule string) bool {
	return distribution.Justified(c.Justifications, rule, c.Unit.Level, c.Unit.Counts)
}

// Report is the check of a scope.
type Report struct {
	Limits distribution.Limits
	// Checks are in the order of the units.
	Checks []UnitCheck
	// Pools are those of the levels at which a unit of the scope is small, each of all small units of the tenant.
	Pools []distribution.Pool
	// People are those of the scope with a score, by id, each once; nil unless the scope asks for them.
	People []Standing

	graph organization
}

// Check compares units with the pattern, for those who may see all of them. Who may see them by a relation alone learns of
// other units no more than guard leaves.
func (d *Distributions) Check(ctx context.Context, scope Scope) (Report, error) {
	for _, unit := range scope.Units {
		err := d.allowed(ctx, scope.Period.Tenant, unit)
		if err != nil {
			return Report{}, err
		}
	}
	r, err := d.report(ctx, scope)
	if err != nil || access.ByRole(ctx) {
		return r, err
	}
	err = d.guard(ctx, scope, &r)
	return r, err
}

// allowed settles whether the caller may do this for the unit: by a role of the method, or because they head it today.
func (d *Distributions) allowed(ctx context.Context, tenant, unit string) error {
	return access.Check(ctx, func(ctx context.Context) (relation.Set, error) {
		return d.Relations.Unit(ctx, tenant, auth.From(ctx).Person, unit, d.Clock.Now().In(wib))
	})
}

// report is Check for whoever has settled the grant.
func (d *Distributions) report(ctx context.Context, scope Scope) (Report, error) {
	terms, err := d.Peers.PeriodTerms(ctx, scope.Period)
	if err != nil {
		return Report{}, err
	}
	limits, err := d.pattern(ctx, terms)
	if err != nil {
		return Report{}, err
	}
	parents, err := d.Peers.Parents(ctx, scope.Period.Tenant)
	if err != nil {
		return Report{}, err
	}
	graph := organization(parents)
	err = graph.refuse(scope)
	if err != nil {
		return Report{}, err
	}
	levels, err := d.Peers.Levels(ctx, scope.Period, graph.withAbove(scope.Units))
	if err != nil {
		return Report{}, err
	}
	r := Report{Limits: limits, graph: graph}
	counted, err := d.count(ctx, scope, graph, &r)
	if err != nil {
		return Report{}, err
	}
	justifications, err := d.Store.Justifications(ctx, scope.Period, JustificationQuery{
		Units: scope.Units, Subtree: scope.Subtree, Limit: maxJustifications,
	})
	if err != nil {
		return Report{}, err
	}
	units := make([]distribution.Unit, len(scope.Units))
	rated := make([]string, len(scope.Units))
	for i, unit := range scope.Units {
		rated[i] = graph.rated(unit, levels)
		units[i] = distribution.Unit{ID: unit, Level: levels[rated[i]], Counts: counted[unit].counts}
	}
	r.Pools, err = d.pools(ctx, scope.Period, r, units)
	if err != nil {
		return Report{}, err
	}
	for i, result := range limits.Against(r.Pools, units) {
		unchecked := ""
		if rated[i] == "" && result.Unit.Counts.Total() > 0 {
			unchecked = unrated
		}
		r.Checks = append(r.Checks, UnitCheck{
			Result: result, Subtree: scope.Subtree, LevelUnit: rated[i], WithoutPredicate: counted[units[i].ID].without,
			Notes:          limits.Notes(result.Unit.Level, result.Unit.Counts.Total()),
			Justifications: justifications[result.Unit.ID], Unchecked: unchecked,
		})
	}
	return r, nil
}

// pattern returns the distribution pattern of the rules of a period, or a fault when they have none.
func (d *Distributions) pattern(ctx context.Context, terms Terms) (distribution.Limits, error) {
	rules, err := d.Packs.For(ctx, terms.RulePack, terms.Start)
	if err != nil {
		return distribution.Limits{}, err
	}
	limits := rules.Definition().Distribution
	if limits == nil {
		return distribution.Limits{}, fault.New(fault.ReasonNotFound, "resource", terms.RulePack).Worded(
			"The rule pack of the period has no distribution pattern.",
			"Paket aturan periode ini tidak memuat pola distribusi predikat sehingga sebaran predikat tidak dapat diperiksa.")
	}
	return *limits, nil
}

// counted is the people of one unit of a scope.
type counted struct {
	counts distribution.Counts
	// without is how many have a score without a predicate.
	without int64
}

// count counts the people of the scope by unit of the scope, and collects them into the report when they are wanted.
func (d *Distributions) count(ctx context.Context, scope Scope, graph organization, r *Report) (map[string]*counted, error) {
	of := make(map[string]*counted, len(scope.Units))
	for _, unit := range scope.Units {
		of[unit] = &counted{counts: distribution.Counts{}}
	}
	home := graph.home(scope)
	err := d.Store.Standings(ctx, scope.Period, slices.Sorted(maps.Keys(home)), func(s Standing) {
		unit, ours := of[home[s.Unit]]
		if !ours {
			return
		}
		if scope.WithPeople {
			r.People = append(r.People, s)
		}
		if s.Predicate == "" {
			unit.without++
		} else {
			unit.counts[distribution.Predicate(s.Predicate)]++
		}
	})
	return of, err
}

// organization gives the unit above each unit; empty at the top.
type organization map[string]string

// refuse returns one fault with every unit of the scope that does not exist, is named twice or lies below another.
func (o organization) refuse(scope Scope) error {
	var violations []fault.Violation
	for i, unit := range scope.Units {
		field := scope.Field(i)
		_, exists := o[unit]
		switch {
		case !exists:
			violations = append(violations, fault.Field(field, fault.ReasonReferenceNotFound))
		case slices.Contains(scope.Units[:i], unit):
			violations = append(violations, fault.Field(field, fault.ReasonInvalidArgument).Worded(
				"The unit in "+field+" is named twice.", "Unit kerja pada isian "+field+" disebut lebih dari satu kali."))
		case scope.Subtree && o.within(Scope{Units: scope.Units, Subtree: true}, o[unit]) != "":
			violations = append(violations, fault.Field(field, fault.ReasonInvalidArgument).Worded(
				"The unit in "+field+" lies below another of the request.",
				"Unit kerja pada isian "+field+" berada di bawah unit kerja lain dalam permintaan ini sehingga terhitung dua kali."))
		}
	}
	if len(violations) > 0 {
		return fault.Invalid(violations...)
	}
	return nil
}

// within returns the unit of the scope to which people of the unit belong, and "" when they belong to none.
func (o organization) within(scope Scope, unit string) string {
	for unit != "" {
		if slices.Contains(scope.Units, unit) {
			return unit
		}
		if !scope.Subtree {
			return ""
		}
		unit = o[unit]
	}
	return ""
}

// home returns the unit of the scope to which people of a unit belong, by every unit of which they do to one.
func (o organization) home(scope Scope) map[string]string {
	home := make(map[string]string, len(scope.Units))
	if !scope.Subtree {
		for _, unit := range scope.Units {
			home[unit] = unit
		}
		return home
	}
	for unit := range o {
		of := o.within(scope, unit)
		if of != "" {
			home[unit] = of
		}
	}
	return home
}

// withAbove returns the units with all above them, sorted, each once.
func (o organization) withAbove(units []string) []string {
	var all []string
	for _, unit := range units {
		for ; unit != ""; unit = o[unit] {
			all = append(all, unit)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// rated returns the unit itself or the nearest one above it that is rated, and "" when none is.
func (o organization) rated(unit string, levels map[string]distribution.Level) string {
	for unit != "" && levels[unit] == "" {
		unit = o[unit]
	}
	return unit
}
