package domain

import "slices"

// Rules of steps that belong to no component. A pack states exactly those that its terms can reach; see rulesReached.
const (
	RuleAchievementNormal             = "achievement.normal"
	RuleAchievementLowerIsBetter      = "achievement.lower_is_better"
	RuleAchievementRange              = "achievement.range"
	RuleAchievementRangeLowerIsBetter = "achievement.range_lower_is_better"
	RuleAchievementEfficiency         = "achievement.efficiency"
	RuleAchievementFloor              = "achievement.floor"
	RuleAchievementCap                = "achievement.cap"
	RuleComponentVariant              = "component.variant"
	RuleComponentFloor                = "component.floor"
	RuleComponentCap                  = "component.cap"
	RuleUnitHead                      = "unit_head.result_rating"
	RulePredicateMatrix               = "predicate.matrix"
	RulePredicateBands                = "predicate.bands"
	RulePredicateRound                = "predicate.round"
	RuleSuggestion                    = "suggestion.rating"
	RuleSurveyMean                    = "survey.mean"
	RuleSurveyIndex                   = "survey.index"
	RuleSurveyPrintedIndex            = "survey.printed_index"
	RuleSurveyGrade                   = "survey.grade"
	RuleSegmentsValue                 = "segments.value"
	RuleSegmentsPredicate             = "segments.predicate"
	RuleSegmentsCredit                = "segments.credit"
	RuleCreditPercent                 = "credit.percent"
	RuleCreditCoefficient             = "credit.coefficient" //nolint:gosec // angka kredit is no credential
	RuleCreditConvert                 = "credit.convert"
)

// reached is a rule that the terms of a pack can reach.
type reached struct {
	id string
	// rounds says that the rule needs places; any other has none.
	rounds bool
	// because names in Indonesian the statement that reaches it.
	because string
}

// rulesReached returns the rules that a trace of the pack can name, in the order of the computation.
func (d *Definition) rulesReached() []reached {
	var rules []reached
	add := func(reaches bool, because string, all ...reached) {
		for _, rule := range all {
			if reaches {
				rules = append(rules, reached{rule.id, rule.rounds, because})
			}
		}
	}
	const always = "setiap paket"
	add(d.hasSurvey(), "survey", reached{id: RuleSurveyMean, rounds: true}, reached{id: RuleSurveyIndex, rounds: true},
		reached{id: RuleSurveyPrintedIndex, rounds: true}, reached{id: RuleSurveyGrade})
	add(true, always, reached{id: RuleAchievementNormal, rounds: true}, reached{id: RuleAchievementLowerIsBetter, rounds: true},
		reached{id: RuleAchievementRange, rounds: true}, reached{id: RuleAchievementRangeLowerIsBetter, rounds: true})
	add(d.Achievement.Efficiency != nil, "achievement.efficiency", reached{id: RuleAchievementEfficiency, rounds: true})
	add(d.Achievement.Floor != nil, "achievement.floor", reached{id: RuleAchievementFloor})
	add(d.Achievement.Cap != nil, "achievement.cap", reached{id: RuleAchievementCap})
	var floor, limit, variant bool
	for i := range d.Components {
		c := &d.Components[i]
		floor, limit = floor || c.Floor != nil, limit || c.Cap != nil
		variant = variant || (c.Weighted != nil && len(c.Weighted.Variants) > 0)
	}
	add(variant, "weighted.variants sebuah komponen", reached{id: RuleComponentVariant})
	add(floor, "floor sebuah komponen", reached{id: RuleComponentFloor})
	add(limit, "cap sebuah komponen", reached{id: RuleComponentCap})
	add(len(d.UnitHead.Ratings) > 0, "unit_head.ratings", reached{id: RuleUnitHead})
	add(d.Suggestion.Of != "", "suggestion", reached{id: RuleSuggestion})
	add(d.Predicate.Matrix != nil, "predicate.matrix", reached{id: RulePredicateMatrix})
	if d.Predicate.Bands != nil {
		add(d.Predicate.Bands.Places != nil, "predicate.bands.places", reached{id: RulePredicateRound, rounds: true})
		add(true, "predicate.bands", reached{id: RulePredicateBands})
	}
	add(d.hasCredit(), "credit", reached{id: RuleCreditPercent}, reached{id: RuleCreditCoefficient}, reached{id: RuleCreditConvert, rounds: true})
	add(d.Shown.Value != "" || d.Shown.Achievement != "", "shown", reached{id: RuleSegmentsValue})
	add(true, always, reached{id: RuleSegmentsPredicate})
	add(d.hasCredit(), "credit", reached{id: RuleSegmentsCredit})
	return rules
}

// allRules are the ids of every rule, in the order of the computation.
var allRules = []string{
	RuleSurveyMean, RuleSurveyIndex, RuleSurveyPrintedIndex, RuleSurveyGrade,
	RuleAchievementNormal, RuleAchievementLowerIsBetter, RuleAchievementRange, RuleAchievementRangeLowerIsBetter,
	RuleAchievementEfficiency, RuleAchievementFloor, RuleAchievementCap,
	RuleComponentVariant, RuleComponentFloor, RuleComponentCap,
	RuleUnitHead, RuleSuggestion, RulePredicateMatrix, RulePredicateRound, RulePredicateBands,
	RuleCreditPercent, RuleCreditCoefficient, RuleCreditConvert,
	RuleSegmentsValue, RuleSegmentsPredicate, RuleSegmentsCredit,
}

// hasSurvey reports whether the pack states anything of a satisfaction survey.
func (d *Definition) hasSurvey() bool {
	s := &d.Survey
	return s.MinimumResponses != 0 || s.AnswerMin != 0 || s.AnswerMax != 0 || !s.Factor.IsZero() || !s.PrintedWeight.IsZero() ||
		len(s.Elements) > 0 || len(s.Bands) > 0
}

// hasCredit reports whether the pack states anything of angka kredit.
func (d *Definition) hasCredit() bool {
	return d.Credit.MonthsPerYear != 0 || len(d.Credit.Percents) > 0 || len(d.Credit.Coefficients) > 0
}

// Reaches reports whether a trace of the pack can name the rule.
func (d *Definition) Reaches(rule string) bool {
	for _, one := range d.rulesReached() {
		if one.id == rule {
			return true
		}
	}
	return false
}

// Reads returns the ids of the components that a component reads, each as often as it is named; none for a way from
// facts.
func (c *Component) Reads() []string {
	var ids []string
	if c.Sum != nil {
		ids = append(ids, c.Sum.Of...)
	}
	if c.Weighted == nil {
		return ids
	}
	for _, weight := range c.Weighted.Of {
		ids = append(ids, weight.Component)
	}
	for _, variant := range c.Weighted.Variants {
		ids = append(ids, variant.When.Has...)
		for _, weight := range variant.Of {
			ids = append(ids, weight.Component)
		}
	}
	return ids
}

// Used returns the ids of the components that take part in something: that other components, the predicate, the suggestion
// or what is shown are computed from. "" is among them where one of these names none.
func (d *Definition) Used() map[string]bool {
	used := map[string]bool{d.Shown.Value: true, d.Shown.Achievement: true, d.Suggestion.Of: true}
	if d.Predicate.Bands != nil {
		used[d.Predicate.Bands.Of] = true
	}
	for i := range d.Components {
		for _, id := range d.Components[i].Reads() {
			used[id] = true
		}
	}
	return used
}

// ReadsResultRating reports whether the rules read the superior's rating of the results of whoever has the plan. That of a head
// follows from the unit's, and is read only by a component.
func (d *Definition) ReadsResultRating(plan *Plan) bool {
	reads := func(k Component) bool { return k.Applies(plan) && k.Rating != nil && k.Rating.Of == RatingResult }
	return d.Predicate.Matrix != nil && !d.UnitHead.Rates(plan) || slices.ContainsFunc(d.Components, reads)
}
