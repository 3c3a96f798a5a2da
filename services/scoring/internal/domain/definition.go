package domain

import (
	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// Definition is what a rule pack states, as data. Its form in YAML is the file of the pack; NewPack checks it. Every
// part is a closed vocabulary: a pack has no expressions, no loops and no access to a fact that is not named here, so
// that each pack that passes the check computes every input in a bounded number of steps.
type Definition struct {
	// ID and Version name the pack; together they never change their content once used.
	ID      string `yaml:"id"`
	Version int    `yaml:"version"`
	// Base is the name of another pack, rulePacks/{id}/versions/{version}, whose statements hold where this one is silent;
	// empty for a pack that states everything. Components, rules, inputs and legal sources are added to those of the base
	// or replace the one with the same id; every other statement replaces that of the base as a whole. A Definition that
	// reaches NewPack has its base worked in.
	Base string `yaml:"base"`
	// DisplayName is the title in Indonesian.
	DisplayName string `yaml:"display_name"`
	// EffectiveFrom is the first day on which the pack may be used, EffectiveUntil the last; YYYY-MM-DD. The latter is
	// empty for a pack without end.
	EffectiveFrom  string `yaml:"effective_from"`
	EffectiveUntil string `yaml:"effective_until"`
	// Notice is a sentence in Indonesian that goes with every explanation, such as that the numbers are examples which a
	// regulation of the region replaces; usually empty.
	Notice string `yaml:"notice"`
	// LegalSources are the regulations that the pack states.
	LegalSources []LegalSource `yaml:"legal_sources"`
	// Inputs say what is done without a fact that the predicate itself needs: rating.result, rating.behavior and
	// organization.level for a matrix; none for bands.
	Inputs []InputRule `yaml:"inputs"`
	// Rules are the steps of a trace that belong to no component.
	Rules []Rule `yaml:"rules"`

	Achievement AchievementTerms `yaml:"achievement"`
	// Components are computed in their order; each reads facts or components before it.
	Components []Component `yaml:"components"`
	// Shown names the components that a score shows as its numbers.
	Shown      ShownTerms      `yaml:"shown"`
	UnitHead   UnitHeadTerms   `yaml:"unit_head"`
	Predicate  PredicateTerms  `yaml:"predicate"`
	Suggestion SuggestionTerms `yaml:"suggestion"`
	Survey     SurveyTerms     `yaml:"survey"`
	Segments   SegmentTerms    `yaml:"segments"`
	Credit     CreditTerms     `yaml:"credit"`
	// Distribution is the pattern of predicates for the rating of the organisation; nil for a pack that knows none. It
	// judges nobody and takes part in no score.
	Distribution *distribution.Limits `yaml:"distribution"`
	// Allowance is how a regulation divides the additional income (TPP); nil for a pack that knows none. No number of a
	// score follows from it: the amounts, and what attendance costs, are those of a table of the tenant, which names the
	// pack and is refused when it divides otherwise.
	Allowance *AllowanceTerms `yaml:"allowance"`
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
	// Missing is what is done without it: block or provisional.
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
	// Places is how many digits after the point are kept, half up, 0 to 8; nil for a rule that rounds nothing.
	Places *int `yaml:"places"`
}

// AchievementTerms are the terms of the achievement of every indicator, in percent. The digits kept are those of the
// rule of its formula.
type AchievementTerms struct {
	// Floor is the lowest achievement, Cap the highest; nil for none.
	Floor *decimal.Decimal `yaml:"floor"`
	Cap   *decimal.Decimal `yaml:"cap"`
	// Missing is what is done without the realisation of an indicator; MissingLabel names such a realisation in
	// Indonesian. With zero, MissingReason says in Indonesian why nothing counts as zero.
	Missing       Policy `yaml:"missing"`
	MissingLabel  string `yaml:"missing_label"`
	MissingReason string `yaml:"missing_reason"`
	// Efficiency, unless nil, computes the indicators of the aspects that it names by the efficiency formula of PP 46/2011,
	// if less is better for them. Those of which more is better keep their own formula.
	Efficiency *EfficiencyTerms `yaml:"efficiency"`
}

// EfficiencyTerms are those of Perka BKN 1/2013. With saved = 100 − realisation / target × 100, the achievement is
// value = (Factor × target − realisation) / target × 100 while saved ≤ Limit, and Top − (value − 100) above.
type EfficiencyTerms struct {
	Aspects []Aspect        `yaml:"aspects"`
	Factor  decimal.Decimal `yaml:"factor"`
	Limit   decimal.Decimal `yaml:"limit"`
	Top     decimal.Decimal `yaml:"top"`
}

// Component is one number of a score with the way to it. Exactly one of the ways is given.
type Component struct {
	// ID is unique in the pack: a-z, 0-9 and _, beginning with a letter, at most 30 characters.
	ID string `yaml:"id"`
	// Label names the number in Indonesian; Text is the rule in words or as a formula.
	Label string `yaml:"label"`
	Text  string `yaml:"text"`
	// Basis is why it holds; Source is the key of the regulation, empty when none speaks of it.
	Basis  Basis  `yaml:"basis"`
	Source string `yaml:"source"`
	// When says to whom the component applies; nil for everybody. To others it is no missing fact: they just have no such
	// number.
	When *Condition `yaml:"when"`
	// Missing is what is done when it applies and there is nothing to compute it from. With zero, MissingReason says in
	// Indonesian why nothing counts as zero.
	Missing       Policy `yaml:"missing"`
	MissingReason string `yaml:"missing_reason"`
	// Places is how many digits after the point are kept, half up, 0 to 8.
	Places int `yaml:"places"`
	// Floor and Cap bound the number after rounding; nil for no bound.
	Floor *decimal.Decimal `yaml:"floor"`
	Cap   *decimal.Decimal `yaml:"cap"`

	// Ways from facts.
	Indicators    *IndicatorsWay    `yaml:"indicators"`
	Panel         *PanelWay         `yaml:"panel"`
	Survey        *SurveyWay        `yaml:"survey"`
	Attendance    *AttendanceWay    `yaml:"attendance"`
	Rating        *RatingWay        `yaml:"rating"`
	Behavior      *BehaviorWay      `yaml:"behavior"`
	Organization  *OrganizationWay  `yaml:"organization"`
	Contributions *ContributionsWay `yaml:"contributions"`
	Innovations   *InnovationsWay   `yaml:"innovations"`
	Tasks         *TasksWay         `yaml:"tasks"`
	Prior         *PriorWay         `yaml:"prior"`
	// Ways from components before it.
	Weighted *WeightedWay `yaml:"weighted"`
	Sum      *SumWay      `yaml:"sum"`
}

// Condition holds when all that it names holds; of each list one entry is enough. An empty list asks nothing.
type Condition struct {
	Positions []PositionKind `yaml:"positions"`
	Families  []JobFamily    `yaml:"families"`
	Units     []UnitKind     `yaml:"units"`
	// Has names components before this one of which at least one has a number; for variants of weights only.
	Has []string `yaml:"has"`
}

// IndicatorsWay combines the achievements of indicators of the plan.
type IndicatorsWay struct {
	// Works, Aspects and Levels select indicators; an empty list selects all.
	Works   []Work   `yaml:"works"`
	Aspects []Aspect `yaml:"aspects"`
	Levels  []Level  `yaml:"levels"`
	// Curve turns each achievement into a value, with as many places as the component; empty to take it as it is.
	Curve []CurvePart `yaml:"curve"`
	// Combine is how the values become one.
	Combine Combine `yaml:"combine"`
	// Categories are the terms of CombineCategories; nil for the others.
	Categories *CategoryTerms `yaml:"categories"`
}

// CurvePart is a straight part of a curve: From gives Low, To gives High. The parts follow each other without gap at the
// digits that achievements have. The last has no To and gives Low for all from From on.
type CurvePart struct {
	From decimal.Decimal  `yaml:"from"`
	To   *decimal.Decimal `yaml:"to"`
	Low  decimal.Decimal  `yaml:"low"`
	High decimal.Decimal  `yaml:"high"`
	// Attainable, unless nil, is the least value from From on for an indicator whose target is the most that can be attained.
	Attainable *decimal.Decimal `yaml:"attainable"`
}

// CategoryTerms put each achievement into a category, the categories of one result into one of the result, and give it a
// value. A result with one indicator has the category of that indicator.
type CategoryTerms struct {
	// Bands are from the highest; the last has no From.
	Bands []CategoryBand `yaml:"bands"`
	// Combine is a list of which the first entry that fits decides; the last fits always.
	Combine []CategoryCombination `yaml:"combine"`
	// Values gives the value of each category.
	Values map[Predicate]decimal.Decimal `yaml:"values"`
}

// CategoryBand is a category with the achievement from which it is given.
type CategoryBand struct {
	Category Predicate        `yaml:"category"`
	From     *decimal.Decimal `yaml:"from"`
}

// CategoryCombination fits when a result has at least so many indicators of each category named.
type CategoryCombination struct {
	Category Predicate         `yaml:"category"`
	AtLeast  map[Predicate]int `yaml:"at_least"`
}

// PanelWay is the mean answer of one group of raters: sum / (raters × questions), or, with Scale, that mean
// / AnswerMax × Scale.
type PanelWay struct {
	Group Group `yaml:"group"`
	// Minimum is how many must have answered before anything is computed or shown of them: three or more, but of superiors one.
	Minimum int64 `yaml:"minimum"`
	// AnswerMin and AnswerMax bound an answer.
	AnswerMin int64            `yaml:"answer_min"`
	AnswerMax int64            `yaml:"answer_max"`
	Scale     *decimal.Decimal `yaml:"scale"`
}

// SurveyWay is the satisfaction index of the unit.
type SurveyWay struct{}

// AttendanceWay is days present / working days × 100. With MinutesPerDay, minutes of lateness count as parts of a day
// that were not present: (present × MinutesPerDay − late) / (working × MinutesPerDay) × 100, never below 0.
type AttendanceWay struct {
	MinutesPerDay int64 `yaml:"minutes_per_day"`
}

// RatingWay is a number for the rating of results or of behaviour by the superior.
type RatingWay struct {
	// Of is result or behavior.
	Of     RatingKind                      `yaml:"of"`
	Values map[Expectation]decimal.Decimal `yaml:"values"`
}

// BehaviorWay is the numeric value of behaviour that older regulations ask of the assessor.
type BehaviorWay struct{}

// OrganizationWay is a number for the rating of the organisation.
type OrganizationWay struct {
	Values map[OrganizationLevel]decimal.Decimal `yaml:"values"`
}

// ContributionsWay is the achievement of the goals that the person contributes to, weighted by the shares:
// Σ (share × achievement) / Σ share.
type ContributionsWay struct{}

// InnovationsWay adds points for each verified innovation by its reach.
type InnovationsWay struct {
	Points map[Reach]decimal.Decimal `yaml:"points"`
}

// TasksWay gives points for the number of additional tasks: those of the last step whose From is not above it, 0 below
// the first.
type TasksWay struct {
	Steps []TaskStep `yaml:"steps"`
}

// TaskStep is the points from a number of tasks on.
type TaskStep struct {
	From   int64           `yaml:"from"`
	Points decimal.Decimal `yaml:"points"`
}

// WeightedWay is Σ (weight × number) / Σ weight over the components that have a number.
type WeightedWay struct {
	// Of are the weights, each above 0, in the order of the explanation.
	Of []Weight `yaml:"of"`
	// Variants replace Of; the first whose condition holds does.
	Variants []WeightVariant `yaml:"variants"`
}

// Weight is the weight of a component before.
type Weight struct {
	Component string          `yaml:"component"`
	Weight    decimal.Decimal `yaml:"weight"`
}

// WeightVariant is another set of weights.
type WeightVariant struct {
	// Label says in Indonesian for whom it is.
	Label string    `yaml:"label"`
	When  Condition `yaml:"when"`
	Of    []Weight  `yaml:"of"`
}

// SumWay adds the components that have a number to the first of them. Without a number of that one there is no sum: what only
// adds to something is not the whole of it.
type SumWay struct {
	Of []string `yaml:"of"`
}

// ShownTerms name components; empty for none.
type ShownTerms struct {
	// Value is the number of the whole score (nilai).
	Value string `yaml:"value"`
	// Achievement is the achievement of the plan.
	Achievement string `yaml:"achievement"`
}

// UnitHeadTerms are the terms for people who head a unit.
type UnitHeadTerms struct {
	// Ratings gives the result rating of the head for each rating of the organisation; empty when the pack knows no such
	// rule.
	Ratings map[OrganizationLevel]Expectation `yaml:"ratings"`
}

// PredicateTerms are the terms of the predicate: a matrix or bands.
type PredicateTerms struct {
	// Matrix gives the predicate for each rating of results (outer key) and of behaviour (inner key).
	Matrix map[Expectation]map[Expectation]Predicate `yaml:"matrix"`
	// Bands gives it by a number.
	Bands *BandsTerms `yaml:"bands"`
	// Words replaces words of the predicates, where a regulation has its own; usually empty.
	Words map[Predicate]string `yaml:"words"`
}

// BandsTerms give the predicate by a component. Without a number of the component there is no predicate.
type BandsTerms struct {
	Of string `yaml:"of"`
	// Places, unless nil, rounds the number half up before it is compared.
	Places *int `yaml:"places"`
	// Bands are from the highest; the first whose number and conditions fit decides. The last has no From.
	Bands []PredicateBand `yaml:"bands"`
}

// PredicateBand is a predicate with the number from which it is given.
type PredicateBand struct {
	Predicate Predicate        `yaml:"predicate"`
	From      *decimal.Decimal `yaml:"from"`
	// Innovation asks for at least one verified innovation. While nobody has said whether there is one, the band is passed
	// over and the predicate below it is provisional.
	Innovation bool `yaml:"innovation"`
}

// SuggestionTerms suggest a rating of results by a component. It is policy, never law, and decides nothing.
type SuggestionTerms struct {
	// Of is the component; empty when nothing is suggested.
	Of string `yaml:"of"`
	// Thresholds are from the highest; the last has no From.
	Thresholds []Threshold `yaml:"thresholds"`
}

// Threshold is a rating with the number from which it is suggested.
type Threshold struct {
	Rating Expectation      `yaml:"rating"`
	From   *decimal.Decimal `yaml:"from"`
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

// SegmentTerms say how the parts of a period that somebody spent on different plans become one score. Numbers (value,
// achievement) are weighted by months. Credit is the sum of that of each part.
type SegmentTerms struct {
	// Predicate is last (the assessor of the last part has considered those before) or value (the bands are applied to the
	// merged number; for packs with bands).
	Predicate SegmentPolicy `yaml:"predicate"`
}

// CreditTerms are the terms of angka kredit; empty when the pack converts nothing.
type CreditTerms struct {
	// MonthsPerYear is the divisor of a part of a year.
	MonthsPerYear int64 `yaml:"months_per_year"`
	// Percents gives the share of the coefficient for each predicate.
	Percents map[Predicate]decimal.Decimal `yaml:"percents"`
	// Coefficients gives the credit of a year for each jenjang.
	Coefficients map[FunctionalLevel]decimal.Decimal `yaml:"coefficients"`
}
