package domain

// Result is what a rule pack makes of an input. Its numbers are decimals as text, with the digits that the pack keeps.
type Result struct {
	// RulePack and RulePackHash pin the rules.
	RulePack     string
	RulePackHash string
	// Unit is the id of the unit of the plan; of several, that of the last.
	Unit string
	// State is the worst of all segments.
	State State
	// Predicate is empty while the state is incomplete.
	Predicate Predicate
	// ResultRating and BehaviorRating are empty while they are not known; of several plans, they are those of the last. That
	// of a unit head follows from the rating of the organisation, if the pack says so.
	ResultRating   Expectation
	BehaviorRating Expectation
	// Suggestion is the rating of results that the pack suggests; it is policy and decides nothing. Empty when none is.
	Suggestion Expectation
	// Value is the number of the whole score; empty when the pack has none, or nothing to compute it from.
	Value string
	// Achievement is that of the plan in percent; empty while no indicator has a realisation.
	Achievement string
	// SurveyIndex is that of the unit; empty while it has none.
	SurveyIndex string
	// Segments is how many plans the score is made of, 1 or more.
	Segments int64
	// Credit is empty without a functional position or a predicate.
	Credit string
	// Missing lists the facts that are not there, in the order of the computation.
	Missing []Missing
	// Record is what is kept of the computation.
	Record Record
	// Trace shows the computation; it is empty when none was wanted.
	Trace Trace
}

// Missing is a fact that is not there, with what was done about it.
type Missing struct {
	// Input is the id of the fact.
	Input string
	// Description says in Indonesian what it is.
	Description string
	Policy      Policy
}
