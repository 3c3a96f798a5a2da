package domain

import (
	"regexp"
	"strings"
	"time"
)

// Paths of the fields of a progress report.
const (
	FieldIndicator    = "progress_report.indicator"
	FieldRealisation  = "progress_report.realisation"
	FieldEvidenceNote = "progress_report.evidence_note"
)

// Bounds of an evidence note, in characters.
const (
	minEvidence = 3
	maxEvidence = 2000
)

// realisation is a plain decimal of 0 or more: at most 12 digits before and 4 after the point.
var realisation = regexp.MustCompile(`^[0-9]{1,12}(\.[0-9]{1,4})?$`)

// Progress is one report of the realisation of one indicator since the start of the period.
type Progress struct {
	Tenant string
	Period string
	// ID of the report, unique in the tenant.
	ID string
	// Person is the owner of the plan, and always the one who reports.
	Person string
	// Plan is the id of the plan, and Indicator the path in it. A report that is read back does not tell its plan.
	Plan      string
	Indicator string
	// Realisation is a decimal.
	Realisation string
	// EvidenceNote says what proves it.
	EvidenceNote string
	CreateTime   time.Time
}

// CheckProgress returns what is wrong with the fields of a report whatever the plan says.
func CheckProgress(p Progress) []Violation {
	var violations []Violation
	if !realisation.MatchString(p.Realisation) {
		violations = append(violations, Violation{Field: FieldRealisation, Rule: RuleDecimal})
	}
	return checkLength(violations, FieldEvidenceNote, strings.TrimSpace(p.EvidenceNote), minEvidence, maxEvidence)
}

// CheckIndicator returns what is wrong with the indicator of a report: it must be in the plan, and its realisation must
// come from reports.
func CheckIndicator(plan Plan, indicator string) []Violation {
	source, ok := plan.Indicators[indicator]
	if !ok {
		return []Violation{{Field: FieldIndicator, Rule: RuleReference, Detail: indicator}}
	}
	if source == SourceSurvey {
		return []Violation{{Field: FieldIndicator, Rule: RuleSurveySource, Detail: indicator}}
	}
	return nil
}
