package domain

import (
	"strconv"
	"strings"
)

// Trace is one whole computation: what went in and every step. With the rule pack it is enough to repeat it.
type Trace struct {
	// Facts are those that went in, canonical. What they point at is shared with the input and must not be changed.
	Facts Input
	// Steps are in the order in which they were made; operands are IDs of Inputs or of earlier steps.
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

// IDs of inputs in a trace. Those of indicators follow the ID of the indicator, those of survey elements, panels, goals and
// innovations their prefix. With several segments, all ids of the n-th follow segments/{n}/.
const (
	idUnit           = "plan.unit"
	idMonths         = "plan.months"
	idUnitHead       = "position.unit_head"
	idPosition       = "plan/position"
	idFamily         = "plan/family"
	idUnitKind       = "plan/unit_kind"
	idResultRating   = InputResultRating
	idBehaviorRating = InputBehaviorRating
	idBehaviorValue  = "behavior/value"
	idOrganization   = InputOrganization
	idPanels         = "panels/"
	idWorkingDays    = "attendance.working_days"
	idPresentDays    = "attendance.present_days"
	idLateMinutes    = "attendance/late_minutes"
	idSurveyCount    = "survey.responses"
	idSurveySum      = "survey.sums/"
	idContributions  = "contributions/"
	idInnovations    = "innovations/"
	idTasks          = "tasks/count"
	idPriorValue     = "prior/value"

	segmentsPrefix   = "segments/"
	resultsPrefix    = "results/"
	indicatorsPrefix = "indicators/"
	componentsPrefix = "components/"

	fieldFormula     = "/formula"
	fieldSource      = "/source"
	fieldWork        = "/work"
	fieldAspect      = "/aspect"
	fieldLevel       = "/level"
	fieldAttainable  = "/attainable"
	fieldWeight      = "/weight"
	fieldTarget      = "/target"
	fieldTargetLow   = "/target_low"
	fieldTargetHigh  = "/target_high"
	fieldRealisation = "/realisation"

	fieldCount       = "/count"
	fieldQuestions   = "/questions"
	fieldSum         = "/sum"
	fieldGoal        = "/goal"
	fieldShare       = "/share"
	fieldAchievement = "/achievement"
)

// Inputs that sentences need beside the operands of a step. FieldDescription and FieldUnit follow the ID of an indicator.
const (
	IDFunctionalLevel = "position.functional_level"
	IDPosition        = idPosition
	IDFamily          = idFamily
	IDUnitKind        = idUnitKind
	IDUnit            = idUnit

	// IDPanels is followed by the group, IDSurvey is the survey as a whole in a flaw.
	IDPanels = idPanels
	// IDInnovation is whether there is an innovation at all, where it is missing.
	IDInnovation = "innovations"
	// IDContributions is followed by the number of the goal.
	IDContributions = idContributions
	IDSurvey        = "survey"

	FieldAttainable  = fieldAttainable
	FieldTargetHigh  = fieldTargetHigh
	FieldRealisation = fieldRealisation
	FieldDescription = "/description"
	FieldUnit        = "/unit_of_measure"
	FieldGoal        = fieldGoal
)

// IDs of steps in a trace. Those of indicators follow the ID of the indicator, those of components components/{component}.
const (
	idSurveyMean         = "survey.means/"
	idSurveyIndex        = "survey.index"
	idSurveyGrade        = "survey.grade"
	idSurveyPrintedIndex = "survey.printed_index"
	idSurveyPrintedGrade = "survey.printed_grade"
	idHeadRating         = "unit_head.result_rating"
	idSuggestion         = "suggestion"
	idPredicateRounded   = "predicate/rounded"
	idPredicate          = "predicate"
	idCreditPercent      = "credit.percent"
	idCreditCoefficient  = "credit.coefficient" //nolint:gosec // angka kredit is no credential
	idCredit             = "credit"
	idValue              = "value"
	idAchievement        = "achievement"

	stepAchievement = "/achievement"
	stepUnbounded   = "/unbounded"
	stepVariant     = "/variant"
	stepCategory    = "/category"

	// unbounded follows stepAchievement.
	unbounded = "_unbounded"
)

// reservedComponents are ids that no component may have, because steps about indicators and results end in the id of
// their component.
var reservedComponents = []string{
	"achievement", "achievement_unbounded", "aspect", "attainable", "description", "formula", "indicators", "level",
	"realisation", "source", "target", "target_high", "target_low", "unit_of_measure", "weight", "work",
}

// IsIndicator reports whether id is the ID of an indicator, results/{result}/indicators/{indicator}, perhaps of one of
// several segments.
func IsIndicator(id string) bool {
	_, id = cutSegment(id)
	_, name := cutIndicator(id)
	return indicatorName(name)
}

// cutIndicator parts the ID of an indicator into results/{result}/indicators/ and the rest; both are empty for what does not
// begin so.
func cutIndicator(id string) (group, name string) {
	rest, ok := strings.CutPrefix(id, resultsPrefix)
	cut := strings.IndexByte(rest, '/')
	if !ok || cut < 1 {
		return "", ""
	}
	name, ok = strings.CutPrefix(rest[cut:], "/"+indicatorsPrefix)
	if !ok {
		return "", ""
	}
	return id[:len(id)-len(name)], name
}

// resultOf returns the path of the result, results/{result}, to which the indicators of a group belong.
func resultOf(group string) string { return strings.TrimSuffix(group, "/"+indicatorsPrefix) }

// indicatorName reports whether the rest of an ID after cutIndicator is that of an indicator.
func indicatorName(name string) bool { return name != "" && strings.IndexByte(name, '/') < 0 }

// IndicatorOf returns the ID of the indicator that an input or step of a trace belongs to, with the prefix of its segment,
// and "" when it belongs to none.
func IndicatorOf(id string) string {
	cut := strings.LastIndexByte(id, '/')
	if cut < 0 || !IsIndicator(id[:cut]) {
		return ""
	}
	return id[:cut]
}

// SegmentOf returns the prefix that an input or step of a trace has, segments/{n}/, and "" when there is one segment or
// when it belongs to all of them.
func SegmentOf(id string) string {
	prefix, _ := cutSegment(id)
	return prefix
}

// SegmentPrefix returns the prefix of the ids of one of several segments, by its position from 0 on.
func SegmentPrefix(position int) string { return segmentsPrefix + strconv.Itoa(position+1) + "/" }

// cutSegment cuts the prefix of a segment from an id.
func cutSegment(id string) (prefix, rest string) {
	after, ok := strings.CutPrefix(id, segmentsPrefix)
	if !ok {
		return "", id
	}
	cut := strings.IndexByte(after, '/')
	if cut < 0 {
		return "", id
	}
	return id[:len(segmentsPrefix)+cut+1], after[cut+1:]
}
