package domain

import "github.com/govalues/decimal"

// Definition is what a rule pack states, as data. Its form in YAML is the file of the pack; NewPack checks it.
type Definition struct {
	// ID and Version name the pack; together they never change their content once used.
	ID      string `yaml:"id"`
	Version int    `yaml:"version"`
	// DisplayName is the title in Indonesian.
	DisplayName string `yaml:"display_name"`
	// EffectiveFrom is the first day on which the pack may be used, YYYY-MM-DD.
	EffectiveFrom string `yaml:"effective_from"`
	// LegalSources are the regulations that the pack states.
	LegalSources []LegalSource `yaml:"legal_sources"`
	// Inputs say what is done without a fact.
	Inputs []InputRule `yaml:"inputs"`
	// Rules are the steps that a trace may have.
	Rules []Rule `yaml:"rules"`

	Achievement AchievementTerms `yaml:"achievement"`
	UnitHead    UnitHeadTerms    `yaml:"unit_head"`
	Predicate   PredicateTerms   `yaml:"predicate"`
	Survey      SurveyTerms      `yaml:"survey"`
	Peers       PeerTerms        `yaml:"peers"`
	Credit      CreditTerms      `yaml:"credit"`
}

// LegalSource is one regulation.
type LegalSource struct {
	// Key is how rules refer to it.
	Key string `yaml:"key"`
	// Short is how sentences cite it, such as "PermenPANRB 6/2022".
	Short string `yaml:"short"`
	// Title is its full title.
	Title string `yaml:"title"`
}

// InputRule says what is done without one kind of fact.
type InputRule struct {
	// ID is one of the Input constants.
	ID string `yaml:"id"`
	// Label names the fact in Indonesian.
	Label string `yaml:"label"`
	// Missing is what is done without it.
	Missing Policy `yaml:"missing"`
}

// Rule is one kind of step.
type Rule struct {
	// ID is one of the Rule constants.
	ID string `yaml:"id"`
	// Label names the result in Indonesian.
	Label string `yaml:"label"`
	// Basis is why the rule holds.
	Basis Basis `yaml:"basis"`
	// Source is the key of the regulation; empty when none speaks of it.
	Source string `yaml:"source"`
	// Text is the rule in words or as a formula, in Indonesian.
	Text string `yaml:"text"`
	// Places is how many digits after the point are kept, half up; nil for a rule that rounds nothing.
	Places *int `yaml:"places"`
}

// AchievementTerms are the terms of the achievement of indicators.
type AchievementTerms struct {
	// Floor is the lowest achievement.
	Floor decimal.Decimal `yaml:"floor"`
}

// UnitHeadTerms are the terms for people who head a unit.
type UnitHeadTerms struct {
	// Ratings gives the result rating of the head for each rating of the organisation.
	Ratings map[OrganizationLevel]Expectation `yaml:"ratings"`
}

// PredicateTerms are the terms of the predicate.
type PredicateTerms struct {
	// Matrix gives the predicate for each rating of results (outer key) and of behaviour (inner key).
	Matrix map[Expectation]map[Expectation]Predicate `yaml:"matrix"`
}

// SurveyTerms are the terms of the satisfaction index. Each element weighs the same.
type SurveyTerms struct {
	// MinimumResponses is how many responses an index needs.
	MinimumResponses int64 `yaml:"minimum_responses"`
	// AnswerMin and AnswerMax bound an answer.
	AnswerMin int64 `yaml:"answer_min"`
	AnswerMax int64 `yaml:"answer_max"`
	// Factor makes an index of a weighted mean.
	Factor decimal.Decimal `yaml:"factor"`
	// PrintedWeight is the rounded weight that the regulation prints, for comparison.
	PrintedWeight decimal.Decimal `yaml:"printed_weight"`
	// Elements are asked by every survey, in the order of the regulation.
	Elements []SurveyElement `yaml:"elements"`
	// Bands grade an index, from the lowest.
	Bands []Band `yaml:"bands"`
}

// Band is a grade with its closed interval of rounded indexes.
type Band struct {
	Grade string          `yaml:"grade"`
	Label string          `yaml:"label"`
	From  decimal.Decimal `yaml:"from"`
	To    decimal.Decimal `yaml:"to"`
}

// PeerTerms are the terms of peers' answers.
type PeerTerms struct {
	// Minimum is how many peers must have answered before anything is shown of them.
	Minimum int64 `yaml:"minimum"`
	// Values is how many values each peer answers on.
	Values int64 `yaml:"values"`
	// AnswerMin and AnswerMax bound an answer.
	AnswerMin int64 `yaml:"answer_min"`
	AnswerMax int64 `yaml:"answer_max"`
}

// CreditTerms are the terms of angka kredit.
type CreditTerms struct {
	// MonthsPerYear is the divisor of a part of a year.
	MonthsPerYear int64 `yaml:"months_per_year"`
	// Percents gives the share of the coefficient for each predicate.
	Percents map[Predicate]decimal.Decimal `yaml:"percents"`
	// Coefficients gives the credit of a year for each jenjang.
	Coefficients map[FunctionalLevel]decimal.Decimal `yaml:"coefficients"`
}
