package explain

import (
	"fmt"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// components says what the components that read no indicators came to.
func (r *renderer) components(step domain.TraceStep) string {
	switch step.Rule {
	case domain.RuleComponentVariant:
		return fmt.Sprintf("%s: %s%s.", r.labels[step.ID], r.values[step.ID], r.basis(step.Rule))
	case domain.RuleComponentFloor, domain.RuleComponentCap:
		return r.bounded(step)
	}
	k := r.pack.Component(step.Rule)
	switch {
	case k == nil || k.Indicators != nil || k.Survey != nil || len(step.Operands) == 0: // said elsewhere
		return ""
	case k.Panel != nil:
		return r.component(step, k, fmt.Sprintf("%s orang (%s) yang menjawab %s pertanyaan dengan jumlah semua jawaban %s (jawaban tertinggi %d)",
			r.operand(step, 1), k.Panel.Group.Word(), r.operand(step, 2), r.operand(step, 0), k.Panel.AnswerMax))
	case k.Attendance != nil && k.Attendance.MinutesPerDay == 0 && r.apart(k):
		return fmt.Sprintf("Kehadiran: %s dari %s hari kerja = %s%%. Kehadiran merupakan bukti pendukung kedisiplinan.",
			r.operand(step, 0), r.operand(step, 1), r.values[step.ID])
	}
	return r.component(step, k, r.from(step))
}

// component says what any component came to, from what, by which rule and on which grounds.
func (r *renderer) component(step domain.TraceStep, k *domain.Component, from string) string {
	sentence := fmt.Sprintf("%s = %s, dari %s. Aturan: %s.", r.labels[step.ID], r.values[step.ID], from, k.Text)
	if grounds := r.grounds(step.Rule); grounds != "" {
		sentence += " Dasar: " + grounds + "."
	}
	return sentence
}

// apart reports whether a component is evidence that no other number and no predicate comes from.
func (r *renderer) apart(k *domain.Component) bool {
	def := r.pack.Definition()
	return k.Basis == domain.BasisEvidence && !def.Used()[k.ID]
}
