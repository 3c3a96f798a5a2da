package domain

import (
	"strconv"
	"strings"
	"time"
)

// Paths of the fields of surveys and their responses.
const (
	FieldSurveyTitle = "survey.display_name"
	FieldSurveyStart = "survey.start_date"
	FieldSurveyEnd   = "survey.end_date"
	FieldAnswers     = "survey_response.answers"
)

// Elements is how many elements (unsur) a response answers (PermenPANRB 14/2017). Element n is U<n>, from 1.
const Elements = 9

const (
	minTitle        = 3
	maxTitle        = 200
	minSurveyAnswer = 1
	maxSurveyAnswer = 4
)

// Survey is one survey of the service of one unit in one period.
type Survey struct {
	Tenant string
	Period string
	ID     string
	Unit   string
	Title  string
	// Start is the first day on which responses are taken, End the first day on which no more are.
	Start Date
	End   Date
	// Responses is how many there are so far.
	Responses  int
	CreateTime time.Time
}

// CheckSurvey returns what is wrong with the fields of a survey.
func CheckSurvey(s Survey) []Violation {
	violations := checkLength(nil, FieldSurveyTitle, strings.TrimSpace(s.Title), minTitle, maxTitle)
	if !s.Start.Valid() {
		violations = append(violations, Violation{Field: FieldSurveyStart, Rule: RuleDate})
	}
	if !s.End.Valid() || (s.Start.Valid() && !s.Start.Before(s.End)) {
		violations = append(violations, Violation{Field: FieldSurveyEnd, Rule: RuleDate})
	}
	return violations
}

// Taking returns ErrSurveyClosed, about the day, when the survey takes no responses on it.
func (s Survey) Taking(day Date) error {
	if day.Before(s.Start) || !day.Before(s.End) {
		return About(ErrSurveyClosed, day.String())
	}
	return nil
}

// Answer is the answer to one element.
type Answer struct {
	// Element is 1 for U1 to 9 for U9.
	Element int
	Value   int
}

// Response is one citizen's answers to the nine elements, U1 first. Nothing else of the citizen is known.
type Response [Elements]int

// NewResponse returns the response of the answers. Each element must be answered once, from 1 to 4; the violation names
// the elements that are missing, repeated, unknown or out of bounds.
func NewResponse(answers []Answer) (Response, []Violation) {
	var response Response
	var wrong []string
	for _, a := range answers {
		known := a.Element >= 1 && a.Element <= Elements
		if !known || a.Value < minSurveyAnswer || a.Value > maxSurveyAnswer || response[a.Element-1] != 0 {
			wrong = append(wrong, element(a.Element))
			continue
		}
		response[a.Element-1] = a.Value
	}
	for i, value := range response {
		if value == 0 {
			wrong = append(wrong, element(i+1))
		}
	}
	if len(wrong) > 0 {
		return Response{}, []Violation{{Field: FieldAnswers, Rule: RuleAnswers, Detail: strings.Join(distinct(wrong), ", ")}}
	}
	return response, nil
}

// Submission is a response to a survey on a day.
type Submission struct {
	Survey   Survey
	Response Response
	// Day of the response. The hour is not kept.
	Day Date
	// Request tells a repetition of the request; the zero mark tells none.
	Request RequestMark
}

// SurveyTally sums the responses to the survey of one unit.
type SurveyTally struct {
	Survey Survey
	// Sums by element, U1 first.
	Sums [Elements]int64
	// Day of the newest response.
	Day Date
}

func element(n int) string { return "U" + strconv.Itoa(n) }

// distinct returns the texts without repetitions, in the order of their first appearance.
func distinct(texts []string) []string {
	seen := map[string]bool{}
	var out []string
	for _, t := range texts {
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}
