package domain

import (
	"errors"
	"fmt"
	"time"
)

// ErrInvalidPack reports a definition that breaks the rules of rule packs. Its text lists every problem.
var ErrInvalidPack = errors.New("the rule pack is not valid")

// Kinds of facts whose absence a pack must rule on.
const (
	InputResultRating   = "rating.result"
	InputBehaviorRating = "rating.behavior"
	InputOrganization   = "organization.level"
	InputRealisation    = "indicator.realisation"
	InputSurvey         = "survey"
	InputPeers          = "peers"
	InputAttendance     = "attendance"
)

// Rules that traces name. A pack must state each of them.
const (
	RuleAchievementNormal             = "achievement.normal"
	RuleAchievementLowerIsBetter      = "achievement.lower_is_better"
	RuleAchievementRange              = "achievement.range"
	RuleAchievementRangeLowerIsBetter = "achievement.range_lower_is_better"
	RuleAchievementFloor              = "achievement.floor"
	RuleAchievementPlan               = "achievement.plan"
	RuleUnitHead                      = "unit_head.result_rating"
	RulePredicate                     = "predicate.matrix"
	RuleSurveyMean                    = "survey.mean"
	RuleSurveyIndex                   = "survey.index"
	RuleSurveyPrintedIndex            = "survey.printed_index"
	RuleSurveyGrade                   = "survey.grade"
	RulePeersMean                     = "peers.mean"
	RuleAttendancePresent             = "attendance.present"
	RuleCreditPercent                 = "credit.percent"
	RuleCreditCoefficient             = "credit.coefficient" //nolint:gosec // angka kredit is no credential
	RuleCreditConvert                 = "credit.convert"
)

// Unrounded is the number of places in a trace of a step that rounds nothing.
const Unrounded = -1

// Pack is a valid rule pack. It is immutable and safe for concurrent use.
type Pack struct {
	def       Definition
	name      string
	hash      string
	effective time.Time
	inputs    map[string]InputRule
	rules     map[string]*Rule
	sources   map[string]LegalSource
	elements  []element
	// responses are the operands of an index: the number of responses and the sum of each element.
	responses []string
}

// element is a survey element with what traces say of it.
type element struct {
	code                  SurveyElement
	word, sumID, sumLabel string
	meanID                string
}

// NewPack returns the pack of a definition, which must not be changed afterwards; hash identifies the text that the
// definition was read from. It returns ErrInvalidPack with every problem of the definition.
func NewPack(def Definition, hash string) (*Pack, error) {
	err := def.check()
	if err != nil {
		return nil, err
	}
	effective, err := time.Parse(time.DateOnly, def.EffectiveFrom)
	if err != nil {
		return nil, fmt.Errorf("%w: effective_from: %w", ErrInvalidPack, err)
	}
	p := &Pack{
		def: def, name: fmt.Sprintf("rulePacks/%s/versions/%d", def.ID, def.Version), hash: hash, effective: effective,
		inputs:  make(map[string]InputRule, len(def.Inputs)),
		rules:   make(map[string]*Rule, len(def.Rules)),
		sources: make(map[string]LegalSource, len(def.LegalSources)),
	}
	for _, input := range def.Inputs {
		p.inputs[input.ID] = input
	}
	for i := range def.Rules {
		p.rules[def.Rules[i].ID] = &def.Rules[i]
	}
	for _, source := range def.LegalSources {
		p.sources[source.Key] = source
	}
	p.responses = []string{idSurveyCount}
	for _, code := range def.Survey.Elements {
		e := element{
			code: code, word: code.Word(), sumLabel: "Jumlah nilai unsur " + code.Word(),
			sumID: idSurveySum + string(code), meanID: idSurveyMean + string(code),
		}
		p.elements, p.responses = append(p.elements, e), append(p.responses, e.sumID)
	}
	return p, nil
}

// Name returns the resource name, rulePacks/{id}/versions/{version}.
func (p *Pack) Name() string { return p.name }

// Hash returns what identifies the text of the pack.
func (p *Pack) Hash() string { return p.hash }

// Definition returns what the pack states. Its lists and maps are shared and must not be changed.
func (p *Pack) Definition() Definition { return p.def }

// EffectiveFrom returns midnight UTC of the first day on which the pack may be used.
func (p *Pack) EffectiveFrom() time.Time { return p.effective }

// Rule returns the rule with this id, and the zero Rule when the pack has none.
func (p *Pack) Rule(id string) Rule {
	rule, ok := p.rules[id]
	if !ok {
		return Rule{}
	}
	return *rule
}

// Cite returns the short title of the regulation that the rule stands on, and "" when it stands on none.
func (p *Pack) Cite(rule string) string { return p.sources[p.Rule(rule).Source].Short }

// Band returns the label of a grade of the satisfaction index, and "" for an unknown grade.
func (p *Pack) Band(grade string) string {
	for _, band := range p.def.Survey.Bands {
		if band.Grade == grade {
			return band.Label
		}
	}
	return ""
}

// places returns how many digits the rule keeps, and Unrounded for a rule that rounds nothing. The pack has the rule.
func (p *Pack) places(rule string) int { return p.rules[rule].places() }

func (r *Rule) places() int {
	if r.Places == nil {
		return Unrounded
	}
	return *r.Places
}
