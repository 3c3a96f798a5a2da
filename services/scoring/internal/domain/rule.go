package domain

// rule is a rule as steps have it.
type rule struct {
	id, label string
	places    int
}

// fixedRules are the rules of the steps that belong to no component. Those that a pack does not state are never reached.
type fixedRules struct {
	normal, lowerIsBetter, inRange, rangeLowerIsBetter, efficiency rule
	achievementFloor, achievementCap                               rule
	variant, componentFloor, componentCap                          rule
	unitHead, matrix, bands, round, suggestion                     rule
	surveyIndex, surveyPrintedIndex, surveyGrade                   rule
	segmentsValue, segmentsPredicate, segmentsCredit               rule
	creditPercent, creditCoefficient, creditConvert                rule
}

func (p *Pack) fixedRules() fixedRules {
	return fixedRules{
		normal:             p.rule(RuleAchievementNormal),
		lowerIsBetter:      p.rule(RuleAchievementLowerIsBetter),
		inRange:            p.rule(RuleAchievementRange),
		rangeLowerIsBetter: p.rule(RuleAchievementRangeLowerIsBetter),
		efficiency:         p.rule(RuleAchievementEfficiency),
		achievementFloor:   p.rule(RuleAchievementFloor),
		achievementCap:     p.rule(RuleAchievementCap),
		variant:            p.rule(RuleComponentVariant),
		componentFloor:     p.rule(RuleComponentFloor),
		componentCap:       p.rule(RuleComponentCap),
		unitHead:           p.rule(RuleUnitHead),
		matrix:             p.rule(RulePredicateMatrix),
		bands:              p.rule(RulePredicateBands),
		round:              p.rule(RulePredicateRound),
		suggestion:         p.rule(RuleSuggestion),
		surveyIndex:        p.rule(RuleSurveyIndex),
		surveyPrintedIndex: p.rule(RuleSurveyPrintedIndex),
		surveyGrade:        p.rule(RuleSurveyGrade),
		segmentsValue:      p.rule(RuleSegmentsValue),
		segmentsPredicate:  p.rule(RuleSegmentsPredicate),
		segmentsCredit:     p.rule(RuleSegmentsCredit),
		creditPercent:      p.rule(RuleCreditPercent),
		creditCoefficient:  p.rule(RuleCreditCoefficient),
		creditConvert:      p.rule(RuleCreditConvert),
	}
}

// rule returns the rule with this id as steps have it.
func (p *Pack) rule(id string) rule {
	stated := p.Rule(id)
	r := rule{id: id, label: stated.Label, places: Unrounded}
	if stated.Places != nil {
		r.places = *stated.Places
	}
	return r
}

// achievement returns the rule of an indicator's achievement: that of its formula, or that of efficiency.
func (p *Pack) achievement(i *Indicator) *rule {
	if p.def.Achievement.Efficiency.Has(i) {
		return &p.fixed.efficiency
	}
	switch i.Formula {
	case FormulaLowerIsBetter:
		return &p.fixed.lowerIsBetter
	case FormulaRange:
		return &p.fixed.inRange
	case FormulaRangeLowerIsBetter:
		return &p.fixed.rangeLowerIsBetter
	default: // of the vocabulary, as every formula of facts that were checked
		return &p.fixed.normal
	}
}
