package explain

import (
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/local"
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

// SurveySample says how many respondents a survey of a population needs, and why.
func SurveySample(population, size int64) string {
	return fmt.Sprintf("Untuk populasi %s orang diperlukan sekurang-kurangnya %s responden: "+
		"3,841 × %s × 0,25 ÷ (0,0025 × %s + 3,841 × 0,25), dibulatkan ke bilangan bulat terdekat (Krejcie–Morgan).",
		local.Count(population), local.Count(size), local.Count(population), local.Count(population-1))
}
