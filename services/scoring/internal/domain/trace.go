package domain

import "strings"

// Trace is one whole computation: what went in and every step. With the rule pack it is enough to repeat it.
type Trace struct {
	// Inputs are in canonical order, each ID once.
	Inputs []TraceInput
	// Steps are in the order in which they were made; operands are IDs of inputs or of earlier steps.
	Steps []TraceStep
}

// TraceInput is one value that went in.
type TraceInput struct {
	ID string
	// Value is a number, a code of the vocabulary, or a text of the plan.
	Value string
	// Label says in Indonesian what it is.
	Label string
	// Source is the name of the resource that it was read from; empty for what must not be traced to anybody.
	Source string
}

// TraceStep is one step.
type TraceStep struct {
	ID string
	// Rule is the id of the rule of the pack that was applied.
	Rule     string
	Operands []string
	// Result is a number or a code.
	Result string
	// Label says in Indonesian what the result is.
	Label string
	// Places is how many digits after the point were kept, half up, or Unrounded.
	Places int
}

// IDs of inputs in a trace. Those of indicators follow the ID of the indicator, those of survey elements the prefix.
const (
	idUnit           = "plan.unit"
	idMonths         = "plan.months"
	idUnitHead       = "position.unit_head"
	idResultRating   = InputResultRating
	idBehaviorRating = InputBehaviorRating
	idOrganization   = InputOrganization
	idPeersCount     = "peers.count"
	idPeersSum       = "peers.sum"
	idWorkingDays    = "attendance.working_days"
	idPresentDays    = "attendance.present_days"
	idSurveyCount    = "survey.responses"
	idSurveySum      = "survey.sums/"

	resultsPrefix    = "results/"
	indicatorsPrefix = "indicators/"

	fieldFormula     = "/formula"
	fieldSource      = "/source"
	fieldTarget      = "/target"
	fieldTargetLow   = "/target_low"
	fieldTargetHigh  = "/target_high"
	fieldRealisation = "/realisation"
)

// Inputs that sentences need beside the operands of a step. FieldDescription and FieldUnit follow the ID of an indicator.
const (
	IDFunctionalLevel = "position.functional_level"

	FieldDescription = "/description"
	FieldUnit        = "/unit_of_measure"
)

// IDs of steps in a trace. Those of indicators follow the ID of the indicator.
const (
	idSurveyMean         = "survey.means/"
	idSurveyIndex        = "survey.index"
	idSurveyGrade        = "survey.grade"
	idSurveyPrintedIndex = "survey.printed_index"
	idSurveyPrintedGrade = "survey.printed_grade"
	idPlanAchievement    = "achievement"
	idPeersMean          = "peers.mean"
	idPresentPercent     = "attendance.present_percent"
	idHeadRating         = "unit_head.result_rating"
	idPredicate          = "predicate"
	idCreditPercent      = "credit.percent"
	idCreditCoefficient  = "credit.coefficient" //nolint:gosec // angka kredit is no credential
	idCredit             = "credit"

	stepAchievement = "/achievement"
	stepUnfloored   = "/achievement_before_floor"
)

// IsIndicator reports whether id is the ID of an indicator, results/{result}/indicators/{indicator}.
func IsIndicator(id string) bool {
	rest, ok := strings.CutPrefix(id, resultsPrefix)
	if !ok {
		return false
	}
	result, rest, _ := strings.Cut(rest, "/")
	indicator, ok := strings.CutPrefix(rest, indicatorsPrefix)
	return ok && result != "" && indicator != "" && !strings.Contains(indicator, "/")
}

// IndicatorOf returns the ID of the indicator that an input or step of a trace belongs to, and "" when it belongs to
// none.
func IndicatorOf(id string) string {
	cut := strings.LastIndexByte(id, '/')
	if cut < 0 || !IsIndicator(id[:cut]) {
		return ""
	}
	return id[:cut]
}
