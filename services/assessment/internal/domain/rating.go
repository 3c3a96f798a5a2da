package domain

import (
	"slices"
	"strings"
	"time"
)

// Paths of the fields of ratings.
const (
	FieldResultRating   = "rating.result_rating"
	FieldBehaviorRating = "rating.behavior_rating"
	FieldFeedback       = "rating.feedback"
	FieldFeedbackDate   = "rating.feedback_date"
	FieldLevel          = "organization_rating.level"
	FieldBasis          = "organization_rating.basis"
)

// Bounds of texts, in characters. Feedback must say something when a rating is below expectation.
const (
	minFeedback = 10
	maxFeedback = 4000
	minBasis    = 3
	maxBasis    = 1000
)

// Expectation is how work or behaviour stands to what the leader expects (PermenPANRB 6/2022). Its text is stored.
type Expectation string

// The three expectations.
const (
	ExpectationAbove Expectation = "ABOVE"
	ExpectationMeets Expectation = "MEETS"
	ExpectationBelow Expectation = "BELOW"
)

// Valid reports whether it is one of the three.
func (e Expectation) Valid() bool {
	return e == ExpectationAbove || e == ExpectationMeets || e == ExpectationBelow
}

// Rating is one revision of the superior's two ratings of one person in one period.
type Rating struct {
	Tenant string
	Period string
	// Person is the rated, Rater the superior.
	Person string
	Rater  string
	// Plan is the id of the plan that was rated; empty for a revision that is older than this record.
	Plan         string
	Result       Expectation
	Behavior     Expectation
	Feedback     string
	FeedbackDate Date
	// Revision counts from 1.
	Revision   int64
	UpdateTime time.Time
}

// below reports whether either rating is below expectation, which the rated must have been told.
func (r Rating) below() bool {
	return r.Result == ExpectationBelow || r.Behavior == ExpectationBelow
}

// CheckRating returns what is wrong with a rating that is given on the day today in a period that starts on start.
// A zero start means that the period is not known, and nothing is compared with it.
func CheckRating(r Rating, start, today Date) []Violation {
	var violations []Violation
	if !r.Result.Valid() {
		violations = append(violations, Violation{Field: FieldResultRating, Rule: RuleChoice})
	}
	if !r.Behavior.Valid() {
		violations = append(violations, Violation{Field: FieldBehaviorRating, Rule: RuleChoice})
	}
	if !r.below() {
		violations = checkLength(violations, FieldFeedback, r.Feedback, 0, maxFeedback)
		given := !r.FeedbackDate.IsZero()
		if given && (!r.FeedbackDate.Valid() || today.Before(r.FeedbackDate)) {
			violations = append(violations, Violation{Field: FieldFeedbackDate, Rule: RuleDate})
		}
		return violations
	}
	if len([]rune(strings.TrimSpace(r.Feedback))) < minFeedback {
		violations = append(violations, Violation{Field: FieldFeedback, Rule: RuleFeedback})
	} else {
		violations = checkLength(violations, FieldFeedback, r.Feedback, 0, maxFeedback)
	}
	given := r.FeedbackDate.Valid() && !today.Before(r.FeedbackDate) && !r.FeedbackDate.Before(start)
	if !given {
		violations = append(violations, Violation{Field: FieldFeedbackDate, Rule: RuleFeedback})
	}
	return violations
}

// OrganizationLevel is the performance of an organisation (SE MenPANRB 3/2023). Its text is stored.
type OrganizationLevel string

// The five levels, from best to worst.
const (
	LevelExcellent        OrganizationLevel = "EXCELLENT"
	LevelGood             OrganizationLevel = "GOOD"
	LevelNeedsImprovement OrganizationLevel = "NEEDS_IMPROVEMENT"
	LevelPoor             OrganizationLevel = "POOR"
	LevelVeryPoor         OrganizationLevel = "VERY_POOR"
)

// OrganizationLevels returns the five levels, from best to worst.
func OrganizationLevels() []OrganizationLevel {
	return []OrganizationLevel{LevelExcellent, LevelGood, LevelNeedsImprovement, LevelPoor, LevelVeryPoor}
}

// OrganizationRating is one revision of the rating of one unit in one period.
type OrganizationRating struct {
	Tenant string
	Period string
	Unit   string
	Level  OrganizationLevel
	// Basis is the ground of the decision: decree or minutes.
	Basis string
	// Rater is the resource name of the person who set it, or the id of the client; empty for one that is older than this
	// record.
	Rater string
	// Revision counts from 1.
	Revision   int64
	UpdateTime time.Time
}

// CheckOrganizationRating returns what is wrong with the fields of the rating.
func CheckOrganizationRating(r OrganizationRating) []Violation {
	var violations []Violation
	if !slices.Contains(OrganizationLevels(), r.Level) {
		violations = append(violations, Violation{Field: FieldLevel, Rule: RuleChoice})
	}
	return checkLength(violations, FieldBasis, strings.TrimSpace(r.Basis), minBasis, maxBasis)
}
