package domain

import (
	"strconv"
	"strings"
)

// Rule is what a field breaks.
type Rule string

// The rules that a field of a request can break.
const (
	// RuleDecimal: the text is no decimal within the stated digits.
	RuleDecimal Rule = "decimal"
	// RuleDate: the date is missing, not in the calendar, or ends an interval before it starts.
	RuleDate Rule = "date"
	// RuleMonthBegun: the month has not begun.
	RuleMonthBegun Rule = "month_begun"
	// RuleFeedback: a rating below expectation lacks its feedback or the date of it.
	RuleFeedback Rule = "feedback"
	// RuleAnswers: a survey response has not each element once.
	RuleAnswers Rule = "answers"
	// RuleReference: what the field refers to does not exist.
	RuleReference Rule = "reference"
	// RuleSurveySource: the realisation of the indicator comes from a survey, not from reports.
	RuleSurveySource Rule = "survey_source"
	// RuleRange: the number is outside its bounds.
	RuleRange Rule = "range"
	// RuleChoice: the value is none of the choices.
	RuleChoice Rule = "choice"
	// RuleLength: the text is shorter or longer than allowed.
	RuleLength Rule = "length"
	// RulePercentage: the text is no percentage within the stated digits.
	RulePercentage Rule = "percentage"
	// RuleRepeated: the value may be there once only.
	RuleRepeated Rule = "repeated"
)

// Rules returns every rule.
func Rules() []Rule {
	return []Rule{
		RuleDecimal, RuleDate, RuleMonthBegun, RuleFeedback, RuleAnswers, RuleReference, RuleSurveySource, RuleRange, RuleChoice, RuleLength,
		RulePercentage, RuleRepeated,
	}
}

// Violation is one field that breaks a rule.
type Violation struct {
	// Field is the path in the request, such as rating.feedback.
	Field string
	Rule  Rule
	// Detail is a value that the text about it uses: the missing elements, the upper bound, the resource.
	Detail string
}

// RuleErrors is a refusal that lists every field at fault, in the order of the request. It is never empty.
type RuleErrors []Violation

// Error lists the fields with their rules.
func (v RuleErrors) Error() string {
	parts := make([]string, 0, len(v))
	for _, one := range v {
		parts = append(parts, one.Field+": "+string(one.Rule))
	}
	return "assessment: the request breaks rules: " + strings.Join(parts, ", ")
}

// Refuse returns the violations as an error, and nil when there are none.
func Refuse(violations []Violation) error {
	if len(violations) == 0 {
		return nil
	}
	return RuleErrors(violations)
}

// checkLength appends a violation when the text has not between low and high characters.
func checkLength(violations []Violation, field, text string, low, high int) []Violation {
	n := len([]rune(text))
	if n >= low && n <= high {
		return violations
	}
	return append(violations, Violation{Field: field, Rule: RuleLength, Detail: strconv.Itoa(low) + "–" + strconv.Itoa(high)})
}

// checkRange appends a violation when n is not between low and high.
func checkRange(violations []Violation, field string, n, low, high int) []Violation {
	if n >= low && n <= high {
		return violations
	}
	return append(violations, Violation{Field: field, Rule: RuleRange, Detail: strconv.Itoa(low) + "–" + strconv.Itoa(high)})
}
