package explain

import (
	"fmt"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

const lowerIsBetter = "makin rendah makin baik"

// indicators says how the achievements came about, and what components made of them.
func (r *renderer) indicators(step domain.TraceStep) string {
	switch step.Rule {
	case domain.RuleAchievementNormal, domain.RuleAchievementRange:
		return r.achievement(step, "")
	case domain.RuleAchievementLowerIsBetter, domain.RuleAchievementRangeLowerIsBetter:
		return r.achievement(step, lowerIsBetter)
	case domain.RuleAchievementEfficiency:
		return r.achievement(step, "efisiensi")
	case domain.RuleAchievementFloor, domain.RuleAchievementCap:
		return r.bounded(step)
	}
	k := r.pack.Component(step.Rule)
	if k != nil && k.Indicators != nil {
		return r.ofIndicators(step, k)
	}
	return ""
}

// achievement says how an indicator was computed; remark may be empty. One that is counted as zero has no realisation.
func (r *renderer) achievement(step domain.TraceStep, remark string) string {
	var notes []string
	for _, note := range []string{r.indicator(step, domain.FieldUnit), remark} {
		if note != "" {
			notes = append(notes, note)
		}
	}
	label := step.Label
	if len(notes) > 0 {
		label += " (" + strings.Join(notes, "; ") + ")"
	}
	last := len(step.Operands) - 1
	realised, target := "tanpa realisasi", "target "+r.operand(step, last)
	first := 0
	if strings.HasSuffix(step.Operands[last], domain.FieldTargetHigh) {
		target = fmt.Sprintf("rentang target %s–%s", r.operand(step, last-1), r.operand(step, last))
		first++
	}
	if last > first {
		realised = "realisasi " + r.operand(step, 0)
	}
	return fmt.Sprintf("%s: %s dibanding %s = %s.", label, realised, target, r.values[step.ID])
}

// bounded says that an achievement or a component was outside its bounds.
func (r *renderer) bounded(step domain.TraceStep) string {
	where := "di atas batas tertinggi"
	if step.Rule == domain.RuleAchievementFloor || step.Rule == domain.RuleComponentFloor {
		where = "di bawah batas terendah"
	}
	return fmt.Sprintf("%s berada %s, sehingga dihitung %s%s.", r.labels[step.ID], where, r.values[step.ID], r.basis(step.Rule))
}

// ofIndicators says what a component made of achievements: of one, of those of a result, or of all.
func (r *renderer) ofIndicators(step domain.TraceStep, k *domain.Component) string {
	terms := r.pack.Definition()
	switch {
	case resultOf(step.ID) != "":
		return fmt.Sprintf("%s: %s.", r.labels[step.ID], r.values[step.ID])
	case len(step.Operands) == 0: // counted as zero, which is said below
		return ""
	case k.ID == terms.Shown.Achievement && k.Indicators.Combine == domain.CombineMean && terms.Predicate.Matrix != nil:
		return fmt.Sprintf("Rata-rata capaian %d indikator = %s%%. Capaian ini merupakan bukti pendukung dan tidak menentukan predikat; "+
			"predikat hanya mengikuti kedua rating%s.", len(step.Operands), r.values[step.ID], r.basis(domain.RulePredicateMatrix))
	case k.Indicators.Combine == domain.CombinePoints:
		return r.component(step, k, r.from(step))
	case k.Indicators.Combine == domain.CombineMean:
		return r.component(step, k, fmt.Sprintf("%d indikator", len(step.Operands)))
	}
	return r.component(step, k, fmt.Sprintf("%d hasil kerja", len(step.Operands)))
}
