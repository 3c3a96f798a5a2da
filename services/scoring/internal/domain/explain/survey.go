package explain

import (
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// survey says what the index of the unit is.
func (r *renderer) survey(step domain.TraceStep) string {
	terms := r.pack.Definition().Survey
	switch step.Rule {
	case domain.RuleSurveyIndex:
		return fmt.Sprintf("Indeks kepuasan masyarakat (IKM) unit kerja dari %s responden, dengan bobot sama untuk %d unsur%s = %s, mutu %s.",
			r.operand(step, 0), len(terms.Elements), r.basis(step.Rule), r.values[step.ID], r.graded[step.ID])
	case domain.RuleSurveyPrintedIndex:
		return fmt.Sprintf("Sebagai pembanding, IKM dengan bobot %s sebagaimana tercetak dalam peraturan = %s, mutu %s.",
			number(terms.PrintedWeight.String()), r.values[step.ID], r.graded[step.ID])
	}
	return ""
}
