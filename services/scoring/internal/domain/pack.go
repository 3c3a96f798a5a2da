package domain

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/govalues/decimal"
)

// ErrInvalidPack reports a definition that breaks the rules of rule packs. Its text lists every problem.
var ErrInvalidPack = errors.New("the rule pack is not valid")

// Facts that a matrix needs and that a pack must therefore rule on.
const (
	InputResultRating   = "rating.result"
	InputBehaviorRating = "rating.behavior"
	InputOrganization   = "organization.level"
)

// Unrounded is the number of places in a trace of a step that rounds nothing.
const Unrounded = -1

// Pack is a valid rule pack, with everything that its statements refer to found once. It is immutable and safe for
// concurrent use.
type Pack struct {
	def       Definition
	name      string
	hash      string
	effective time.Time
	until     time.Time
	rules     map[string]*Rule
	sources   map[string]LegalSource
	fixed     fixedRules
	// resultRating, behaviorRating and organization are what a matrix does without them; empty for bands.
	resultRating, behaviorRating, organization InputRule
	components                                 []component
	// shownValue, shownAchievement, banded and suggesting are the positions of components, or elsewhere.
	shownValue, shownAchievement, banded, suggesting int
	// matrix gives the predicate by the positions of the two ratings in their vocabulary.
	matrix [3][3]Predicate
	// groups are the terms of the panels that components read, by the positions of the groups in their vocabulary; nil for
	// those that none reads.
	groups   [6]*PanelWay
	elements []element
	// percents and coefficients are those of angka kredit, by the positions of predicates and jenjang in their vocabularies.
	percents     [5]decimal.Decimal
	coefficients [8]decimal.Decimal
	// responses are the operands of an index: the number of responses and the sum of each element.
	responses []string
}

// element is a survey element with what traces say of it.
type element struct {
	code          SurveyElement
	sumID, meanID string
	mean          rule
}

// NewPack returns the pack of a definition, which must not be changed afterwards; hash identifies the text that the
// definition was read from. It returns ErrInvalidPack with every problem of the definition.
func NewPack(def Definition, hash string) (*Pack, error) {
	err := def.check()
	if err != nil {
		return nil, err
	}
	p := &Pack{def: def, name: fmt.Sprintf("rulePacks/%s/versions/%d", def.ID, def.Version), hash: hash}
	err = p.days()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalidPack, err)
	}
	p.index()
	p.survey()
	err = p.prepare()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrInvalidPack, err)
	}
	return p, nil
}

// days reads the days between which the pack may be used.
func (p *Pack) days() error {
	effective, err := time.Parse(time.DateOnly, p.def.EffectiveFrom)
	if err != nil {
		return fmt.Errorf("effective_from: %w", err)
	}
	p.effective = effective
	if p.def.EffectiveUntil == "" {
		return nil
	}
	p.until, err = time.Parse(time.DateOnly, p.def.EffectiveUntil)
	if err != nil {
		return fmt.Errorf("effective_until: %w", err)
	}
	return nil
}

// index finds rules, sources and inputs.
func (p *Pack) index() {
	p.rules = make(map[string]*Rule, len(p.def.Rules)+len(p.def.Components))
	for i := range p.def.Rules {
		p.rules[p.def.Rules[i].ID] = &p.def.Rules[i]
	}
	for i := range p.def.Components {
		k := &p.def.Components[i]
		p.rules[componentsPrefix+k.ID] = &Rule{
			ID: componentsPrefix + k.ID, Label: k.Label, Basis: k.Basis, Source: k.Source, Text: k.Text, Places: &k.Places,
		}
	}
	p.sources = make(map[string]LegalSource, len(p.def.LegalSources))
	for _, source := range p.def.LegalSources {
		p.sources[source.Key] = source
	}
	for _, input := range p.def.Inputs {
		switch input.ID {
		case InputResultRating:
			p.resultRating = input
		case InputBehaviorRating:
			p.behaviorRating = input
		case InputOrganization:
			p.organization = input
		}
	}
	p.fixed = p.fixedRules()
}

// survey prepares what traces say of the elements.
func (p *Pack) survey() {
	p.responses = []string{idSurveyCount}
	for _, code := range p.def.Survey.Elements {
		e := element{code: code, sumID: idSurveySum + string(code), meanID: idSurveyMean + string(code), mean: p.rule(RuleSurveyMean)}
		e.mean.label += " " + code.Word()
		p.elements, p.responses = append(p.elements, e), append(p.responses, e.sumID)
	}
}

// prepare makes the components ready to compute and finds those that other statements name.
func (p *Pack) prepare() error {
	p.components = make([]component, len(p.def.Components))
	for i := range p.def.Components {
		err := p.components[i].prepare(p, &p.def.Components[i])
		if err != nil {
			return err
		}
		panel := p.def.Components[i].Panel
		if panel != nil {
			p.groups[groupWords.position(panel.Group)] = panel
		}
	}
	p.shownValue, p.shownAchievement = p.position(p.def.Shown.Value), p.position(p.def.Shown.Achievement)
	p.suggesting, p.banded = p.position(p.def.Suggestion.Of), elsewhere
	if p.def.Predicate.Bands != nil {
		p.banded = p.position(p.def.Predicate.Bands.Of)
	}
	for r, result := range expectationWords {
		for b, behavior := range expectationWords {
			p.matrix[r][b] = p.def.Predicate.Matrix[result.code][behavior.code]
		}
	}
	for i, word := range predicateWords {
		p.percents[i] = p.def.Credit.Percents[word.code]
	}
	for i, word := range functionalLevelWords {
		p.coefficients[i] = p.def.Credit.Coefficients[word.code]
	}
	return nil
}

// position returns where the component stands, and elsewhere when the pack has none with this id.
func (p *Pack) position(id string) int {
	for i := range p.def.Components {
		if p.def.Components[i].ID == id {
			return i
		}
	}
	return elsewhere
}

// Name returns the resource name, rulePacks/{id}/versions/{version}.
func (p *Pack) Name() string { return p.name }

// Hash returns what identifies the text of the pack.
func (p *Pack) Hash() string { return p.hash }

// Definition returns what the pack states. Its lists and maps are shared and must not be changed.
func (p *Pack) Definition() Definition { return p.def }

// EffectiveFrom returns midnight UTC of the first day on which the pack may be used.
func (p *Pack) EffectiveFrom() time.Time { return p.effective }

// EffectiveUntil returns midnight UTC of the last day on which the pack may be used, and the zero time for a pack without
// end.
func (p *Pack) EffectiveUntil() time.Time { return p.until }

// Rule returns the rule with this id, also that of a component, components/{id}, and the zero Rule when the pack has none.
func (p *Pack) Rule(id string) Rule {
	rule, ok := p.rules[id]
	if !ok {
		return Rule{}
	}
	return *rule
}

// Cite returns the short title of the regulation that the rule stands on, and "" when it stands on none.
func (p *Pack) Cite(rule string) string { return p.sources[p.Rule(rule).Source].Short }

// Component returns the component whose number a rule of a trace, components/{id}, computes; nil for any other rule. It is
// shared and must not be changed.
func (p *Pack) Component(rule string) *Component {
	for i := range p.components {
		if p.components[i].rule.id == rule {
			return p.components[i].def
		}
	}
	return nil
}

// RatesOrganizations reports whether the rules know a rating of the organisation: they take the predicate from a matrix,
// which comes after it, or state a pattern or a component by it.
func (p *Pack) RatesOrganizations() bool {
	reads := func(c Component) bool { return c.Organization != nil }
	return p.def.Predicate.Matrix != nil || p.def.Distribution != nil || slices.ContainsFunc(p.def.Components, reads)
}

// Word returns the predicate in Indonesian as the regulation of the pack has it.
func (p *Pack) Word(predicate Predicate) string {
	word, ok := p.def.Predicate.Words[predicate]
	if ok {
		return word
	}
	return predicate.Word()
}

// Band returns the label of a grade of the satisfaction index, and "" for an unknown grade.
func (p *Pack) Band(grade string) string {
	for _, band := range p.def.Survey.Bands {
		if band.Grade == grade {
			return band.Label
		}
	}
	return ""
}

// grade returns the grade of the last band that begins at or below the index. One below all bands, which only the
// printed weight can give, has the lowest grade.
func (p *Pack) grade(index decimal.Decimal) string {
	bands := p.def.Survey.Bands
	n := len(bands) - 1
	for n > 0 && bands[n].From.Cmp(index) > 0 {
		n--
	}
	return bands[n].Grade
}
